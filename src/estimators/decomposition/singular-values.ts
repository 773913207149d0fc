import { columnOf, dot } from "../table.ts";
import { qrFactors } from "./householder.ts";

/** A table as the sum over k of `values[k] * left[k] * right[k]`. */
export interface SingularValues {
  /** Descending, `min(samples, features)` of them. */
  readonly values: Float64Array;
  /** Unit vectors, shape `[k][samples]`; zeros where the singular value is lost in rounding. */
  readonly left: Float64Array[];
  /** Orthonormal vectors, shape `[k][features]`. */
  readonly right: Float64Array[];
}

/** Jacobi sweeps take 6 to 10; more mean a mistake in here. */
const MAX_SWEEPS = 60;

/**
 * The thin singular value decomposition, by a QR and one-sided Jacobi rotations.
 *
 * Signs are arbitrary. Cost grows with the larger side times the square of the smaller.
 *
 * @see Demmel & Veselić 1992, Jacobi's method is more accurate than QR, https://doi.org/10.1137/0613074
 */
export function singularValues(table: readonly Float64Array[]): SingularValues {
  const features = table[0]!.length;
  // Squares of very large or small numbers leave float64: work on numbers up to 1.
  const scale = table.reduce((most, row) => row.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0) || 1;
  const rows = table.map((row) => row.map((value) => value / scale));
  const tall = rows.length >= features;
  // Rotations are orthonormal to rounding whatever the rank, so `right` is made of them in both cases.
  const qr = qrFactors(tall ? Array.from(rows[0]!, (_, j) => columnOf(rows, j)) : rows);
  const { triangle } = qr;
  const worked = tall ? triangle : Array.from(triangle, (_, j) => columnOf(triangle, j));
  const rotations = orthogonalise(worked);
  const lengths = worked.map((column) => Math.sqrt(dot(column, column)));
  const order = lengths.map((_, k) => k).sort((a, b) => lengths[b]! - lengths[a]!);
  const floor = Number.EPSILON * Math.max(rows.length, features) * lengths[order[0]!]!;
  const units = order.map((k) => worked[k]!.map((value) => (lengths[k]! > floor ? value / lengths[k]! : 0)));
  const turns = order.map((k) => rotations[k]!);
  return {
    values: Float64Array.from(order, (k) => lengths[k]! * scale),
    left: tall ? units.map(qr.rotate) : units,
    right: tall ? turns : turns.map(qr.rotate),
  };
}

/** Rotates pairs of columns until all are orthogonal; returns the rotations together. Overwrites the columns. */
function orthogonalise(columns: Float64Array[]): Float64Array[] {
  const size = columns.length;
  const rotations = columns.map((_, k) => {
    const unit = new Float64Array(size);
    unit[k] = 1;
    return unit;
  });
  const tolerance = Number.EPSILON * Math.sqrt(size);
  const energy = columns.reduce((sum, column) => sum + dot(column, column), 0);
  const rounding = energy * (size * Number.EPSILON) ** 2;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let i = 0; i < size - 1; i++) {
      for (let j = i + 1; j < size; j++) {
        const a = dot(columns[i]!, columns[i]!);
        const b = dot(columns[j]!, columns[j]!);
        const across = dot(columns[i]!, columns[j]!);
        // A column as short as rounding has no direction to settle.
        if (Math.abs(across) <= tolerance * Math.sqrt(a * b) || Math.min(a, b) <= rounding) continue;
        rotated = true;
        const zeta = (b - a) / (2 * across);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        turn(columns[i]!, columns[j]!, { cosine, sine: cosine * tangent });
        turn(rotations[i]!, rotations[j]!, { cosine, sine: cosine * tangent });
      }
    }
    if (!rotated) return rotations;
  }
  throw new Error(`bug: Jacobi rotations of ${size} columns did not settle in ${MAX_SWEEPS} sweeps`);
}

/** Both vectors turned in the plane they span. Overwritten. */
function turn(x: Float64Array, y: Float64Array, { cosine, sine }: { cosine: number; sine: number }): void {
  for (let n = 0; n < x.length; n++) {
    const first = x[n]!;
    const second = y[n]!;
    x[n] = cosine * first - sine * second;
    y[n] = sine * first + cosine * second;
  }
}
