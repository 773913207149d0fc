import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
/**
 * Curves that imitate how loud a frequency is to the ear: A at low, B at middle, C at high level, D aircraft, Z none.
 */
export type WeightingCurve = "A" | "B" | "C" | "D" | "Z";

/** Poles of the curves, in Hz, squared. */
const [high, low, a2, a3, b2] = [12194.217, 20.598997, 107.65265, 737.86223, 158.48932].map((hz) => hz * hz) as [
  number,
  number,
  number,
  number,
  number,
];
const [dGain, d1, d2, d3, d4, d5, d6] = [0.0083046305, 1018.7, 1039.6, 3136.5, 3424, 282.7, 1160].map(
  (hz) => hz * hz,
) as [number, number, number, number, number, number, number];

/** Gain in dB at a squared frequency. */
const gains: Readonly<Record<WeightingCurve, (squared: number) => number>> = {
  A: (f) => 2 + 20 * (log(high) + 2 * log(f) - log(f + high) - log(f + low) - 0.5 * log(f + a2) - 0.5 * log(f + a3)),
  B: (f) => 0.17 + 20 * (log(high) + 1.5 * log(f) - log(f + high) - log(f + low) - 0.5 * log(f + b2)),
  C: (f) => 0.062 + 20 * (log(high) + log(f) - log(f + high) - log(f + low)),
  D: (f) =>
    20 *
    (0.5 * log(f) -
      log(dGain) +
      0.5 * (log((d1 - f) ** 2 + d2 * f) - log((d3 - f) ** 2 + d4 * f) - log(d5 + f) - log(d6 + f))),
  Z: () => 0,
};

function log(value: number): number {
  return Math.log10(value);
}

/**
 * Gain of a frequency weighting curve, to be added to a spectrum in dB: 0 dB at 1 kHz.
 *
 * A weighting of single frequencies: the level of a sound is the sum of the weighted energies, not the weighted level.
 *
 * @param frequenciesHz - Shape `[bins]`, `>= 0`.
 * @param options.curve - Default A.
 * @param options.minDb - Gains end there, `null` for no limit (0 Hz then has `-Infinity`). Default -80, none for Z.
 * @returns Shape `[bins]`, dB.
 * @see librosa.frequency_weighting 0.11; IEC 61672-1 (A, C), IEC 60651 (B), IEC 537 (D)
 */
export function frequencyWeightingDb(
  frequenciesHz: Float64Array,
  options: { readonly curve?: WeightingCurve; readonly minDb?: number | null } = {},
): Float64Array {
  checkSamples("frequencyWeightingDb(frequenciesHz, options)", frequenciesHz);
  checkOptions("frequencyWeightingDb(frequenciesHz, options)", options, { curve: false, minDb: false });
  const { curve = "A", minDb = curve === "Z" ? null : -80 } = options;
  const gain = gains[curve];
  return frequenciesHz.map((frequencyHz) => Math.max(minDb ?? -Infinity, gain(frequencyHz * frequencyHz)));
}
