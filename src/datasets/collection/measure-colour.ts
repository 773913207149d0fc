import { createRealFft, hann } from "../../signal/index.ts";
import { createFrameStream } from "./frame-stream.ts";

/** Edges of the bands in which the colour of a sound is described, Hz; half an octave each, the last one open. */
const BAND_EDGES_HZ = Float64Array.from({ length: 17 }, (_, m) => 62.5 * 2 ** (m / 2));

/** How many numbers describe the colour of a sound. */
export const colourFeatures = BAND_EDGES_HZ.length + 1;

/** Where the energy of a recording lies. */
export interface ColourFacts {
  /** Hz; null for silence. */
  readonly centroidHz: number | null;
  /**
   * Shape `[colourFeatures]`, dB: the power in bands of half an octave from 62 Hz up against all of it (-60 at least),
   * then the standard deviation of the frames' levels. NaN for silence.
   */
  readonly colour: Float32Array;
}

/** Measures a recording block by block. */
export interface ColourMeter {
  /** @param mono - Shape `[samples]`, finite. */
  push(mono: Float32Array): void;
  end(): ColourFacts;
}

/**
 * A meter of brightness and colour, over frames of about 46 ms side by side.
 *
 * The centroid is that of the mean magnitude spectrum, so that loud frames count for more: unlike librosa, where every
 * frame counts the same and the hiss of a pause raises the mean.
 *
 * @param options.sampleRate - Hz.
 */
export function createColourMeter({ sampleRate }: { readonly sampleRate: number }): ColourMeter {
  const size = Math.max(64, 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate)));
  const fft = createRealFft(size);
  const window = hann(size);
  const [windowed, re, im] = [new Float64Array(size), new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const [magnitudes, powers] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  let [levelSum, levelSquares, frames, inFrame] = [0, 0, 0, 0];
  const stream = createFrameStream({
    length: size,
    startOf: (t) => t * size,
    onFrame(frame) {
      for (let n = 0; n < size; n++) windowed[n] = window[n]! * frame[n]!;
      fft.forward(windowed, re, im);
      let total = 0;
      for (let k = 1; k < fft.bins; k++) {
        const power = re[k]! * re[k]! + im[k]! * im[k]!;
        magnitudes[k]! += Math.sqrt(power);
        powers[k]! += power;
        total += power;
      }
      const levelDb = 10 * Math.log10(Math.max(total / (size * size), FLOOR_POWER));
      levelSum += levelDb;
      levelSquares += levelDb * levelDb;
      frames++;
      return true;
    },
  });

  return {
    push(mono) {
      inFrame = (inFrame + mono.length) % size;
      stream.push(mono);
    },
    end() {
      if (inFrame > 0) stream.push(new Float64Array(size - inFrame));
      const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
      const [magnitude, power] = [sum(magnitudes), sum(powers)];
      if (!(power / (size * size * Math.max(1, frames)) > FLOOR_POWER)) {
        return { centroidHz: null, colour: new Float32Array(colourFeatures).fill(Number.NaN) };
      }
      const binHz = sampleRate / size;
      const centroidHz = magnitudes.reduce((total, value, k) => total + k * binHz * value, 0) / magnitude;
      const colour = new Float32Array(colourFeatures);
      for (let k = 1; k < fft.bins; k++) {
        const band = Math.floor(2 * Math.log2((k * binHz) / BAND_EDGES_HZ[0]!));
        if (band >= 0) colour[Math.min(band, BAND_EDGES_HZ.length - 1)]! += powers[k]! / power;
      }
      for (let m = 0; m < BAND_EDGES_HZ.length; m++) colour[m] = 10 * Math.log10(Math.max(colour[m]!, 1e-6));
      const mean = levelSum / frames;
      colour[BAND_EDGES_HZ.length] = Math.sqrt(Math.max(0, levelSquares / frames - mean * mean));
      return { centroidHz, colour };
    },
  };
}

const FRAME_SECONDS = 0.046;
/** Mean square of a spectrum that counts as silence: about -100 dBFS. */
const FLOOR_POWER = 1e-10;
