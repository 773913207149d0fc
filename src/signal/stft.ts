import { createRealFft } from "./fft.ts";
import { hann } from "./window.ts";

/** How a signal is cut into frames for short-time spectra. */
export interface StftOptions {
  /** Samples per transform, a power of two. */
  readonly fftSize: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** At most `fftSize` values, by default a Hann window of `fftSize`; a shorter one sits in the middle of the frame. */
  readonly window?: Float64Array;
}

/** Short-time spectra, one frame at a time, so that a long signal needs no large array. */
export interface Stft {
  /** `fftSize / 2 + 1`. */
  readonly bins: number;
  /** Frames of a signal of that many samples. */
  frames(samples: number): number;
  /** Overwrites `magnitude`, shape `[bins]`, with frame `t` of `x`: the square root of `max(power, floor)`. */
  magnitude(x: Float32Array | Float64Array, t: number, magnitude: Float64Array): void;
}

/** Magnitudes over time. */
export interface Spectrogram {
  readonly frames: number;
  readonly bins: number;
  /** Shape `[frames, bins]`, row after row, linear, not scaled. */
  readonly magnitude: Float64Array;
}

/**
 * A transform of frames with the conventions of torch.stft: frame `t` is centred on sample `t * hop`, the ends of the
 * signal are mirrored (without repeating the first or last sample), nothing is scaled.
 *
 * @param options.floor - Smallest power a bin can have; 0 for none.
 * @see torch.stft with center=True, pad_mode="reflect"
 */
export function createStft({
  fftSize,
  hop,
  window = hann(fftSize),
  floor = 0,
}: StftOptions & { readonly floor?: number }): Stft {
  if (window.length > fftSize || hop < 1) {
    throw new Error(`bug: short-time transform of ${fftSize} with a window of ${window.length} and a hop of ${hop}`);
  }
  const fft = createRealFft(fftSize);
  const frame = new Float64Array(fftSize);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const left = Math.floor((fftSize - window.length) / 2);

  return {
    bins: fft.bins,
    frames(samples) {
      return 1 + Math.floor(samples / hop);
    },
    magnitude(x, t, magnitude) {
      if (x.length <= fftSize / 2) {
        throw new Error(`bug: ${x.length} samples cannot be mirrored for a frame of ${fftSize}`);
      }
      const start = t * hop - fftSize / 2 + left;
      const last = x.length - 1;
      for (let n = 0; n < window.length; n++) {
        let at = start + n;
        if (at < 0) at = -at;
        else if (at > last) at = 2 * last - at;
        frame[left + n] = window[n]! * x[at]!;
      }
      fft.forward(frame, re, im);
      for (let k = 0; k < fft.bins; k++) {
        magnitude[k] = Math.sqrt(Math.max(re[k]! * re[k]! + im[k]! * im[k]!, floor));
      }
    },
  };
}

/**
 * Short-time magnitude spectrum of a whole signal.
 *
 * The result is `fftSize / 2 / hop` times as large as the signal: use `createStft` to go through a long one.
 *
 * @param x - Shape `[samples]`, longer than half of `fftSize` (the ends are mirrored).
 * @returns Linear magnitudes, `floor(samples / hop) + 1` frames.
 * @see torch.stft with center=True, pad_mode="reflect", whose values these are
 */
export function stftMagnitude(x: Float32Array | Float64Array, options: StftOptions): Spectrogram {
  const stft = createStft(options);
  const frames = stft.frames(x.length);
  const magnitude = new Float64Array(frames * stft.bins);
  for (let t = 0; t < frames; t++) {
    stft.magnitude(x, t, magnitude.subarray(t * stft.bins, (t + 1) * stft.bins));
  }
  return { frames, bins: stft.bins, magnitude };
}
