/** signal: sound as Float32Array; files, levels, filters, spectra and seeded randomness. Signals are `[samples]`. */

export { dcBlock } from "./dc-block.ts";
export { decodeWav } from "./decode-wav.ts";
export { encodeWav, type WavEncoding } from "./encode-wav.ts";
export { createRealFft, type RealFft, realFft } from "./fft.ts";
export { amplitudeFromDb, dbFromAmplitude, peak, rms } from "./level.ts";
export { downsample, oversamplingReach, upsample } from "./oversampling.ts";
export { preEmphasis } from "./pre-emphasis.ts";
export { createRandom, createRandomFromState, type Random } from "../kernels/index.ts";
export type { DecodedRecording, Recording, SampleEncoding } from "./recording.ts";
export { type PowerSpectrum, powerSpectrum } from "./power-spectrum.ts";
export { createStft, type Spectrogram, type Stft, type StftOptions, stftMagnitude } from "./stft.ts";
export { hann } from "./window.ts";
export { crossCorrelation, type Span } from "./correlation.ts";
