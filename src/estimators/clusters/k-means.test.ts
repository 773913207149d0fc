import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import { createRandom, fitKMeans, predictKMeans } from "../index.ts";

const { clusters } = golden as {
  clusters: {
    cloud: number[][];
    grid: number[][];
    kMeans: {
      start: number[][];
      tolerance: number;
      labels: number[];
      centres: number[][];
      inertia: number;
      iterations: number;
      gridLabels: number[];
    }[];
  };
};
const { cloud, grid } = clusters;

describe("fitKMeans", () => {
  it.each(clusters.kMeans)("agrees with scikit-learn from given centres: tolerance $tolerance", (entry) => {
    const found = fitKMeans(cloud, { centres: entry.start, tolerance: entry.tolerance });
    expect(found.labels).toEqual(entry.labels);
    expect(found.iterations).toBe(entry.iterations);
    expect(worstError(found.centres, entry.centres)).toBeLessThan(1e-12);
    expect(worstError(found.inertia, entry.inertia)).toBeLessThan(1e-12);
    const shifted = grid.map((row) => row.map((value) => value + 0.137));
    expect(predictKMeans(found, shifted)).toEqual(entry.gridLabels);
  });

  it("finds three clouds far apart from any seed", () => {
    const random = createRandom(1);
    const table = Array.from({ length: 60 }, (_, n) => [random.normal() + 50 * (n % 3), random.normal()]);
    for (let seed = 0; seed < 10; seed++) {
      const { labels, converged } = fitKMeans(table, { clusters: 3, starts: 1, random: createRandom(seed) });
      expect(converged).toBe(true);
      expect(new Set(labels).size).toBe(3);
      expect(labels.every((label, n) => label === labels[n % 3])).toBe(true);
    }
  });

  it("repeats itself for a seed, and more starts never end worse", () => {
    const run = (starts: number) => fitKMeans(cloud, { clusters: 6, starts, random: createRandom(4) });
    expect(run(3)).toEqual(run(3));
    expect(run(20).inertia).toBeLessThanOrEqual(run(1).inertia);
  });

  it("ends with every row its own cluster, and with fewer different rows than clusters", () => {
    const own = fitKMeans([[1], [2], [3]], { clusters: 3, random: createRandom(1) });
    expect(own.inertia).toBe(0);
    expect(new Set(own.labels).size).toBe(3);
    const same = fitKMeans([[1], [1], [1]], { clusters: 2, random: createRandom(1) });
    expect([same.inertia, same.converged]).toEqual([0, true]);
  });

  it("tells when iterations ran out, with labels that fit its centres", () => {
    const found = fitKMeans(cloud, { centres: cloud.slice(0, 4), tolerance: 0, maxIterations: 1 });
    expect(found.converged).toBe(false);
    expect(found.labels).toEqual(predictKMeans(found, cloud));
  });

  it("refuses more clusters than rows and centres of another width", () => {
    expect(refusal(() => fitKMeans([[1]], { clusters: 2, random: createRandom(1) }))).toBe("too-few-rows");
    expect(refusal(() => fitKMeans([[1]], { clusters: 0, random: createRandom(1) }))).toBe("bad-option");
    expect(refusal(() => fitKMeans([[1], [2]], { centres: [[1, 2]] }))).toBe("column-mismatch");
    expect(refusal(() => fitKMeans([[1], [2]], { centres: [] }))).toBe("empty-table");
  });
});
