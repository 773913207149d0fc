import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { type KaldiFbankOptions, type KaldiMfccOptions, kaldiFbank, kaldiMfcc } from "./kaldi.ts";
import { type LogMelOptions, logMel } from "./log-mel.ts";
import { type CepstrumOptions, mfccOfLogMel } from "./mfcc.ts";

/** Front ends that models in use were trained with. */
export type MelPresetName = "librosa" | "torchaudio" | "htk" | "kaldi" | "panns" | "whisper";

/** The parameters of one front end, all of them written out. */
export type MelPreset = {
  readonly name: MelPresetName;
  /** Where the numbers come from. */
  readonly source: string;
  /** Hz. The sound must have it. */
  readonly sampleRate: number;
} & (
  | {
      /** `logMel` computes it. */
      readonly family: "stft";
      readonly mel: LogMelOptions;
      /** For `mfccOfLogMel`; absent where the source has no coefficients. */
      readonly cepstrum?: CepstrumOptions;
    }
  | {
      /** `kaldiFbank` and `kaldiMfcc` compute it. */
      readonly family: "kaldi";
      readonly mel: KaldiFbankOptions;
      readonly mfcc: KaldiMfccOptions;
    }
);

const htkFrames = {
  sampleRate: 16000,
  frameMs: 25,
  hopMs: 10,
  window: "hamming",
  removeDc: false,
  preEmphasis: 0.97,
  amplitude: 32768,
  mels: 26,
  fminHz: 0,
  usePower: false,
  melFloor: 1,
} as const;

const kaldiDefaults = {
  sampleRate: 16000,
  frameMs: 25,
  hopMs: 10,
  window: "povey",
  removeDc: true,
  preEmphasis: 0.97,
  amplitude: 32768,
  mels: 23,
  fminHz: 20,
} as const;

/**
 * Front ends by name.
 *
 * They are not interchangeable: a model works with the one it was trained with. Copy and change one for your own.
 *
 * @see librosa.feature.melspectrogram, mfcc 0.11; torchaudio.transforms.MelSpectrogram, MFCC 2.0; The HTK Book 3.4,
 * section 3.1.5 and chapter 5 (HCopy of MFCC_0); Kaldi compute-fbank-feats and compute-mfcc-feats with --dither=0 (and
 * --use-energy=false); https://github.com/qiuqiangkong/audioset_tagging_cnn (PANNs, Cnn14 at 32 kHz);
 * https://github.com/openai/whisper
 */
export const melPresets: Readonly<Record<MelPresetName, MelPreset>> = {
  librosa: {
    name: "librosa",
    source:
      "librosa 0.11, feature.melspectrogram, power_to_db and feature.mfcc with their defaults, after load at 22050 Hz",
    sampleRate: 22050,
    family: "stft",
    mel: {
      sampleRate: 22050,
      fftSize: 2048,
      hop: 512,
      window: "hann",
      center: true,
      padMode: "zero",
      power: 2,
      mels: 128,
      fminHz: 0,
      fmaxHz: 11025,
      htk: false,
      norm: "slaney",
      logarithm: { kind: "db", reference: 1, floor: 1e-10, topDb: 80 },
    },
    cepstrum: { coefficients: 20, dctType: 2, dctNorm: "ortho", lifter: 0 },
  },
  torchaudio: {
    name: "torchaudio",
    source:
      "torchaudio 2.0, transforms.MelSpectrogram, AmplitudeToDB(top_db=80) and transforms.MFCC with their defaults",
    sampleRate: 16000,
    family: "stft",
    mel: {
      sampleRate: 16000,
      fftSize: 400,
      hop: 200,
      window: "hann",
      center: true,
      padMode: "reflect",
      power: 2,
      mels: 128,
      fminHz: 0,
      fmaxHz: 8000,
      htk: true,
      norm: null,
      logarithm: { kind: "db", reference: 1, floor: 1e-10, topDb: 80 },
    },
    cepstrum: { coefficients: 40, dctType: 2, dctNorm: "ortho", lifter: 0 },
  },
  htk: {
    name: "htk",
    source:
      "The HTK Book 3.4: HCopy with TARGETKIND=MFCC_0, WINDOWSIZE=250000, TARGETRATE=100000, USEHAMMING=T, PREEMCOEF=0.97, NUMCHANS=26, CEPLIFTER=22, NUMCEPS=12",
    sampleRate: 16000,
    family: "kaldi",
    mel: htkFrames,
    mfcc: { ...htkFrames, coefficients: 13, lifter: 22, htkCompat: true },
  },
  kaldi: {
    name: "kaldi",
    source:
      "Kaldi compute-fbank-feats and compute-mfcc-feats --use-energy=false, their defaults with --dither=0, at 16 kHz",
    sampleRate: 16000,
    family: "kaldi",
    mel: kaldiDefaults,
    mfcc: { ...kaldiDefaults, coefficients: 13, lifter: 22 },
  },
  panns: {
    name: "panns",
    source:
      "PANNs Cnn14 at 32 kHz (Kong et al. 2020): torchlibrosa Spectrogram and LogmelFilterBank(ref=1, amin=1e-10, top_db=None)",
    sampleRate: 32000,
    family: "stft",
    mel: {
      sampleRate: 32000,
      fftSize: 1024,
      hop: 320,
      window: "hann",
      center: true,
      padMode: "reflect",
      power: 2,
      mels: 64,
      fminHz: 50,
      fmaxHz: 14000,
      htk: false,
      norm: "slaney",
      logarithm: { kind: "db", reference: 1, floor: 1e-10, topDb: null },
    },
  },
  whisper: {
    name: "whisper",
    source:
      "Whisper (Radford et al. 2022), log_mel_spectrogram with 80 mels; the model wants 30 s, padded with zeros before",
    sampleRate: 16000,
    family: "stft",
    mel: {
      sampleRate: 16000,
      fftSize: 400,
      hop: 160,
      window: "hann",
      center: true,
      padMode: "reflect",
      power: 2,
      mels: 80,
      fminHz: 0,
      fmaxHz: 8000,
      htk: false,
      norm: "slaney",
      logarithm: { kind: "whisper" },
      dropLastFrame: true,
    },
  },
};

