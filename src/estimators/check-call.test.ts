import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../errors/index.ts";
import * as estimators from "./index.ts";

/** What a program in JavaScript can call. */
const call = estimators as unknown as Readonly<Record<string, (...values: unknown[]) => unknown>>;
const table = [
  [0, 1],
  [2, 3],
];
const random = estimators.createRandom(1);

/** Code, message and hint of what a call throws. */
function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return isTonewrightError(error) ? `${error.code}: ${error.message} / ${error.hint}` : `raw: ${String(error)}`;
  }
  return "nothing";
}

describe("a call that cannot be meant", () => {
  it.each<[run: () => unknown, expected: string]>([
    [
      () => call.fitKMeans?.(table, { clusters: 2 }),
      'missing-option: fitKMeans: the option "random" is missing / write fitKMeans(table, { clusters, random })',
    ],
    [
      () => call.fitKMeans?.(table, { n_clusters: 2, random }),
      'unknown-option: fitKMeans: there is no option "n_clusters" / did you mean "clusters"?',
    ],
    [() => call.fitKMeans?.(table), 'missing-option: fitKMeans: the option "clusters" is missing'],
    [
      () => call.predictKMeans?.(table, { kind: "k-means" }),
      'wrong-call: predictKMeans: an object of type Object where "table" should be / write predictKMeans(model, table)',
    ],
    [() => call.fitKnnClassifier?.(table, ["a", "b"], { n_neighbors: 1 }), 'did you mean "neighbours"?'],
    [() => call.fitKnnClassifier?.(table), 'wrong-call: fitKnnClassifier: nothing where "labels" should be'],
    [() => call.fitStandardScaler?.(), 'wrong-call: fitStandardScaler: nothing where "table" should be'],
    [() => call.fitPca?.(table, { n_components: 1 }), 'did you mean "components"?'],
  ])("%#: says what it found and what to write", (run, expected) => {
    expect(refusalOf(run)).toContain(expected);
  });

  it("names nothing in raw JavaScript, whichever function is called without arguments", () => {
    const raw: string[] = [];
    for (const [name, fn] of Object.entries(call)) {
      if (typeof fn !== "function" || others.has(name)) continue;
      const refusal = refusalOf(() => fn());
      if (refusal.startsWith("raw")) raw.push(`${name}: ${refusal}`);
    }
    expect(raw).toEqual([]);
  });
});

/** Functions that take other functions, or the results of others. */
const others = new Set(["predictMajority", "predictStratified"]);
