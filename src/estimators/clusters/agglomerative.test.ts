import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import { fitAgglomerative, type Linkage } from "../index.ts";

const { clusters } = golden as {
  clusters: {
    cloud: number[][];
    grid: number[][];
    agglomerative: {
      table: "cloud" | "grid";
      linkage: Linkage;
      labels: Record<string, number[]>;
      parts: [number, number][];
      distances: number[];
    }[];
  };
};

describe("fitAgglomerative", () => {
  it.each(clusters.agglomerative)("grows scikit-learn's tree: $linkage on the $table", (entry) => {
    const { merges } = fitAgglomerative(clusters[entry.table], { clusters: 1, linkage: entry.linkage });
    expect(merges.map((merge) => merge.parts)).toEqual(entry.parts);
    const distances = merges.map((merge) => merge.distance);
    expect(worstError(distances, entry.distances)).toBeLessThan(1e-12);
  });

  it.each(clusters.agglomerative)("numbers clusters as scikit-learn: $linkage on the $table", (entry) => {
    for (const [count, labels] of Object.entries(entry.labels)) {
      const found = fitAgglomerative(clusters[entry.table], { clusters: Number(count), linkage: entry.linkage });
      expect(found.labels).toEqual(labels);
    }
  });

  it("measures by hand: 0, 1 and 5 on a line", () => {
    const last = (linkage: Linkage) => fitAgglomerative([[0], [1], [5]], { clusters: 1, linkage }).merges.at(-1)!;
    expect(last("single").distance).toBe(4);
    expect(last("complete").distance).toBe(5);
    expect(last("average").distance).toBe(4.5);
    // Ward: sqrt(2 * 2 * 1 / 3) times the distance of the means, 4.5.
    expect(Math.abs(last("ward").distance - 4.5 * Math.sqrt(4 / 3))).toBeLessThan(1e-14);
  });

  it("refuses more clusters than rows, and a single row", () => {
    expect(refusal(() => fitAgglomerative([[0], [1]], { clusters: 3 }))).toBe("too-few-rows");
    expect(refusal(() => fitAgglomerative([[0]], { clusters: 1 }))).toBe("too-few-rows");
    expect(refusal(() => fitAgglomerative([[0], [1]], { clusters: 1.5 }))).toBe("bad-option");
  });
});
