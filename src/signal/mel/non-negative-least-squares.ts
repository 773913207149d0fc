import { applyFilterBank, type FilterBank } from "./mel-filter-bank.ts";

/** When to stop. */
export interface LeastSquaresLimits {
  /** Stop where the error falls below this share of the outputs, or hardly falls any more. */
  readonly tolerance: number;
  /** Steps at most. */
  readonly iterations: number;
}

/**
 * Steps over which the energy of the error must fall by a thousandth. Single steps can do little and the next ones
 * much.
 */
const patience = 20;

/**
 * Spectra with no negative bins that a filter bank turns into given outputs, as nearly as can be.
 *
 * Many spectra fit equally well: this is the one reached from the smallest unconstrained fit with its negative bins set
 * to 0. Returns a function that overwrites `spectrum`, shape `[bins]`, for filter outputs of shape `[filters]`.
 *
 * @see Birgin, Martínez & Raydan 2000 (spectral projected gradients; here the step along each direction is exact)
 */
export function createNonNegativeFit(bank: FilterBank, limits: LeastSquaresLimits) {
  const { bins, filters } = bank;
  const residual = new Float64Array(filters);
  const filtered = new Float64Array(filters);
  const gradient = new Float64Array(bins);
  const direction = new Float64Array(bins);

  return (outputs: Float64Array, spectrum: Float64Array): void => {
    const size = dot(outputs, outputs);
    smallestFit(bank, outputs, spectrum);
    for (let k = 0; k < bins; k++) spectrum[k] = Math.max(0, spectrum[k]!);
    applyFilterBank(bank, spectrum, residual);
    for (let m = 0; m < filters; m++) residual[m]! -= outputs[m]!;
    applyTransposed(bank, residual, gradient);
    let step = initialStep(bank);
    let errorBefore = Infinity;
    for (let i = 0; i < limits.iterations; i++) {
      const error = dot(residual, residual);
      if (error <= limits.tolerance ** 2 * size) return;
      if (i % patience === 0) {
        if (error > 0.999 * errorBefore) return;
        errorBefore = error;
      }
      let slope = 0;
      for (let k = 0; k < bins; k++) {
        direction[k] = Math.max(0, spectrum[k]! - step * gradient[k]!) - spectrum[k]!;
        slope += direction[k]! * gradient[k]!;
      }
      if (slope >= 0) return;
      applyFilterBank(bank, direction, filtered);
      const curvature = dot(filtered, filtered);
      const length = curvature > 0 ? Math.min(1, -slope / curvature) : 1;
      for (let k = 0; k < bins; k++) spectrum[k] = Math.max(0, spectrum[k]! + length * direction[k]!);
      for (let m = 0; m < filters; m++) residual[m]! += length * filtered[m]!;
      applyTransposed(bank, residual, gradient);
      if (curvature > 0) step = dot(direction, direction) / curvature;
    }
  };
}

/** The least-squares fit of smallest energy, by conjugate gradients from zero. */
function smallestFit(bank: FilterBank, outputs: Float64Array, spectrum: Float64Array): void {
  const residual = outputs.slice();
  const filtered = new Float64Array(bank.filters);
  const gradient = new Float64Array(bank.bins);
  spectrum.fill(0);
  applyTransposed(bank, residual, gradient);
  const direction = gradient.slice();
  let energy = dot(gradient, gradient);
  const enough = 1e-12 * energy;
  for (let i = 0; i < 2 * bank.filters && energy > enough; i++) {
    applyFilterBank(bank, direction, filtered);
    const length = energy / dot(filtered, filtered);
    for (let k = 0; k < bank.bins; k++) spectrum[k]! += length * direction[k]!;
    for (let m = 0; m < bank.filters; m++) residual[m]! -= length * filtered[m]!;
    applyTransposed(bank, residual, gradient);
    const before = energy;
    energy = dot(gradient, gradient);
    for (let k = 0; k < bank.bins; k++) direction[k] = gradient[k]! + (energy / before) * direction[k]!;
  }
}

/** Overwrites `spectrum`, shape `[bins]`, with the sum of the filters, each times its entry of `outputs`. */
function applyTransposed(bank: FilterBank, outputs: Float64Array, spectrum: Float64Array): void {
  const { filters, start, offset, weights } = bank;
  spectrum.fill(0);
  for (let m = 0; m < filters; m++) {
    const output = outputs[m]!;
    const shift = start[m]! - offset[m]!;
    for (let n = offset[m]!; n < offset[m + 1]!; n++) spectrum[n + shift]! += weights[n]! * output;
  }
}

/** One over the energy of the strongest filter. */
function initialStep(bank: FilterBank): number {
  let most = 0;
  for (let m = 0; m < bank.filters; m++) {
    const filter = bank.weights.subarray(bank.offset[m]!, bank.offset[m + 1]!);
    most = Math.max(most, dot(filter, filter));
  }
  return most > 0 ? 1 / most : 1;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}
