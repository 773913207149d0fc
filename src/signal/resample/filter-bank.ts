import { besselI0 } from "../spectrum/window.ts";
import type { RateRatio } from "./rate-ratio.ts";

/**
 * A resampling filter by phases, as the kernels `firResample` and `firResampleBetween` take it.
 *
 * An output that falls a part `r / up` of a sample after input `i` is the sum of row r times the inputs
 * `i - taps / 2 + 1` to `i + taps / 2`.
 */
export interface FilterBank {
  /** A multiple of 8. */
  readonly taps: number;
  /** 0 with a row for each of the `up` phases; otherwise the number of phases that are tabulated. */
  readonly phases: number;
  /** Shape `[up, taps]` or `[phases + 3, taps]`. */
  readonly rows: Float64Array;
}

/** A Kaiser-windowed sinc; frequencies are parts of the lower of the two sample rates. */
export interface SincShape {
  readonly passEdge: number;
  readonly stopEdge: number;
  /** Of the Kaiser window. */
  readonly beta: number;
  /** Where the window ends, in samples of the lower rate. */
  readonly halfWidth: number;
}

/** Coefficients that a table may have: 4 MiB in float64. Beyond, phases are interpolated. */
const largestTable = 2 ** 19;

/** Tabulated phases per sample of the lower rate; the cubic between them is then exact to -160 dB. */
const phasesPerSample = 128;

/**
 * A band-limiting filter of any ratio, in bounded memory.
 *
 * Every row sums to 1, so a constant passes unchanged.
 */
export function sincFilterBank({ up, down }: RateRatio, shape: SincShape): FilterBank {
  const scale = Math.min(1, up / down);
  const taps = 8 * Math.ceil((2 * shape.halfWidth) / scale / 8);
  const cutoff = shape.passEdge + shape.stopEdge; // twice the middle of the transition
  const weight = (distance: number): number => {
    const t = scale * distance;
    const place = 1 - (t / shape.halfWidth) ** 2;
    return place <= 0 ? 0 : sinc(cutoff * t) * besselI0(shape.beta * Math.sqrt(place));
  };
  if (up * taps > largestTable) {
    const phases = Math.max(1, Math.ceil(phasesPerSample * scale));
    const rows = new Float64Array((phases + 3) * taps);
    for (let q = 0; q < phases + 3; q++) fillRow(rows, q, taps, (q - 1) / phases, weight);
    return { taps, phases, rows };
  }
  const rows = new Float64Array(up * taps);
  for (let r = 0; 2 * r <= up; r++) {
    fillRow(rows, r, taps, r / up, weight);
    // The filter is symmetric: the row as far before the next input is this one backwards.
    const mirror = up - r;
    if (mirror < up)
      rows.subarray(mirror * taps, (mirror + 1) * taps).set(rows.slice(r * taps, (r + 1) * taps).reverse());
  }
  return { taps, phases: 0, rows };
}

/**
 * The filter of scipy.signal.resample_poly with its default window, row by row.
 *
 * @see scipy.signal.resample_poly 1.17: firwin(2 * 10 * max(up, down) + 1, 1 / max(up, down), window=("kaiser", 5.0))
 */
export function scipyFilterBank({ up, down }: RateRatio): FilterBank {
  const larger = Math.max(up, down);
  const half = 10 * larger;
  const prototype = new Float64Array(2 * half + 1);
  let sum = 0;
  for (let m = -half; m <= half; m++) {
    const value = sinc(m / larger) * besselI0(5 * Math.sqrt(1 - (m / half) ** 2));
    prototype[m + half] = value;
    sum += value;
  }
  const taps = 8 * Math.ceil((2 * Math.floor(half / up) + 2) / 8);
  const rows = new Float64Array(up * taps);
  for (let r = 0; r < up; r++) {
    for (let j = 0; j < taps; j++) {
      const m = r + (taps / 2 - 1 - j) * up;
      if (Math.abs(m) <= half) rows[r * taps + j] = (prototype[m + half]! / sum) * up;
    }
  }
  return { taps, phases: 0, rows };
}

function fillRow(
  rows: Float64Array,
  row: number,
  taps: number,
  phase: number,
  weight: (distance: number) => number,
): void {
  let sum = 0;
  for (let j = 0; j < taps; j++) {
    const value = weight(phase + taps / 2 - 1 - j);
    rows[row * taps + j] = value;
    sum += value;
  }
  for (let j = row * taps; j < (row + 1) * taps; j++) rows[j]! /= sum;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
