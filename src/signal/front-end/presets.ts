import { checkOptions, TonewrightError, wrongCall } from "../../errors/index.ts";
import { type MelPreset, type MelPresetName, melPresets } from "../mel/presets.ts";
import { type FeatureKind, type FeatureSpecInput, type FrontEndDocument, frontEnd } from "./front-end-document.ts";

/** All kinds of features, in the order in which they are listed for people. */
export const featureKinds = [
  "spectrogram",
  "mel",
  "log-mel",
  "mfcc",
  "pcen",
  "rms",
  "zero-crossing-rate",
  "spectral-centroid",
  "spectral-bandwidth",
  "spectral-rolloff",
  "spectral-flatness",
  "spectral-contrast",
  "spectral-flux",
  "chroma",
  "chroma-cqt",
  "chroma-cens",
  "tonnetz",
  "constant-q",
  "onset-strength",
  "tempogram",
  "yin",
  "pyin",
  "kaldi-fbank",
  "kaldi-mfcc",
] as const satisfies readonly FeatureKind[];

/** Other names, among them those of librosa's functions. Underscores count as hyphens everywhere. */
const aliases: Readonly<Record<string, FeatureKind>> = {
  stft: "spectrogram",
  melspectrogram: "mel",
  "mel-spectrogram": "mel",
  logmel: "log-mel",
  "log-melspectrogram": "log-mel",
  "log-mel-spectrogram": "log-mel",
  "mel-db": "log-mel",
  mfccs: "mfcc",
  zcr: "zero-crossing-rate",
  "zero-crossings": "zero-crossing-rate",
  centroid: "spectral-centroid",
  bandwidth: "spectral-bandwidth",
  rolloff: "spectral-rolloff",
  flatness: "spectral-flatness",
  contrast: "spectral-contrast",
  flux: "spectral-flux",
  "chroma-stft": "chroma",
  cens: "chroma-cens",
  cqt: "constant-q",
  onset: "onset-strength",
  onsets: "onset-strength",
  pitch: "yin",
  f0: "yin",
  fbank: "kaldi-fbank",
};

/**
 * The kind of feature that a name stands for: itself, librosa's name of it (`zero_crossing_rate`, `chroma_stft`), or a short
 * one (`zcr`, `cqt`).
 *
 * @throws TonewrightError `unknown-feature` with all kinds.
 */
export function featureKind(name: string): FeatureKind {
  if (typeof name !== "string") {
    throw wrongCall("featureKind(name)", "the name", name, `use one of ${featureKinds.join(", ")}`);
  }
  const plain = name.trim().toLowerCase().replaceAll("_", "-");
  const kind =
    featureKinds.find((one) => one === plain) ?? (Object.hasOwn(aliases, plain) ? aliases[plain] : undefined);
  if (kind !== undefined) return kind;
  const near = featureKinds.filter(
    (one) => one.startsWith(plain.slice(0, 3)) || plain.includes(one) || one.includes(plain),
  );
  const guess = near.length > 0 && plain !== "" ? `did you mean ${near.join(" or ")}? There are ` : "use ";
  throw new TonewrightError("unknown-feature", `there is no feature "${name}"`, `${guess}${featureKinds.join(", ")}`);
}

/**
 * A front end by the name of the program whose numbers it computes.
 *
 * Each has its own sample rate, for which the networks that use it were made. `librosa` and `torchaudio` mean the same
 * sizes in samples at any rate, `kaldi` and `htk` the same milliseconds; `panns` and `whisper` exist at their own rate only.
 * Features that a preset's source does not have take librosa's parameters within the preset's frames.
 *
 * @param name - One of `melPresets`.
 * @param kinds - Names as `featureKind` takes them; the rows of the features stand one under the other.
 * @param options.sampleRate - Hz, instead of the preset's own.
 * @throws TonewrightError `unknown-preset`, `unknown-feature`, `duplicate-feature`, `wrong-sample-rate`; `no-coefficients` for `mfcc` of a
 *   front end that ends with mel bands.
 */
export function frontEndPreset(
  name: MelPresetName,
  kinds: readonly string[],
  options: { readonly sampleRate?: number | undefined } = {},
): FrontEndDocument {
  checkOptions("frontEndPreset(name, kinds, options)", options, { sampleRate: false });
  if (!Array.isArray(kinds)) {
    const hint = 'write frontEndPreset("librosa", ["mfcc"]), with all features in one list';
    throw wrongCall("frontEndPreset(name, kinds, options)", "the list of features", kinds, hint);
  }
  const { sampleRate: wanted } = options;
  if (!Object.hasOwn(melPresets, name)) {
    throw new TonewrightError(
      "unknown-preset",
      `there is no front end "${name}"`,
      `use one of ${Object.keys(melPresets).join(", ")}`,
    );
  }
  const twice = kinds.find((kind, k) => kinds.slice(0, k).some((other) => featureKind(other) === featureKind(kind)));
  if (twice !== undefined) {
    throw new TonewrightError("duplicate-feature", `"${twice}" is asked for twice`, "name every feature once");
  }
  const preset = melPresets[name];
  const sampleRate = wanted ?? preset.sampleRate;
  if (sampleRate !== preset.sampleRate && (name === "panns" || name === "whisper")) {
    throw new TonewrightError(
      "wrong-sample-rate",
      `the front end "${name}" is for ${preset.sampleRate} Hz, and ${sampleRate} Hz were asked for`,
      `leave the sample rate out, or use another preset`,
    );
  }
  const features = kinds.map((kind) => featureOf(featureKind(kind), { preset, sampleRate }));
  return frontEnd({ sampleRate, ...framingOf(preset, sampleRate), features });
}

