import {
  chromaCens,
  chromaCqt,
  chromaFilterBank,
  chromaStft,
  constantQ,
  estimateTuning,
  magnitudes,
  pyin,
  spectrogram,
  stft,
  tonnetz,
  waveletFilters,
  yin,
} from "../../src/signal/index.ts";
import { inputs, librosaMatrix, type VectorCase } from "./vectors.ts";

const sampleRate = 22050;
const range = { sampleRate, fminHz: 65.4, fmaxHz: 1046.5 };
const constantQMagnitude = () => librosaMatrix("cqt_mag");

/** Pitch classes, notes and pitch lines. */
export const pitchCases: Readonly<Record<string, VectorCase>> = {
  chromafb: { compute: () => ({ out: chromaFilterBank({ sampleRate }).values }) },
  chroma_stft: { compute: () => ({ out: chromaStft(inputs.y(), { sampleRate, tuning: 0 }).values }) },
  estimate_tuning: {
    compute: () => ({ out: [estimateTuning(spectrogram(inputs.y()), { sampleRate })] }),
  },
  // Every octave went through soxr there and through our resampler here. One bin, 64 dB below the loudest, is 1.17 % off.
  cqt_mag: { tolerance: 1.2e-2, compute: () => ({ out: magnitudes(constantQ(inputs.y(), { sampleRate })).values }) },
  pseudo_cqt: { compute: () => ({ out: realPseudoConstantQ() }) },
  chroma_cqt: { compute: () => ({ out: chromaCqt(constantQMagnitude()).values }) },
  chroma_cens: { compute: () => ({ out: chromaCens(constantQMagnitude()).values }) },
  tonnetz: { compute: () => ({ out: tonnetz(chromaCqt(constantQMagnitude())).values }) },
  yin: { compute: () => ({ out: yin(inputs.y(), range) }) },
  pyin: {
    compute: () => {
      const { f0Hz, voiced, voicedProbability } = pyin(inputs.y(), range);
      return { f0: f0Hz, voiced, prob: voicedProbability };
    },
  },
};

/**
 * The vector was made with `dtype=float64`, which drops the imaginary parts of filters and spectra without a word. From the
 * same filters and spectra, treated in the same way; `constant-q.test.ts` has the whole function against numpy.
 */
function realPseudoConstantQ(): Float64Array {
  const frequenciesHz = Float64Array.from({ length: 60 }, (_, k) => 65.40639132514966 * 2 ** (k / 12));
  const shape = { sampleRate, binsPerOctave: 12, filterScale: 1, sparsity: 0.01 };
  const { fftSize, rows } = waveletFilters(frequenciesHz, shape);
  const { frames, re } = stft(inputs.y(), { fftSize, hop: 512 });
  const values = new Float64Array(60 * frames);
  for (const [k, { start, re: weights }] of rows.entries()) {
    for (const [n, weight] of weights.entries()) {
      for (let t = 0; t < frames; t++) {
        values[k * frames + t]! += Math.abs(weight) * Math.abs(re[(start + n) * frames + t]!);
      }
    }
  }
  return values.map((value) => value / Math.sqrt(fftSize));
}
