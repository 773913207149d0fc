import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { worstError } from "../../fixtures/estimators/golden.ts";
import {
  fitAgglomerative,
  fitDbscan,
  fitKMeans,
  fitKnnClassifier,
  fitLogisticRegression,
  fitMaxAbsScaler,
  fitMinMaxScaler,
  fitPca,
  fitRobustScaler,
  fitStandardScaler,
  normaliseRows,
  predictKnnClasses,
  predictKnnProbabilities,
  predictLogisticProbabilities,
  scaleColumns,
  transformPca,
} from "./index.ts";

const vectors = new URL("../../../shared/data/conformance/features/sklearn/metrics.json", import.meta.url);

interface Case {
  readonly fn: string;
  readonly inputs: {
    readonly X: number[][];
    readonly y: number[];
    readonly init: number[][];
    readonly query: number[][];
  };
  readonly expected: never;
}

/** Cases are sums and square roots in float64 of a few dozen numbers: anything above a few roundings is a mistake. */
const EXACT = 1e-12;

describe.skipIf(!existsSync(vectors))("scikit-learn 1.9.1 (skipped without the shared vectors)", () => {
  const { cases } = existsSync(vectors)
    ? (JSON.parse(readFileSync(vectors, "utf8")) as { cases: Case[] })
    : { cases: [] };
  const read = <T>(fn: string) => {
    const found = cases.find((entry) => entry.fn === fn);
    if (found === undefined) throw new Error(`no case ${fn}`);
    return { ...found.inputs, expected: found.expected as T };
  };

  it.each([
    ["StandardScaler", fitStandardScaler],
    ["MinMaxScaler", fitMinMaxScaler],
    ["RobustScaler", fitRobustScaler],
    ["MaxAbsScaler", fitMaxAbsScaler],
  ] as const)("%s", (name, learn) => {
    const { X, expected } = read<number[][]>(`${name}.fit_transform`);
    expect(worstError(scaleColumns(learn(X), X), expected)).toBeLessThan(EXACT);
  });

  it("Normalizer", () => {
    const { X, expected } = read<number[][]>("Normalizer.fit_transform");
    expect(worstError(normaliseRows(X), expected)).toBeLessThan(EXACT);
  });

  it("KMeans from given centres", () => {
    const { X, init, expected } = read<{ labels: number[]; centers: number[][]; inertia: number; n_iter: number }>(
      "KMeans.fit",
    );
    const found = fitKMeans(X, { centres: init, tolerance: 0 });
    expect(found.labels).toEqual(expected.labels);
    expect(found.iterations).toBe(expected.n_iter);
    expect(worstError(found.centres, expected.centers)).toBeLessThan(EXACT);
    expect(worstError(found.inertia, expected.inertia)).toBeLessThan(EXACT);
  });

  it("PCA, signs included", () => {
    const { X, expected } = read<{
      components: number[][];
      explained_variance: number[];
      explained_variance_ratio: number[];
      mean: number[];
      transform: number[][];
    }>("PCA.fit_transform");
    const found = fitPca(X, { components: 2 });
    expect(worstError(found.components, expected.components)).toBeLessThan(EXACT);
    expect(worstError(found.explainedVariance, expected.explained_variance)).toBeLessThan(EXACT);
    expect(worstError(found.explainedVarianceRatio, expected.explained_variance_ratio)).toBeLessThan(EXACT);
    expect(worstError(found.means, expected.mean)).toBeLessThan(EXACT);
    expect(worstError(transformPca(found, X), expected.transform)).toBeLessThan(EXACT);
  });

  it("DBSCAN", () => {
    const { X, expected } = read<number[]>("DBSCAN.fit");
    expect(fitDbscan(X, { eps: 1.5, minSamples: 3 }).labels).toEqual(expected);
  });

  it("AgglomerativeClustering with Ward's linkage", () => {
    const { X, expected } = read<number[]>("AgglomerativeClustering.fit");
    expect(fitAgglomerative(X, { clusters: 3 }).labels).toEqual(expected);
  });

  it("KNeighborsClassifier with 3 neighbours", () => {
    const { X, y, query, expected } = read<{ predict: number[]; predict_proba: number[][] }>("KNeighborsClassifier(3)");
    const model = fitKnnClassifier(X, y, { neighbours: 3 });
    expect(predictKnnClasses(model, query)).toEqual(expected.predict);
    expect(worstError(predictKnnProbabilities(model, query), expected.predict_proba)).toBeLessThan(EXACT);
  });

  it("LogisticRegression at C = 1", () => {
    const { X, y, query, expected } = read<{ coef: number[][]; intercept: number[]; proba: number[][] }>(
      "LogisticRegression(C=1)",
    );
    const model = fitLogisticRegression(X, y);
    // The vectors themselves are the end of an iteration: they ask for 1e-6.
    expect(worstError(model.coefficients, expected.coef)).toBeLessThan(1e-6);
    expect(worstError(model.intercepts, expected.intercept)).toBeLessThan(1e-6);
    expect(worstError(predictLogisticProbabilities(model, query), expected.proba)).toBeLessThan(1e-6);
  });
});
