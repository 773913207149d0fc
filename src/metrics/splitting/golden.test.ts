import { describe, expect, it } from "vitest";
import { goldensOf, mismatches } from "../ranking/test-calls.node.ts";

// Made by fixtures/metrics/ranking/make.py.
describe("splitting as scikit-learn 1.9.1", () => {
  it.each(goldensOf("splitting"))("%s", (_, cases) => {
    expect(cases.flatMap(mismatches)).toEqual([]);
  });
});
