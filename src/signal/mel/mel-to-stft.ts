import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { checkMagnitude } from "../spectral/check-magnitude.ts";
import { type MelFilterBankOptions, sparseMelFilterBank } from "./mel-filter-bank.ts";
import { createNonNegativeFit } from "./non-negative-least-squares.ts";

/** The filters that a mel spectrogram was made with, and how hard to try. */
export interface MelToStftOptions extends Omit<MelFilterBankOptions, "mels"> {
  /** Exponent of the magnitudes that were filtered. Default 2. */
  readonly power?: number | undefined;
  /** Ends when each mel spectrum is met to this share of its size, or no nearer answer is found. Default 1e-3. */
  readonly tolerance?: number | undefined;
  /** Steps per frame at most. Default 2000. */
  readonly iterations?: number | undefined;
}

/**
 * Magnitudes that a mel filter bank turns into a given mel spectrogram: what can be had back of the spectrogram it came
 * from.
 *
 * Detail within a band is lost: there are many answers, of which this is a smooth one. For sound add phases with
 * `griffinLim`. Works frame by frame, so also live, but slowly.
 *
 * @param mel - Shape `[mels, frames]`, `>= 0`, not in decibels.
 * @returns Shape `[floor(fftSize / 2) + 1, frames]`, `>= 0`.
 * @throws TonewrightError `negative-magnitude`, `non-finite-values`, `bad-option`.
 * @see librosa.feature.inverse.mel_to_stft 0.11 starts at the same place and stops much sooner, at an error of a few
 * per cent of the mel spectrum, so that its numbers differ from these
 */
export function melToStft(mel: FeatureMatrix, options: MelToStftOptions): FeatureMatrix {
  checkMatrix("melToStft(mel, options)", mel);
  checkOptions("melToStft(mel, options)", options, {
    power: false,
    tolerance: false,
    iterations: false,
    fftSize: false,
    fminHz: false,
    norm: false,
    sampleRate: true,
    fmaxHz: false,
    onWarning: false,
    triangles: false,
    htk: false,
  });
  const { power = 2, tolerance = 1e-3, iterations = 2000, ...filters } = options;
  checkMagnitude(mel);
  if (!(power > 0) || !(tolerance > 0) || !(iterations >= 0)) {
    throw new TonewrightError(
      "bad-option",
      `melToStft: power ${power}, tolerance ${tolerance}, ${iterations} iterations`,
      "give a power and a tolerance above 0",
    );
  }
  const { rows, frames, values } = mel;
  const bank = sparseMelFilterBank({ ...filters, mels: rows });
  const unfilter = createNonNegativeFit(bank, { tolerance, iterations });
  const outputs = new Float64Array(rows);
  const spectrum = new Float64Array(bank.bins);
  const magnitude = new Float64Array(bank.bins * frames);
  for (let t = 0; t < frames; t++) {
    for (let m = 0; m < rows; m++) outputs[m] = values[m * frames + t]!;
    unfilter(outputs, spectrum);
    for (let k = 0; k < bank.bins; k++) {
      magnitude[k * frames + t] = power === 2 ? Math.sqrt(spectrum[k]!) : spectrum[k]! ** (1 / power);
    }
  }
  return { rows: bank.bins, frames, values: magnitude };
}
