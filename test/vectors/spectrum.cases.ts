import {
  amplitudeToDb,
  istft,
  powerToDb,
  type StftOptions,
  stft,
  type WindowName,
  windowOf,
} from "../../src/signal/index.ts";
import { inputs, interleaved, librosaMatrix, librosaSpectrum, type VectorCase } from "./vectors.ts";

const windowCase = (name: WindowName): VectorCase => ({ compute: () => ({ out: windowOf(name, 400) }) });
const stftCase = (input: "y" | "s", options: StftOptions): VectorCase => ({
  compute: () => ({ out: interleaved(stft(inputs[input](), options)) }),
});
const mel = () => librosaMatrix("melspectrogram").values;
const stft0 = { fftSize: 512, hop: 128 };
const magnitude = () => {
  const { re, im } = librosaSpectrum("stft_0");
  return re.map((value, k) => Math.hypot(value, im[k]!));
};

/** Windows, short-time transforms and decibels. */
export const spectrumCases: Readonly<Record<string, VectorCase>> = {
  window_hann: windowCase("hann"),
  window_hamming: windowCase("hamming"),
  window_blackman: windowCase("blackman"),
  window_bartlett: windowCase("bartlett"),
  window_blackmanharris: windowCase("blackman-harris"),
  window_boxcar: windowCase("boxcar"),
  window_kaiser: windowCase({ kind: "kaiser", beta: 8.6 }),
  window_gaussian: windowCase({ kind: "gaussian", deviation: 100 }),
  stft_0: stftCase("y", stft0),
  stft_1: stftCase("s", { fftSize: 512, hop: 160, windowLength: 400 }),
  stft_2: stftCase("s", { fftSize: 512, hop: 160, windowLength: 400, center: false, window: "hamming" }),
  stft_3: stftCase("y", { fftSize: 1024, hop: 256, padMode: "reflect" }),
  stft_4: stftCase("s", { fftSize: 500, hop: 125 }),
  stft_5: stftCase("y", { fftSize: 2048, hop: 1024, window: "blackman" }),
  istft_0: { compute: () => ({ out: istft(librosaSpectrum("stft_0"), { hop: 128, length: 33075 }) }) },
  istft_mod: {
    compute: () => {
      const spectrum = librosaSpectrum("stft_0");
      spectrum.re.fill(0, 100 * spectrum.frames);
      spectrum.im.fill(0, 100 * spectrum.frames);
      return { out: istft(spectrum, { hop: 128 }) };
    },
  },
  power_to_db: { compute: () => ({ out: powerToDb(mel()) }) },
  power_to_db_refmax: { compute: () => ({ out: powerToDb(mel(), { reference: "max" }) }) },
  power_to_db_notop: { compute: () => ({ out: powerToDb(mel(), { topDb: null }) }) },
  amplitude_to_db: { compute: () => ({ out: amplitudeToDb(magnitude(), { reference: "max" }) }) },
};
