import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { callAsScikit, differences, scikitNames } from "./test-calls.node.ts";

/**
 * Of the functions in metrics.json, those that judge predicted labels; the others belong to the neighbouring folders.
 */
const ours = [
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
  "hinge_loss",
  "jaccard_score",
  "matthews_corrcoef",
  "multilabel_confusion_matrix",
  "precision_recall_fscore_support",
  "precision_score",
  "recall_score",
  "top_k_accuracy_score",
  "zero_one_loss",
];

interface Case {
  readonly fn: string;
  readonly inputs: Record<string, unknown>;
  readonly kwargs: Record<string, unknown>;
  readonly expected: unknown;
  readonly raises?: string;
}

const vectors = new URL("../../../../shared/data/conformance/features/sklearn/metrics.json", import.meta.url);
describe.skipIf(!existsSync(vectors))("scikit-learn 1.9.1 (skipped without ../shared/data)", () => {
  const { cases } = existsSync(vectors)
    ? (JSON.parse(readFileSync(vectors, "utf8")) as { cases: readonly Case[] })
    : { cases: [] };
  const mine = cases.filter(({ fn }) => ours.includes(fn));

  it("has a call here for each of our functions, and 58 cases", () => {
    expect(ours.filter((fn) => !scikitNames.includes(fn))).toEqual([]);
    expect(mine).toHaveLength(58);
  });

  for (const [n, { fn, inputs, kwargs, expected, raises }] of mine.entries()) {
    it(`${n + 1}: ${fn} ${JSON.stringify(kwargs)}`, () => {
      const { classes, ...rest } = inputs;
      const { class_weight, ...options } = kwargs;
      expect(class_weight ?? "balanced").toBe("balanced"); // of compute_class_weight, which takes `classes` as data
      const found = () =>
        callAsScikit(fn, Object.values(rest), classes === undefined ? options : { ...options, classes });
      if (raises === undefined) {
        // Both sides add the same float64 numbers; texts must be the same.
        expect(differences(found(), expected, 1e-12)).toEqual([]);
      } else expect(found).toThrow(expect.toSatisfy(isTonewrightError));
    });
  }
});