/** Which front end, and the rate of the sound. */
export interface PresetOptions {
  readonly preset: MelPresetName;
  /** Hz; must be the preset's. */
  readonly sampleRate: number;
}

/**
 * The logarithmic mel spectrogram that a named front end computes.
 *
 * @param x - Shape `[samples]`, linear amplitude within -1 to 1.
 * @returns Shape `[mels, frames]`.
 * @throws TonewrightError `unknown-preset`, `wrong-sample-rate`, and as `logMel` or `kaldiFbank` do.
 */
export function presetLogMel(x: Samples, options: PresetOptions): FeatureMatrix {
  checkSamples("presetLogMel(x, options)", x);
  checkOptions("presetLogMel(x, options)", options, { preset: true, sampleRate: true });
  const preset = presetOf(options);
  return preset.family === "stft" ? logMel(x, preset.mel) : kaldiFbank(x, preset.mel);
}

/**
 * The cepstral coefficients that a named front end computes.
 *
 * @param x - Shape `[samples]`, linear amplitude within -1 to 1.
 * @returns Shape `[coefficients, frames]`. HTK's level stands last.
 * @throws TonewrightError `unknown-preset`, `wrong-sample-rate`, `no-coefficients` for a front end that has none, and
 * as `logMel` or `kaldiMfcc` do.
 */
export function presetMfcc(x: Samples, options: PresetOptions): FeatureMatrix {
  checkSamples("presetMfcc(x, options)", x);
  checkOptions("presetMfcc(x, options)", options, { preset: true, sampleRate: true });
  const preset = presetOf(options);
  if (preset.family === "kaldi") return kaldiMfcc(x, preset.mfcc);
  if (preset.cepstrum === undefined) {
    throw new TonewrightError(
      "no-coefficients",
      `the front end "${preset.name}" ends with mel bands`,
      "use presetLogMel, or another preset",
    );
  }
  return mfccOfLogMel(logMel(x, preset.mel), preset.cepstrum);
}

function presetOf({ preset: name, sampleRate }: PresetOptions): MelPreset {
  if (!Object.hasOwn(melPresets, name)) {
    throw new TonewrightError(
      "unknown-preset",
      `there is no front end "${name}"`,
      `use one of ${Object.keys(melPresets).join(", ")}`,
    );
  }
  const preset = melPresets[name];
  if (preset.sampleRate !== sampleRate) {
    throw new TonewrightError(
      "wrong-sample-rate",
      `the front end "${name}" is for ${preset.sampleRate} Hz, the sound has ${sampleRate} Hz`,
      `resample the sound to ${preset.sampleRate} Hz`,
    );
  }
  return preset;
}
