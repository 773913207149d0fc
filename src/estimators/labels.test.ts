import { describe, expect, it } from "vitest";
import { refusal } from "../../fixtures/estimators/golden.ts";
import { encodeLabels, firstMaximum, readTargets } from "./labels.ts";

describe("encodeLabels", () => {
  it("sorts numbers by value and names by letters, as numpy does", () => {
    expect(encodeLabels("test", [10, 9, -1, 10], 4)).toEqual({ classes: [-1, 9, 10], codes: [2, 1, 0, 2] });
    expect(encodeLabels("test", ["rain", "Sea", "10", "9"], 4).classes).toEqual(["10", "9", "Sea", "rain"]);
  });

  it("refuses mixed kinds, labels that are no number, and another count than rows", () => {
    expect(refusal(() => encodeLabels<string | number>("test", ["1", 1], 2))).toBe("bad-label");
    expect(refusal(() => encodeLabels("test", [1, Number.NaN], 2))).toBe("bad-label");
    expect(refusal(() => encodeLabels("test", [1, 2], 3))).toBe("length-mismatch");
  });
});

describe("readTargets", () => {
  it("refuses NaN and another count than rows", () => {
    expect(refusal(() => readTargets("test", [1, Number.NaN], 2))).toBe("non-finite-values");
    expect(refusal(() => readTargets("test", [1, 2], 1))).toBe("length-mismatch");
  });
});

describe("firstMaximum", () => {
  it("takes the first of equals", () => {
    expect(firstMaximum([1, 3, 2, 3])).toBe(1);
    expect(firstMaximum([5])).toBe(0);
  });
});
