import { TonewrightError } from "../../errors/index.ts";
import type { Kernels } from "../../kernels/index.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import type { PadMode } from "../spectrum/padding.ts";
import { windowOf } from "../spectrum/window.ts";
import type { Frame, FrameFeature, WholeFeature } from "./frame-feature.ts";
import { createExactSpectrum, createFastSpectrum, type FrameSpectrum } from "./frame-spectrum.ts";
import { FrameStream } from "./frame-stream.ts";
import { type FeatureSpec, type FrontEndDocument, reasonsNotLive } from "./front-end-document.ts";
import { createMelFeature } from "./mel-frame-features.ts";
import { normaliseFrame } from "./normalisation.ts";
import { createShapeFeature } from "./shape-frame-features.ts";
import { createTimeFeature } from "./time-frame-features.ts";
import { createWholeFeature } from "./whole-features.ts";

/** Where the fast kernels of a `float32` front end live. */
export interface FrontEndOptions {
  /** Default the `simd` build, whose bits are the same on every machine. */
  readonly kernels?: Kernels | undefined;
}

/** Called for each frame with its numbers, shape `[rows]`; the array is overwritten by the next frame. */
export type OnFeatures = (features: Float64Array, t: number) => void;

/** A front end on samples that arrive bit by bit. Allocates nothing after it was made. */
export interface LiveFrontEnd {
  /** Numbers per frame. */
  readonly rows: number;
  /** Takes samples, shape `[n]`, and calls back for every frame that they complete. */
  push(samples: Float32Array, onFeatures: OnFeatures): void;
  /** Ends the sound: calls back for the frames that reach beyond it. */
  flush(onFeatures: OnFeatures): void;
  /** Starts over, as new. */
  reset(): void;
}

/**
 * A front end that runs live: the numbers of `computeFrontEnd`, frame by frame, as the sound comes in.
 *
 * A centred frame comes half a transform after its centre.
 *
 * @throws TonewrightError `not-streamable` with the reason, for features that need the whole sound.
 */
export function createLiveFrontEnd(document: FrontEndDocument, options: FrontEndOptions = {}): LiveFrontEnd {
  const [reason] = reasonsNotLive(document);
  if (reason !== undefined) {
    throw new TonewrightError(
      "not-streamable",
      `this front end cannot be computed live: ${reason}`,
      "change that feature, or compute whole sounds with computeFrontEnd",
    );
  }
  const { features, frames, analyse } = createFrames(document, options);
  const parts = features.filter((feature): feature is FrameFeature => !("whole" in feature));
  const rows = parts.reduce((sum, { rows: own }) => sum + own, 0);
  checkNormalisation(document, rows);
  const out = new Float64Array(rows);
  let called: OnFeatures = () => {};
  const onFrame = (t: number) => {
    analyse();
    let at = 0;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      part.compute(frames.frame, out, at);
      at += part.rows;
    }
    normaliseFrame(out, document.normalisation);
    called(out, t);
  };
  return {
    rows,
    push(samples, onFeatures) {
      called = onFeatures;
      frames.stream.push(samples, onFrame);
    },
    flush(onFeatures) {
      called = onFeatures;
      frames.stream.flush(onFrame);
    },
    reset() {
      frames.stream.reset();
      for (const part of parts) part.reset?.();
    },
  };
}

/**
 * The features of a whole sound, as a front end describes them.
 *
 * The sound must have the front end's sample rate: `resample` it first. Features stand one under the other; if some give
 * more frames than others, the longest are cut.
 *
 * @param x - Shape `[samples]`, one channel.
 * @returns Shape `[rows, frames]`.
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`, `bad-front-end` if the normalisation
 *   has other rows.
 */
export function computeFrontEnd(x: Samples, document: FrontEndDocument, options: FrontEndOptions = {}): FeatureMatrix {
  checkFinite(x, { sampleRate: document.sampleRate });
  const { features, frames, analyse } = createFrames(document, options);
  const parts = features.filter((feature): feature is FrameFeature => !("whole" in feature));
  const columns: Float64Array[] = [];
  const width = parts.reduce((sum, { rows }) => sum + rows, 0);
  if (parts.length > 0) {
    const onFrame = () => {
      analyse();
      const column = new Float64Array(width);
      let at = 0;
      for (const part of parts) {
        part.compute(frames.frame, column, at);
        at += part.rows;
      }
      columns.push(column);
    };
    frames.stream.push(x, onFrame);
    frames.stream.flush(onFrame);
  }
  let at = 0;
  const tables = features.map((feature) => {
    if ("whole" in feature) return feature.whole(x);
    const table = transposed(columns, { from: at, rows: feature.rows });
    at += feature.rows;
    return feature.finish === undefined ? table : feature.finish(table);
  });
  const table = joined(tables);
  checkNormalisation(document, table.rows);
  const column = new Float64Array(table.rows);
  for (let t = 0; document.normalisation !== null && t < table.frames; t++) {
    for (let k = 0; k < table.rows; k++) column[k] = table.values[k * table.frames + t]!;
    normaliseFrame(column, document.normalisation);
    for (let k = 0; k < table.rows; k++) table.values[k * table.frames + t] = column[k]!;
  }
  return table;
}

