import {
  decodeWav,
  hzToMel,
  hzToOctaves,
  lpc,
  melFilterBank,
  melToHz,
  type Samples,
  spectralBandwidth,
  spectralCentroid,
  spectralContrast,
  spectralRolloff,
  spectrogram,
  stft,
  windowOf,
} from "../../src/signal/index.ts";
import { interleaved, type MatlabCase, vector, vectorFile, vectorsMissing } from "./vectors.ts";

/** What the manifest says of a case. */
export type MatlabEntry = Parameters<MatlabCase["compute"]>[0];

/** A case that may be judged as `numpy.allclose` does. */
export interface AllCloseCase extends MatlabCase {
  readonly close?: { readonly relative: number; readonly absolute: number };
}

/** What the set calls mono(test1_22050.wav). */
const music = vectorsMissing === undefined ? await mono("test1_22050.wav") : new Float64Array(0);

async function mono(name: string): Promise<Float64Array> {
  const { channels } = await decodeWav(vectorFile(name), { name });
  return Float64Array.from(channels[0]!, (_, n) => channels.reduce((sum, one) => sum + one[n]!, 0) / channels.length);
}

/**
 * METlab's spectra: magnitudes whose two sides add up to 1. The manifest's formula counts the last bin twice too;
 * METlab does not, which the bandwidths tell (by 2e-3, and 1e-15 when it is counted once).
 */
function metlab(x: Samples) {
  const window = windowOf("hamming", 512, { symmetric: true });
  const { rows, frames, values } = spectrogram(x, { fftSize: 512, hop: 256, window, center: false });
  const sums = Float64Array.from({ length: frames }, (_, t) => {
    let sum = values[t]!;
    for (let k = 1; k < rows; k++) sum += (k < rows - 1 ? 2 : 1) * values[k * frames + t]!;
    return sum;
  });
  return { rows, frames, values: values.map((value, n) => value / sums[n % frames]!) };
}

const sampleRate = 22050;
const input = (one: MatlabEntry) => vector("matlab-npy", (one.in as { file: string }).file.replace(".npy", "")).values;

/** Everything but pitch, by the beginning of the case's id. */
export const matlabCases: Readonly<Record<string, AllCloseCase>> = {
  "core-lpcburg": { compute: (one) => lpc(input(one), { order: one.order as number }) },
  "core-stft": {
    compute: (one) => {
      const windowLength = one.hann_w as number;
      return interleaved(
        stft(music, {
          fftSize: one.nfft as number,
          hop: one.hop as number,
          window: windowLength === 0 ? "boxcar" : "hann",
          windowLength: windowLength === 0 ? undefined : windowLength,
          center: false,
        }),
      );
    },
  },
  "feature-melfb": {
    compute: (one) =>
      melFilterBank({
        sampleRate: one.sr as number,
        fftSize: one.nfft as number,
        mels: one.n_mels as number,
        fminHz: one.fmin as number,
        fmaxHz: one.fmax as number,
        htk: one.htk === 1,
      }).values,
  },
  "feature-hz_to_mel": { compute: (one) => input(one).map((hz) => hzToMel(hz, { htk: one.htk === 1 })) },
  "feature-mel_to_hz": { compute: (one) => input(one).map((mel) => melToHz(mel, { htk: one.htk === 1 })) },
  "feature-hz_to_octs": { compute: (one) => input(one).map((hz) => hzToOctaves(hz)) },
  "met-centroid": { compute: () => spectralCentroid(metlab(music), { sampleRate }).values },
  "met-rolloff": {
    compute: (one) => spectralRolloff(metlab(music), { sampleRate, share: one.pct as number }).values,
  },
  "met-bandwidth": {
    compute: (one) => {
      const magnitude = metlab(music);
      const centroid = {
        rows: 1,
        frames: magnitude.frames,
        values: vector("matlab-npy", (one.centroid as { file: string }).file.replace(".npy", "")).values,
      };
      const bandwidth = spectralBandwidth(magnitude, { sampleRate, centroid, p: 1, normalized: false });
      return bandwidth.values.map((value) => value / magnitude.rows);
    },
  },
  "met-contrast": {
    // METlab takes other bins into its bands. The notes of the set allow 1e-2 of values up to 0.17; it is closer.
    close: { relative: 1e-3, absolute: 2e-3 },
    compute: () => spectralContrast(metlab(music), { sampleRate, linear: true }).values,
  },
};
