import { TonewrightError } from "../../errors/index.ts";

/** A second-order filter: `y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]`. */
export interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** Below this the shelf's corner, 1682 Hz, would come too close to half the rate. */
const lowestRate = 4000;

/**
 * The two filters of the K weighting: a shelf for the head and a high pass.
 *
 * ITU-R BS.1770 prints coefficients for 48 kHz only. These are the bilinear designs behind them, from which they differ by
 * less than 1e-10 there, and which mean the same curve at any rate.
 *
 * @param sampleRate - Hz, from 4000.
 * @throws TonewrightError `bad-sample-rate` below 4000 Hz.
 * @see ITU-R BS.1770-4, tables 1 and 2; De Man 2014, "Evaluation of implementations of the EBU R128 loudness measurement",
 *   for the parameters
 */
export function kWeighting(sampleRate: number): readonly [shelf: Biquad, highPass: Biquad] {
  if (!(sampleRate >= lowestRate && Number.isFinite(sampleRate))) {
    throw new TonewrightError(
      "bad-sample-rate",
      `loudness at a sample rate of ${sampleRate} Hz`,
      `give sound of ${lowestRate} Hz or more; the weighting needs its treble`,
    );
  }
  return [shelf(sampleRate), highPass(sampleRate)];
}

function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [(high + (band * k) / q + k * k) / a0, (2 * (k * k - high)) / a0, (high - (band * k) / q + k * k) / a0],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}
