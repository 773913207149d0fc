import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { callAsScikit, differences, scikitNames } from "./test-calls.node.ts";

// Made by scikit-learn 1.2.1: fixtures/metrics/classification/make.py.
const file = new URL("../../../fixtures/metrics/classification/golden.json", import.meta.url);
const { data, weights, cases } = JSON.parse(readFileSync(file, "utf8")) as {
  readonly data: Record<string, [unknown, unknown]>;
  readonly weights: Record<string, number[]>;
  readonly cases: readonly { fn: string; data: string; options: Record<string, unknown>; expected: unknown }[];
};

describe("scikit-learn 1.2.1 on weighted samples, chosen labels, texts, tables and reports", () => {
  it("covers every function", () => {
    expect([...new Set(cases.map(({ fn }) => fn))].sort()).toEqual([...scikitNames].sort());
  });

  for (const fn of scikitNames) {
    it(fn, () => {
      for (const { data: name, options, expected } of cases.filter((one) => one.fn === fn)) {
        const own = options.sample_weight === "of the data" ? { ...options, sample_weight: weights[name] } : options;
        const found = callAsScikit(fn, data[name]!, own);
        // Both add the same float64 numbers, in another order. Weights of up to 2e17 are in one printed report only.
        expect(differences(found, expected, 1e-12), `${name} with ${JSON.stringify(options)}`).toEqual([]);
      }
    });
  }
});
