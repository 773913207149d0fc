import { checkOptions } from "../../errors/index.ts";
/**
 * The frequencies of the bins of a short-time spectrum.
 *
 * @param options.sampleRate - Hz.
 * @param options.fftSize - Samples per transform.
 * @returns Shape `[floor(fftSize / 2) + 1]`, Hz, from 0 to half the sample rate.
 * @see numpy.fft.rfftfreq and librosa.fft_frequencies 0.11, the same to the last bit
 */
export function fftFrequencies(
  options: { readonly sampleRate?: number; readonly fftSize?: number } = {},
): Float64Array {
  checkOptions("fftFrequencies(options)", options, { sampleRate: false, fftSize: false });
  const { sampleRate = 22050, fftSize = 2048 } = options;
  // Not k * sampleRate / fftSize, which rounds differently where a band begins exactly at a bin.
  const spacingHz = 1 / (fftSize * (1 / sampleRate));
  return Float64Array.from({ length: Math.floor(fftSize / 2) + 1 }, (_, k) => k * spacingHz);
}

/** MIDI note number of a frequency, with fractions: 69 for 440 Hz, 12 per octave. `-Infinity` for 0. */
export function hzToMidi(frequencyHz: number): number {
  return 12 * (Math.log2(frequencyHz) - Math.log2(440)) + 69;
}

/** Frequency, in Hz, of a MIDI note number, which may have a fraction. */
export function midiToHz(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

/** How an instrument is tuned. */
export interface Tuning {
  /** Deviation of A4 from 440 Hz, in fractions of a bin. Default 0. */
  readonly tuning?: number | undefined;
  /** Default 12. */
  readonly binsPerOctave?: number | undefined;
}

/**
 * Octaves of a frequency above A0, the lowest A of a piano (27.5 Hz).
 *
 * @param frequencyHz - `> 0`; `-Infinity` for 0.
 * @see librosa.hz_to_octs 0.11
 */
export function hzToOctaves(frequencyHz: number, { tuning = 0, binsPerOctave = 12 }: Tuning = {}): number {
  return Math.log2(frequencyHz / ((440 * 2 ** (tuning / binsPerOctave)) / 16));
}

/** The frequency, in Hz, of a number of octaves above A0; the inverse of `hzToOctaves`. */
export function octavesToHz(octaves: number, { tuning = 0, binsPerOctave = 12 }: Tuning = {}): number {
  return ((440 * 2 ** (tuning / binsPerOctave)) / 16) * 2 ** octaves;
}
