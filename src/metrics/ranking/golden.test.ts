import { describe, expect, it } from "vitest";
import { goldensOf, mismatches } from "./test-calls.node.ts";

// Made by fixtures/metrics/ranking/make.py.
describe("ranking as scikit-learn 1.9.1", () => {
  it.each(goldensOf("ranking"))("%s", (_, cases) => {
    expect(cases.flatMap(mismatches)).toEqual([]);
  });
});
