import { TonewrightError } from "../errors/index.ts";
import { type SegmentGrid, scoredSpans } from "./example.ts";
import { driftBetween, responseStart, strongest } from "./response.ts";
import { whitenedCorrelation } from "./whitened-correlation.ts";

/** How a wet recording lies against its dry one. */
export interface Alignment {
  /** Samples by which the wet comes after the dry; negative if it comes before. */
  readonly delaySamples: number;
  /** -1 if the device turns the wave upside down. */
  readonly polarity: 1 | -1;
  /** Correlation coefficient at that delay with the polarity taken out, -1 to 1; distortion and filters lower it. */
  readonly correlation: number;
  /** How far the match stands out from all other delays, as a multiple of their rms; unrelated sounds reach 13;
   * `null` if the delay was given and not searched. */
  readonly prominence: number | null;
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
  const longest = spans.reduce((most, { start, end }) => Math.max(most, end - start), 0);
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
/** A filter moves the peak of a response by a few samples; converters and buffers take far longer than this. */
const SETTLE_SECONDS = 0.00008;

/** The delay that a response from `onset` to `peak` speaks for: none at all, if it lies about 0. */
function settle(onset: number, peak: number, sampleRate: number): number {
  const margin = Math.round(SETTLE_SECONDS * sampleRate);
  return onset <= margin && peak >= -margin ? 0 : onset;
}
