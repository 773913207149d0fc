import { describe, expect, it } from "vitest";
import { parseCsv } from "./csv.ts";
import { findMissingValues } from "./missing-values.ts";
import { readSoundTable } from "./sound-table.ts";

const table = (columns: string, rows: readonly string[]) => {
  const text = [`path,${columns}`, ...rows.map((row, n) => `${n}.wav,${row}`)].join("\n");
  const paths = rows.map((_, n) => `${n}.wav`);
  return readSoundTable(parseCsv(text, { name: "meta.csv" }), { name: "meta.csv", paths });
};

describe("findMissingValues", () => {
  it("fills with mean, median and the most frequent value, as one would by hand", () => {
    const [column, ...others] = findMissingValues(table("snr", ["1", "", "2", "2", "7", "NA"]));
    expect(others).toEqual([]);
    expect(column).toMatchObject({ column: "snr", kind: "numbers", missing: 2, rows: 6, first: [1, 5] });
    const fills = Object.fromEntries(column?.ways.map(({ method, fills }) => [method, fills]) ?? []);
    expect(fills).toEqual({ mean: [3], median: [2], "most-frequent": [2] });
  });

  it("measures the error of each way on values that are known, and puts the best first", () => {
    // One column is ten times the other: neighbours know it, a single value does not.
    const rows = Array.from({ length: 100 }, (_, n) => `${n % 25},${n === 40 ? "" : 10 * (n % 25)}`);
    const [column] = findMissingValues(table("a,b", rows));
    expect(column?.ways[0]).toMatchObject({ method: "neighbours" });
    expect(column?.ways[0]?.fills[0]).toBeCloseTo(150, 6);
    expect(column?.ways[0]?.error).toBeLessThan(10);
    const mean = column?.ways.find(({ method }) => method === "mean");
    expect(mean?.error).toBeGreaterThan(40);
  });

  it("takes the most frequent text, and says how often it is wrong", () => {
    const [column] = findMissingValues(table("mic", ["a", "b", "a", "", "a"]));
    expect(column).toMatchObject({
      kind: "text",
      missing: 1,
      ways: [{ method: "most-frequent", fills: ["a"], error: 0.25 }],
    });
  });

  it("takes labels, splits and groups for names, even where they are numbers", () => {
    const [column] = findMissingValues(table("target,speaker", ["1,7", "2,7", "1,8", "1,"]));
    expect(column).toMatchObject({ column: "speaker", kind: "text", ways: [{ fills: ["7"] }] });
  });

  it("has nothing to say of whole columns, empty ones and paths", () => {
    expect(findMissingValues(table("a,b", ["1,", "2,"]))).toEqual([]);
  });

  it("does not go through all pairs of a long table", () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `${n},${n % 10 === 0 ? "" : n}`);
    const [column] = findMissingValues(table("a,b", rows));
    expect(column).toMatchObject({ missing: 3000, rows: 30_000 });
    expect(column?.first).toHaveLength(20);
  });
});
