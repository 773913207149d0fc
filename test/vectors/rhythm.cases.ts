import {
  autocorrelate,
  dynamicTimeWarping,
  type FeatureMatrix,
  onsetDetect,
  onsetStrength,
  peakPick,
  recurrenceMatrix,
  tempogram,
} from "../../src/signal/index.ts";
import { librosaMatrix, type VectorCase } from "./vectors.ts";

const strength = () => librosaMatrix("onset_strength").values;
const mfcc = () => librosaMatrix("mfcc_20");

function everyOther({ rows, frames, values }: FeatureMatrix): FeatureMatrix {
  const half = Math.ceil(frames / 2);
  return {
    rows,
    frames: half,
    values: Float64Array.from(
      { length: rows * half },
      (_, n) => values[Math.floor(n / half) * frames + 2 * (n % half)]!,
    ),
  };
}

/** Onsets, periods, and the likeness of frames. */
export const rhythmCases: Readonly<Record<string, VectorCase>> = {
  onset_strength: { compute: () => ({ out: onsetStrength(librosaMatrix("power_to_db")) }) },
  onset_detect: { compute: () => ({ out: onsetDetect(strength()) }) },
  peak_pick: {
    compute: () => ({
      out: peakPick(strength(), { preMax: 3, postMax: 3, preMean: 3, postMean: 5, delta: 0.5, wait: 10 }),
    }),
  },
  tempogram: { compute: () => ({ out: tempogram(strength(), { windowLength: 32 }).values }) },
  autocorrelate: { compute: () => ({ out: autocorrelate(strength()) }) },
  dtw: {
    compute: () => {
      const { cost, path } = dynamicTimeWarping(everyOther(mfcc()), mfcc());
      return { D: cost.values, wp: path.flat() };
    },
  },
  rec: {
    compute: () => ({ out: recurrenceMatrix(mfcc(), { neighbours: 5, mode: "affinity", symmetric: true }).values }),
  },
};
