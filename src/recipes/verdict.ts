import type { Scores } from "../metrics/index.ts";

/** A judgement in words, with the reason in the same breath. */
export interface Verdict {
  readonly grade: "excellent" | "good" | "fair" | "poor" | "failed";
  readonly sentence: string;
}

/** The share of the target's energy that the error has, up to which a grade is given; about NAM's steps. */
const grades = [
  { below: 0.01, grade: "excellent", words: "Excellent: hard to tell from the device" },
  { below: 0.035, grade: "good", words: "Good: close to the device" },
  { below: 0.1, grade: "fair", words: "Fair: usable, but a careful ear hears the difference" },
  { below: 0.3, grade: "poor", words: "Poor: it will not sound like the device" },
] as const;

/** The share of the model's excess from which the linear filter's own one explains it. */
const mostOfOffset = 0.5;

/**
 * What the scores of a model mean, in plain English, always beside the linear baseline.
 *
 * The grade follows the DC-blocked error-to-signal ratio, since a slow offset is not heard; where the plain
 * ratio is much higher, the sentence says whether the recording or the model is the reason.
 *
 * @see neural-amp-modeler nam/train/core.py for grades by error-to-signal ratio
 */
export function verdict({ scores, fir }: { scores: Scores; fir: Scores }): Verdict {
  const error = scores.esrDcBlocked;
  const found = grades.find(({ below }) => error < below);
  const grade = found?.grade ?? "failed";
  const words = found?.words ?? "Something went wrong: the model has not learned the device";
  const sentences = [
    `${words}. ${percent(error)} of the signal's energy is error (DC blocked).`,
    besideLinear(error, fir.esrDcBlocked, grade),
  ];
  if (scores.esr > 3 * error && scores.esr > 0.003) {
    // What the linear filter misses of a slow offset is in the recording; the filter itself adds none.
    const recorded = fir.esr - fir.esrDcBlocked >= mostOfOffset * (scores.esr - error);
    sentences.push(
      recorded
        ? `The plain ratio is ${percent(scores.esr)}: the recording carries a slow offset, which the linear filter misses too and nobody hears.`
        : `The plain ratio is ${percent(scores.esr)}: the model adds a slow offset of its own; train longer.`,
    );
  }
  return { grade, sentence: sentences.join(" ") };
}

/** A ratio as a percentage with three significant digits: `0.0512 %`, `12.3 %`. */
export function percent(ratio: number): string {
  const value = 100 * ratio;
  if (value >= 100) return `${value.toFixed(0)} %`;
  return `${value === 0 ? "0" : Number(value.toPrecision(3)).toString()} %`;
}

function besideLinear(error: number, linear: number, grade: Verdict["grade"]): string {
  const times = linear / error;
  const reached = `The best linear filter leaves ${percent(linear)}`;
  if (times >= 2) return `${reached}, ${times >= 10 ? times.toFixed(0) : times.toFixed(1)} times as much.`;
  if (times >= 1)
    return `${reached}, hardly more: the device is close to linear in this recording, or needs a larger model.`;
  return grade === "failed" || grade === "poor"
    ? `${reached}, which is less: train longer, and check that dry and wet belong together and are not swapped.`
    : `${reached}, which is less: this recording needs no neural network, or the training was too short.`;
}
