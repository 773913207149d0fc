import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trainTestSplit } from "./train-test-split.ts";

const code = (code: string) => expect.objectContaining({ code });
const countOf = (list: readonly number[], labels: readonly (string | number)[], label: string | number) =>
  list.filter((n) => labels[n] === label).length;

describe("trainTestSplit", () => {
  it("rounds the test part up and gives the rest to training", () => {
    const { train, test } = trainTestSplit(10);
    expect([train.length, test.length]).toEqual([7, 3]);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(trainTestSplit(10, { testSize: 4 }).test).toHaveLength(4);
    expect(trainTestSplit(10, { trainSize: 0.55 })).toMatchObject({ train: { length: 5 }, test: { length: 5 } });
    expect(trainTestSplit(10, { trainSize: 2, testSize: 3 })).toMatchObject({
      train: { length: 2 },
      test: { length: 3 },
    });
  });

  it("depends on the seed alone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer(), (samples, seed) => {
        const { train, test } = trainTestSplit(samples, { seed });
        expect(trainTestSplit(samples, { seed })).toEqual({ train, test });
        expect(new Set([...train, ...test]).size).toBe(samples);
        expect(train).toEqual(train.toSorted((a, b) => a - b));
      }),
    );
    expect(trainTestSplit(50, { seed: 1 })).not.toEqual(trainTestSplit(50, { seed: 2 }));
  });

  it("keeps the shares of classes, a half sample going to the rarer one", () => {
    const labels = [..."a".repeat(50), ..."b".repeat(30), ..."c".repeat(20)];
    const { train, test } = trainTestSplit(100, { labels, testSize: 0.15 });
    expect(["a", "b", "c"].map((label) => countOf(test, labels, label))).toEqual([8, 4, 3]);
    expect(["a", "b", "c"].map((label) => countOf(train, labels, label))).toEqual([42, 26, 17]);
  });

  it("is never off by more than one sample of a class", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 30 }), { minLength: 1, maxLength: 4 }), (sizes) => {
        const labels = sizes.flatMap((size, label) => new Array<number>(size + 4).fill(label));
        const { train, test } = trainTestSplit(labels.length, { labels, testSize: 0.3 });
        for (const [label, size] of sizes.entries()) {
          expect(Math.abs(countOf(test, labels, label) - 0.3 * (size + 4))).toBeLessThan(2);
        }
        expect(train.length + test.length).toBe(labels.length);
        expect(test).toHaveLength(Math.ceil(0.3 * labels.length));
      }),
    );
  });

  it("takes whole groups, by their number", () => {
    const groups = Array.from({ length: 40 }, (_, n) => `recording ${Math.floor(n / 5)}`);
    const { train, test } = trainTestSplit(40, { groups, seed: 3 });
    const tested = new Set(test.map((n) => groups[n]));
    expect(tested.size).toBe(2);
    expect(test).toHaveLength(10);
    expect(train.filter((n) => tested.has(groups[n]))).toEqual([]);
    expect(train).toHaveLength(30);
  });

  it("takes whole groups that keep the shares of classes", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        // 40 recordings of 1 to 5 segments, one class each.
        const groups = Array.from({ length: 120 }, (_, n) => Math.floor((n % 40) / 1));
        const labels = groups.map((group) => group % 4);
        const { train, test } = trainTestSplit(120, { groups, labels, seed });
        const tested = new Set(test.map((n) => groups[n]));
        expect(train.filter((n) => tested.has(groups[n]!))).toEqual([]);
        expect(train.length + test.length).toBe(120);
        // A quarter of 30 segments per class in steps of 3.
        for (let label = 0; label < 4; label++) {
          expect(Math.abs(countOf(test, labels, label) - 7.5)).toBeLessThanOrEqual(1.5);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("takes at least one group, however large", () => {
    const split = trainTestSplit(4, { groups: [1, 1, 2, 2], labels: ["a", "b", "a", "b"] });
    expect([split.train.length, split.test.length]).toEqual([2, 2]);
    expect(() => trainTestSplit(2, { groups: [1, 1], labels: [0, 1] })).toThrow(code("too-few-samples"));
  });

  it("refuses sizes and classes that do not fit", () => {
    expect(() => trainTestSplit(0)).toThrow(code("bad-option"));
    expect(() => trainTestSplit(10, { testSize: 0 })).toThrow(code("bad-option"));
    expect(() => trainTestSplit(10, { testSize: 10 })).toThrow(/testSize 10 of 10/);
    expect(() => trainTestSplit(10, { testSize: 1.5 })).toThrow(code("bad-option"));
    expect(() => trainTestSplit(10, { testSize: 0.6, trainSize: 0.6 })).toThrow(code("too-few-samples"));
    expect(() => trainTestSplit(1)).toThrow(code("too-few-samples"));
    expect(() => trainTestSplit(3, { labels: [0, 1] })).toThrow(code("length-mismatch"));
    expect(() => trainTestSplit(3, { groups: [0, 1] })).toThrow(/3 samples, 2 groups/);
    expect(() => trainTestSplit(3, { labels: [0, 1, 1] })).toThrow(/only one sample of 0/);
    expect(() => trainTestSplit(4, { labels: [0, 0, 1, 1], testSize: 1 })).toThrow(code("too-few-samples"));
    expect(() => trainTestSplit(3, { groups: [5, 5, 5] })).toThrow(code("too-few-samples"));
  });
});
