/** signal: sound as Float32Array; files, levels, filters, spectra and seeded randomness. Signals are `[samples]`. */

export { dcBlock } from "./level/dc-block.ts";
export { decodeWav } from "./files/decode-wav.ts";
export { encodeWav, type WavEncoding } from "./files/encode-wav.ts";
export { createRealFft, type RealFft, realFft } from "./spectrum/fft.ts";
export { amplitudeFromDb, dbFromAmplitude, peak, rms } from "./level/level.ts";
export { downsample, oversamplingReach, upsample } from "./resample/oversampling.ts";
export { preEmphasis } from "./level/pre-emphasis.ts";
export { createRandom, createRandomFromState, type Random } from "../kernels/index.ts";
export type { DecodedRecording, Recording, SampleEncoding } from "./recording.ts";
export { type PowerSpectrum, powerSpectrum } from "./spectrum/power-spectrum.ts";
export { amplitudeToDb, type DecibelOptions, dbToAmplitude, dbToPower, powerToDb } from "./spectrum/decibels.ts";
export { type ComplexFft, createComplexFft } from "./spectrum/complex-fft.ts";
export { type IstftOptions, istft } from "./spectrum/istft.ts";
export { type PadMode, pad } from "./spectrum/padding.ts";
export { createStft, type Stft, type StftOptions, spectrogram, stft } from "./spectrum/stft.ts";
export { hann, type WindowName, windowOf } from "./spectrum/window.ts";
export { decodeNpy, encodeNpy, type NpyArray } from "./files/npy.ts";
export type { ComplexMatrix, FeatureMatrix, Samples } from "./matrix.ts";
export { crossCorrelation, type Span } from "./spectrum/correlation.ts";
export { type GriffinLimOptions, griffinLim } from "./separation/griffin-lim.ts";
export {
  type HarmonicPercussiveOptions,
  harmonicPercussiveMasks,
  separateHarmonicPercussive,
} from "./separation/harmonic-percussive.ts";
export { phaseVocoder } from "./separation/phase-vocoder.ts";
export { softMask } from "./separation/soft-mask.ts";
export { timeStretch } from "./separation/time-stretch.ts";
export { type ByteSource, bytesSource } from "./files/byte-source.ts";
export { encodeFlac } from "./files/encode-flac.ts";
export { decodeRecording, openRecording } from "./files/open-recording.ts";
export { createWavWriter, type WavWriter, type WavWriterOptions } from "./files/wav-writer.ts";
export type { AudioFormat, RecordingStream } from "./recording.ts";
export { autocorrelate } from "./rhythm/autocorrelate.ts";
export { type BeatTrackOptions, beatTrack } from "./rhythm/beat-track.ts";
export { type OnsetDetectOptions, onsetDetect } from "./rhythm/onset-detect.ts";
export { type OnsetStrengthOptions, onsetStrength } from "./rhythm/onset-strength.ts";
export { type PeakPickOptions, peakPick } from "./rhythm/peak-pick.ts";
export { type TempoOptions, tempo } from "./rhythm/tempo.ts";
export { type TempogramOptions, tempogram } from "./rhythm/tempogram.ts";
export { dynamicTimeWarping, type Warping } from "./sequence/dynamic-time-warping.ts";
export { type RecurrenceOptions, recurrenceMatrix } from "./sequence/recurrence-matrix.ts";
export {
  type ChromaCensOptions,
  type ChromaCqtOptions,
  type ChromaStftOptions,
  chromaCens,
  chromaCqt,
  chromaStft,
  tonnetz,
} from "./pitch/chroma.ts";
export { type ChromaFilterBankOptions, chromaFilterBank } from "./pitch/chroma-filter-bank.ts";
export { type ConstantQOptions, constantQ, magnitudes, pseudoConstantQ } from "./pitch/constant-q.ts";
export type { PitchOptions } from "./pitch/period-frames.ts";
export { type PitchLine, type PyinOptions, pyin } from "./pitch/pyin.ts";
export { type SpectralPeak, type SpectralPeaksOptions, spectralPeaks } from "./pitch/spectral-peaks.ts";
export { estimateTuning, type TuningOptions, tuningOf } from "./pitch/tuning.ts";
export { yin } from "./pitch/yin.ts";
export { type WaveletFilters, waveletFilters, type WaveletOptions } from "./pitch/wavelets.ts";
