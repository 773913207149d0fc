import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { computeFrontEnd, type FeatureSpec, type FrontEndDocument, parseFrontEnd } from "../signal/index.ts";

/** What may be changed of a front end without writing a document. What is left out stays as it is. */
export interface FrontEndChanges {
  /** Samples. */
  readonly fftSize?: number | undefined;
  /** Samples. */
  readonly hop?: number | undefined;
  /** A name, such as `hann`. */
  readonly window?: string | undefined;
  readonly mels?: number | undefined;
  /** Of mel bands and pitches. */
  readonly fminHz?: number | undefined;
  /** Of mel bands and pitches. */
  readonly fmaxHz?: number | undefined;
  readonly coefficients?: number | undefined;
  /** `null` for no limit, which a live front end needs. */
  readonly topDb?: number | null | undefined;
  /** Of chroma and constant Q, in fractions of a bin; `null` to estimate it. */
  readonly tuning?: number | null | undefined;
  readonly deltas?: 0 | 1 | 2 | undefined;
  /** `float32` takes the fast kernels. */
  readonly precision?: FrontEndDocument["precision"] | undefined;
}

/** The changes that are about single features, and what has them. */
const ofFeatures: Readonly<Record<"mels" | "fminHz" | "fmaxHz" | "coefficients" | "topDb" | "tuning", string>> = {
  mels: "features of mel bands",
  fminHz: "features of mel bands, and pitches",
  fmaxHz: "features of mel bands, and pitches",
  coefficients: "mfcc",
  topDb: "features in decibels",
  tuning: "chroma and constant Q",
};

/** Features whose lowest frequency is not that of mel bands or of a pitch. */
const ownRange: ReadonlySet<FeatureSpec["kind"]> = new Set([
  "constant-q",
  "chroma-cqt",
  "chroma-cens",
  "tonnetz",
  "spectral-contrast",
]);

/**
 * A front end with some of its parameters changed, in every feature that has them.
 *
 * @throws TonewrightError `no-such-parameter` for a change that no feature has use for; `bad-front-end` for values that do
 *   not fit.
 */
export function changeFrontEnd(document: FrontEndDocument, changes: FrontEndChanges): FrontEndDocument {
  const { window, deltas = document.deltas, precision = document.precision } = changes;
  const features: Record<string, unknown>[] = document.features.map((feature) => ({ ...feature }));
  for (const [name, who] of Object.entries(ofFeatures)) {
    const value = changes[name as keyof typeof ofFeatures];
    if (value === undefined) continue;
    const changed = features.filter((feature) => setParameter(feature, name, value));
    if (changed.length > 0) continue;
    const kinds = features.map(({ kind }) => kind).join(", ");
    throw new TonewrightError(
      "no-such-parameter",
      `${name} was given, and ${kinds} ${features.length === 1 ? "has" : "have"} none`,
      `leave it out: it belongs to ${who}`,
    );
  }
  // Kaldi's features have a window of their own.
  if (window !== undefined) for (const feature of features) if ("window" in feature) feature.window = window;
  const { fftSize = document.fftSize, hop = document.hop } = changes;
  // A window that is shorter on purpose keeps its length.
  const windowLength = Math.min(document.windowLength ?? fftSize, fftSize);
  return parseFrontEnd({
    ...document,
    ...{ fftSize, hop, window: window ?? document.window, features, deltas, precision },
    windowLength: document.windowLength === null ? null : windowLength,
  });
}

function setParameter(feature: Record<string, unknown>, name: string, value: number | null): boolean {
  if (name.startsWith("f") && ownRange.has(feature.kind as FeatureSpec["kind"])) return false;
  const { logarithm } = feature;
  if (name === "topDb" && typeof logarithm === "object" && logarithm !== null && "topDb" in logarithm) {
    feature.logarithm = { ...logarithm, topDb: value };
    return true;
  }
  if (!(name in feature)) return false;
  feature[name] = value;
  return true;
}

/**
 * Nothing, if a front end can be computed: tries it on silence, so that its mistakes are told before a thousand files are read.
 *
 * @throws TonewrightError what `computeFrontEnd` throws, unless the silence is too short for it.
 */
export function checkFrontEnd(document: FrontEndDocument): void {
  const samples = Math.min(2 ** 20, Math.max(document.sampleRate / 2, 12 * document.hop, 2 * document.fftSize));
  try {
    computeFrontEnd(new Float32Array(Math.ceil(samples)), document);
  } catch (error) {
    if (!isTonewrightError(error) || error.code !== "signal-too-short") throw error;
  }
}