/** The frames of a front end, and its features. */
function createFrames(document: FrontEndDocument, { kernels }: FrontEndOptions) {
  const { fftSize, hop, center, padMode, precision } = document;
  const window = windowOf(document.window, document.windowLength ?? fftSize);
  const spectrum =
    precision === "float32"
      ? createFastSpectrum({ fftSize, window }, kernels === undefined ? {} : { kernels })
      : createExactSpectrum({ fftSize, window });
  const stream = new FrameStream({ frameLength: fftSize, hop, center, padMode });
  const samples = new Float64Array(fftSize);
  const others = new Map<PadMode, Float64Array>();
  const magnitude = new Float64Array(spectrum.bins);
  let fresh = false;
  const frame: Frame = {
    spectrum,
    magnitude() {
      if (fresh) return magnitude;
      const { power } = spectrum;
      for (let k = 0; k < magnitude.length; k++) magnitude[k] = Math.sqrt(power[k]!);
      fresh = true;
      return magnitude;
    },
    samples(mode) {
      if (mode === undefined || mode === padMode || !center) return samples;
      let other = others.get(mode);
      if (other === undefined) {
        other = new Float64Array(fftSize);
        others.set(mode, other);
      }
      stream.copyFrame(other, mode);
      return other;
    },
  };
  const features = document.features.map((spec) => createFeature(spec, document, spectrum));
  return {
    features,
    frames: { frame, stream },
    analyse() {
      stream.copyFrame(samples);
      spectrum.process(samples);
      fresh = false;
    },
  };
}

function createFeature(
  spec: FeatureSpec,
  document: FrontEndDocument,
  spectrum: FrameSpectrum,
): FrameFeature | WholeFeature {
  switch (spec.kind) {
    case "mel":
    case "log-mel":
    case "mfcc":
    case "pcen":
    case "onset-strength":
      return createMelFeature(spec, document, spectrum);
    case "rms":
    case "zero-crossing-rate":
    case "yin":
      return createTimeFeature(spec, document);
    case "chroma":
      return spec.tuning === null ? createWholeFeature(spec, document) : createShapeFeature(spec, document);
    case "spectrogram":
    case "spectral-centroid":
    case "spectral-bandwidth":
    case "spectral-rolloff":
    case "spectral-flatness":
    case "spectral-flux":
    case "spectral-contrast":
      return createShapeFeature(spec, document);
    default:
      return createWholeFeature(spec, document);
  }
}

function transposed(columns: readonly Float64Array[], { from, rows }: { from: number; rows: number }): FeatureMatrix {
  const frames = columns.length;
  const values = new Float64Array(rows * frames);
  for (const [t, column] of columns.entries()) {
    for (let k = 0; k < rows; k++) values[k * frames + t] = column[from + k]!;
  }
  return { rows, frames, values };
}

function joined(tables: readonly FeatureMatrix[]): FeatureMatrix {
  const [first] = tables;
  if (tables.length === 1 && first !== undefined) return first;
  const frames = Math.min(...tables.map((table) => table.frames));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const values = new Float64Array(rows * frames);
  let row = 0;
  for (const table of tables) {
    for (let k = 0; k < table.rows; k++, row++) {
      values.set(table.values.subarray(k * table.frames, k * table.frames + frames), row * frames);
    }
  }
  return { rows, frames, values };
}

function checkNormalisation({ normalisation }: FrontEndDocument, rows: number): void {
  if (normalisation === null || (normalisation.mean.length === rows && normalisation.deviation.length === rows)) return;
  throw new TonewrightError(
    "bad-front-end",
    `the normalisation is of ${normalisation.mean.length} rows, the features have ${rows}`,
    "measure the normalisation again with these features",
  );
}
