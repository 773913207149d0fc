import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { createRandom, type Random } from "../../kernels/index.ts";
import { type LabelList, listed, sortedLabels } from "../classification/labels.ts";
import { readLabels } from "../classification/targets.ts";
import { encodeGroups } from "./group-k-fold.ts";
import { type PartSizes, type Split, shuffle } from "./split.ts";
import { splitGroupsByClass } from "./split-groups-by-class.ts";

/** How large the parts are and what they respect. */
export interface TrainTestOptions {
  /** Below 1 a share (rounded up), from 1 a count. Default 0.25, or what `trainSize` leaves. */
  readonly testSize?: number | undefined;
  /** Below 1 a share (rounded down), from 1 a count. Default what `testSize` leaves; both may leave samples over. */
  readonly trainSize?: number | undefined;
  /**
   * Group of each sample (its source), shape `[samples]`; a group goes to one part as a whole, and the sizes count
   * groups.
   */
  readonly groups?: LabelList | undefined;
  /** Class of each sample, shape `[samples]`; both parts keep the proportions. */
  readonly labels?: LabelList | undefined;
  /** Of the random draw. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * One random split into a training and a test part.
 *
 * Give `groups` (the source of each sample) whenever several samples come from one recording, player or device:
 * otherwise the test part holds what the model has seen. With `labels` both parts keep the proportions of the classes,
 * and the counts are those of scikit-learn's StratifiedShuffleSplit; a sample that could as well go to either part
 * stays with the rarer class. With both, whole groups are taken so that the test part comes near to its share of every
 * class, and all others train.
 *
 * @param samples - How many.
 * @param options.testSize - Below 1 a share, from 1 a count. Default 0.25. Of samples, or with `groups` alone of
 *   groups.
 * @param options.trainSize - Below 1 a share, from 1 a count. Default the rest.
 * @param options.groups - Group of each sample, shape `[samples]`.
 * @param options.labels - Class of each sample, shape `[samples]`.
 * @param options.seed - Default 0. Equal seeds give equal splits.
 * @returns Positions in ascending order.
 * @throws TonewrightError `bad-option`, `too-few-samples`, `length-mismatch`, `empty-input`, `invalid-label`,
 *   `mixed-labels`.
 * @see scikit-learn 1.9 `train_test_split`, `GroupShuffleSplit`, whose sizes these are; the members are our generator's
 */
export function trainTestSplit(samples: number, options: TrainTestOptions = {}): Split {
  checkOptions("trainTestSplit(samples, options)", options, {
    testSize: false,
    trainSize: false,
    groups: false,
    labels: false,
    seed: false,
  });
  const { testSize, trainSize, groups, labels, seed = 0 } = options;
  const caller = "trainTestSplit";
  if (!Number.isInteger(samples) || samples < 1) {
    throw new TonewrightError("bad-option", `${caller}: ${samples} samples`, "give the number of samples, at least 1");
  }
  for (const [name, list] of [["groups", groups] as const, ["labels", labels] as const]) {
    if (list === undefined || list.length === samples) continue;
    throw new TonewrightError(
      "length-mismatch",
      `${caller}: ${samples} samples, ${list.length} ${name}`,
      `give one of ${name} for every sample`,
    );
  }
  const random = createRandom(seed);
  if (groups !== undefined && labels !== undefined) {
    return splitGroupsByClass(caller, [labels, groups], {
      ...partSizes(caller, samples, { testSize, trainSize }),
      random,
    });
  }
  if (groups !== undefined) {
    const { codes, sizes } = encodeGroups(caller, groups);
    const chosen = anySamples(partSizes(caller, sizes.length, { testSize, trainSize }), {
      count: sizes.length,
      random,
    });
    return { train: membersOf(codes, chosen.train), test: membersOf(codes, chosen.test) };
  }
  const counts = partSizes(caller, samples, { testSize, trainSize });
  const split =
    labels === undefined
      ? anySamples(counts, { count: samples, random })
      : byClass(caller, readLabels(caller, labels, "labels"), { ...counts, random });
  return { train: split.train.sort(ascending), test: split.test.sort(ascending) };
}

/** Counts from shares. @throws TonewrightError `bad-option`, `too-few-samples`. */
function partSizes(
  caller: string,
  samples: number,
  { testSize, trainSize }: { readonly testSize: number | undefined; readonly trainSize: number | undefined },
): PartSizes {
  const count = (size: number | undefined, round: (value: number) => number, name: string) => {
    if (size === undefined) return undefined;
    const fits = size > 0 && (size < 1 || (Number.isInteger(size) && size < samples));
    if (fits) return size < 1 ? round(size * samples) : size;
    throw new TonewrightError(
      "bad-option",
      `${caller}: ${name} ${size} of ${samples}`,
      `give a share between 0 and 1, or a whole number below ${samples}`,
    );
  };
  const asked = testSize ?? (trainSize === undefined ? 0.25 : undefined);
  const knownTest = count(asked, Math.ceil, "testSize");
  const knownTrain = count(trainSize, Math.floor, "trainSize");
  const test = knownTest ?? samples - knownTrain!;
  const train = knownTrain ?? samples - test;
  if (train < 1 || train + test > samples) {
    throw new TonewrightError(
      "too-few-samples",
      `${caller}: ${train} to train and ${test} to test, of ${samples}`,
      "make testSize and trainSize sum to at most all, and leave something to train on",
    );
  }
  return { train, test };
}

function anySamples(
  { train, test }: PartSizes,
  { count, random }: { readonly count: number; readonly random: Random },
): Split {
  const order = shuffle(
    Array.from({ length: count }, (_, n) => n),
    random,
  );
  return { test: order.slice(0, test), train: order.slice(test, test + train) };
}

function byClass(
  caller: string,
  labels: readonly (string | number)[],
  { train, test, random }: PartSizes & { readonly random: Random },
): Split {
  const classes = sortedLabels(labels);
  const members = classes.map((label) => Array.from(labels.keys()).filter((n) => labels[n] === label));
  const lonely = classes.filter((_, c) => members[c]!.length < 2);
  if (lonely.length > 0) {
    throw new TonewrightError(
      "too-few-samples",
      `${caller}: only one sample of ${listed(lonely)}, which cannot be in both parts`,
      "give at least two samples of every class, or leave that class out",
    );
  }
  if (train < classes.length || test < classes.length) {
    throw new TonewrightError(
      "too-few-samples",
      `${caller}: ${train} samples to train and ${test} to test, ${classes.length} classes`,
      "make each part at least as large as there are classes",
    );
  }
  const trainCounts = shareOut(
    members.map(({ length }) => length),
    train,
  );
  const testCounts = shareOut(
    members.map(({ length }, c) => length - trainCounts[c]!),
    test,
  );
  const split: Split = { train: [], test: [] };
  for (const [c, ofClass] of members.entries()) {
    shuffle(ofClass, random);
    for (const [k, n] of ofClass.slice(0, trainCounts[c]! + testCounts[c]!).entries()) {
      (k < trainCounts[c]! ? split.train : split.test).push(n);
    }
  }
  return split;
}

/**
 * So many draws shared out in proportion; what is left goes to the largest remainders, of equal ones to the rarest
 * class.
 */
function shareOut(counts: readonly number[], draws: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count / total) * draws);
  const shares = exact.map(Math.floor);
  const left = draws - shares.reduce((sum, share) => sum + share, 0);
  const order = exact
    .map((value, c) => ({ c, remainder: value - shares[c]! }))
    .sort((a, b) => b.remainder - a.remainder || counts[a.c]! - counts[b.c]! || a.c - b.c);
  for (const { c } of order.slice(0, left)) shares[c]! += 1;
  return shares;
}

function membersOf(codes: Int32Array, groups: readonly number[]): number[] {
  const chosen = new Set(groups);
  return Array.from(codes.keys()).filter((n) => chosen.has(codes[n]!));
}

function ascending(a: number, b: number): number {
  return a - b;
}
