import { dot } from "../table.ts";

/** A tall matrix as an orthogonal one, kept as reflections, times a triangle. */
export interface QrFactors {
  /** The upper triangle, as columns: shape `[columns][columns]`. */
  readonly triangle: Float64Array[];
  /** The orthogonal factor times a vector of `columns` numbers: a vector of as many numbers as the matrix has rows. */
  rotate(vector: Float64Array): Float64Array;
}

/**
 * Householder's QR of a matrix with at least as many rows as columns.
 *
 * @param columns - Shape `[columns][rows]`. Overwritten.
 * @see Golub & Van Loan 2013, Matrix Computations, algorithm 5.2.1
 */
export function qrFactors(columns: Float64Array[]): QrFactors {
  const size = columns.length;
  const diagonal = new Float64Array(size);
  const factors = new Float64Array(size); // 2 / |v|^2 of each reflection, 0 for none
  for (let j = 0; j < size; j++) {
    const column = columns[j]!;
    let squared = 0;
    for (let n = j; n < column.length; n++) squared += column[n]! * column[n]!;
    if (squared === 0) continue;
    const length = Math.sqrt(squared);
    diagonal[j] = column[j]! > 0 ? -length : length;
    // |v|^2 before the first entry changes: x0 and the diagonal have opposite signs, nothing cancels.
    factors[j] = 1 / (squared + length * Math.abs(column[j]!));
    column[j]! -= diagonal[j]!;
    for (let k = j + 1; k < size; k++) reflect(columns[k]!, column, { from: j, factor: factors[j]! });
  }
  const triangle = columns.map((column, j) => {
    const part = new Float64Array(size);
    for (let n = 0; n < j; n++) part[n] = column[n]!;
    part[j] = diagonal[j]!;
    return part;
  });
  return {
    triangle,
    rotate(vector) {
      const result = new Float64Array(columns[0]!.length);
      result.set(vector);
      for (let j = size - 1; j >= 0; j--) reflect(result, columns[j]!, { from: j, factor: factors[j]! });
      return result;
    },
  };
}

/** The vector mirrored at the plane across `normal`, from one row on. Overwritten. */
function reflect(
  vector: Float64Array,
  normal: Float64Array,
  { from, factor }: { readonly from: number; readonly factor: number },
): void {
  const scale = factor * dot(normal.subarray(from), vector.subarray(from));
  if (scale === 0) return;
  for (let n = from; n < vector.length; n++) vector[n]! -= scale * normal[n]!;
}
