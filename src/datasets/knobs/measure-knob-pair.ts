import { isTonewrightError } from "../../errors/index.ts";
import { estimateAlignment } from "../alignment.ts";
import { createKnobListener, type HeardKnobFile } from "./hear-knob-file.ts";

/** What is measured on a dry file and its wet one. */
export interface KnobPairFacts {
  /** Hz. */
  readonly sampleRate: number;
  /** Hz, of the target; differs only in faulty datasets. */
  readonly targetRate: number;
  readonly inputSamples: number;
  readonly targetSamples: number;
  /** Equal for equal inputs. */
  readonly inputHash: string;
  /** Equal for equal targets. */
  readonly targetHash: string;
  /** Largest absolute sample. */
  readonly inputPeak: number;
  readonly targetPeak: number;
  readonly inputMean: number;
  readonly targetMean: number;
  /** Share of the target's samples at full scale in runs of three and more. */
  readonly clippedShare: number;
  /** How the target lies against the input; null if that cannot be told. */
  readonly lag: {
    /** Positive if the target comes later. */
    readonly samples: number;
    readonly polarity: 1 | -1;
    readonly correlation: number;
    /** How far the match stands out; unrelated sounds reach 13. */
    readonly prominence: number;
  } | null;
}

/**
 * Facts about one pair of a dataset, for `inspectKnobDataset`.
 *
 * Delay and polarity are measured on the loudest 20 s of the input. `judgeKnobPair` does the same for files that are too long
 * to be in memory.
 *
 * @param input - Dry, shape `[samples]`.
 * @param target - Wet, any length.
 */
export function measureKnobPair(
  input: Float32Array,
  target: Float32Array,
  { sampleRate, targetRate = sampleRate }: { readonly sampleRate: number; readonly targetRate?: number },
): KnobPairFacts {
  const hear = (sound: Float32Array, rate: number) => {
    const listener = createKnobListener({ sampleRate: rate });
    listener.push(sound);
    return listener.end();
  };
  const heard = hear(input, sampleRate);
  const { start, end } = heard.loudest;
  return judgeKnobPair({
    input: heard,
    target: hear(target, targetRate),
    excerpts: { input: input.subarray(start, end), target: target.subarray(start, end) },
  });
}

/**
 * Facts about one pair of which only excerpts are in memory.
 *
 * @param pair.excerpts - Of both, from the samples of `input.loudest`; the target's may be shorter or empty.
 */
export function judgeKnobPair({
  input,
  target,
  excerpts,
}: {
  readonly input: HeardKnobFile;
  readonly target: HeardKnobFile;
  readonly excerpts: { readonly input: Float32Array; readonly target: Float32Array };
}): KnobPairFacts {
  return {
    sampleRate: input.sampleRate,
    targetRate: target.sampleRate,
    inputSamples: input.samples,
    targetSamples: target.samples,
    inputHash: input.hash,
    targetHash: target.hash,
    inputPeak: input.peak,
    targetPeak: target.peak,
    inputMean: input.mean,
    targetMean: target.mean,
    clippedShare: target.clippedShare,
    lag: input.sampleRate === target.sampleRate ? lagOf(excerpts, input.sampleRate) : null,
  };
}

function lagOf(
  { input, target }: { readonly input: Float32Array; readonly target: Float32Array },
  sampleRate: number,
): KnobPairFacts["lag"] {
  const length = Math.min(input.length, target.length);
  try {
    const found = estimateAlignment(input.subarray(0, length), target.subarray(0, length), { sampleRate });
    const { delaySamples, polarity, correlation, prominence } = found;
    return { samples: delaySamples, polarity, correlation, prominence: prominence ?? 0 };
  } catch (error) {
    if (isTonewrightError(error)) return null;
    throw error;
  }
}
