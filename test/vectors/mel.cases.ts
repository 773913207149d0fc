import {
  type DeltaOptions,
  delta,
  fftFrequencies,
  hzToMel,
  hzToMidi,
  melFilterBank,
  melFrequencies,
  melSpectrogram,
  mfcc,
  mfccOfLogMel,
  mfccToMel,
  stackMemory,
} from "../../src/signal/index.ts";
import { inputs, librosaMatrix, type VectorCase } from "./vectors.ts";

const bankCase = (options: Parameters<typeof melFilterBank>[0]): VectorCase => ({
  compute: () => ({ out: melFilterBank(options).values }),
});
const cepstrum = () => librosaMatrix("mfcc_20");
const deltaCase = (options: DeltaOptions): VectorCase => ({
  compute: () => ({ out: delta(cepstrum(), options).values }),
});
const dctCase = (dctType: 1 | 2 | 3, dctNorm: "ortho" | null): VectorCase => ({
  compute: () => ({
    out: mfccOfLogMel(librosaMatrix("power_to_db"), { coefficients: 13, dctType, dctNorm, lifter: 22 }).values,
  }),
});
const speech = { sampleRate: 16000, fftSize: 512, windowLength: 400, hop: 160, mels: 40, htk: true };
const someHz = [0, 60, 440, 999.9, 1000, 4000, 11025];

/** Mel scales, filters and spectra, cepstral coefficients, their changes. */
export const melCases: Readonly<Record<string, VectorCase>> = {
  melfb_0: bankCase({ sampleRate: 22050 }),
  melfb_1: bankCase({ sampleRate: 22050, htk: true, norm: null }),
  melfb_2: bankCase({ sampleRate: 16000, fftSize: 512, mels: 40, fminHz: 20, fmaxHz: 7600 }),
  melfb_3: bankCase({ sampleRate: 44100, fftSize: 1024, mels: 60 }),
  melfb_4: bankCase({ sampleRate: 8000, fftSize: 256, mels: 32, htk: true }),
  melfb_5: bankCase({ sampleRate: 16000, fftSize: 400, mels: 80, norm: "slaney" }),
  mel_frequencies: { compute: () => ({ out: melFrequencies({ mels: 40 }) }) },
  fft_frequencies: { compute: () => ({ out: fftFrequencies({ sampleRate: 22050, fftSize: 2048 }) }) },
  hz_to_mel: { compute: () => ({ out: someHz.map((hz) => hzToMel(hz)) }) },
  hz_to_mel_htk: { compute: () => ({ out: someHz.map((hz) => hzToMel(hz, { htk: true })) }) },
  hz_to_midi: { compute: () => ({ out: [110, 220, 440, 445].map(hzToMidi) }) },
  melspectrogram: { compute: () => ({ out: melSpectrogram(inputs.y(), { sampleRate: 22050 }).values }) },
  melspectrogram_htk: {
    compute: () => ({
      out: melSpectrogram(inputs.s(), { ...speech, norm: null, fminHz: 20, fmaxHz: 7600, power: 1 }).values,
    }),
  },
  mfcc_20: { compute: () => ({ out: mfcc(inputs.y(), { sampleRate: 22050 }).values }) },
  mfcc_13_hop: { compute: () => ({ out: mfcc(inputs.s(), { ...speech, coefficients: 13 }).values }) },
  mfcc_dct1_None: dctCase(1, null),
  mfcc_dct1_ortho: dctCase(1, "ortho"),
  mfcc_dct2_None: dctCase(2, null),
  mfcc_dct2_ortho: dctCase(2, "ortho"),
  mfcc_dct3_None: dctCase(3, null),
  mfcc_dct3_ortho: dctCase(3, "ortho"),
  mfcc_to_mel: { compute: () => ({ out: mfccToMel(cepstrum()).values }) },
  delta_interp: deltaCase({}),
  delta_nearest: deltaCase({ mode: "nearest" }),
  delta_constant: deltaCase({ mode: "constant" }),
  delta_mirror: deltaCase({ mode: "mirror" }),
  delta_wrap: deltaCase({ mode: "wrap" }),
  delta2: deltaCase({ order: 2 }),
  stack_memory: { compute: () => ({ out: stackMemory(cepstrum(), { steps: 3, delay: 2 }).values }) },
};
