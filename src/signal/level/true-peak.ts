import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";
import { checkRate } from "../resample/rate-ratio.ts";
import { createResampler } from "../resample/resampler.ts";
import { peak } from "./level.ts";

/**
 * Largest absolute value of the wave that the samples describe, also between them.
 *
 * It can be above 1 where no sample is: a converter or an encoder that makes the wave will clip it. A sound that begins or
 * ends hard overshoots there, since it counts as zero outside.
 *
 * @param x - Shape `[samples]`, one channel.
 * @param options.sampleRate - Hz.
 * @returns Linear amplitude, at least `peak(x)`; 0 for an empty signal. `dbFromAmplitude` of it is the level in dBTP.
 * @throws TonewrightError `bad-sample-rate`, `non-finite-samples`.
 * @see ITU-R BS.1770-4, annex 2: 4 times oversampled, 2 times from 96 kHz; with a longer filter than the one given there
 */
export function truePeak(x: Samples, options: { readonly sampleRate: number }): number {
  checkSamples("truePeak(x, options)", x);
  checkOptions("truePeak(x, options)", options, { sampleRate: true });
  const { sampleRate } = options;
  const meter = createTruePeakMeter({ sampleRate });
  for (let n = 0; n < x.length; n += blockSamples) meter.push(x.subarray(n, n + blockSamples));
  return meter.end();
}

const blockSamples = 2 ** 14;

/** The true peak of one channel as it comes. */
export interface TruePeakMeter {
  push(block: Samples): void;
  /** Linear amplitude so far; the last 2 ms are not yet heard between their samples. */
  readonly value: number;
  /** Ends the sound, and returns its true peak. */
  end(): number;
}

export function createTruePeakMeter({ sampleRate }: { readonly sampleRate: number }): TruePeakMeter {
  checkRate(sampleRate);
  const factor = sampleRate < 96_000 ? 4 : sampleRate < 192_000 ? 2 : 1;
  const resampler = createResampler({ from: sampleRate, to: sampleRate * factor });
  let largest = 0;
  return {
    push(block) {
      const between = resampler.push(block instanceof Float32Array ? block : Float32Array.from(block));
      largest = Math.max(largest, peak(block), peak(between));
    },
    get value() {
      return largest;
    },
    end() {
      largest = Math.max(largest, peak(resampler.flush()));
      return largest;
    },
  };
}
