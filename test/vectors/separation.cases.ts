import { type FeatureMatrix, griffinLim, harmonicPercussiveMasks, phaseVocoder } from "../../src/signal/index.ts";
import { interleaved, librosaSpectrum, type VectorCase } from "./vectors.ts";

const magnitude = (): FeatureMatrix => {
  const { rows, frames, re, im } = librosaSpectrum("stft_0");
  return { rows, frames, values: re.map((value, k) => Math.hypot(value, im[k]!)) };
};
const search = { iterations: 8, hop: 128, length: 33075 };

/** Harmonic and percussive parts, phases from magnitudes, other speeds. */
export const separationCases: Readonly<Record<string, VectorCase>> = {
  hpss: {
    compute: () => {
      const whole = magnitude();
      const { harmonic, percussive } = harmonicPercussiveMasks(whole);
      const part = (mask: FeatureMatrix) => whole.values.map((value, n) => value * mask.values[n]!);
      return { H: part(harmonic), P: part(percussive) };
    },
  },
  griffinlim: { compute: () => ({ out: griffinLim(magnitude(), search) }) },
  griffinlim_m0: { compute: () => ({ out: griffinLim(magnitude(), { ...search, momentum: 0 }) }) },
  phase_vocoder: {
    compute: () => ({ out: interleaved(phaseVocoder(librosaSpectrum("stft_0"), { rate: 1.5, hop: 128 })) }),
  },
};
