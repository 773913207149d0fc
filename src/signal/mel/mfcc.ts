import { checkOptions, type OptionNames, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { melFilterBankOptionNames } from "./mel-filter-bank.ts";
import { checkMatrix, checkSamples } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { dbToPower } from "../spectrum/decibels.ts";
import { dct, inverseDct } from "./dct.ts";
import { logMel, type LogMelOptions } from "./log-mel.ts";

/** How a logarithmic mel spectrum becomes coefficients; the defaults are librosa's. */
export interface CepstrumOptions {
  /** Default 20, at most the number of mels. */
  readonly coefficients?: number | undefined;
  /** Default 2. */
  readonly dctType?: 1 | 2 | 3 | undefined;
  /** Default `ortho`. */
  readonly dctNorm?: "ortho" | null | undefined;
  /** Coefficient `n` (from 1) is multiplied by `1 + lifter / 2 * sin(π n / lifter)`. Default 0: it is not. */
  readonly lifter?: number | undefined;
}

/** For `checkOptions`. */
export const cepstrumOptionNames: OptionNames<CepstrumOptions> = {
  coefficients: false,
  dctType: false,
  dctNorm: false,
  lifter: false,
};

/**
 * Mel-frequency cepstral coefficients of a signal: the shape of its spectrum in few numbers.
 *
 * The first is the level, the others do not depend on it. By default decibels end 80 below the loudest moment of the
 * whole sound, so the same moment has other coefficients within another sound, and nothing can be computed live: set
 * `logarithm: { kind: "db", topDb: null }` for that.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @returns Shape `[coefficients, frames]`.
 * @throws TonewrightError as `melSpectrogram` does; `bad-option` for more coefficients than mels (librosa returns
 * fewer).
 * @see librosa.feature.mfcc 0.11; Davis & Mermelstein 1980
 */
export function mfcc(x: Samples, given: LogMelOptions & CepstrumOptions): FeatureMatrix {
  checkSamples("mfcc(x, options)", x);
  checkOptions("mfcc(x, options)", given, {
    ...stftOptionNames,
    ...melFilterBankOptionNames,
    ...cepstrumOptionNames,
    logarithm: false,
    dropLastFrame: false,
    power: false,
  });
  const { coefficients, dctType, dctNorm, lifter, ...options } = given;
  return mfccOfLogMel(logMel(x, options), { coefficients, dctType, dctNorm, lifter });
}

/**
 * The same coefficients from a mel spectrogram that is in decibels or logarithms already.
 *
 * @param logarithmic - Shape `[mels, frames]`.
 * @returns Shape `[coefficients, frames]`.
 * @throws TonewrightError `bad-option`.
 */
export function mfccOfLogMel(logarithmic: FeatureMatrix, options: CepstrumOptions = {}): FeatureMatrix {
  checkMatrix("mfccOfLogMel(logarithmic, options)", logarithmic);
  checkOptions("mfccOfLogMel(logarithmic, options)", options, cepstrumOptionNames);
  const { coefficients = 20, dctType = 2, dctNorm = "ortho", lifter = 0 } = options;
  const cepstrum = dct(logarithmic, { coefficients, type: dctType, norm: dctNorm });
  const lift = lifterOf(lifter, coefficients);
  for (let n = 0; n < cepstrum.values.length; n++) cepstrum.values[n]! *= lift[Math.floor(n / cepstrum.frames)]!;
  return cepstrum;
}

/**
 * The mel energies that have these coefficients, smoothed by the coefficients that are missing.
 *
 * Only for coefficients of decibels; what the lower limit of the decibels took away does not come back.
 *
 * @param coefficients - Shape `[coefficients, frames]`.
 * @param options.mels - How many mels there were. Default 128.
 * @param options.reference - The energy at 0 dB. Default 1.
 * @returns Shape `[mels, frames]`, `> 0`.
 * @throws TonewrightError `bad-option`.
 * @see librosa.feature.inverse.mfcc_to_mel 0.11
 */
export function mfccToMel(
  coefficients: FeatureMatrix,
  options: Omit<CepstrumOptions, "coefficients"> & { readonly mels?: number; readonly reference?: number } = {},
): FeatureMatrix {
  checkMatrix("mfccToMel(coefficients, options)", coefficients);
  checkOptions("mfccToMel(coefficients, options)", options, {
    dctType: false,
    dctNorm: false,
    lifter: false,
    mels: false,
    reference: false,
  });
  const { mels = 128, reference = 1, dctType = 2, dctNorm = "ortho", lifter = 0 } = options;
  const { rows, frames } = coefficients;
  const lift = lifterOf(lifter, rows);
  const values = coefficients.values.map((value, n) => value / lift[Math.floor(n / frames)]!);
  const db = inverseDct({ rows, frames, values }, { rows: mels, type: dctType, norm: dctNorm });
  return { rows: mels, frames, values: dbToPower(db.values, { reference }) };
}

/** Factors, shape `[coefficients]`. */
export function lifterOf(lifter: number, coefficients: number, firstIndex = 1): Float64Array {
  if (!(lifter >= 0)) {
    throw new TonewrightError(
      "bad-option",
      `the lifter is ${lifter}`,
      "give 0 for none, or a number above 0 such as 22",
    );
  }
  return Float64Array.from({ length: coefficients }, (_, n) =>
    lifter === 0 ? 1 : 1 + (lifter / 2) * Math.sin((Math.PI * (n + firstIndex)) / lifter),
  );
}