interface Place {
  readonly preset: MelPreset;
  /** Hz. */
  readonly sampleRate: number;
}

function framingOf(preset: MelPreset, sampleRate: number) {
  if (preset.family === "stft") {
    const { fftSize = 2048, hop = 512, windowLength = null, window = "hann", center = true } = preset.mel;
    const { padMode = "zero" } = preset.mel;
    if (window instanceof Float64Array || padMode === "wrap" || padMode === "symmetric") {
      throw new Error(`bug: the preset "${preset.name}" has frames that no front end describes`);
    }
    return { fftSize, hop, windowLength, window, center, padMode };
  }
  const { frameMs = 25, hopMs = 10, window = "povey" } = preset.mel;
  const samples = (milliseconds: number) => Math.trunc(sampleRate * milliseconds * 0.001);
  return {
    fftSize: samples(frameMs),
    hop: samples(hopMs),
    window,
    center: false,
  };
}

function featureOf(kind: FeatureKind, place: Place): FeatureSpecInput {
  const { preset } = place;
  switch (kind) {
    case "mel":
      return preset.family === "kaldi" ? kaldiBands(preset, { useLog: false }) : { kind, ...melOf(place) };
    case "log-mel":
      return preset.family === "kaldi" ? kaldiBands(preset, {}) : { kind, ...melOf(place), ...logarithmOf(preset) };
    case "mfcc":
      return coefficientsOf(place);
    case "onset-strength":
      return { kind, ...melOf(place), ...(preset.family === "stft" ? logarithmOf(preset) : {}) };
    case "pcen":
      return { kind, ...melOf(place), power: 1 };
    case "chroma":
      return { kind, tuning: null };
    case "chroma-cqt":
    case "chroma-cens":
    case "tonnetz":
      return { kind, bins: 252, binsPerOctave: 36, tuning: null };
    case "kaldi-fbank":
      return kaldiBands(preset, {});
    case "kaldi-mfcc":
      return kaldiCoefficients(preset);
    default:
      return { kind };
  }
}

function melOf({ preset, sampleRate }: Place) {
  if (preset.family === "kaldi") {
    const { mels = 23, fminHz = 20 } = preset.mel;
    return { mels, fminHz, htk: true, norm: null };
  }
  const { mels = 128, fminHz = 0, fmaxHz = null, htk = false, norm = "slaney", power = 2 } = preset.mel;
  const isHalfRate = fmaxHz === preset.sampleRate / 2 && sampleRate !== preset.sampleRate;
  return { mels, fminHz, fmaxHz: isHalfRate ? null : fmaxHz, htk, norm, power };
}

function logarithmOf({ mel }: Extract<MelPreset, { family: "stft" }>) {
  const { logarithm = { kind: "db" as const } } = mel;
  if (logarithm.kind === "whisper") return { logarithm: { ...logarithm, dropLastFrame: mel.dropLastFrame ?? false } };
  return { logarithm };
}

function coefficientsOf(place: Place): FeatureSpecInput {
  const { preset } = place;
  if (preset.family === "kaldi") return kaldiCoefficients(preset);
  if (preset.cepstrum === undefined) {
    throw new TonewrightError(
      "no-coefficients",
      `the front end "${preset.name}" ends with mel bands, it has no coefficients`,
      'use the feature "log-mel", or another preset',
    );
  }
  const { coefficients = 20, dctType = 2, dctNorm = "ortho", lifter = 0 } = preset.cepstrum;
  return { kind: "mfcc", ...melOf(place), ...logarithmOf(preset), coefficients, dctType, dctNorm, lifter };
}

/** Kaldi's own numbers where the preset is of another family. */
function kaldiOf(preset: MelPreset) {
  const own = preset.family === "kaldi" ? preset : (melPresets.kaldi as Extract<MelPreset, { family: "kaldi" }>);
  const { sampleRate: _, frameMs: _length, hopMs: _hop, ...mel } = own.mel;
  const { coefficients = 13, lifter = 22, htkCompat = false } = own.mfcc;
  return { mel, coefficients, lifter, htkCompat };
}

function kaldiBands(preset: MelPreset, { useLog = true }: { readonly useLog?: boolean }): FeatureSpecInput {
  return { kind: "kaldi-fbank", ...specOf(kaldiOf(preset).mel), useLog };
}

function kaldiCoefficients(preset: MelPreset): FeatureSpecInput {
  const { mel, coefficients, lifter, htkCompat } = kaldiOf(preset);
  return { kind: "kaldi-mfcc", ...specOf(mel), coefficients, lifter, htkCompat };
}

/** Those members that a document has. */
function specOf({ mels, fminHz, fmaxHz, ...mel }: ReturnType<typeof kaldiOf>["mel"]) {
  const { window, removeDc, preEmphasis, amplitude, usePower, melFloor } = mel;
  return {
    ...{ mels, fminHz, fmaxHz: fmaxHz ?? null },
    ...{ window, removeDc, preEmphasis, amplitude, usePower, melFloor },
  };
}
