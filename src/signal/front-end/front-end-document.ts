import { z } from "zod";
import { TonewrightError, wrongCall } from "../../errors/index.ts";

const hz = z.number().min(0).max(1e6);
const count = z.int().min(1).max(65_536);

/** Mel bands of the frames' spectra; `fmaxHz` null is half the sample rate. */
const mel = {
  mels: count.default(128),
  fminHz: hz.default(0),
  fmaxHz: hz.nullable().default(null),
  htk: z.boolean().default(false),
  norm: z
    .union([z.literal("slaney"), z.number().positive()])
    .nullable()
    .default("slaney"),
  /** Exponent of the magnitudes before they are filtered. */
  power: z.number().positive().default(2),
};

const logarithm = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("db"),
    reference: z.union([z.literal("max"), z.number().positive()]).default(1),
    floor: z.number().positive().default(1e-10),
    topDb: z.number().min(0).nullable().default(80),
  }),
  z.strictObject({
    kind: z.literal("ln"),
    floor: z.number().min(0).default(1e-10),
    offset: z.number().min(0).default(0),
  }),
  /** Whisper leaves the last frame out before it looks for the largest value. */
  z.strictObject({ kind: z.literal("whisper"), dropLastFrame: z.boolean().default(true) }),
]);
const decibels = { kind: "db", reference: 1, floor: 1e-10, topDb: 80 } as const;

/**
 * Mel bands as Kaldi and HTK compute them. Frames are `windowLength` samples (`fftSize` without one) and a power of two
 * after zeros; where they are not centred, only those that lie within the sound count. Their window is this one.
 */
const kaldi = {
  mels: count.default(23),
  fminHz: hz.default(20),
  fmaxHz: hz.nullable().default(null),
  window: z.enum(["povey", "hann", "hamming", "blackman", "boxcar"]).default("povey"),
  removeDc: z.boolean().default(true),
  preEmphasis: z.number().min(0).max(1).default(0.97),
  /** What samples are multiplied with first: Kaldi and HTK read integers of 16 bits. */
  amplitude: z.number().positive().default(1),
  usePower: z.boolean().default(true),
  melFloor: z
    .number()
    .positive()
    .default(2 ** -23),
  /** The level of each frame: a row more of bands, in the place of the first coefficient. */
  useEnergy: z.boolean().default(false),
  /** The level comes last. */
  htkCompat: z.boolean().default(false),
};

/** One feature: what is computed of every frame, with every parameter written out. */
export const featureSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("spectrogram"), power: z.number().positive().default(1) }),
  z.strictObject({ kind: z.literal("mel"), ...mel }),
  z.strictObject({ kind: z.literal("log-mel"), ...mel, logarithm: logarithm.default(decibels) }),
  z.strictObject({
    kind: z.literal("mfcc"),
    ...mel,
    logarithm: logarithm.default(decibels),
    coefficients: count.default(20),
    dctType: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(2),
    dctNorm: z.literal("ortho").nullable().default("ortho"),
    lifter: z.number().min(0).default(0),
  }),
  z.strictObject({
    kind: z.literal("pcen"),
    ...mel,
    power: z.number().positive().default(1),
    gain: z.number().min(0).default(0.98),
    bias: z.number().min(0).default(2),
    exponent: z.number().min(0).default(0.5),
    timeConstantSeconds: z.number().positive().default(0.4),
    epsilon: z.number().positive().default(1e-6),
    /** What energies are multiplied with first: librosa's parameters expect those of 32-bit integers. */
    scale: z
      .number()
      .positive()
      .default(2 ** 31),
  }),
  z.strictObject({
    kind: z.literal("onset-strength"),
    ...mel,
    logarithm: logarithm.default(decibels),
    lag: z.int().min(1).max(100).default(1),
  }),
  z.strictObject({
    kind: z.literal("chroma"),
    classes: count.default(12),
    /** Fractions of a class; null estimates it from the whole signal. */
    tuning: z.number().min(-0.5).max(0.5).nullable().default(0),
    centreOctave: z.number().default(5),
    octaveWidth: z.number().positive().nullable().default(2),
    /** Whether every frame is divided by its largest class. */
    normalise: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal("rms") }),
  z.strictObject({ kind: z.literal("zero-crossing-rate") }),
  z.strictObject({ kind: z.literal("spectral-centroid") }),
  z.strictObject({ kind: z.literal("spectral-bandwidth"), p: z.number().positive().default(2) }),
  z.strictObject({ kind: z.literal("spectral-rolloff"), share: z.number().gt(0).lt(1).default(0.85) }),
  z.strictObject({ kind: z.literal("spectral-flatness"), floor: z.number().positive().default(1e-10) }),
  z.strictObject({ kind: z.literal("spectral-flux") }),
  z.strictObject({
    kind: z.literal("spectral-contrast"),
    fminHz: z.number().positive().default(200),
    bands: count.default(6),
    quantile: z.number().gt(0).lt(1).default(0.02),
    topDb: z.number().min(0).nullable().default(80),
  }),
  z.strictObject({
    kind: z.literal("yin"),
    fminHz: z.number().positive().default(65.4),
    fmaxHz: z.number().positive().default(1046.5),
    threshold: z.number().gt(0).max(1).default(0.1),
  }),
  z.strictObject({
    kind: z.literal("pyin"),
    fminHz: z.number().positive().default(65.4),
    fmaxHz: z.number().positive().default(1046.5),
  }),
  z.strictObject({
    kind: z.enum(["constant-q", "chroma-cqt", "chroma-cens", "tonnetz"]),
    fminHz: z.number().positive().default(32.70319566257483),
    bins: count.default(84),
    binsPerOctave: count.default(12),
    /** Fractions of a bin; null estimates it from the whole signal. */
    tuning: z.number().min(-0.5).max(0.5).nullable().default(0),
  }),
  z.strictObject({ kind: z.literal("tempogram"), windowFrames: count.default(384) }),
  z.strictObject({ kind: z.literal("kaldi-fbank"), ...kaldi, useLog: z.boolean().default(true) }),
  z.strictObject({
    kind: z.literal("kaldi-mfcc"),
    ...kaldi,
    coefficients: count.default(13),
    lifter: z.number().min(0).default(22),
  }),
]);

