import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { melFilterBankOptionNames } from "./mel-filter-bank.ts";
import { checkSamples, checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { type DecibelOptions, powerToDb } from "../spectrum/decibels.ts";
import { type MelOptions, melSpectrogram } from "./mel-spectrogram.ts";

/**
 * How mel energies become numbers a model can take in.
 *
 * - `db`: decibels, by default not further than 80 dB below the loudest moment (librosa, torchaudio, PANNs).
 * - `ln`: `ln(max(floor, energy) + offset)` (Kaldi, VGGish, NeMo).
 * - `whisper`: common logarithm above 1e-10, not further than 8 below its largest value, then `(x + 4) / 4`.
 */
export type MelLogarithm =
  | ({ readonly kind: "db" } & DecibelOptions)
  | { readonly kind: "ln"; readonly floor?: number | undefined; readonly offset?: number | undefined }
  | { readonly kind: "whisper" };

/** A mel spectrogram and its logarithm. */
export interface LogMelOptions extends MelOptions {
  /** Default decibels, 80 at most below the loudest. */
  readonly logarithm?: MelLogarithm | undefined;
  /** Leave the last frame out, as Whisper does. Default no. */
  readonly dropLastFrame?: boolean | undefined;
}

/**
 * Mel energies on a logarithmic scale, the usual picture of a sound for a network.
 *
 * Two front ends with the same name rarely have the same numbers: start from one of `melPresets`, and store it with the
 * model. Live it can be computed only where nothing depends on the loudest moment of the whole sound: `db` with `topDb:
 * null`, or `ln`.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @returns Shape `[mels, frames]`.
 * @throws TonewrightError as `melSpectrogram` does.
 */
export function logMel(x: Samples, given: LogMelOptions): FeatureMatrix {
  checkSamples("logMel(x, options)", x);
  checkOptions("logMel(x, options)", given, {
    ...stftOptionNames,
    ...melFilterBankOptionNames,
    logarithm: false,
    dropLastFrame: false,
    power: false,
  });
  const { logarithm = { kind: "db" }, dropLastFrame = false, ...options } = given;
  const mel = melSpectrogram(x, options);
  return logarithmOfMel(dropLastFrame ? withoutLastFrame(mel) : mel, logarithm);
}

/**
 * The logarithm of a mel spectrogram.
 *
 * @param mel - Shape `[mels, frames]`, energies, `>= 0`.
 * @returns The same shape.
 * @throws TonewrightError `bad-option` for a floor that leaves the logarithm of 0 possible.
 */
export function logarithmOfMel(mel: FeatureMatrix, logarithm: MelLogarithm): FeatureMatrix {
  checkMatrix("logarithmOfMel(mel, logarithm)", mel);
  const { rows, frames, values } = mel;
  if (logarithm.kind === "db") {
    const { kind: _, ...options } = logarithm;
    return { rows, frames, values: powerToDb(values, options) };
  }
  if (logarithm.kind === "whisper") {
    // A power in dB is ten times its common logarithm.
    const db = powerToDb(values, { floor: 1e-10, topDb: 80 });
    return { rows, frames, values: db.map((value) => (value / 10 + 4) / 4) };
  }
  const { floor = 0, offset = 0 } = logarithm;
  if (!(floor >= 0) || !(offset >= 0) || floor + offset === 0) {
    throw new TonewrightError(
      "bad-option",
      `the logarithm has floor ${floor} and offset ${offset}`,
      "give a floor or an offset above 0: silence has no logarithm",
    );
  }
  return { rows, frames, values: values.map((value) => Math.log(Math.max(floor, value) + offset)) };
}

function withoutLastFrame({ rows, frames, values }: FeatureMatrix): FeatureMatrix {
  if (frames < 2) {
    throw new TonewrightError(
      "signal-too-short",
      "the signal has one frame, which is left out",
      "give a signal of more than one hop",
    );
  }
  const kept = frames - 1;
  const shorter = new Float64Array(rows * kept);
  for (let m = 0; m < rows; m++) shorter.set(values.subarray(m * frames, m * frames + kept), m * kept);
  return { rows, frames: kept, values: shorter };
}
