import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import { dctTable } from "./dct.ts";
import { type KaldiFrameOptions, kaldiFloor, kaldiFrames } from "./kaldi-frames.ts";
import { applyFilterBank, sparseMelFilterBank } from "./mel-filter-bank.ts";
import { lifterOf } from "./mfcc.ts";

/** Kaldi's filter bank; the defaults are those of torchaudio's `fbank` and of compute-fbank-feats, without dither. */
export interface KaldiFbankOptions extends KaldiFrameOptions {
  /** Default 23. */
  readonly mels?: number | undefined;
  /** Default 20. */
  readonly fminHz?: number | undefined;
  /** Default half the sample rate. Kaldi's negative values count from there: subtract them yourself. */
  readonly fmaxHz?: number | undefined;
  /** Filter energies (default) or amplitudes. */
  readonly usePower?: boolean | undefined;
  /** Default yes. */
  readonly useLog?: boolean | undefined;
  /** Filter outputs below count as this. Default 2^-23; HTK's is 1. */
  readonly melFloor?: number | undefined;
  /** One row more, first: the logarithm of each frame's energy. Default no. */
  readonly useEnergy?: boolean | undefined;
  /** That row last. Default no. */
  readonly htkCompat?: boolean | undefined;
  /** Subtract each row's mean over the whole sound, which cannot be done live. Default no. */
  readonly subtractMean?: boolean | undefined;
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * Logarithmic mel energies as Kaldi computes them: HTK's mel scale, triangles over mels, frames prepared one by one.
 *
 * Rows are mels and columns frames, as everywhere here; torchaudio returns it turned over. Kaldi adds dither by
 * default, noise that no two runs share; this is the result for `--dither=0`. Can be computed live unless the mean is
 * subtracted.
 *
 * @param x - Shape `[samples]`; see `amplitude` for its scale.
 * @returns Shape `[mels, frames]`, or one row more.
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`.
 * @see torchaudio.compliance.kaldi.fbank 2.0; https://kaldi-asr.org/doc/feat.html
 */
export function kaldiFbank(x: Samples, options: KaldiFbankOptions = {}): FeatureMatrix {
  checkSamples("kaldiFbank(x, options)", x);
  checkOptions("kaldiFbank(x, options)", options, {
    mels: false,
    fminHz: false,
    fmaxHz: false,
    usePower: false,
    useLog: false,
    melFloor: false,
    useEnergy: false,
    htkCompat: false,
    subtractMean: false,
    onWarning: false,
    sampleRate: false,
    frameMs: false,
    hopMs: false,
    window: false,
    removeDc: false,
    preEmphasis: false,
    snipEdges: false,
    powerOfTwo: false,
    amplitude: false,
    rawEnergy: false,
    energyFloor: false,
  });
  const { useEnergy = false, htkCompat = false, subtractMean = false } = options;
  const { mels, energy } = melEnergies(x, options);
  const rows = mels.rows + Number(useEnergy);
  const values = new Float64Array(rows * mels.frames);
  const energyFirst = useEnergy && !htkCompat;
  values.set(mels.values, energyFirst ? mels.frames : 0);
  if (useEnergy) values.set(energy, energyFirst ? 0 : mels.rows * mels.frames);
  return centred({ rows, frames: mels.frames, values }, subtractMean);
}

/** Kaldi's coefficients. */
export interface KaldiMfccOptions extends Omit<KaldiFbankOptions, "useLog" | "usePower"> {
  /** Default 13, the level included; at most `mels`. */
  readonly coefficients?: number | undefined;
  /** Coefficient `n` (from 0) is multiplied by `1 + lifter / 2 * sin(π n / lifter)`. Default 22; 0 for none. */
  readonly lifter?: number | undefined;
  /**
   * The logarithm of each frame's energy takes the place of coefficient 0. Default no, as in torchaudio; Kaldi's
   * program does.
   */
  readonly useEnergy?: boolean | undefined;
  /** Coefficient 0 comes last, and times the square root of 2 unless it is the energy. Default no. */
  readonly htkCompat?: boolean | undefined;
  /** Filter energies (default) or, as HTK does, amplitudes. */
  readonly usePower?: boolean | undefined;
}

/**
 * Mel-frequency cepstral coefficients as Kaldi computes them.
 *
 * @param x - Shape `[samples]`; see `amplitude` for its scale.
 * @returns Shape `[coefficients, frames]`.
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`.
 * @see torchaudio.compliance.kaldi.mfcc 2.0; compute-mfcc-feats
 */
export function kaldiMfcc(x: Samples, options: KaldiMfccOptions = {}): FeatureMatrix {
  checkSamples("kaldiMfcc(x, options)", x);
  checkOptions("kaldiMfcc(x, options)", options, {
    coefficients: false,
    lifter: false,
    useEnergy: false,
    htkCompat: false,
    usePower: false,
    window: false,
    fminHz: false,
    sampleRate: false,
    mels: false,
    fmaxHz: false,
    melFloor: false,
    subtractMean: false,
    onWarning: false,
    frameMs: false,
    hopMs: false,
    removeDc: false,
    preEmphasis: false,
    snipEdges: false,
    powerOfTwo: false,
    amplitude: false,
    rawEnergy: false,
    energyFloor: false,
  });
  const { coefficients = 13, lifter = 22, useEnergy = false, htkCompat = false, subtractMean = false } = options;
  const { mels, energy } = melEnergies(x, { ...options, useLog: true });
  const { frames } = mels;
  const table = dctTable(mels.rows, { coefficients });
  const lift = lifterOf(lifter, coefficients, 0);
  const values = new Float64Array(coefficients * frames);
  for (let k = 0; k < coefficients; k++) {
    // HTK's level is the sum of the logarithms without the factor that makes the transform a rotation.
    const factor = lift[k]! * (k === 0 && htkCompat ? Math.SQRT2 : 1);
    const row = (htkCompat ? (k + coefficients - 1) % coefficients : k) * frames;
    for (let m = 0; m < mels.rows; m++) {
      const weight = factor * table[k * mels.rows + m]!;
      for (let t = 0; t < frames; t++) values[row + t]! += weight * mels.values[m * frames + t]!;
    }
    if (k === 0 && useEnergy) values.set(energy, row);
  }
  return centred({ rows: coefficients, frames, values }, subtractMean);
}

function melEnergies(x: Samples, options: KaldiFbankOptions): { mels: FeatureMatrix; energy: Float64Array } {
  const { sampleRate = 16000, mels = 23, fminHz = 20, fmaxHz, usePower = true, useLog = true, onWarning } = options;
  const { melFloor = kaldiFloor } = options;
  if (useLog && !(melFloor > 0)) {
    throw new TonewrightError("bad-option", `the mel floor is ${melFloor}`, "give a floor above 0: 0 has no logarithm");
  }
  const frameOf = kaldiFrames(x, options);
  const bank = sparseMelFilterBank({
    sampleRate,
    fftSize: frameOf.fftSize,
    mels,
    fminHz,
    fmaxHz,
    htk: true,
    norm: null,
    triangles: "mel",
    onWarning,
  });
  const frames = frameOf.count;
  const values = new Float64Array(mels * frames);
  const energy = new Float64Array(frames);
  const spectrum = new Float64Array(frameOf.bins);
  const mel = new Float64Array(mels);
  for (let t = 0; t < frames; t++) {
    energy[t] = frameOf.power(t, spectrum);
    if (!usePower) for (let k = 0; k < spectrum.length; k++) spectrum[k] = Math.sqrt(spectrum[k]!);
    applyFilterBank(bank, spectrum, mel);
    for (let m = 0; m < mels; m++) values[m * frames + t] = useLog ? Math.log(Math.max(melFloor, mel[m]!)) : mel[m]!;
  }
  return { mels: { rows: mels, frames, values }, energy };
}

function centred({ rows, frames, values }: FeatureMatrix, subtractMean: boolean): FeatureMatrix {
  for (let row = 0; subtractMean && row < rows; row++) {
    const one = values.subarray(row * frames, (row + 1) * frames);
    const mean = one.reduce((sum, value) => sum + value, 0) / frames;
    for (let t = 0; t < frames; t++) one[t]! -= mean;
  }
  return { rows, frames, values };
}
