import { createRealFft, hann } from "../signal/index.ts";

/** The strongest place of a correlation. */
export interface Match {
  readonly index: number;
  /** Its size over the rms of everything that is not near it. */
  readonly prominence: number;
}

/** The largest value of either sign, and how far it stands out. */
export function strongest(correlation: Float64Array, sampleRate: number): Match {
  let index = 0;
  for (let k = 1; k < correlation.length; k++) {
    if (Math.abs(correlation[k]!) > Math.abs(correlation[index]!)) index = k;
  }
  const near = Math.round(MATCH_SECONDS * sampleRate);
  let energy = 0;
  let count = 0;
  for (let k = 0; k < correlation.length; k++) {
    if (Math.abs(k - index) <= near) continue;
    energy += correlation[k]! * correlation[k]!;
    count++;
  }
  return { index, prominence: energy > 0 ? Math.abs(correlation[index]!) / Math.sqrt(energy / count) : 0 };
}

/**
 * Index at which the response around a match begins. A pure delay gives a pulse that is symmetric about it; the same
 * frequencies without their phases show which one. What rises before the peak and is not in that pulse is the beginning.
 */
export function responseStart(correlation: Float64Array, match: Match, sampleRate: number): number {
  const reach = Math.round(RESPONSE_SECONDS * sampleRate);
  const fft = createRealFft(2 ** Math.ceil(Math.log2(8 * reach)));
  const gate = hann(2 * reach + 2);
  const response = new Float64Array(fft.size);
  for (let lag = -reach; lag <= reach; lag++) {
    const value = (correlation[match.index + lag] ?? 0) / correlation[match.index]!;
    response[(lag + fft.size) % fft.size] = value * gate[lag + reach + 1]!;
  }
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const pulse = new Float64Array(fft.size);
  fft.forward(response, re, im);
  for (let k = 0; k < fft.bins; k++) re[k] = Math.hypot(re[k]!, im[k]!);
  fft.inverse(re, new Float64Array(fft.bins), pulse);
  const threshold = Math.max(ONSET_THRESHOLD, 6 / match.prominence);
  for (let back = Math.round(ONSET_SECONDS * sampleRate); back > 0; back--) {
    if (Math.abs(response[fft.size - back]! - pulse[back]! / pulse[0]!) > threshold) return match.index - back;
  }
  return match.index;
}

/** Shift by which the second half's response fits the first one's best; `null` if it never fits well. */
export function driftBetween(
  { first, second }: { readonly first: Float64Array; readonly second: Float64Array },
  sampleRate: number,
): number | null {
  const match = strongest(first, sampleRate);
  const reach = Math.round(RESPONSE_SECONDS * sampleRate);
  const furthest = Math.round(DRIFT_SECONDS * sampleRate);
  let [best, fit] = [0, 0];
  for (let shift = -furthest; shift <= furthest; shift++) {
    let [product, energy, otherEnergy] = [0, 0, 0];
    for (let k = match.index - reach; k <= match.index + reach; k++) {
      const [a, b] = [first[k] ?? 0, second[k + shift] ?? 0];
      product += a * b;
      energy += a * a;
      otherEnergy += b * b;
    }
    const coefficient = product / Math.sqrt(energy * otherEnergy || 1);
    if (coefficient > fit) [best, fit] = [shift, coefficient];
  }
  return fit > GOOD_FIT ? best : null;
}

/** Around a match, the response itself and not chance is what correlates. */
const MATCH_SECONDS = 0.004;
/** How far before its strongest point a response is searched for its beginning. */
const ONSET_SECONDS = 0.001;
/** What of the response is looked at for that. */
const RESPONSE_SECONDS = 0.0027;
/** Share of the peak by which a response must differ from a symmetric pulse to be called a beginning. */
const ONSET_THRESHOLD = 0.15;
/** How far the second half may lie from the first one. */
const DRIFT_SECONDS = 0.02;
const GOOD_FIT = 0.6;
