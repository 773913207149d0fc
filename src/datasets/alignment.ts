import { TonewrightError } from "../errors/index.ts";
import { createRealFft, hann, type Span } from "../signal/index.ts";
import { type SegmentGrid, scoredSpans } from "./example.ts";

/** How a wet recording lies against its dry one. */
export interface Alignment {
  /** Samples by which the wet comes after the dry; negative if it comes before. */
  readonly delaySamples: number;
  /** -1 if the device turns the wave upside down. */
  readonly polarity: 1 | -1;
  /** Correlation coefficient at that delay with the polarity taken out, -1 to 1; distortion and filters lower it. */
  readonly correlation: number;
  /** How far the match stands out from all other delays, as a multiple of their rms; unrelated sounds reach 13. */
  readonly prominence: number;
  /** Delay in the second half minus that in the first; `null` if one of them cannot be told. */
  readonly driftSamples: number | null;
}

/**
 * Delay and polarity of a wet recording against its dry one.
 *
 * The delay is where the device's response begins, exact for a distortion without memory. Behind a filter it can be a
 * few samples off, and up to 4 samples count as none, as filters do that: a model can wait, but it cannot look ahead.
 * Only scored parts are listened to.
 *
 * @param dry - Device input, shape `[samples]`, linear amplitude.
 * @param wet - Device output, any length.
 * @param options.sampleRate - Hz, of both.
 * @param options.maxDelaySeconds - How far to look in both directions; at most a quarter of a segment is looked at.
 * @param options.segment - If the recording is made of segments.
 * @throws TonewrightError `too-short`, `silent-recording`.
 * @see Knapp & Carter 1976, The generalized correlation method (smoothed coherence transform, regularised)
 */
export function estimateAlignment(
  dry: Float32Array,
  wet: Float32Array,
  {
    sampleRate,
    maxDelaySeconds = 0.25,
    segment,
  }: { readonly sampleRate: number; readonly maxDelaySeconds?: number; readonly segment?: SegmentGrid | undefined },
): Alignment {
  const samples = Math.min(dry.length, wet.length);
  const spans = scoredSpans(samples, segment);
  const longest = Math.max(0, ...spans.map(({ start, end }) => end - start));
  if (longest < SHORTEST_SPAN) {
    throw new TonewrightError(
      "too-short",
      `only ${longest} samples in one piece to compare dry and wet on, at least ${SHORTEST_SPAN} are needed`,
      "give longer recordings, or longer segments",
    );
  }
  const maxLag = Math.min(Math.round(maxDelaySeconds * sampleRate), Math.floor(longest / 4));
  const halves = whitenedCorrelation(dry, wet, { spans, maxLag });
  const whole = halves.first.map((value, lag) => value + halves.second[lag]!);
  const match = strongest(whole, sampleRate);
  const onset = responseStart(whole, match, sampleRate);
  const delaySamples = settle(onset - maxLag, match.index - maxLag, sampleRate);
  const polarity = whole[match.index]! < 0 ? -1 : 1;
  return {
    delaySamples,
    polarity,
    correlation: polarity * correlationAt(dry, wet, { delaySamples, segment }),
    prominence: match.prominence,
    driftSamples: driftBetween(halves, sampleRate),
  };
}

/**
 * Correlation coefficient of dry and wet over the scored parts, for a wet that comes `delaySamples` late.
 *
 * @returns -1 to 1; 0 if one of them is constant.
 */
export function correlationAt(
  dry: Float32Array,
  wet: Float32Array,
  { delaySamples, segment }: { readonly delaySamples: number; readonly segment?: SegmentGrid | undefined },
): number {
  let count = 0;
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (const { start, end } of scoredSpans(Math.min(dry.length, wet.length - delaySamples), segment)) {
    for (let n = Math.max(start, -delaySamples); n < end; n++) {
      const x = dry[n]!;
      const y = wet[n + delaySamples]!;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
      count++;
    }
  }
  const product = (sumXX - (sumX * sumX) / count) * (sumYY - (sumY * sumY) / count);
  return product > 0 ? (sumXY - (sumX * sumY) / count) / Math.sqrt(product) : 0;
}

const SHORTEST_SPAN = 1024;
/** Below this much of the mean, a frequency counts less and less: there is nothing there but rounding. */
const WHITENING_FLOOR = 1e-4;
/** Transforms of this many samples in all are enough, and take about a second. */
const LARGEST_WORK = 96 * 65536;
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
/** A filter moves the peak of a response by a few samples; converters and buffers take far longer than this. */
const SETTLE_SECONDS = 0.00008;

