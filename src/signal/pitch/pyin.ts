import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";
import { type PeriodFrames, type PitchOptions, periodFrames } from "./period-frames.ts";
import { PitchPath } from "./pitch-path.ts";
import { isDip, shiftAt } from "./yin.ts";

/** How candidates are weighed and joined to a line. */
export interface PyinOptions extends PitchOptions {
  /** Thresholds that are tried, from 0 to 1. Default 100. */
  readonly thresholds?: number | undefined;
  /** How much an earlier dip is preferred. Default 2. */
  readonly boltzmann?: number | undefined;
  /** Width of a pitch bin, in semitones. Default 0.1. */
  readonly resolutionSemitones?: number | undefined;
  /** How fast the pitch may move, in octaves per second. Default 35.92. */
  readonly largestOctavesPerSecond?: number | undefined;
  /** Probability of going from voiced to unvoiced or back, per frame. Default 0.01. */
  readonly switchProbability?: number | undefined;
  /** What the deepest dip gets of the thresholds that lie below every dip. Default 0.01. */
  readonly noDipProbability?: number | undefined;
}

/** A pitch line. */
export interface PitchLine {
  /** Shape `[frames]`, Hz: the likeliest pitch, named for unvoiced frames too. */
  readonly f0Hz: Float64Array;
  /** Shape `[frames]`: 1 where there is a pitch. */
  readonly voiced: Uint8Array;
  /** Shape `[frames]`: how sure that is, 0 to 1. */
  readonly voicedProbability: Float64Array;
}

/**
 * The pitch line of one voice, with the stretches that have none.
 *
 * Needs the whole signal: the line is the likeliest path through all frames.
 *
 * @param x - Shape `[samples]`, one voice.
 * @returns Pitch, voicing and its probability for every frame.
 * @throws TonewrightError `bad-option`, `signal-too-short`, `non-finite-samples`.
 * @see Mauch & Dixon 2014; librosa.pyin 0.11 with `fill_na=None`. The prior is beta(2, 18), as there.
 */
export function pyin(x: Samples, options: PyinOptions): PitchLine {
  checkSamples("pyin(x, options)", x);
  checkOptions("pyin(x, options)", options, {
    thresholds: false,
    boltzmann: false,
    resolutionSemitones: false,
    largestOctavesPerSecond: false,
    switchProbability: false,
    noDipProbability: false,
    sampleRate: true,
    fminHz: true,
    fmaxHz: true,
    frameLength: false,
    hop: false,
    center: false,
  });
  const { sampleRate, fminHz, fmaxHz, frameLength = 2048, resolutionSemitones = 0.1 } = options;
  const { hop = Math.floor(frameLength / 4), largestOctavesPerSecond = 35.92, switchProbability = 0.01 } = options;
  if (!(resolutionSemitones > 0 && resolutionSemitones < 1)) {
    throw new TonewrightError("bad-option", `pyin: bins of ${resolutionSemitones} semitones`, "give a number below 1");
  }
  const periods = periodFrames(x, options);
  const binsPerSemitone = Math.ceil(1 / resolutionSemitones);
  const bins = Math.floor(12 * binsPerSemitone * Math.log2(fmaxHz / fminHz)) + 1;
  const reach = roundHalfEven((largestOctavesPerSecond * 12 * hop) / sampleRate) * binsPerSemitone + 1;
  const path = new PitchPath({ bins, width: reach, switchProbability });
  const voicedProbability = observe(periods, { options, bins, binsPerSemitone }, path);
  const states = path.best();
  return {
    f0Hz: Float64Array.from(states, (state) => fminHz * 2 ** ((state % bins) / (12 * binsPerSemitone))),
    voiced: Uint8Array.from(states, (state) => (state < bins ? 1 : 0)),
    voicedProbability,
  };
}

interface Grid {
  readonly options: PyinOptions;
  readonly bins: number;
  readonly binsPerSemitone: number;
}

/** Hands every frame's probabilities of pitches to the path; returns how likely each is voiced. */
function observe({ firstPeriod, frames }: PeriodFrames, { options, bins, binsPerSemitone }: Grid, path: PitchPath) {
  const { sampleRate, fminHz, thresholds = 100, boltzmann = 2, noDipProbability = 0.01 } = options;
  const prior = thresholdPrior(thresholds);
  const voicedProbability = new Float64Array(frames.length);
  // One more than there are bins: a pitch that rounds to the upper limit falls out, as in the reference.
  const pitches = new Float64Array(bins + 1);
  for (const [t, frame] of frames.entries()) {
    pitches.fill(0);
    for (const { at, probability } of dipProbabilities(frame, { prior, boltzmann, noDipProbability })) {
      const hz = sampleRate / (firstPeriod + at + shiftAt(frame, at));
      const bin = roundHalfEven(12 * binsPerSemitone * Math.log2(hz / fminHz));
      pitches[Math.min(Math.max(bin, 0), bins)] = probability;
    }
    let sum = 0;
    for (let k = 0; k < bins; k++) sum += pitches[k]!;
    voicedProbability[t] = Math.min(Math.max(sum, 0), 1);
    path.push(pitches, (1 - voicedProbability[t]!) / bins);
  }
  return voicedProbability;
}

interface Prior {
  readonly prior: Float64Array;
  readonly boltzmann: number;
  readonly noDipProbability: number;
}

/** How likely each dip of a frame is the period, over all thresholds. */
function dipProbabilities(frame: Float64Array, { prior, boltzmann, noDipProbability }: Prior) {
  const dips: { at: number; probability: number }[] = [];
  for (let k = 0; k < frame.length; k++) if (isDip(frame, k)) dips.push({ at: k, probability: 0 });
  if (dips.length === 0) return dips;
  let deepest = dips[0]!;
  for (const dip of dips) if (frame[dip.at]! < frame[deepest.at]!) deepest = dip;
  for (let i = 0; i < prior.length; i++) {
    const threshold = (i + 1) / prior.length;
    const below = dips.filter(({ at }) => frame[at]! < threshold);
    if (frame[deepest.at]! >= threshold) deepest.probability += noDipProbability * prior[i]!;
    const scale = (1 - Math.exp(-boltzmann)) / (1 - Math.exp(-boltzmann * below.length));
    for (const [rank, dip] of below.entries()) dip.probability += prior[i]! * scale * Math.exp(-boltzmann * rank);
  }
  return dips.filter(({ probability }) => probability > 0);
}

/** What beta(2, 18) gives to each of so many equal stretches from 0 to 1. */
function thresholdPrior(count: number): Float64Array {
  // For whole numbers the distribution is a binomial tail: at least 2 of 19.
  const below = (x: number) => 1 - (1 - x) ** 19 - 19 * x * (1 - x) ** 18;
  return Float64Array.from({ length: count }, (_, n) => below((n + 1) / count) - below(n / count));
}

function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
