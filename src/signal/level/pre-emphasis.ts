import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import type { Samples } from "../matrix.ts";

/** A first-order filter and what it begins with. */
export interface EmphasisOptions {
  /** 0 (no change) to 1. */
  readonly coefficient?: number | undefined;
  /**
   * The memory of the filter before the first sample, which is added to the first result. 0 is rest (default).
   * `librosa` is what librosa begins with, `2 x[0] - x[1]`. To go on after a block: `-coefficient` times its last
   * sample.
   */
  readonly state?: number | "librosa" | undefined;
}

/**
 * The signal with its treble raised: `y[n] = x[n] - coefficient * x[n-1]`, with `x[-1] = 0`.
 *
 * The customary coefficient depends on the field: 0.85 here, 0.97 in librosa and for speech. Can be computed live.
 *
 * @param x - Shape `[samples]`.
 * @param options.coefficient - 0 (no change) to 1; 0.85 is usual for amplifier models.
 * @returns Shape `[samples]`, float64.
 * @throws TonewrightError `signal-too-short` for `state: "librosa"` with fewer than two samples.
 * @see Wright & Välimäki 2019, https://arxiv.org/abs/1911.08922; librosa.effects.preemphasis 0.11 is
 * `{ coefficient: 0.97, state: "librosa" }`
 */
export function preEmphasis(x: Samples, options: EmphasisOptions = {}): Float64Array {
  checkSamples("preEmphasis(x, options)", x);
  checkOptions("preEmphasis(x, options)", options, { coefficient: false, state: false });
  const { coefficient = 0.85, state = 0 } = options;
  const y = new Float64Array(x.length);
  if (x.length === 0) return y;
  y[0] = x[0]! + (state === "librosa" ? continuedLine(x) : state);
  for (let n = 1; n < x.length; n++) y[n] = x[n]! - coefficient * x[n - 1]!;
  return y;
}

/**
 * Undoes `preEmphasis`: `x[n] = y[n] + coefficient * x[n-1]`.
 *
 * Only with the same coefficient and the same beginning does the signal come back.
 *
 * @param y - Shape `[samples]`.
 * @param options.state - What was added to the first sample, so that it is taken away again; here a block goes on with
 * `-coefficient` times the last result.
 * @returns Shape `[samples]`, float64.
 * @throws TonewrightError `signal-too-short` for `state: "librosa"` with fewer than two samples.
 * @see librosa.effects.deemphasis 0.11 is `{ coefficient: 0.97, state: "librosa" }`
 */
export function deEmphasis(y: Samples, options: EmphasisOptions = {}): Float64Array {
  checkSamples("deEmphasis(y, options)", y);
  checkOptions("deEmphasis(y, options)", options, { coefficient: false, state: false });
  const { coefficient = 0.85, state = 0 } = options;
  const x = new Float64Array(y.length);
  if (y.length === 0) return x;
  // 2 x[0] - x[1], in terms of y.
  const added = state === "librosa" ? (continuedLine(y) - coefficient * y[0]!) / (3 - coefficient) : state;
  let previous = y[0]! - added;
  x[0] = previous;
  for (let n = 1; n < y.length; n++) {
    previous = y[n]! + coefficient * previous;
    x[n] = previous;
  }
  return x;
}

/** `2 x[0] - x[1]`. */
function continuedLine(x: Samples): number {
  if (x.length < 2) {
    throw new TonewrightError(
      "signal-too-short",
      `emphasis that begins as librosa's needs two samples and got ${x.length}`,
      "give a longer signal, or begin at rest",
    );
  }
  return 2 * x[0]! - x[1]!;
}
