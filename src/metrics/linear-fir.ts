import { checkLists, checkOptions } from "../errors/index.ts";
import { crossCorrelation, type Span } from "../signal/index.ts";
import { silentInput } from "./best-gain.ts";
import { requireSameLength } from "./comparable.ts";

/**
 * The causal filter that brings the dry signal closest to the wet one, in the sense of least squares: what any linear
 * model could do, so a neural one has to beat it.
 *
 * Samples before a span count as the filter's input, samples before the recording as 0.
 *
 * @param dry - Device input, shape `[samples]`, linear amplitude.
 * @param wet - Device output, aligned, same length.
 * @param options.taps - Length of the filter; 64 is 1.3 ms at 48 kHz.
 * @param options.spans - Where to fit; everywhere by default. Fit on training spans, judge on test spans.
 * @returns Impulse response, shape `[taps]`.
 * @throws TonewrightError `length-mismatch`; `silent-input` if the dry signal has no energy in the spans.
 */
export function fitLinearFir(
  dry: Float32Array,
  wet: Float32Array,
  options: { readonly taps?: number; readonly spans?: readonly Span[] } = {},
): Float64Array {
  checkLists("fitLinearFir(dry, wet, options)", { dry, wet });
  checkOptions("fitLinearFir(dry, wet, options)", options, { taps: false, spans: false });
  const { taps = 64, spans = [{ start: 0, end: dry.length }] } = options;
  requireSameLength("fitLinearFir", dry, wet);
  const lags = { firstLag: 0, lastLag: taps - 1, spans };
  const firstRow = crossCorrelation(dry, dry, lags);
  const energy = firstRow[0] ?? 0;
  if (!(energy > 0) || spans.every(({ start, end }) => dry.subarray(start, end).every((value) => value === 0))) {
    throw silentInput("fitLinearFir", spans);
  }
  const matrix = covariance(dry, firstRow, spans);
  // A dry signal without treble leaves directions that nothing decides; the ridge keeps the filter small there.
  for (let i = 0; i < taps; i++) matrix[i * taps + i]! += RIDGE * energy;
  return solvePositiveDefinite(matrix, crossCorrelation(dry, wet, lags));
}

/**
 * The output of a filter, for all of a signal or for some spans of it.
 *
 * @param x - Shape `[samples]`; samples before a span count as input, samples before the signal as 0.
 * @param coefficients - Impulse response, shape `[taps]`.
 * @param options.spans - Which outputs to compute; all by default.
 * @returns The outputs of the spans one after the other, float32.
 */
export function applyFir(
  x: Float32Array,
  coefficients: Float64Array,
  { spans = [{ start: 0, end: x.length }] }: { readonly spans?: readonly Span[] } = {},
): Float32Array {
  const y = new Float32Array(spans.reduce((sum, { start, end }) => sum + end - start, 0));
  const taps = coefficients.length;
  let position = 0;
  for (const { start, end } of spans) {
    for (let n = start; n < end; n++) {
      const reach = Math.min(taps, n + 1);
      let sum = 0;
      for (let k = 0; k < reach; k++) sum += coefficients[k]! * x[n - k]!;
      y[position++] = sum;
    }
  }
  return y;
}

const RIDGE = 1e-10;

/**
 * The exact matrix `R[i, j] = sum over n in the spans of x[n - i] * x[n - j]`, shape `[taps, taps]`: going one step down
 * its diagonals only exchanges the samples at the ends of the spans.
 */
function covariance(x: Float32Array, firstRow: Float64Array, spans: readonly Span[]): Float64Array {
  const taps = firstRow.length;
  const matrix = new Float64Array(taps * taps);
  for (let j = 0; j < taps; j++) {
    matrix[j] = firstRow[j]!;
    matrix[j * taps] = firstRow[j]!;
  }
  const at = (n: number) => (n < 0 ? 0 : x[n]!);
  for (let i = 1; i < taps; i++) {
    for (let j = i; j < taps; j++) {
      let value = matrix[(i - 1) * taps + j - 1]!;
      for (const { start, end } of spans) value += at(start - i) * at(start - j) - at(end - i) * at(end - j);
      matrix[i * taps + j] = value;
      matrix[j * taps + i] = value;
    }
  }
  return matrix;
}

/** The `x` of `matrix * x = right` by Cholesky's method; both are overwritten, `matrix` has shape `[size, size]`. */
function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
      if (i !== j) matrix[i * size + j] = sum / matrix[j * size + j]!;
      else if (sum > 0) matrix[i * size + i] = Math.sqrt(sum);
      else throw new Error(`bug: the normal equations are not positive definite in row ${i}`);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i]! -= matrix[i * size + k]! * right[k]!;
    right[i]! /= matrix[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i]! -= matrix[k * size + i]! * right[k]!;
    right[i]! /= matrix[i * size + i]!;
  }
  return right;
}
