import { chromaCens, chromaFilterBank, type FeatureMatrix, midiToHz, tonnetz } from "../../src/signal/index.ts";
import type { MatlabCase } from "./vectors.ts";
import { vector } from "./vectors.ts";

const matlabMatrix = (name: string): FeatureMatrix => {
  const { shape, values } = vector("matlab-npy", name);
  return { rows: shape[0]!, frames: shape[1]!, values };
};

/** Chroma filters, CENS and tonal centroids, by the beginning of the case's id. */
export const pitchMatlabCases: Readonly<Record<string, MatlabCase>> = {
  "feature-chromafb": {
    // The reference rounds its constants: the vectors' notes allow 1e-6.
    tolerance: 1e-6,
    compute: (one) =>
      chromaFilterBank({
        sampleRate: one.sr as number,
        fftSize: one.nfft as number,
        classes: one.n_chroma as number,
        tuning: one.tuning as number,
        centreOctave: one.ctroct as number,
        octaveWidth: one.octwidth as number | null,
        first: "A",
      }).values,
  },
  "features-CT-CENS": {
    compute: ({ id }) => {
      const [, smooth, every] = /CENS_(\d+)-(\d+)/.exec(id) ?? [];
      const { rows, frames, values } = chromaCens(matlabMatrix("features-CT-cqt"), {
        fminHz: midiToHz(1),
        smoothFrames: Number(smooth),
      });
      const kept = Math.ceil(frames / Number(every));
      return Float64Array.from(
        { length: rows * kept },
        (_, n) => values[Math.floor(n / kept) * frames + (n % kept) * Number(every)]!,
      );
    },
  },
  "tonnetz-msaf": { compute: () => tonnetz(matlabMatrix("feature-tonnetz-chroma")).values },
};
