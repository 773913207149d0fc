import { describe, expect, it } from "vitest";
import {
  type ClassificationReport,
  classificationReport,
  type ClassificationReportLine,
} from "./classification-report.ts";
import { hingeLoss } from "./hinge-loss.ts";
import { formatClassificationReport } from "./format-report.ts";

const line = (value: number, support = 1): ClassificationReportLine => ({
  precision: value,
  recall: value,
  f1: value,
  support,
});
const reportOf = (value: number, support = 1, isWeighted = false): ClassificationReport => ({
  classes: [{ label: 0, name: "a", ...line(value, support) }],
  accuracy: undefined,
  averages: { micro: line(value, support), macro: line(value), weighted: line(value), samples: undefined },
  isWeighted,
});
const firstRow = (report: ClassificationReport, digits?: number) =>
  formatClassificationReport(report, digits === undefined ? {} : { digits })
    .split("\n")[2]
    ?.trim()
    .split(/ +/);

describe("formatClassificationReport", () => {
  it("is a table that one can read", () => {
    const truth = ["dog", "dog", "cat", "owl"];
    const predicted = ["dog", "cat", "cat", "dog"];
    expect(formatClassificationReport(classificationReport(truth, predicted))).toBe(
      [
        "              precision    recall  f1-score   support",
        "",
        "         cat       0.50      1.00      0.67         1",
        "         dog       0.50      0.50      0.50         2",
        "         owl       0.00      0.00      0.00         1",
        "",
        "    accuracy                           0.50         4",
        "   macro avg       0.33      0.50      0.39         4",
        "weighted avg       0.38      0.50      0.42         4",
        "",
      ].join("\n"),
    );
  });

  // What Python's format() gives for these values.
  const rounded: [number, number, string][] = [
    [0.125, 2, "0.12"],
    [0.375, 2, "0.38"],
    [0.625, 2, "0.62"],
    [0.5, 0, "0"],
    [1, 0, "1"],
    [0.25, 1, "0.2"],
    [0.75, 1, "0.8"],
    [0.285, 2, "0.28"], // in float64 below the half
    [0.615, 2, "0.61"],
    [0.565, 2, "0.56"],
    [0.995, 2, "0.99"],
    [2 / 3, 20, "0.66666666666666662966"],
    [Number.NaN, 2, "nan"],
  ];
  for (const [value, digits, expected] of rounded) {
    it(`${value} with ${digits} digits is ${expected}`, () => {
      expect(firstRow(reportOf(value), digits)?.[1]).toBe(expected);
    });
  }

  it("writes weights as Python writes floats, and counts as whole numbers", () => {
    const supports = [3, 0, 2.5, 1e15, 1e16, 1.2345678901234567e19, 1e-4, 1e-5, 1.5e-7];
    const expected = ["3.0", "0.0", "2.5", "1000000000000000.0", "1e+16", "1.2345678901234567e+19", "0.0001", "1e-05"];
    expect(supports.map((support) => firstRow(reportOf(1, support, true))?.[4])).toEqual([...expected, "1.5e-07"]);
    expect(firstRow(reportOf(1, 3))?.[4]).toBe("3");
  });

  it("is as wide as its longest name, counted in characters", () => {
    const names = ["🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸🎸", "a"];
    const [head, , first, second] = formatClassificationReport(
      classificationReport([0, 1], [0, 1], { targetNames: names }),
    ).split("\n");
    expect(first).toBe(`${names[0]}       1.00      1.00      1.00         1`);
    expect(second).toBe(`${" ".repeat(13)}a       1.00      1.00      1.00         1`);
    expect(head).toHaveLength(second!.length);
  });
});

describe("classificationReport", () => {
  it("has an accuracy only while no class is left out", () => {
    const truth = [0, 1, 2];
    const predicted = [0, 1, 1];
    expect(classificationReport(truth, predicted).accuracy).toBe(2 / 3);
    expect(classificationReport(truth, predicted, { labels: [3, 2, 1, 0] }).accuracy).toBe(2 / 3);
    const part = classificationReport(truth, predicted, { labels: [0, 1] });
    expect(part.accuracy).toBeUndefined();
    expect(part.averages.micro).toEqual({ precision: 2 / 3, recall: 1, f1: 4 / 5, support: 2 });
  });

  it("keeps a class named accuracy apart", () => {
    const report = classificationReport(["accuracy", "b"], ["b", "b"]);
    expect(report.classes[0]).toMatchObject({ name: "accuracy", recall: 0 });
    expect(report.accuracy).toBe(1 / 2);
  });
});

describe("hingeLoss", () => {
  it("is the mean of what is missing to a margin of 1", () => {
    expect(hingeLoss([-1, 1, 1], [-2.18, 2.36, 0.09])).toBeCloseTo(0.91 / 3, 15); // scikit-learn's example: 0.30
    expect(
      hingeLoss(
        ["a", "c"],
        [
          [2, 0, 0],
          [1, 0, 0.5],
        ],
        { labels: ["a", "b", "c"] },
      ),
    ).toBe(1.5 / 2);
  });

  it("knows the class of a single one by the labels, where scikit-learn takes it for the negative", () => {
    expect(hingeLoss([1, 1], [0.5, 0.25], { labels: [0, 1] })).toBe((0.5 + 0.75) / 2);
  });
});