const normalisation = z.strictObject({
  /** Per row: what is subtracted, and then divided by. */
  mean: z.array(z.number()).min(1),
  deviation: z.array(z.number().positive()).min(1),
  /** Frames that they were measured on. */
  frames: z.int().min(1),
});

const documentSchema = z.strictObject({
  format: z.literal("tonewright-front-end"),
  version: z.literal(1),
  sampleRate: z.number().min(1).max(1e6),
  fftSize: z
    .int()
    .min(2)
    .max(2 ** 24)
    .default(2048),
  hop: z
    .int()
    .min(1)
    .max(2 ** 24)
    .default(512),
  windowLength: z
    .int()
    .min(1)
    .max(2 ** 24)
    .nullable()
    .default(null),
  window: z
    .union([
      z.enum(["hann", "hamming", "blackman", "bartlett", "blackman-harris", "boxcar", "sqrt-hann", "povey"]),
      z.strictObject({ kind: z.literal("kaiser"), beta: z.number().min(0).max(700) }),
      z.strictObject({ kind: z.literal("gaussian"), deviation: z.number().positive() }),
    ])
    .default("hann"),
  center: z.boolean().default(true),
  padMode: z.enum(["zero", "reflect", "edge"]).default("zero"),
  /** `float64` is exact; `float32` takes the fast kernels, whose bits are the same on every machine. */
  precision: z.enum(["float64", "float32"]).default("float64"),
  features: z.array(featureSchema).min(1).max(64),
  /** All rows are followed by how fast they change (1) and how fast that does (2), measured over 9 frames. */
  deltas: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  normalisation: normalisation.nullable().default(null),
});

/** One feature with all its parameters. */
export type FeatureSpec = z.output<typeof featureSchema>;
/** What may be left out of a feature takes the default of librosa. */
export type FeatureSpecInput = z.input<typeof featureSchema>;
/** The names of features. */
export type FeatureKind = FeatureSpec["kind"];

/**
 * How sound becomes the numbers that a model sees, written down: sample rate, framing, features and normalisation.
 *
 * A model carries it, so that training, command line and a live page compute the same numbers. Rows of several features
 * stand one under the other. Plain JSON; a change of meaning gets a new version, which later programs migrate.
 */
export type FrontEndDocument = z.output<typeof documentSchema>;
/**
 * Refuses what is no front end: a name of a preset, or arguments in another order.
 *
 * @param call - How the function is called.
 * @throws TonewrightError `wrong-call`.
 */
export function checkDocument(call: string, document: FrontEndDocument): void {
  if (document?.format === "tonewright-front-end" && Array.isArray(document.features)) return;
  const hint = `write ${call}, with what frontEnd, frontEndPreset or parseFrontEnd returns`;
  throw wrongCall(call, "the front end", document, hint);
}

/** A document before its defaults are filled in. */
export type FrontEndInput = Omit<z.input<typeof documentSchema>, "format" | "version">;

/**
 * A front end with every default filled in, so that it keeps its meaning when defaults change.
 *
 * @throws TonewrightError `bad-front-end` with each member that does not fit.
 */
export function frontEnd(input: FrontEndInput): FrontEndDocument {
  return parseFrontEnd({ format: "tonewright-front-end", version: 1, ...input });
}

/**
 * A front end from JSON that was read somewhere.
 *
 * @param value - A value of JSON, not its text.
 * @throws TonewrightError `bad-front-end` with each member that does not fit, `future-version`.
 */
export function parseFrontEnd(value: unknown): FrontEndDocument {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (typeof version === "number" && version > 1) {
    throw new TonewrightError(
      "future-version",
      `this front end has version ${version}, the newest known here is 1`,
      "update Tonewright",
    );
  }
  const result = documentSchema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
    throw new TonewrightError(
      "bad-front-end",
      `the front end does not fit: ${problems.join("; ")}`,
      "start from a preset and change only what you need",
    );
  }
  const document = result.data;
  if ((document.windowLength ?? 0) > document.fftSize) {
    throw new TonewrightError(
      "bad-front-end",
      `a window of ${document.windowLength} samples is longer than the transform of ${document.fftSize}`,
      "use a larger fftSize or a shorter window",
    );
  }
  return document;
}
