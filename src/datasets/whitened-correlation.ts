import { TonewrightError } from "../errors/index.ts";
import { createRealFft, hann, type Span } from "../signal/index.ts";

/**
 * Cross-correlation of the two halves of the recording, every frequency weighted alike, shape `[2 * maxLag + 1]` from
 * `-maxLag`. Without the weights the period of the played notes gives peaks nearly as high as the delay.
 *
 * @param options.spans - What is listened to.
 * @param options.maxLag - Samples; a positive lag means that the wet comes late.
 * @throws TonewrightError `silent-recording`.
 */
export function whitenedCorrelation(
  dry: Float32Array,
  wet: Float32Array,
  { spans, maxLag }: { readonly spans: readonly Span[]; readonly maxLag: number },
): { readonly first: Float64Array; readonly second: Float64Array } {
  const longest = spans.reduce((most, { start, end }) => Math.max(most, end - start), 0);
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

/** Below this much of the mean, a frequency counts less and less: there is nothing there but rounding. */
const WHITENING_FLOOR = 1e-4;
/** Transforms of this many samples in all are enough, and take about a second. */
const LARGEST_WORK = 96 * 65536;

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
