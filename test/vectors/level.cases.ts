import { resample, splitOnSilence, trim } from "../../src/signal/index.ts";
import { inputs, type VectorCase } from "./vectors.ts";

const rate = 22050;
const polyphase = (to: number): VectorCase => ({
  compute: () => ({ out: resample(inputs.y(), { from: rate, to, quality: "scipy" }) }),
});
/** soxr is another filter: the vectors' notes ask for 45 dB. */
const soxr = (to: number): VectorCase => ({
  snrDb: 70,
  compute: () => ({ out: resample(inputs.y(), { from: rate, to }) }),
});

/** Music between silences, the second time quieter. */
function withSilences(): Float64Array {
  const y = inputs.y();
  const x = new Float64Array(9000 + y.length + 12000 + y.length + 5000);
  x.set(y, 9000);
  x.set(
    y.map((value) => 0.3 * value),
    9000 + y.length + 12000,
  );
  return x;
}

/** Other rates, and silence cut away. */
export const levelCases: Readonly<Record<string, VectorCase>> = {
  resample_poly_16000: polyphase(16000),
  resample_poly_44100: polyphase(44100),
  resample_poly_8000: polyphase(8000),
  resample_soxr_16000: soxr(16000),
  resample_soxr_44100: soxr(44100),
  resample_soxr_8000: soxr(8000),
  resample_fft_16000: {
    compute: () => ({ out: resample(inputs.y(), { from: rate, to: 16000, quality: "fft" }) }),
  },
  trim: {
    compute: () => {
      const { start, end } = trim(withSilences(), { topDb: 40 }).span;
      return { out: [start, end] };
    },
  },
  split: {
    compute: () => ({ out: splitOnSilence(withSilences(), { topDb: 40 }).flatMap(({ start, end }) => [start, end]) }),
  },
};
