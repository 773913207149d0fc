import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import { createRandom, fitClassBaseline, predictMajority, predictStratified } from "../index.ts";

const { baseline } = golden as { baseline: { labels: string[]; shares: number[]; majority: string[] } };

describe("fitClassBaseline", () => {
  it("agrees with scikit-learn, on a tie for the majority too", () => {
    const model = fitClassBaseline(baseline.labels);
    expect(worstError(model.shares, baseline.shares)).toBe(0);
    expect(predictMajority(model, 3)).toEqual(baseline.majority);
  });

  it("refuses no labels, and a count that is none", () => {
    expect(refusal(() => fitClassBaseline([]))).toBe("too-few-rows");
    expect(refusal(() => predictMajority(fitClassBaseline([1]), -1))).toBe("bad-option");
  });
});

describe("predictStratified", () => {
  it("draws each class as often as it occurs, the same for the same seed", () => {
    const model = fitClassBaseline([...new Array(7).fill("rain"), ...new Array(2).fill("dog"), "sea"] as string[]);
    const draw = () => predictStratified(model, { samples: 20_000, random: createRandom(9) });
    expect(draw()).toEqual(draw());
    for (const [k, label] of model.classes.entries()) {
      const share = draw().filter((drawn) => drawn === label).length / 20_000;
      const expected = model.shares[k]!;
      // Four standard deviations of a share.
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 20_000));
    }
  });
});
