import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../errors/index.ts";
import * as metrics from "./index.ts";

/** What a program in JavaScript can call. */
const call = metrics as unknown as Readonly<Record<string, (...values: unknown[]) => unknown>>;

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
      () => call.accuracy?.([1, 0]),
      'wrong-call: accuracy: nothing where "predicted" should be / write accuracy(truth, predicted, options)',
    ],
    [() => call.accuracy?.(), 'wrong-call: accuracy: nothing where "truth" should be'],
    [
      () => call.f1Score?.([1, 0], [1, 1], { avarage: "macro" }),
      'unknown-option: f1Score: there is no option "avarage" / did you mean "average"? write f1Score(truth, predicted, { average })',
    ],
    [
      () => call.f1Score?.([1, 0], [1, 1], "macro"),
      'wrong-call: f1Score: the string "macro" where its options should be',
    ],
    [() => call.logLoss?.([1, 0], [0.9, 0.1], { sample_weight: [1, 2] }), 'did you mean "sampleWeights"?'],
    [
      () => call.stratifiedKFold?.([1, 0], { n_splits: 2 }),
      'unknown-option: stratifiedKFold: there is no option "n_splits" / it takes ',
    ],
    [
      () => call.segmentalSnrDb?.(new Float32Array(9), new Float32Array(9)),
      'missing-option: segmentalSnrDb: the option "sampleRate" is missing',
    ],
    [
      () => call.errorToSignalRatio?.(new Float32Array(9)),
      'wrong-call: errorToSignalRatio: nothing where "target" should be',
    ],
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
const others = new Set<string>([
  ...[
    "judge",
    "formatClassificationReport",
    "scoreSegments",
    "applyFir",
    "sortedLabels",
    "concatenateSpans",
    "spanLengths",
  ],
  ...["trainTestSplit", "bootstrapInterval", "pairedDifference"],
]);
