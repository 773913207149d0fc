import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkRecording, checkSamples } from "../check-sound.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { Samples } from "../matrix.ts";
import type { Recording } from "../recording.ts";
import { fftResample } from "./fft-resample.ts";
import type { RateChange } from "./rate-ratio.ts";
import { resampledLength } from "./rate-ratio.ts";
import type { ResampleQuality } from "./resample-plan.ts";
import { newSamples, StageChain } from "./stage-chain.ts";

/** Inputs that go through the filters at a time. */
const blockSamples = 2 ** 16;

/** More than this many samples are not put into one array. */
const mostSamples = 2 ** 31;

/**
 * The same sound at another sample rate.
 *
 * Nothing is delayed: sample k of the result is the instant `k / to`. What the lower rate cannot hold is removed, not
 * folded back. Outside its ends the sound counts as zero, so a sound that is cut off hard rings there.
 *
 * Float32 samples are filtered in float32 (errors 139 dB down) and come out the same on every machine; float64
 * samples in float64.
 *
 * @param x - Shape `[samples]`, one channel.
 * @param options.from - Hz, the rate of `x`.
 * @param options.to - Hz, the rate of the result.
 * @param options.quality - `best` by default; see `ResampleQuality`.
 * @returns Shape `[ceil(samples * to / from)]`, of the type of `x`.
 * @throws TonewrightError `bad-sample-rate` for a rate that is not above 0 and finite.
 * @throws TonewrightError `resample-ratio` if one rate is more than 2^20 times the other, or too far for `scipy`.
 * @throws TonewrightError `non-finite-samples` for NaN or an infinity, with its place.
 * @throws TonewrightError `signal-too-long` if the result has more than 2^31 samples.
 * @see Kaiser 1974, "Nonrecursive digital filter design using the I0-sinh window function"
 * @see librosa.resample, whose default is soxr: equal to this in the passband, with another transition
 */
export function resample<S extends Samples>(x: S, options: RateChange & { readonly quality?: ResampleQuality }): S {
  checkSamples("resample(x, options)", x);
  checkOptions("resample(x, options)", options, { from: true, to: true, quality: false });
  const { from, to, quality = "best" } = options;
  return resampleChannel(x, { from, to, quality, where: "" }) as S;
}

/**
 * A recording at another sample rate.
 *
 * @param recording - Any number of channels.
 * @param sampleRate - Hz, of the result.
 * @param options.quality - `best` by default; see `ResampleQuality`.
 * @returns A new recording; all channels have `ceil(samples * sampleRate / recording.sampleRate)` samples.
 * @throws TonewrightError as `resample` does; `non-finite-samples` names the channel.
 */
export function resampleRecording(
  recording: Recording,
  sampleRate: number,
  options: { readonly quality?: ResampleQuality } = {},
): Recording {
  checkRecording("resampleRecording(recording, sampleRate, options)", recording);
  checkOptions("resampleRecording(recording, sampleRate, options)", options, { quality: false });
  const { quality = "best" } = options;
  const from = recording.sampleRate;
  const channels = recording.channels.map((x, c) =>
    resampleChannel(x, { from, to: sampleRate, quality, where: `channel ${c + 1}: ` }),
  );
  return { channels: channels as Float32Array[], sampleRate };
}

function resampleChannel(
  x: Samples,
  { from, to, quality, where }: RateChange & { readonly quality: ResampleQuality; readonly where: string },
): Samples {
  const precision = x instanceof Float32Array ? "float32" : "float64";
  const length = resampledLength(x.length, { from, to });
  if (length > mostSamples) {
    throw new TonewrightError(
      "signal-too-long",
      `${where}${x.length} samples at ${from} Hz become ${length} at ${to} Hz, too many for one array`,
      "check the rates, or take the sound in pieces with createResampler",
    );
  }
  if (quality === "fft") {
    checkFinite(x, { where, sampleRate: from });
    const y = fftResample(x, length);
    return precision === "float32" ? Float32Array.from(y) : y;
  }
  const chain = new StageChain({ from, to, quality, precision, where });
  const y = newSamples(precision, length);
  let written = 0;
  for (let n = 0; n < x.length; n += blockSamples) {
    written += chain.push(x.subarray(n, n + blockSamples), y, written);
  }
  chain.finish(y, written);
  return y;
}
