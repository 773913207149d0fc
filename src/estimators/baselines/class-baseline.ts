import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import type { Random } from "../../kernels/index.ts";
import { encodeLabels, firstMaximum, type Label } from "../labels.ts";
import { requireWhole } from "../options.ts";

/** How often each class occurs: all that a baseline knows. Plain JSON. */
export interface ClassBaseline<L extends Label = Label> {
  readonly kind: "class-baseline";
  /** Sorted. */
  readonly classes: readonly L[];
  /** Share of each class, shape `[classes]`, sums to 1. */
  readonly shares: readonly number[];
}

/**
 * The share of each class, from which `predictMajority` and `predictStratified` guess without looking at any sound.
 *
 * Print it beside every classifier: with 90 % of one class, 90 % accuracy is nothing.
 *
 * @param labels - Class of each training row, shape `[samples]`.
 * @throws TonewrightError `too-few-rows` without labels; `bad-label`.
 * @see scikit-learn 1.9 DummyClassifier
 */
export function fitClassBaseline<L extends Label>(labels: readonly L[]): ClassBaseline<L> {
  checkLists("fitClassBaseline(labels)", { labels });
  if (labels.length === 0) {
    throw new TonewrightError("too-few-rows", "fitClassBaseline: no labels", "give the labels of the training rows");
  }
  const { classes, codes } = encodeLabels("fitClassBaseline", labels, labels.length);
  const counts = new Float64Array(classes.length);
  for (const code of codes) counts[code]! += 1;
  return { kind: "class-baseline", classes, shares: Array.from(counts, (count) => count / labels.length) };
}

/**
 * The most frequent class again and again, the first in `classes` if two are equally frequent.
 *
 * @param baseline - From `fitClassBaseline`.
 * @param samples - How many predictions.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `bad-option` if `samples` is not a whole number.
 */
export function predictMajority<L extends Label>({ classes, shares }: ClassBaseline<L>, samples: number): L[] {
  requireWhole("predictMajority: samples", samples, 0);
  return new Array<L>(samples).fill(classes[firstMaximum(shares)]!);
}

/**
 * Classes drawn at random, each as often as in training.
 *
 * @param baseline - From `fitClassBaseline`.
 * @param options.samples - How many predictions.
 * @param options.random - From `createRandom(seed)`; another generator than scikit-learn's, so other draws.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `bad-option` if `samples` is not a whole number.
 */
export function predictStratified<L extends Label>(
  { classes, shares }: ClassBaseline<L>,
  options: { readonly samples: number; readonly random: Random },
): L[] {
  checkOptions("predictStratified(model, options)", options, { samples: true, random: true });
  const { samples, random } = options;
  requireWhole("predictStratified: samples", samples, 0);
  return Array.from({ length: samples }, () => {
    let rest = random.uniform();
    const drawn = shares.findIndex((share) => {
      rest -= share;
      return rest < 0;
    });
    return classes[drawn === -1 ? classes.length - 1 : drawn]!; // shares may sum to a rounding less than 1
  });
}
