import { describe, expect, it } from "vitest";
import { golden, refusal } from "../../../fixtures/estimators/golden.ts";
import { fitDbscan } from "../index.ts";

const { clusters } = golden as {
  clusters: { cloud: number[][]; dbscan: { eps: number; minSamples: number; labels: number[]; coreRows: number[] }[] };
};

describe("fitDbscan", () => {
  it.each(clusters.dbscan)("agrees with scikit-learn: eps $eps, $minSamples rows", (entry) => {
    const { labels, coreRows } = fitDbscan(clusters.cloud, { eps: entry.eps, minSamples: entry.minSamples });
    expect(labels).toEqual(entry.labels);
    expect(coreRows).toEqual(entry.coreRows);
  });

  it("counts a row itself and a neighbour at exactly eps; a border row goes to the first cluster", () => {
    const table = [[0], [1], [2], [3], [4], [9]];
    expect(fitDbscan(table, { eps: 1, minSamples: 3 }).labels).toEqual([0, 0, 0, 0, 0, -1]);
    // Rows 0 and 4 are core, row 2 lies at the border of both.
    const border = [[0], [0], [1], [2], [2], [0], [2]];
    expect(fitDbscan(border, { eps: 1, minSamples: 4 })).toMatchObject({ labels: [0, 0, 0, 0, 0, 0, 0] });
    expect(fitDbscan([[0], [-1], [-1], [1.5], [3], [4], [4]], { eps: 1.5, minSamples: 4 })).toMatchObject({
      labels: [0, 0, 0, 0, 1, 1, 1],
      coreRows: [0, 4],
    });
  });

  it("refuses an eps of 0", () => {
    expect(refusal(() => fitDbscan([[0]], { eps: 0 }))).toBe("bad-option");
    expect(refusal(() => fitDbscan([[0]], { minSamples: 0 }))).toBe("bad-option");
  });
});
