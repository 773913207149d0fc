// Golden numbers of librosa 0.11 and of MATLAB, made by others (shared/data/conformance/features); absent outside the workplace.

import { existsSync, readFileSync } from "node:fs";
import { type ComplexMatrix, decodeNpy, type FeatureMatrix, type NpyArray } from "../../src/signal/index.ts";

const folder = new URL("../../../shared/data/conformance/features/", import.meta.url);
const present = existsSync(folder);

/** Why vector tests cannot run here; undefined where they can. */
export const vectorsMissing = present ? undefined : "the librosa and MATLAB vectors are not on this machine";

/** What one case computes: its outputs by name (`out` unless the case has several), and how closely they must agree. */
export interface VectorCase {
  readonly compute: () => Readonly<Record<string, ArrayLike<number>>>;
  /** Largest `relativeError`; default 1e-6. A larger one needs its reason beside it. */
  readonly tolerance?: number;
  /** Judged by signal-to-noise ratio instead, at least this many dB. */
  readonly snrDb?: number;
}

/** A case of the MATLAB set, which computes from what the manifest says of it. */
export interface MatlabCase {
  readonly compute: (one: { readonly id: string } & Readonly<Record<string, unknown>>) => ArrayLike<number>;
  /** Largest `relativeError`; default 1e-9. */
  readonly tolerance?: number;
}

/** An `.npy` of `librosa-0.11.0` or `matlab-npy`. */
export function vector(set: "librosa-0.11.0" | "matlab-npy", name: string): NpyArray {
  return decodeNpy(readFileSync(new URL(`${set}/${name}.npy`, folder)), { name });
}

/** A file beside the vectors. */
export function vectorFile(path: string): Uint8Array {
  return readFileSync(new URL(path, folder));
}

/** A librosa vector with one or two dimensions, as a table. */
export function librosaMatrix(name: string): FeatureMatrix {
  const { shape, values } = vector("librosa-0.11.0", name);
  const [rows, frames] = shape.length === 1 ? [1, shape[0]!] : [shape[0]!, shape[1]!];
  return { rows, frames, values };
}

/** A complex librosa vector. */
export function librosaSpectrum(name: string): ComplexMatrix {
  const { shape, values } = vector("librosa-0.11.0", name);
  const re = Float64Array.from({ length: values.length / 2 }, (_, n) => values[2 * n]!);
  const im = Float64Array.from({ length: values.length / 2 }, (_, n) => values[2 * n + 1]!);
  return { rows: shape[0]!, frames: shape[1]!, re, im };
}

/** Numbers of a spectrum in the order of a complex `.npy`: re, im, re, im, … */
export function interleaved({ re, im }: { readonly re: Float64Array; readonly im: Float64Array }): Float64Array {
  return Float64Array.from({ length: 2 * re.length }, (_, n) => (n % 2 === 0 ? re[n / 2]! : im[(n - 1) / 2]!));
}

/** The two test signals of the librosa set: `y` music at 22050 Hz, `s` chirp and tone at 16000 Hz. */
export const inputs = {
  y: () => vector("librosa-0.11.0", "input_y").values,
  s: () => vector("librosa-0.11.0", "input_s").values,
};

/** Largest `|difference| / (|expected| + 1e-6 largest |expected|)`; infinite where one is NaN and the other is not. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let n = 0; n < expected.length; n++) {
    if (Number.isFinite(expected[n]!)) largest = Math.max(largest, Math.abs(expected[n]!));
  }
  let worst = 0;
  for (let n = 0; n < expected.length; n++) {
    const a = found[n]!;
    const b = expected[n]!;
    if (Object.is(a, b) || a === b) continue;
    const error = Math.abs(a - b) / (Math.abs(b) + 1e-6 * largest);
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  return worst;
}

/** Energy of the expected values over energy of the difference, in dB. */
export function snrDb(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.NEGATIVE_INFINITY;
  let signal = 0;
  let noise = 0;
  for (let n = 0; n < expected.length; n++) {
    signal += expected[n]! ** 2;
    noise += (expected[n]! - found[n]!) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}
