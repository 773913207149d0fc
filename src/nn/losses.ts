import {
  columnMeans,
  dcBlock,
  preEmphasis,
  type Scalar,
  subtract,
  sumOfMagnitudes,
  sumOfSquares,
  type Tape,
  type Tensor,
  weightedSum,
} from "../tensor/index.ts";

/** What is measured of the error: its squares, its magnitudes, or the square of its mean over time (its DC). */
export type LossMeasure = "squared" | "absolute" | "dc";

/** What the error passes before it is measured: nothing, `1 - 0.85 z^-1`, or a DC blocker with pole 0.995. */
export type LossFilter = "none" | "pre-emphasis" | "dc-block";

/** One term of a loss; `weight` multiplies the term after it is divided by what it is relative to. */
export interface LossTerm {
  readonly measure: LossMeasure;
  readonly filter: LossFilter;
  readonly weight: number;
}

/** What `sequenceLoss` compares, and how. */
export interface SequenceLossOptions {
  /** `[steps, …]`. */
  readonly output: Tensor;
  /** Same shape. */
  readonly target: Tensor;
  /** The terms; `scale` is what each measure's sum is multiplied with. */
  readonly terms: readonly (Omit<LossTerm, "weight"> & { readonly scale: number })[];
  /** Offset of the DC blocker's state `[2, columns]`, for a sequence that comes in chunks; 0: it starts at rest. */
  readonly blockerState?: number;
}

/** The pre-emphasis coefficient and the DC blocker's pole. */
export const lossFilters = { preEmphasis: 0.85, dcBlockPole: 0.995 } as const;

/**
 * A sum of terms on the error between output and target, each term already scaled by the caller.
 *
 * All filters and measures are linear in the batch: the loss of a batch is the sum over its shards if every shard is given
 * the same scales. `dc` sums over the columns the square of each column's mean.
 *
 * @returns The loss and the unscaled sum of each term.
 * @see Wright & Välimäki 2020, https://arxiv.org/abs/1911.08922 (error-to-signal ratio, pre-emphasis, DC)
 */
export function sequenceLoss(
  tape: Tape,
  { output, target, terms, blockerState = 0 }: SequenceLossOptions,
): { loss: Scalar; sums: number[] } {
  const error = subtract(tape, output, target);
  const filtered = new Map<LossFilter, Tensor>();
  const filter = (name: LossFilter): Tensor => {
    let tensor = filtered.get(name);
    if (tensor === undefined) {
      if (name === "none") tensor = error;
      else if (name === "pre-emphasis") tensor = preEmphasis(tape, error, { coefficient: lossFilters.preEmphasis });
      else tensor = dcBlock(tape, error, { pole: lossFilters.dcBlockPole, state: blockerState });
      filtered.set(name, tensor);
    }
    return tensor;
  };
  const scalars = terms.map((term) => {
    const e = filter(term.filter);
    if (term.measure === "squared") return sumOfSquares(tape, e);
    if (term.measure === "absolute") return sumOfMagnitudes(tape, e);
    return sumOfSquares(tape, columnMeans(tape, e));
  });
  const loss = weightedSum(
    tape,
    scalars,
    terms.map((term) => term.scale),
  );
  return { loss, sums: scalars.map((scalar) => scalar.value) };
}
