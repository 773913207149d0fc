import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";

/** Which cosine transform. Type 2 is "the" DCT and type 3 its inverse; `ortho` makes types 2 and 3 rotations. */
export interface DctOptions {
  /** Default 2. */
  readonly type?: 1 | 2 | 3 | undefined;
  /** Default `ortho`; `null` leaves the sums as they are. */
  readonly norm?: "ortho" | null | undefined;
}

/**
 * The weights of a cosine transform: coefficient `k` is the sum over `n` of `table[k * size + n] * x[n]`.
 *
 * @param size - Numbers that go in; at least 2 for type 1.
 * @param options.coefficients - How many of the coefficients are wanted, from the first. Default all.
 * @returns Shape `[coefficients, size]`.
 * @throws TonewrightError `bad-option`.
 * @see scipy.fft.dct 1.17
 */
export function dctTable(
  size: number,
  { type = 2, norm = "ortho", coefficients = size }: DctOptions & { readonly coefficients?: number } = {},
): Float64Array {
  const known = (type === 1 && size >= 2) || type === 2 || type === 3;
  if (!Number.isInteger(size) || size < 1 || !known || !Number.isInteger(coefficients) || coefficients < 1) {
    throw new TonewrightError(
      "bad-option",
      `a cosine transform of type ${type} from ${size} numbers to ${coefficients} cannot be`,
      "use type 1, 2 or 3, and at least 2 numbers for type 1",
    );
  }
  if (coefficients > size) {
    throw new TonewrightError(
      "bad-option",
      `${coefficients} coefficients are wanted of a cosine transform of ${size} numbers`,
      `ask for at most ${size}`,
    );
  }
  const table = new Float64Array(coefficients * size);
  for (let k = 0; k < coefficients; k++) {
    for (let n = 0; n < size; n++) table[k * size + n] = weight({ type, ortho: norm === "ortho", size, k, n });
  }
  return table;
}

function weight(at: {
  readonly type: 1 | 2 | 3;
  readonly ortho: boolean;
  readonly size: number;
  readonly k: number;
  readonly n: number;
}): number {
  const { type, ortho, size, k, n } = at;
  if (type === 2) return cosine(k * (2 * n + 1), 2 * size) * (ortho ? Math.sqrt((k === 0 ? 1 : 2) / size) : 2);
  if (type === 3) {
    const first = n === 0;
    return cosine((2 * k + 1) * n, 2 * size) * (ortho ? Math.sqrt((first ? 1 : 2) / size) : first ? 1 : 2);
  }
  const last = size - 1;
  const end = (index: number) => index === 0 || index === last;
  if (!ortho) return cosine(k * n, last) * (end(n) ? 1 : 2);
  return cosine(k * n, last) * Math.sqrt((2 / last) * (end(n) ? 0.5 : 1) * (end(k) ? 0.5 : 1));
}

/** `cos(π numerator / denominator)`, with the angle taken into one turn before it is made. */
function cosine(numerator: number, denominator: number): number {
  return Math.cos((Math.PI * (numerator % (2 * denominator))) / denominator);
}

/**
 * Cosine transform of every frame of a table.
 *
 * @param features - Shape `[rows, frames]`.
 * @param options.coefficients - Rows of the result, at most as many as there are. Default all.
 * @returns Shape `[coefficients, frames]`.
 * @throws TonewrightError `bad-option`.
 * @see scipy.fft.dct 1.17, along axis 0
 */
export function dct(
  features: FeatureMatrix,
  given: DctOptions & { readonly coefficients?: number } = {},
): FeatureMatrix {
  checkMatrix("dct(features, options)", features);
  checkOptions("dct(features, options)", given, { type: false, norm: false, coefficients: false });
  const { coefficients = features.rows, ...options } = given;
  return multiply(dctTable(features.rows, { ...options, coefficients }), coefficients, features);
}

/**
 * Undoes `dct`, with zeros for the coefficients that were left out.
 *
 * @param coefficients - Shape `[coefficients, frames]`.
 * @param options.rows - How many numbers each frame had; at least as many as there are coefficients, which is the
 * default.
 * @returns Shape `[rows, frames]`.
 * @throws TonewrightError `bad-option`.
 * @see scipy.fft.idct 1.17, along axis 0
 */
export function inverseDct(
  coefficients: FeatureMatrix,
  options: DctOptions & { readonly rows?: number } = {},
): FeatureMatrix {
  checkMatrix("inverseDct(coefficients, options)", coefficients);
  checkOptions("inverseDct(coefficients, options)", options, { type: false, norm: false, rows: false });
  const { rows = coefficients.rows, type = 2, norm = "ortho" } = options;
  if (rows < coefficients.rows) {
    throw new TonewrightError(
      "bad-option",
      `${coefficients.rows} coefficients are too many for ${rows} numbers`,
      `give at least ${coefficients.rows} rows`,
    );
  }
  const opposite = type === 2 ? 3 : type === 3 ? 2 : 1;
  const table = dctTable(rows, { type: opposite, norm });
  const scale = norm === "ortho" ? 1 : 1 / (type === 1 ? 2 * (rows - 1) : 2 * rows);
  const used = new Float64Array(rows * coefficients.rows);
  for (let n = 0; n < rows; n++) {
    for (let k = 0; k < coefficients.rows; k++) used[n * coefficients.rows + k] = scale * table[n * rows + k]!;
  }
  return multiply(used, rows, coefficients);
}

/** A table, shape `[rows, features.rows]`, times features; four of its rows at a time, since sums are slow to store. */
function multiply(table: Float64Array, rows: number, { rows: inner, frames, values }: FeatureMatrix): FeatureMatrix {
  const product = new Float64Array(rows * frames);
  const inFours = inner - (inner % 4);
  for (let k = 0; k < rows; k++) {
    const row = product.subarray(k * frames, (k + 1) * frames);
    const factors = table.subarray(k * inner, (k + 1) * inner);
    for (let n = 0; n < inFours; n += 4) {
      const [f0, f1, f2, f3] = [factors[n]!, factors[n + 1]!, factors[n + 2]!, factors[n + 3]!];
      const x0 = values.subarray(n * frames, (n + 1) * frames);
      const x1 = values.subarray((n + 1) * frames, (n + 2) * frames);
      const x2 = values.subarray((n + 2) * frames, (n + 3) * frames);
      const x3 = values.subarray((n + 3) * frames, (n + 4) * frames);
      for (let t = 0; t < frames; t++) row[t]! += f0 * x0[t]! + f1 * x1[t]! + (f2 * x2[t]! + f3 * x3[t]!);
    }
    for (let n = inFours; n < inner; n++) {
      const factor = factors[n]!;
      const x = values.subarray(n * frames, (n + 1) * frames);
      for (let t = 0; t < frames; t++) row[t]! += factor * x[t]!;
    }
  }
  return { rows, frames, values: product };
}
