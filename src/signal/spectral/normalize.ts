import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { checkFiniteValues } from "./check-magnitude.ts";

/** What is made the same size, and how size is measured. */
export interface NormalizeOptions {
  /**
   * Size of a list of numbers: the p-th root of the sum of p-th powers; `Infinity` for the largest magnitude (default),
   * `-Infinity` for the smallest, 0 for how many are not zero.
   */
  readonly norm?: number | undefined;
  /** Each frame on its own (default), each row, or all numbers together. */
  readonly each?: "frame" | "row" | "all" | undefined;
  /** Lists smaller than this count as silent. Default 2.2e-308. */
  readonly threshold?: number | undefined;
  /** Silent lists stay as they are (default), become zeros, or become equal numbers of size 1. */
  readonly silent?: "keep" | "zero" | "fill" | undefined;
}

/**
 * A feature scaled so that each of its frames has size 1.
 *
 * A silent frame stays silent unless told otherwise. Per frame it can be computed live, per row or over all it cannot.
 *
 * @param features - Shape `[rows, frames]`, finite.
 * @returns The same shape.
 * @throws TonewrightError `bad-option`, `non-finite-values`.
 * @see librosa.util.normalize 0.11 (`silent` is its `fill`: None, False, True; `each: "frame"` its axis 0)
 */
export function normalize(features: FeatureMatrix, options: NormalizeOptions = {}): FeatureMatrix {
  checkMatrix("normalize(features, options)", features);
  checkOptions("normalize(features, options)", options, { norm: false, each: false, threshold: false, silent: false });
  const { norm = Infinity, each = "frame", threshold = 2.2250738585072014e-308, silent = "keep" } = options;
  if (!(threshold > 0) || !(norm >= 0 || norm === -Infinity) || (norm === 0 && silent === "fill")) {
    throw new TonewrightError(
      "bad-option",
      `normalize: norm ${norm}, threshold ${threshold}, silent "${silent}"`,
      "give a norm of at least 0, a threshold above 0, and fill silence only where the norm is not 0",
    );
  }
  const { rows, frames, values } = features;
  checkFiniteValues(features);
  const scaled = new Float64Array(values.length);
  const lists = each === "all" ? 1 : each === "row" ? rows : frames;
  const length = each === "all" ? values.length : each === "row" ? frames : rows;
  const stride = each === "frame" ? frames : 1;
  const list = new Float64Array(length);
  for (let i = 0; i < lists; i++) {
    const from = each === "row" ? i * frames : i;
    for (let n = 0; n < length; n++) list[n] = values[from + n * stride]!;
    const size = normOf(list, norm);
    const isSilent = size < threshold;
    for (let n = 0; n < length; n++) {
      scaled[from + n * stride] = !isSilent
        ? list[n]! / size
        : silent === "keep"
          ? list[n]!
          : silent === "zero" || Math.abs(norm) === Infinity
            ? Number(silent === "fill")
            : length ** (-1 / norm);
    }
  }
  return { rows, frames, values: scaled };
}

/** Size of a list of numbers; see `NormalizeOptions.norm`. 0 for an empty one. */
export function normOf(list: ArrayLike<number>, norm: number): number {
  if (list.length === 0) return 0;
  let size = norm === -Infinity ? Infinity : 0;
  for (let n = 0; n < list.length; n++) {
    const magnitude = Math.abs(list[n]!);
    if (norm === Infinity) size = Math.max(size, magnitude);
    else if (norm === -Infinity) size = Math.min(size, magnitude);
    else if (norm === 0) size += Number(magnitude > 0);
    else size += norm === 1 ? magnitude : norm === 2 ? magnitude * magnitude : magnitude ** norm;
  }
  if (norm === 2) return Math.sqrt(size);
  return norm === 0 || norm === 1 || Math.abs(norm) === Infinity ? size : size ** (1 / norm);
}
