import { describe, expect, it } from "vitest";
import { refusal } from "../../fixtures/estimators/golden.ts";
import * as estimators from "./index.ts";

const { createRandom } = estimators;

const classes = ["a", "b", "a"];
const targets = [1, 2, 3];

/** Everything that learns from a table, on that table. */
const fits: Record<string, (table: number[][]) => unknown> = {
  fitStandardScaler: estimators.fitStandardScaler,
  fitMinMaxScaler: estimators.fitMinMaxScaler,
  fitRobustScaler: estimators.fitRobustScaler,
  fitMaxAbsScaler: estimators.fitMaxAbsScaler,
  normaliseRows: estimators.normaliseRows,
  fitPca: estimators.fitPca,
  fitDbscan: estimators.fitDbscan,
  fitAgglomerative: (table) => estimators.fitAgglomerative(table, { clusters: 2 }),
  fitKMeans: (table) => estimators.fitKMeans(table, { clusters: 2, random: createRandom(1) }),
  fitKnnClassifier: (table) => estimators.fitKnnClassifier(table, classes, { neighbours: 1 }),
  fitKnnRegressor: (table) => estimators.fitKnnRegressor(table, targets, { neighbours: 1 }),
  fitLogisticRegression: (table) => estimators.fitLogisticRegression(table, classes),
  fitRidgeRegression: (table) => estimators.fitRidgeRegression(table, targets),
};

const imputers: Record<string, (table: number[][]) => unknown> = {
  missingMask: estimators.missingMask,
  fitColumnImputer: estimators.fitColumnImputer,
  fitNeighbourImputer: estimators.fitNeighbourImputer,
};

describe.each(Object.entries({ ...fits, ...imputers }))("%s", (_name, learn) => {
  const good = [
    [1, 2],
    [3, 5],
    [6, 4],
  ];

  it("refuses a table without rows, without columns, with rows of different length or with infinities", () => {
    expect(refusal(() => learn([]))).toBe("empty-table");
    expect(refusal(() => learn([[], [], []]))).toBe("empty-table");
    expect(refusal(() => learn([[1, 2], [3], [4, 5]]))).toBe("ragged-table");
    expect(
      refusal(() =>
        learn([
          [1, 2],
          [3, Number.NEGATIVE_INFINITY],
          [4, 5],
        ]),
      ),
    ).toBe("non-finite-values");
  });

  it("leaves its table as it was", () => {
    const table = structuredClone(good);
    learn(table);
    expect(table).toEqual(good);
  });

  it("gives a result that JSON carries unharmed", () => {
    const fitted = learn(good);
    if (!Array.isArray(fitted)) expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
  });
});

describe("NaN in a table", () => {
  it.each(Object.entries(fits))("is refused by %s", (_name, learn) => {
    expect(
      refusal(() =>
        learn([
          [1, 2],
          [Number.NaN, 4],
          [5, 6],
        ]),
      ),
    ).toBe("non-finite-values");
  });

  it.each(Object.entries(imputers))("is a missing value to %s", (_name, learn) => {
    expect(
      refusal(() =>
        learn([
          [1, 2],
          [Number.NaN, 4],
          [5, 6],
        ]),
      ),
    ).toBe("nothing was thrown");
  });

  it("is named by row and column", () => {
    const act = () =>
      estimators.fitStandardScaler([
        [1, 2],
        [3, Number.NaN],
      ]);
    expect(act).toThrow("fitStandardScaler: row 1, column 1 is NaN");
  });
});

describe("a table for a fitted estimator", () => {
  const table = [
    [0, 0],
    [1, 1],
    [0, 2],
  ];
  const narrow = [[1], [2]];
  const uses: Record<string, (rows: number[][]) => unknown> = {
    scaleColumns: (rows) => estimators.scaleColumns(estimators.fitStandardScaler(table), rows),
    unscaleColumns: (rows) => estimators.unscaleColumns(estimators.fitStandardScaler(table), rows),
    imputeColumns: (rows) => estimators.imputeColumns(estimators.fitColumnImputer(table), rows),
    imputeFromNeighbours: (rows) => estimators.imputeFromNeighbours(estimators.fitNeighbourImputer(table), rows),
    transformPca: (rows) => estimators.transformPca(estimators.fitPca(table), rows),
    invertPca: (rows) => estimators.invertPca(estimators.fitPca(table), rows),
    predictKMeans: (rows) => estimators.predictKMeans(estimators.fitKMeans(table, { centres: [[0, 0]] }), rows),
    predictKnnClasses: (rows) =>
      estimators.predictKnnClasses(estimators.fitKnnClassifier(table, classes, { neighbours: 1 }), rows),
    predictKnnValues: (rows) =>
      estimators.predictKnnValues(estimators.fitKnnRegressor(table, targets, { neighbours: 1 }), rows),
    predictLogisticClasses: (rows) =>
      estimators.predictLogisticClasses(estimators.fitLogisticRegression(table, classes), rows),
    predictRidge: (rows) => estimators.predictRidge(estimators.fitRidgeRegression(table, targets), rows),
  };

  it.each(Object.entries(uses))("must have the columns that were fitted: %s", (_name, use) => {
    expect(refusal(() => use(narrow))).toBe("column-mismatch");
    expect(refusal(() => use([]))).toBe("empty-table");
    expect(refusal(() => use([[1, 2]]))).toBe("nothing was thrown");
  });
});