/**
 * Cross-correlation of the two halves of the recording, every frequency weighted alike, shape `[2 * maxLag + 1]` from
 * `-maxLag`. Without the weights the period of the played notes gives peaks nearly as high as the delay.
 */
function whitenedCorrelation(
  dry: Float32Array,
  wet: Float32Array,
  { spans, maxLag }: { readonly spans: readonly Span[]; readonly maxLag: number },
): { readonly first: Float64Array; readonly second: Float64Array } {
  const longest = Math.max(...spans.map(({ start, end }) => end - start));
  const size = 2 ** Math.ceil(Math.log2(Math.min(5 * maxLag, longest + maxLag)));
  const fft = createRealFft(Math.max(size, 2048));
  const frames = framesOf(spans, { longestFrame: fft.size - maxLag, most: Math.ceil(LARGEST_WORK / fft.size) });
  const [frame, dryRe, dryIm] = [new Float64Array(fft.size), new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const [wetRe, wetIm] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const [dryPower, wetPower] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const cross = [0, 1].map(() => ({ re: new Float64Array(fft.bins), im: new Float64Array(fft.bins) }));
  const windows = new Map<number, Float64Array>();
  const half = (frames[Math.floor(frames.length / 2)] ?? frames[0])?.start ?? 0;
  for (const { start, end } of frames) {
    const window = windows.get(end - start) ?? hann(end - start);
    windows.set(end - start, window);
    for (const [signal, re, im] of [
      [dry, dryRe, dryIm],
      [wet, wetRe, wetIm],
    ] as const) {
      for (let n = 0; n < window.length; n++) frame[n] = window[n]! * signal[start + n]!;
      frame.fill(0, window.length);
      fft.forward(frame, re, im);
    }
    const sum = cross[start < half ? 0 : 1]!;
    for (let k = 0; k < fft.bins; k++) {
      const [a, b, c, d] = [dryRe[k]!, dryIm[k]!, wetRe[k]!, wetIm[k]!];
      sum.re[k]! += a * c + b * d;
      sum.im[k]! += a * d - b * c;
      dryPower[k]! += a * a + b * b;
      wetPower[k]! += c * c + d * d;
    }
  }
  const weight = dryPower.map((power, k) => Math.sqrt(power * wetPower[k]!));
  const floor = (WHITENING_FLOOR * weight.reduce((total, value) => total + value, 0)) / fft.bins;
  if (!(floor > 0)) {
    throw new TonewrightError(
      "silent-recording",
      "dry or wet is silent in all the parts that count",
      "check that both files hold the sound of the same take",
    );
  }
  const [first, second] = cross.map(({ re, im }) => {
    for (let k = 0; k < fft.bins; k++) {
      re[k]! /= weight[k]! + floor;
      im[k]! /= weight[k]! + floor;
    }
    fft.inverse(re, im, frame);
    const correlation = new Float64Array(2 * maxLag + 1);
    correlation.set(frame.subarray(fft.size - maxLag), 0);
    correlation.set(frame.subarray(0, maxLag + 1), maxLag);
    return correlation;
  });
  if (first === undefined || second === undefined) throw new Error("bug: two halves");
  return { first, second };
}

/** Half-overlapping frames within the spans, thinned out evenly if there are too many. */
function framesOf(
  spans: readonly Span[],
  { longestFrame, most }: { readonly longestFrame: number; readonly most: number },
): Span[] {
  const frames = spans.flatMap(({ start, end }) => {
    const length = Math.min(longestFrame, end - start);
    const hop = Math.max(1, Math.floor(length / 2));
    const count = 1 + Math.floor((end - start - length) / hop);
    return Array.from({ length: count }, (_, k) => ({ start: start + k * hop, end: start + k * hop + length }));
  });
  if (frames.length <= most) return frames;
  return Array.from({ length: most }, (_, k) => frames[Math.floor((k * frames.length) / most)]!);
}

interface Match {
  readonly index: number;
  readonly prominence: number;
}

/** The largest value of either sign, and how far it stands out. */
function strongest(correlation: Float64Array, sampleRate: number): Match {
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
function responseStart(correlation: Float64Array, match: Match, sampleRate: number): number {
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
function driftBetween(
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

/** The delay that a response from `onset` to `peak` speaks for: none at all, if it lies about 0. */
function settle(onset: number, peak: number, sampleRate: number): number {
  const margin = Math.round(SETTLE_SECONDS * sampleRate);
  return onset <= margin && peak >= -margin ? 0 : onset;
}
