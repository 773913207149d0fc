import { checkOptions, TonewrightError } from "../../errors/index.ts";

/** Which of the two mel scales in use. */
export interface MelScale {
  /**
   * HTK's formula, `2595 log10(1 + f / 700)`, instead of Slaney's (default), which is linear below 1000 Hz. Only where
   * they are mixed up does nothing fail: the filters then sit in other places.
   */
  readonly htk?: boolean | undefined;
}

const hzPerMel = 200 / 3;
const bendHz = 1000;
const bendMel = bendHz / hzPerMel;
/** Above the bend, 27 mels multiply the frequency by 6.4. */
const logStep = Math.log(6.4) / 27;

/**
 * Mels of a frequency.
 *
 * @param frequencyHz - `>= 0`.
 * @see Slaney 1998, Auditory Toolbox; Young et al., The HTK Book; librosa.hz_to_mel 0.11
 */
export function hzToMel(frequencyHz: number, { htk = false }: MelScale = {}): number {
  if (htk) return 2595 * Math.log10(1 + frequencyHz / 700);
  return frequencyHz < bendHz ? frequencyHz / hzPerMel : bendMel + Math.log(frequencyHz / bendHz) / logStep;
}

/**
 * The frequency, in Hz, of a number of mels.
 *
 * @param mel - `>= 0`, on the same scale.
 * @see librosa.mel_to_hz 0.11
 */
export function melToHz(mel: number, { htk = false }: MelScale = {}): number {
  if (htk) return 700 * (10 ** (mel / 2595) - 1);
  return mel < bendMel ? hzPerMel * mel : bendHz * Math.exp(logStep * (mel - bendMel));
}

/** A row of frequencies with equal distances in mel. */
export interface MelFrequencyOptions extends MelScale {
  /** How many. Default 128. */
  readonly mels?: number | undefined;
  /** The first. Default 0. */
  readonly fminHz?: number | undefined;
  /** The last. Default 11025. */
  readonly fmaxHz?: number | undefined;
}

/**
 * Frequencies, in Hz, with equal distances on the mel scale, both ends included.
 *
 * The middles of a filter bank of `mels` filters are the inner ones of `mels + 2` such frequencies.
 *
 * @returns Shape `[mels]`, rising.
 * @throws TonewrightError `bad-option` for fewer than 1, or ends that are negative or out of order.
 * @see librosa.mel_frequencies 0.11
 */
export function melFrequencies(options: MelFrequencyOptions = {}): Float64Array {
  checkOptions("melFrequencies(options)", options, { mels: false, fminHz: false, fmaxHz: false, htk: false });
  const { mels = 128, fminHz = 0, fmaxHz = 11025, htk = false } = options;
  if (!Number.isInteger(mels) || mels < 1 || !(fminHz >= 0) || !(fmaxHz > fminHz) || fmaxHz === Infinity) {
    throw new TonewrightError(
      "bad-option",
      `${mels} mel frequencies from ${fminHz} to ${fmaxHz} Hz cannot be`,
      "give a whole number of at least 1, and 0 <= fminHz < fmaxHz",
    );
  }
  const first = hzToMel(fminHz, { htk });
  const last = hzToMel(fmaxHz, { htk });
  const step = (last - first) / (mels - 1);
  return Float64Array.from({ length: mels }, (_, m) =>
    melToHz(m > 0 && m === mels - 1 ? last : first + (m === 0 ? 0 : m * step), { htk }),
  );
}
