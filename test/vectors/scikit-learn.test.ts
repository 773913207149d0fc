import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { vectorFile, vectorsMissing } from "./vectors.ts";

/** The tests that run the vectors, each the functions of its folder; every one fails on a function of its own that it cannot run. */
const tests = [
  "src/metrics/classification/test-calls.node.ts",
  "src/metrics/ranking/test-calls.node.ts",
  "src/estimators/scikit-learn.test.ts",
];

describe.skipIf(vectorsMissing !== undefined)("the vectors of scikit-learn 1.9.1", () => {
  it("are 157 cases, and every function among them is named by a test that runs it", () => {
    const { cases } = JSON.parse(new TextDecoder().decode(vectorFile("sklearn/metrics.json"))) as {
      cases: { fn: string }[];
    };
    expect(cases).toHaveLength(157);
    const text = tests.map((path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")).join("\n");
    const missing = cases.map(({ fn }) => fn).filter((fn) => !text.includes(fn.split(".")[0] as string));
    expect(missing).toEqual([]);
  });
});
