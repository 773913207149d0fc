import { createRealFft, hann } from "../../signal/index.ts";
import { createDecimator } from "./decimate.ts";
import { createFrameStream } from "./frame-stream.ts";

/** Seconds from one word of a fingerprint to the next. */
export const fingerprintHopSeconds = 0.0125;

/** What a fingerprint takes: 80 words of 4 bytes. */
export const fingerprintBytesPerSecond = 4 / fingerprintHopSeconds;

/** Words per file so that those of all files together stay near 128 MB: 5 minutes for few files, 5 s for 80 000 and more. */
export function fingerprintWordsPerFile(files: number): number {
  return Math.max(400, Math.min(24_000, Math.floor(32e6 / Math.max(1, files))));
}

/** Makes the fingerprint of one recording, block by block. */
export interface Fingerprinter {
  /** @param mono - Shape `[samples]`, finite. */
  push(mono: Float32Array): void;
  /** One word for every 12.5 ms of the recording, 0 where there is nothing to compare; only once. */
  end(): Uint32Array;
}

/**
 * A fingerprint that survives another level, rate, format, polarity and lossy compression, but not another speed.
 *
 * Bit `m` of word `t` says whether the energy step from band `m` to band `m + 1` grew since the frame before. The frames
 * last 160 ms, the 33 bands lie between 300 and 2000 Hz, spaced logarithmically. Recordings below 4000 Hz have no
 * such bands: all their words are 0.
 *
 * @param options.sampleRate - Hz.
 * @param options.words - Most words to make; what follows in the recording is not heard.
 * @see Haitsma & Kalker 2002, "A Highly Robust Audio Fingerprinting System". Frames are shorter here (160 instead of
 *   370 ms), since single words and drum hits are to be told apart; words are as dense as their overlap then needs.
 */
export function createFingerprinter({
  sampleRate,
  words: most,
}: {
  readonly sampleRate: number;
  readonly words: number;
}): Fingerprinter {
  if (sampleRate < 2 * HIGH_HZ) return { push: () => {}, end: () => new Uint32Array(0) };
  const decimator = createDecimator({ sampleRate, lowestRate: LOWEST_RATE });
  const { rate } = decimator;
  const length = Math.round(WINDOW_SECONDS * rate);
  const half = Math.floor(length / 2);
  const bandEnergies = createBandEnergies(length, rate);
  const energy = new Float64Array(BANDS);
  const before = new Float64Array(BANDS);
  let words = new Uint32Array(Math.min(most, 1024));
  let frames = 0;
  let samples = 0;
  const stream = createFrameStream({
    length,
    startOf: (t) => Math.round(t * fingerprintHopSeconds * rate) - half,
    onFrame(frame) {
      const heard = bandEnergies(frame, energy) > SILENT_POWER;
      if (frames > 0) {
        if (frames > words.length) words = enlarged(words, Math.min(most, 2 * words.length));
        words[frames - 1] = heard ? compare(energy, before) : 0;
      }
      before.set(energy);
      frames++;
      return frames <= most;
    },
  });

  return {
    push(mono) {
      samples += mono.length;
      stream.push(decimator.push(mono));
    },
    end() {
      stream.push(decimator.end());
      stream.push(new Float64Array(half));
      const whole = Math.floor(samples / sampleRate / fingerprintHopSeconds);
      return words.slice(0, Math.max(0, Math.min(frames - 1, whole, most)));
    },
  };
}

const WINDOW_SECONDS = 0.16;
const BANDS = 33;
const LOW_HZ = 300;
const HIGH_HZ = 2000;
const LOWEST_RATE = 5000;
/** Mean square in the bands: about -80 dBFS, below which rounding to 16 bits decides the bits. */
const SILENT_POWER = 1e-8;

/** Overwrites `energy` with the power per band of a frame and returns their sum, as a mean square. */
function createBandEnergies(length: number, rate: number): (frame: Float64Array, energy: Float64Array) => number {
  const fft = createRealFft(2 ** Math.ceil(Math.log2(length)));
  const window = hann(length);
  const padded = new Float64Array(fft.size);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const edges = Float64Array.from({ length: BANDS + 1 }, (_, m) => {
    return (LOW_HZ * (HIGH_HZ / LOW_HZ) ** (m / BANDS) * fft.size) / rate;
  });
  // A one-sided spectrum of a Hann-windowed signal sums to 3/16 of length * size * mean square.
  const scale = 16 / (3 * length * fft.size);
  return (frame, energy) => {
    for (let n = 0; n < length; n++) padded[n] = window[n]! * frame[n]!;
    fft.forward(padded, re, im);
    let total = 0;
    for (let m = 0; m < BANDS; m++) {
      const low = edges[m]!;
      const high = edges[m + 1]!;
      let sum = 0;
      for (let k = Math.floor(low); k < high; k++) {
        const share = Math.min(high, k + 1) - Math.max(low, k);
        sum += share * (re[k]! * re[k]! + im[k]! * im[k]!);
      }
      energy[m] = sum;
      total += sum;
    }
    return scale * total;
  };
}

function compare(energy: Float64Array, before: Float64Array): number {
  let word = 0;
  for (let m = 0; m < BANDS - 1; m++) {
    if (energy[m]! - energy[m + 1]! > before[m]! - before[m + 1]!) word |= 1 << m;
  }
  return word >>> 0;
}

function enlarged(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(length);
  grown.set(words);
  return grown;
}
