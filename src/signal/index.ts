/** signal: sound as Float32Array; files, levels, filters, spectra and seeded randomness. Signals are `[samples]`. */

export { dcBlock } from "./level/dc-block.ts";
export { decodeWav } from "./files/decode-wav.ts";
export { encodeWav, type WavEncoding } from "./files/encode-wav.ts";
export { createRealFft, type RealFft, realFft } from "./spectrum/fft.ts";
export { amplitudeFromDb, dbFromAmplitude, peak, rms } from "./level/level.ts";
export { downsample, oversamplingReach, upsample } from "./resample/oversampling.ts";
export { deEmphasis, type EmphasisOptions, preEmphasis } from "./level/pre-emphasis.ts";
export { createRandom, createRandomFromState, type Random } from "../kernels/index.ts";
export type { DecodedRecording, Recording, SampleEncoding } from "./recording.ts";
export { type PowerSpectrum, powerSpectrum } from "./spectrum/power-spectrum.ts";
export { amplitudeToDb, type DecibelOptions, dbToAmplitude, dbToPower, powerToDb } from "./spectrum/decibels.ts";
export { type ComplexFft, createComplexFft } from "./spectrum/complex-fft.ts";
export { type IstftOptions, istft } from "./spectrum/istft.ts";
export { type PadMode, pad } from "./spectrum/padding.ts";
export { createStft, type Stft, type StftOptions, spectrogram, stft } from "./spectrum/stft.ts";
export { hann, type WindowName, windowOf } from "./spectrum/window.ts";
export { decodeNpy, encodeNpy, type NpyArray, npyHeader } from "./files/npy.ts";
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
export { frequencyWeightingDb, type WeightingCurve } from "./level/a-weighting.ts";
export { type MuLawOptions, muCompress, muExpand, muLawDecode, muLawEncode } from "./level/mu-law.ts";
export { createPcen, type Pcen, type PcenOptions, pcen } from "./level/pcen.ts";
export { frameRms, type LevelFrames, spectrogramRms } from "./level/root-mean-square.ts";
export { type ZeroCrossingOptions, zeroCrossingRate, zeroCrossings } from "./level/zero-crossing.ts";
export { type DctOptions, dct, dctTable, inverseDct } from "./mel/dct.ts";
export { type DeltaOptions, delta } from "./mel/delta.ts";
export { fftFrequencies, hzToMidi, hzToOctaves, midiToHz, octavesToHz, type Tuning } from "./mel/frequencies.ts";
export { type KaldiFbankOptions, type KaldiMfccOptions, kaldiFbank, kaldiMfcc } from "./mel/kaldi.ts";
export type { KaldiFrameOptions } from "./mel/kaldi-frames.ts";
export { type LogMelOptions, logarithmOfMel, logMel, type MelLogarithm } from "./mel/log-mel.ts";
export {
  applyFilterBank,
  type FilterBank,
  filterSpectrogram,
  type MelFilterBankOptions,
  melFilterBank,
  sparseMelFilterBank,
} from "./mel/mel-filter-bank.ts";
export { hzToMel, type MelFrequencyOptions, type MelScale, melFrequencies, melToHz } from "./mel/mel-scale.ts";
export { createMelFrames, type MelFrames, type MelOptions, melSpectrogram } from "./mel/mel-spectrogram.ts";
export { type MelToStftOptions, melToStft } from "./mel/mel-to-stft.ts";
export { type CepstrumOptions, mfcc, mfccOfLogMel, mfccToMel } from "./mel/mfcc.ts";
export { midiOfNote, noteName } from "./mel/note-name.ts";
export {
  type MelPreset,
  type MelPresetName,
  melPresets,
  type PresetOptions,
  presetLogMel,
  presetMfcc,
} from "./mel/presets.ts";
export { stackMemory } from "./mel/stack-memory.ts";
export type { BinFrequencies } from "./spectral/check-magnitude.ts";
export { lpc } from "./spectral/lpc.ts";
export { type NormalizeOptions, normalize } from "./spectral/normalize.ts";
export { polyFeatures } from "./spectral/poly-features.ts";
export { type BandwidthOptions, spectralBandwidth } from "./spectral/spectral-bandwidth.ts";
export { spectralCentroid } from "./spectral/spectral-centroid.ts";
export { type ContrastOptions, spectralContrast } from "./spectral/spectral-contrast.ts";
export { spectralFlatness } from "./spectral/spectral-flatness.ts";
export { type FluxOptions, spectralFlux } from "./spectral/spectral-flux.ts";
export { spectralRolloff } from "./spectral/spectral-rolloff.ts";
export { type FeatureRows, featureRows } from "./front-end/feature-rows.ts";
export { computeFrontEnd, createLiveFrontEnd, type LiveFrontEnd, type OnFeatures } from "./front-end/front-end.ts";
export { createFrontEndCollector, type FrontEndCollector } from "./front-end/front-end-collector.ts";
export type { FrontEndOptions } from "./front-end/front-end-frames.ts";
export {
  type FeatureKind,
  type FeatureSpec,
  type FeatureSpecInput,
  type FrontEndDocument,
  type FrontEndInput,
  frontEnd,
  parseFrontEnd,
} from "./front-end/front-end-document.ts";
export { featureKind, featureKinds, frontEndPreset } from "./front-end/presets.ts";
export { checkLive, reasonsNotLive } from "./front-end/reasons-not-live.ts";
export { createNormalisationFit, type NormalisationFit } from "./front-end/normalisation.ts";
export { type RateChange, resampledLength } from "./resample/rate-ratio.ts";
export { resample, resampleRecording } from "./resample/resample.ts";
export type { ResampleQuality } from "./resample/resample-plan.ts";
export { createResampler, type Resampler, type ResamplerOptions } from "./resample/resampler.ts";
export { type ChannelMix, meanOfChannels, mixChannels, selectChannels } from "./level/channels.ts";
export { type SilenceOptions, splitOnSilence, trim, trimRecording } from "./level/trim.ts";
export { type Alignment, fitLength } from "./level/fit-length.ts";
export { fade, type FadeShape } from "./level/fade.ts";
export {
  integratedLoudness,
  type LoudnessOptions,
  loudnessRange,
  momentaryLoudness,
  shortTermLoudness,
} from "./level/loudness.ts";
export { createLoudnessMeter, type LoudnessMeter, type LoudnessReading } from "./level/loudness-meter.ts";
export { truePeak } from "./level/true-peak.ts";
export { pitchShift } from "./separation/pitch-shift.ts";
