import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calinskiHarabaszIndex, daviesBouldinIndex } from "./cluster-separation.ts";
import { silhouetteSamples, silhouetteScore } from "./silhouette.ts";

const code = (code: string) => expect.objectContaining({ code });
const points = [[0], [1], [10], [12]];
const labels = ["a", "a", "b", "b"];

describe("silhouettes", () => {
  it("compare the own group with the nearest other one", () => {
    // First point: 1 to its own, (10 + 12) / 2 to the other.
    const expected = [10 / 11, 9 / 10, 7.5 / 9.5, 9.5 / 11.5];
    for (const [n, value] of silhouetteSamples(points, labels).entries()) expect(value).toBeCloseTo(expected[n]!, 12);
    const mean = expected.reduce((sum, value) => sum + value, 0) / 4;
    expect(silhouetteScore(points, labels)).toBeCloseTo(mean, 12);
    expect(silhouetteScore(points, labels, { metric: "manhattan" })).toBeCloseTo(mean, 12);
    const distances = points.map(([a]) => points.map(([b]) => Math.abs(a! - b!)));
    expect(silhouetteScore(distances, labels, { metric: "precomputed" })).toBeCloseTo(mean, 12);
  });

  it("are 0 for single points and for points in one place", () => {
    expect([...silhouetteSamples([[0], [0], [5]], [0, 0, 1])]).toEqual([1, 1, 0]);
    expect([...silhouetteSamples([[3], [3], [3]], [0, 0, 1])]).toEqual([0, 0, 0]);
  });

  it("see directions only with cosine", () => {
    const rays = [
      [1, 0],
      [9, 0],
      [0, 1],
      [0, 5],
    ];
    expect(silhouetteScore(rays, [0, 0, 1, 1], { metric: "cosine" })).toBe(1);
    expect(silhouetteScore([[0, 0], ...rays], [0, 0, 0, 1, 1], { metric: "cosine" })).toBeLessThan(1);
  });

  it("do not change with shift, order or scale", () => {
    const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 15 }), (list) => {
        const all = [...list, [1, 2, true] as const, [3, 4, false] as const];
        const at = (gain: number, shift: number, order: readonly (readonly [number, number, boolean])[]) =>
          silhouetteScore(
            order.map(([x, y]) => [gain * x + shift, gain * y]),
            order.map(([, , first]) => (first ? 1 : 0)),
          );
        expect(at(2, 8, all.toReversed())).toBeCloseTo(at(1, 0, all), 9);
      }),
    );
  });

  it("of a drawn part depend on the seed alone and come near the whole", () => {
    const many = Array.from({ length: 300 }, (_, n) => [(n % 2) * 10 + Math.sin(n), Math.cos(3 * n)]);
    const groups = many.map((_, n) => n % 2);
    const part = silhouetteScore(many, groups, { sampleSize: 100, seed: 5 });
    expect(silhouetteScore(many, groups, { sampleSize: 100, seed: 5 })).toBe(part);
    expect(part).toBeCloseTo(silhouetteScore(many, groups), 1);
    expect(silhouetteScore(many, groups, { sampleSize: 999 })).toBe(silhouetteScore(many, groups));
    expect(() => silhouetteScore(many, groups, { sampleSize: 2 })).toThrow(code("bad-option"));
  });

  it("refuse a table that is no distances, and an unknown metric", () => {
    const metric = "precomputed";
    expect(() => silhouetteScore(points, labels, { metric })).toThrow(code("length-mismatch"));
    expect(() =>
      silhouetteScore(
        [
          [1, 2, 3],
          [2, 0, 1],
          [3, 1, 0],
        ],
        [0, 0, 1],
        { metric },
      ),
    ).toThrow(/to itself is 1/);
    expect(() => silhouetteScore(points, labels, { metric: "hamming" as "cosine" })).toThrow(code("bad-option"));
  });
});

describe("daviesBouldinIndex and calinskiHarabaszIndex", () => {
  it("relate spread to distance", () => {
    // Centres 0.5 and 11, mean distances 0.5 and 1: 1.5 / 10.5.
    expect(daviesBouldinIndex(points, labels)).toBeCloseTo(1.5 / 10.5, 12);
    // Between: 2 * (5.25^2 + 5.25^2) over 1; within: 0.5 + 2 over 2.
    expect(calinskiHarabaszIndex(points, labels)).toBeCloseTo((4 * 5.25 ** 2) / (2.5 / 2), 10);
  });

  it("have agreed values without spread", () => {
    expect(daviesBouldinIndex([[0], [0], [1]], [0, 0, 1])).toBe(0);
    expect(daviesBouldinIndex([[-1], [1], [-2], [2]], [0, 0, 1, 1])).toBe(0);
    expect(calinskiHarabaszIndex([[0], [0], [1]], [0, 0, 1])).toBe(1);
  });
});

describe("bad input", () => {
  it.each([
    ["silhouetteScore", silhouetteScore],
    ["silhouetteSamples", silhouetteSamples],
    ["daviesBouldinIndex", daviesBouldinIndex],
    ["calinskiHarabaszIndex", calinskiHarabaszIndex],
  ])("%s refuses it", (_, metric) => {
    expect(() => metric(points, [0, 0, 0, 0])).toThrow(/1 groups of 4 points/);
    expect(() => metric(points, [0, 1, 2, 3])).toThrow(code("group-count"));
    expect(() => metric(points, [0, 1])).toThrow(code("length-mismatch"));
    expect(() => metric([], [])).toThrow(code("empty-input"));
    expect(() => metric([[1], [1, 2], [3]], [0, 0, 1])).toThrow(code("ragged-table"));
    expect(() => metric([[1], [Number.NaN], [3]], [0, 0, 1])).toThrow(/feature 0 of point 1 is NaN/);
    expect(() => metric(points, [0, 0, 1.5, 1])).toThrow(code("invalid-label"));
  });
});
