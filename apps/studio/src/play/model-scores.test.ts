import { describe, expect, it } from "vitest";
import { readScores, readVerdict } from "./model-scores.ts";

const scores = (esr: number) => ({ esr, esrDcBlocked: esr / 2, mae: 0.01, mrstft: 0.5 });
const stored = { test: scores(0.004), baselines: { gain: scores(0.4), fir: scores(0.2) } };

describe("the scores in a model's metadata", () => {
  it("are the model's own first, then the baselines", () => {
    expect(readScores(stored)).toEqual([
      { name: "This model", scores: scores(0.004) },
      { name: "Best gain alone", scores: scores(0.4) },
      { name: "Linear filter", scores: scores(0.2) },
    ]);
  });

  it("are judged beside the linear filter", () => {
    expect(readVerdict(stored)?.grade).toBe("excellent"); // 0.2 % without DC
    expect(readVerdict({ test: scores(0.004) })).toBeUndefined();
  });

  it.each([undefined, {}, { test: null }, { test: { esr: "0.1" } }, { test: { esr: Number.NaN } }, { test: [1, 2] }])(
    "are left out when they are not there: %j",
    (metadata) => expect(readScores(metadata)).toEqual([]),
  );
});
