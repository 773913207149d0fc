import { encode } from "fast-png";
import { createRealFft, hann } from "../signal/index.ts";

/** A small picture of a sound. */
export interface SpectrogramPicture {
  /** PNG. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Hz, of the lowest and the highest row. */
  readonly lowHz: number;
  readonly highHz: number;
}

/**
 * A spectrogram for a glance: time to the right, frequency upwards in octaves, 70 dB from the brightest to black.
 *
 * @param samples - Shape `[samples]`, one channel, at least one sample.
 * @param options.sampleRate - Hz.
 */
export function drawSpectrogram(
  samples: Float32Array,
  {
    sampleRate,
    width = 240,
    height = 96,
  }: { readonly sampleRate: number; readonly width?: number; readonly height?: number },
): SpectrogramPicture {
  const size = Math.max(64, 2 ** Math.round(Math.log2(0.046 * sampleRate)));
  const [lowHz, highHz] = [Math.min(60, sampleRate / 16), Math.min(16_000, sampleRate / 2)];
  const fft = createRealFft(size);
  const window = hann(size);
  const [frame, re, im] = [new Float64Array(size), new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const levels = new Float64Array(width * height);
  const edge = (row: number) => (lowHz * (highHz / lowHz) ** (row / height) * size) / sampleRate;
  let top = Number.NEGATIVE_INFINITY;
  for (let x = 0; x < width; x++) {
    const start = Math.round((x / width) * samples.length) - size / 2;
    for (let n = 0; n < size; n++) frame[n] = window[n]! * (samples[start + n] ?? 0);
    fft.forward(frame, re, im);
    for (let row = 0; row < height; row++) {
      // The strongest bin of a row; low rows are narrower than a bin and show the one they lie in.
      const [first, last] = [Math.floor(edge(row)), Math.ceil(edge(row + 1)) - 1];
      let power = 0;
      for (let k = first; k <= Math.min(Math.max(first, last), fft.bins - 1); k++) {
        power = Math.max(power, re[k]! * re[k]! + im[k]! * im[k]!);
      }
      const level = 10 * Math.log10(power + 1e-12);
      levels[row * width + x] = level;
      top = Math.max(top, level);
    }
  }
  const data = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x++) {
      const brightness = 1 - Math.min(1, (top - levels[row * width + x]!) / RANGE_DB);
      data.set(heat(brightness), 3 * ((height - 1 - row) * width + x));
    }
  }
  return { png: encode({ width, height, data, channels: 3 }), width, height, lowHz, highHz };
}

const RANGE_DB = 70;

/** From black through violet and orange to pale yellow; brightness rises all the way, so it also prints in grey. */
const HEAT = [
  [6, 5, 20],
  [50, 17, 92],
  [123, 35, 110],
  [193, 58, 85],
  [240, 112, 45],
  [251, 180, 60],
  [252, 250, 190],
] as const;

function heat(brightness: number): [number, number, number] {
  const position = brightness * (HEAT.length - 1);
  const at = Math.min(HEAT.length - 2, Math.floor(position));
  const share = position - at;
  const mixed = (channel: 0 | 1 | 2) => Math.round((1 - share) * HEAT[at]![channel] + share * HEAT[at + 1]![channel]);
  return [mixed(0), mixed(1), mixed(2)];
}
