import {
  deEmphasis,
  type FeatureMatrix,
  fftFrequencies,
  frameRms,
  frequencyWeightingDb,
  lpc,
  muCompress,
  muExpand,
  normalize,
  pcen,
  polyFeatures,
  preEmphasis,
  spectralBandwidth,
  spectralCentroid,
  spectralContrast,
  spectralFlatness,
  spectralRolloff,
  spectrogram,
  spectrogramRms,
  zeroCrossingRate,
} from "../../src/signal/index.ts";
import { inputs, librosaMatrix, type VectorCase, vector } from "./vectors.ts";

/** A feature of the magnitudes of `y`. */
const shape = (feature: (magnitude: FeatureMatrix) => FeatureMatrix): VectorCase => ({
  compute: () => ({ out: feature(spectrogram(inputs.y(), { hop: 512 })).values }),
});
const librosaEmphasis = { coefficient: 0.97, state: "librosa" } as const;

/** Shapes of spectra, levels, and what is done to samples. */
export const spectralCases: Readonly<Record<string, VectorCase>> = {
  rms: { compute: () => ({ out: frameRms(inputs.y()).values }) },
  rms_S: shape(spectrogramRms),
  zero_crossing_rate: { compute: () => ({ out: zeroCrossingRate(inputs.y()).values }) },
  spectral_centroid: shape(spectralCentroid),
  spectral_bandwidth: shape(spectralBandwidth),
  spectral_rolloff: shape(spectralRolloff),
  spectral_flatness: shape(spectralFlatness),
  spectral_contrast: shape(spectralContrast),
  poly_features: shape((magnitude) => polyFeatures(magnitude, { order: 2 })),
  A_weighting: { compute: () => ({ out: frequencyWeightingDb(fftFrequencies()) }) },
  pcen: {
    compute: () => {
      const { rows, frames, values } = librosaMatrix("melspectrogram");
      return { out: pcen({ rows, frames, values: values.map((value) => value * 2 ** 31) }).values };
    },
  },
  preemphasis: { compute: () => ({ out: preEmphasis(inputs.y(), librosaEmphasis) }) },
  deemphasis: {
    compute: () => ({ out: deEmphasis(vector("librosa-0.11.0", "preemphasis").values, librosaEmphasis) }),
  },
  mu_compress: { compute: () => ({ out: muCompress(inputs.y()) }) },
  mu_expand: { compute: () => ({ out: muExpand(vector("librosa-0.11.0", "mu_compress").values) }) },
  lpc: { compute: () => ({ out: lpc(inputs.s().subarray(4000, 5000), { order: 12 }) }) },
  util_normalize: { compute: () => ({ out: normalize(librosaMatrix("mfcc_20"), { norm: 2 }).values }) },
};
