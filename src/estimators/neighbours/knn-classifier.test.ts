import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import {
  fitKnnClassifier,
  fitKnnRegressor,
  type NeighbourWeights,
  predictKnnClasses,
  predictKnnProbabilities,
  predictKnnValues,
} from "../index.ts";

const { neighbours: data } = golden as {
  neighbours: {
    table: number[][];
    labels: string[];
    targets: number[];
    query: number[][];
    cases: {
      neighbours: number;
      weights: NeighbourWeights;
      classes: string[];
      probabilities: number[][];
      values: number[];
    }[];
  };
};

describe.each(data.cases)("$neighbours neighbours, $weights", (entry) => {
  const options = { neighbours: entry.neighbours, weights: entry.weights };

  it("vote as scikit-learn's do", () => {
    const model = fitKnnClassifier(data.table, data.labels, options);
    expect(predictKnnClasses(model, data.query)).toEqual(entry.classes);
    expect(worstError(predictKnnProbabilities(model, data.query), entry.probabilities)).toBeLessThan(1e-12);
  });

  it("average as scikit-learn's do", () => {
    const model = fitKnnRegressor(data.table, data.targets, options);
    expect(worstError(predictKnnValues(model, data.query), entry.values)).toBeLessThan(1e-12);
  });
});

describe("fitKnnClassifier", () => {
  it("gives a tie to the first class, and equal distances to the first row", () => {
    const model = fitKnnClassifier([[0], [1], [3], [4]], ["sea", "dog", "sea", "dog"], { neighbours: 2 });
    expect(predictKnnClasses(model, [[0.5]])).toEqual(["dog"]);
    const one = fitKnnClassifier([[1], [-1], [1]], ["sea", "dog", "dog"], { neighbours: 1 });
    expect(predictKnnClasses(one, [[0], [1]])).toEqual(["sea", "sea"]);
  });

  it("lets rows at distance 0 vote alone when votes go by distance", () => {
    const model = fitKnnClassifier([[0], [0], [0.1]], [1, 2, 2], { neighbours: 3, weights: "distance" });
    expect(predictKnnProbabilities(model, [[0]])).toEqual([Float64Array.of(0.5, 0.5)]);
    // 1e-320 has no finite inverse in float64.
    expect(predictKnnProbabilities(model, [[-1e-320]])).toEqual([Float64Array.of(0.5, 0.5)]);
  });

  it("refuses more neighbours than rows, none, and labels that do not fit", () => {
    expect(refusal(() => fitKnnClassifier([[0], [1]], ["a", "b"], { neighbours: 3 }))).toBe("too-few-rows");
    expect(refusal(() => fitKnnClassifier([[0]], ["a"], { neighbours: 0 }))).toBe("bad-option");
    expect(refusal(() => fitKnnClassifier([[0], [1]], ["a"], { neighbours: 1 }))).toBe("length-mismatch");
    expect(refusal(() => fitKnnRegressor([[0], [1]], [1, 2]))).toBe("too-few-rows");
  });
});
