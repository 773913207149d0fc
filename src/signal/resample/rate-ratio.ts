import { checkOptions, TonewrightError } from "../../errors/index.ts";

/** Two sample rates, Hz; they need not be whole. */
export interface RateChange {
  readonly from: number;
  readonly to: number;
}

/** `to / from` as a fraction in lowest terms. */
export interface RateRatio {
  readonly up: number;
  readonly down: number;
}

/** 1 Hz to 1 MHz is possible, and not much more. */
const largestChange = 2 ** 20;

/** Positions are counted in parts of a sample below this, so that they stay exact in 32 bits. */
const largestTerm = 2 ** 30;

/**
 * The change of rate as a fraction, in lowest terms.
 *
 * Whole rates give their exact ratio. Others give a fraction that differs from the quotient by less than float64 can
 * tell, or, for ratios beyond a thousand, by less than one part in 10^11.
 *
 * @throws TonewrightError `bad-sample-rate` for a rate that is not above 0 and finite.
 * @throws TonewrightError `resample-ratio` if one rate is more than 2^20 times the other.
 */
export function rateRatio({ from, to }: RateChange): RateRatio {
  checkRate(from);
  checkRate(to);
  if (to / from > largestChange || from / to > largestChange) {
    throw new TonewrightError(
      "resample-ratio",
      `resampling from ${from} Hz to ${to} Hz changes the rate by a factor of more than ${largestChange}`,
      "check the two rates; go there in steps if they are meant",
    );
  }
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to)) {
    const divisor = greatestCommonDivisor(from, to);
    if (Math.max(from, to) / divisor < largestTerm) return { up: to / divisor, down: from / divisor };
  }
  return nearestFraction(to / from);
}

/** @throws TonewrightError `bad-sample-rate` for a rate that is not above 0 and finite. */
export function checkRate(sampleRate: number): void {
  if (sampleRate > 0 && Number.isFinite(sampleRate)) return;
  throw new TonewrightError(
    "bad-sample-rate",
    `a sample rate of ${sampleRate} Hz`,
    "give the rate in Hz, a number above 0 such as 44100",
  );
}

/**
 * How many samples a signal has after resampling: `samples * to / from`, rounded up.
 *
 * @param samples - A count, at least 0.
 * @param change - Hz.
 * @throws TonewrightError `bad-sample-rate`, `resample-ratio` as `resample` does.
 * @see librosa.resample, whose length this is; there the product is rounded in float64, which adds a sample now and then
 */
export function resampledLength(samples: number, change: RateChange): number {
  checkOptions("resampledLength(samples, options)", change, { from: true, to: true });
  return scaledLength(samples, rateRatio(change));
}

/** `samples * up / down`, rounded up, exactly. */
export function scaledLength(samples: number, { up, down }: RateRatio): number {
  if (samples * up < Number.MAX_SAFE_INTEGER) return Math.ceil((samples * up) / down);
  return Number((BigInt(samples) * BigInt(up) + BigInt(down) - 1n) / BigInt(down));
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The best fraction with small terms, by continued fractions. */
function nearestFraction(ratio: number): RateRatio {
  let [up, upBefore] = [Math.floor(ratio), 1];
  let [down, downBefore] = [1, 0];
  let rest = ratio - up;
  while (up / down !== ratio && rest > 0) {
    const part = Math.floor(1 / rest);
    const [nextUp, nextDown] = [part * up + upBefore, part * down + downBefore];
    if (nextUp >= largestTerm || nextDown >= largestTerm) break;
    [up, upBefore, down, downBefore] = [nextUp, up, nextDown, down];
    rest = 1 / rest - part;
  }
  return { up, down };
}
