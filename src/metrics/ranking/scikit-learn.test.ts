import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mismatches, type ScikitCase, scikitNames } from "./test-calls.node.ts";

/**
 * The vectors of scikit-learn 1.9.1 for ranking, regression, clustering and splitting. What other folders answer for is
 * named here, so that a function that nobody calls cannot go unnoticed.
 */
const ofClassification = [
  "accuracy_score",
  "balanced_accuracy_score",
  "class_likelihood_ratios",
  "classification_report",
  "cohen_kappa_score",
  "compute_class_weight",
  "confusion_matrix",
  "f1_score",
  "fbeta_score",
  "hamming_loss",
  "jaccard_score",
  "matthews_corrcoef",
  "multilabel_confusion_matrix",
  "precision_recall_fscore_support",
  "precision_score",
  "recall_score",
  "top_k_accuracy_score",
  "zero_one_loss",
];
const ofEstimators = /^(KMeans|PCA|DBSCAN|AgglomerativeClustering|\w+Scaler|Normalizer|KNeighbors|LogisticRegression)/;

const vectors = new URL("../../../../shared/data/conformance/features/sklearn/metrics.json", import.meta.url);
describe.skipIf(!existsSync(vectors))("scikit-learn 1.9.1 (skipped without ../shared/data)", () => {
  const { cases } = existsSync(vectors)
    ? (JSON.parse(readFileSync(vectors, "utf8")) as { cases: readonly ScikitCase[] })
    : { cases: [] };
  const others = ({ fn }: ScikitCase) => ofClassification.includes(fn) || ofEstimators.test(fn);
  const ours = cases.filter((one) => !others(one));

  it("has a call here for every function that no other folder answers for, in all 157 cases", () => {
    expect(cases).toHaveLength(157);
    expect([...new Set(ours.map(({ fn }) => fn))].filter((fn) => !scikitNames.includes(fn))).toEqual([]);
    expect(ours).toHaveLength(88);
    expect(ours.filter(({ raises }) => raises !== undefined)).toHaveLength(3);
  });

  for (const [n, one] of ours.entries()) {
    it(`${n + 1}: ${one.fn} ${JSON.stringify(one.kwargs)}`, () => {
      expect(mismatches(one)).toEqual([]);
    });
  }
});
