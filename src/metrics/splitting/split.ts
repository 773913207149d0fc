import { TonewrightError } from "../../errors/index.ts";
import { createRandom } from "../../kernels/index.ts";

/** Samples to fit on and samples to judge by, as ascending positions. */
export interface Split {
  readonly train: number[];
  readonly test: number[];
}

/** How many samples the two parts of a split get. */
export interface PartSizes {
  readonly train: number;
  readonly test: number;
}

/** How samples are dealt into folds. */
export interface FoldOptions {
  /** Number of folds, each the test part once. Default 5. */
  readonly folds?: number | undefined;
  /** Shuffle with this seed before dealing; not at all if left out. */
  readonly shuffleSeed?: number | undefined;
}

/** As `FoldOptions`, for folds that balance classes. */
export interface StratifiedFoldOptions extends FoldOptions {
  /** Called where a class has fewer samples than there are folds, so that some folds lack it. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** One split per fold, from the fold of every sample. */
export function splitsByFold(foldOf: ArrayLike<number>, folds: number): Split[] {
  return Array.from({ length: folds }, (_, fold) => {
    const split: Split = { train: [], test: [] };
    for (let n = 0; n < foldOf.length; n++) (foldOf[n] === fold ? split.test : split.train).push(n);
    return split;
  });
}

/**
 * A whole number of folds from 2 to the number of things to deal. @throws TonewrightError `bad-option`,
 * `too-few-samples`.
 */
export function requireFolds(
  caller: string,
  folds: number,
  { available, what }: { readonly available: number; readonly what: string },
): void {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new TonewrightError("bad-option", `${caller}: ${folds} folds`, "ask for a whole number of folds, at least 2");
  }
  if (folds <= available) return;
  throw new TonewrightError(
    "too-few-samples",
    `${caller}: ${folds} folds of ${available} ${what}`,
    `ask for at most ${available} folds, or give more ${what}`,
  );
}

/** The first whole numbers, in an order that depends on the seed alone. */
export function shuffled(count: number, seed: number): number[] {
  const random = createRandom(seed);
  return shuffle(
    Array.from({ length: count }, (_, n) => n),
    random,
  );
}

/** The values in another order (Fisher & Yates); the array itself is overwritten. */
export function shuffle<T>(values: T[], random: { integer(bound: number): number }): T[] {
  for (let n = values.length - 1; n > 0; n--) {
    const other = random.integer(n + 1);
    [values[n], values[other]] = [values[other]!, values[n]!];
  }
  return values;
}
