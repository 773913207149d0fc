import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupKFold, leaveOneGroupOut } from "./group-k-fold.ts";
import { kFold } from "./k-fold.ts";
import type { Split } from "./split.ts";
import { stratifiedGroupKFold } from "./stratified-group-k-fold.ts";
import { stratifiedKFold } from "./stratified-k-fold.ts";

const code = (code: string) => expect.objectContaining({ code });
const cells = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 })), {
  minLength: 12,
  maxLength: 60,
});
const seeds = fc.option(fc.integer(), { nil: undefined });

/** Every sample is in one test part, and in the training part of every other fold. */
function expectFolds(splits: readonly Split[], samples: number) {
  const all = Array.from({ length: samples }, (_, n) => n);
  expect(splits.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual(all);
  for (const { train, test } of splits) {
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(all);
    for (const part of [train, test]) expect(part).toEqual(part.toSorted((a, b) => a - b));
  }
}

function expectWholeGroups(splits: readonly Split[], groups: readonly (number | string)[]) {
  for (const { train, test } of splits) {
    const tested = new Set(test.map((n) => groups[n]));
    expect(train.filter((n) => tested.has(groups[n]))).toEqual([]);
  }
}

describe("kFold", () => {
  it("deals neighbours, the first folds one more", () => {
    expect(kFold(5, { folds: 2 })).toEqual([
      { train: [3, 4], test: [0, 1, 2] },
      { train: [0, 1, 2], test: [3, 4] },
    ]);
  });

  it("tests every sample once, in any order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 50 }), seeds, (samples, shuffleSeed) => {
        const splits = kFold(samples, { folds: 7, shuffleSeed });
        expectFolds(splits, samples);
        expect(kFold(samples, { folds: 7, shuffleSeed })).toEqual(splits);
        const sizes = splits.map(({ test }) => test.length);
        expect(sizes).toEqual(kFold(samples, { folds: 7 }).map(({ test }) => test.length));
      }),
    );
    expect(kFold(50, { shuffleSeed: 1 })).not.toEqual(kFold(50, { shuffleSeed: 2 }));
  });

  it("refuses folds that cannot be", () => {
    expect(() => kFold(4)).toThrow(/5 folds of 4 samples/);
    expect(() => kFold(4, { folds: 1 })).toThrow(code("bad-option"));
    expect(() => kFold(4, { folds: 2.5 })).toThrow(code("bad-option"));
    expect(() => kFold(Number.NaN)).toThrow(code("bad-option"));
  });
});

describe("stratifiedKFold", () => {
  it("gives every fold its share of every class, within one", () => {
    fc.assert(
      fc.property(cells, seeds, (list, shuffleSeed) => {
        const labels = list.map(([label]) => ["x", "y", "z"][label]!);
        const splits = stratifiedKFold(labels, { folds: 3, shuffleSeed });
        expectFolds(splits, labels.length);
        for (const label of new Set(labels)) {
          const counts = splits.map(({ test }) => test.filter((n) => labels[n] === label).length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("tells of rare classes and refuses if all are", () => {
    const told: string[] = [];
    stratifiedKFold(["a", "a", "a", "b"], { folds: 3, onWarning: (message) => told.push(message) });
    expect(told).toEqual(['stratifiedKFold: fewer than 3 samples of "b", so some folds have none']);
    expect(() => stratifiedKFold([0, 0, 1, 1], { folds: 3 })).toThrow(/largest class has 2 samples/);
    expect(() => stratifiedKFold([], { folds: 3 })).toThrow(code("empty-input"));
  });
});

describe("groupKFold", () => {
  it("never tears a group apart", () => {
    fc.assert(
      fc.property(cells, seeds, (list, shuffleSeed) => {
        const groups = [...list.map(([, group]) => group), 20, 21, 22];
        const splits = groupKFold(groups, { folds: 3, shuffleSeed });
        expectFolds(splits, groups.length);
        expectWholeGroups(splits, groups);
        if (shuffleSeed === undefined) return;
        const dealt = splits.map(({ test }) => new Set(test.map((n) => groups[n])).size);
        expect(Math.max(...dealt) - Math.min(...dealt)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("deals the largest groups first, each to the smallest fold", () => {
    // Sizes 3, 2, 2, 1: fold 0 gets a, fold 1 gets c and b, then fold 0 gets d.
    const groups = [..."aaabbccd"];
    expect(groupKFold(groups, { folds: 2 }).map(({ test }) => test)).toEqual([
      [0, 1, 2, 7],
      [3, 4, 5, 6],
    ]);
    expect(() => groupKFold(groups)).toThrow(/5 folds of 4 groups/);
  });
});

describe("stratifiedGroupKFold", () => {
  it("never tears a group apart, with or without shuffling", () => {
    fc.assert(
      fc.property(cells, seeds, (list, shuffleSeed) => {
        const labels = [...list.map(([label]) => label), 0, 0, 0];
        const groups = [...list.map(([, group]) => group), 20, 21, 22];
        const splits = stratifiedGroupKFold(labels, groups, { folds: 3, shuffleSeed });
        expectFolds(splits, labels.length);
        expectWholeGroups(splits, groups);
      }),
    );
  });

  it("balances classes where groups allow it", () => {
    // Four sources, two of each class, of different sizes.
    const labels = [..."aaabbbbaabbb"];
    const groups = [..."111222233444"];
    for (const { test } of stratifiedGroupKFold(labels, groups, { folds: 2 })) {
      expect(new Set(test.map((n) => labels[n]))).toEqual(new Set(["a", "b"]));
    }
  });

  it("refuses what cannot be dealt", () => {
    expect(() => stratifiedGroupKFold([0, 1, 0], [0, 1], { folds: 2 })).toThrow(code("length-mismatch"));
    expect(() => stratifiedGroupKFold([0, 0, 0], [1, 1, 1], { folds: 2 })).toThrow(/2 folds of 1 groups/);
    expect(() => stratifiedGroupKFold([0, 1, 2], [1, 2, 3], { folds: 2 })).toThrow(code("too-few-samples"));
    const told: string[] = [];
    stratifiedGroupKFold([0, 0, 1], [1, 2, 3], { folds: 2, onWarning: (message) => told.push(message) });
    expect(told).toHaveLength(1);
  });
});

describe("leaveOneGroupOut", () => {
  it("tests every group once", () => {
    expect(leaveOneGroupOut(["b", "a", "b"])).toEqual([
      { train: [0, 2], test: [1] },
      { train: [1], test: [0, 2] },
    ]);
    expect(() => leaveOneGroupOut([1, 1])).toThrow(code("too-few-samples"));
  });
});
