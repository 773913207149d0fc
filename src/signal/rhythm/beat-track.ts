import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { median } from "./onset-strength.ts";
import { type TempoOptions, tempo } from "./tempo.ts";

/** The tempo, if it is known, and how strictly it is kept. */
export interface BeatTrackOptions extends TempoOptions {
  /** Beats per minute; without it `tempo` finds it. */
  readonly bpm?: number | undefined;
  /** How strictly beats keep the distance; larger is stricter. Default 100. */
  readonly tightness?: number | undefined;
  /** Leave out weak beats at both ends. Default true. */
  readonly trim?: boolean | undefined;
}

/**
 * The beats of a piece with a steady tempo: a chain of onsets that are strong and evenly spaced.
 *
 * Needs the whole curve: the best chain is found from its end.
 *
 * @param strength - From `onsetStrength` (with `aggregate: "median"` as librosa does here), shape `[frames]`.
 * @returns The tempo in beats per minute, and the frames of the beats; 0 and none for a curve of zeros.
 * @throws TonewrightError `bad-option` for a tempo or tightness that is not above 0.
 * @see Ellis 2007, Beat Tracking by Dynamic Programming; librosa.beat.beat_track 0.11 (steady tempo only)
 */
export function beatTrack(
  strength: Float64Array,
  given: BeatTrackOptions = {},
): { readonly bpm: number; readonly beats: number[] } {
  checkSamples("beatTrack(strength, options)", strength);
  checkOptions("beatTrack(strength, options)", given, {
    bpm: false,
    tightness: false,
    trim: false,
    sampleRate: false,
    hop: false,
    startBpm: false,
    deviationOctaves: false,
    windowSeconds: false,
    largestBpm: false,
  });
  const { bpm, tightness = 100, trim = true, ...options } = given;
  if (!(tightness > 0) || (bpm !== undefined && !(bpm > 0))) {
    throw new TonewrightError("bad-option", `beatTrack: ${bpm} bpm, tightness ${tightness}`, "give numbers above 0");
  }
  if (strength.length === 0 || strength.every((value) => value === 0)) return { bpm: 0, beats: [] };
  const found = bpm ?? tempo(strength, options);
  const { sampleRate = 22050, hop = 512 } = options;
  const period = Math.max(1, Math.round((60 * sampleRate) / hop / found));
  const score = localScore(strength, period);
  const { from, total } = chains(score, { period, tightness });
  const beats: number[] = [];
  for (let n = lastBeat(total); n >= 0; n = from[n]!) beats.unshift(n);
  return { bpm: found, beats: trimmed(beats, score, trim) };
}

/** The curve in units of its deviation, smoothed by a narrow bell. */
function localScore(strength: Float64Array, period: number): Float64Array {
  const mean = strength.reduce((sum, v) => sum + v, 0) / strength.length;
  const variance = strength.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, strength.length - 1);
  const deviation = Math.sqrt(variance) || 1;
  const bell = Float64Array.from({ length: 2 * period + 1 }, (_, n) =>
    Math.exp(-0.5 * (((n - period) * 32) / period) ** 2),
  );
  return strength.map((_, t) => {
    let sum = 0;
    for (let n = -period; n <= period; n++) sum += bell[n + period]! * (strength[t - n] ?? 0);
    return sum / deviation;
  });
}

/** The best chain that ends in each frame: the beat before, and what the chain is worth. */
function chains(score: Float64Array, { period, tightness }: { readonly period: number; readonly tightness: number }) {
  const from = new Int32Array(score.length).fill(-1);
  const total = new Float64Array(score.length);
  const threshold = 0.01 * score.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let started = false;
  for (let t = 0; t < score.length; t++) {
    let best = Number.NEGATIVE_INFINITY;
    let before = -1;
    for (let n = t - Math.round(period / 2); n >= Math.max(0, t - 2 * period); n--) {
      if (n >= t) continue;
      const worth = total[n]! - tightness * Math.log((t - n) / period) ** 2;
      if (worth <= best) continue;
      best = worth;
      before = n;
    }
    total[t] = score[t]! + (before >= 0 ? best : 0);
    if (!started && score[t]! < threshold) continue;
    from[t] = before;
    started = true;
  }
  return { from, total };
}

/** The last frame that is a local maximum worth at least half of the median of all local maxima. */
function lastBeat(total: Float64Array): number {
  const isPeak = (t: number) => total[t]! > (total[t - 1] ?? total[t]!) && total[t]! >= (total[t + 1] ?? total[t]!);
  const peaks = Array.from(total.keys()).filter(isPeak);
  if (peaks.length === 0) return total.length - 1;
  const threshold = 0.5 * median(Float64Array.from(peaks, (t) => total[t]!));
  return peaks.findLast((t) => total[t]! >= threshold) ?? peaks.at(-1)!;
}

function trimmed(beats: number[], score: Float64Array, trim: boolean): number[] {
  if (beats.length === 0) return beats;
  const weights = [0, 0.5, 1, 0.5, 0];
  const smooth = beats.map((_, i) =>
    weights.reduce((sum, weight, j) => {
      const beat = beats[i + 2 - j];
      return beat === undefined ? sum : sum + weight * score[beat]!;
    }, 0),
  );
  const threshold = trim ? 0.5 * Math.sqrt(smooth.reduce((sum, v) => sum + v * v, 0) / smooth.length) : 0;
  const first = smooth.findIndex((value) => value > threshold);
  const last = smooth.findLastIndex((value) => value > threshold);
  return first < 0 ? [] : beats.slice(first, last + 1);
}
