import { describe, expect, it } from "vitest";
import { errorToSignalRatio } from "../error-to-signal.ts";
import {
  errorToSignalRatioOfSegments,
  errorToSignalRatioPreEmphasised,
  errorToSignalRatioWithEpsilon,
} from "./error-to-signal-variants.ts";

const code = (code: string) => expect.objectContaining({ code });
const target = Float32Array.of(1, 2, 2, 0);
const predicted = Float32Array.of(1, 1, 0, 0);

describe("errorToSignalRatioPreEmphasised", () => {
  it("filters both signals first", () => {
    // With coefficient 1/2: target 1, 1.5, 1, -1 (energy 5.25); error 0, 1, 1.5, -1 (energy 4.25).
    expect(errorToSignalRatioPreEmphasised(predicted, target, { coefficient: 0.5 })).toBeCloseTo(4.25 / 5.25, 12);
    expect(errorToSignalRatioPreEmphasised(predicted, target, { coefficient: 0 })).toBe(
      errorToSignalRatio(predicted, target),
    );
  });

  it("starts anew in every segment", () => {
    // Second segment: target 2, -1, error 2, -1. First: target 1, 1.5, error 0, 1. Energies 8.25 and 6.
    const options = { coefficient: 0.5, segments: [2, 2] };
    expect(errorToSignalRatioPreEmphasised(predicted, target, options)).toBeCloseTo(6 / 8.25, 12);
    expect(() => errorToSignalRatioPreEmphasised(predicted, target, { segments: [2, 1] })).toThrow(/add up to 3/);
    expect(() => errorToSignalRatioPreEmphasised(predicted, new Float32Array(4))).toThrow(code("silent-target"));
  });
});

describe("errorToSignalRatioOfSegments", () => {
  it("counts every segment the same", () => {
    // 1 / 5 and 4 / 4.
    expect(errorToSignalRatioOfSegments(predicted, target, { segments: [2, 2] })).toBeCloseTo(0.6, 12);
    expect(errorToSignalRatioOfSegments(predicted, target, { segments: [4] })).toBe(5 / 9);
    // 1 / 6 and 4 / 5.
    const withEpsilon = errorToSignalRatioOfSegments(predicted, target, { segments: [2, 2], epsilon: 1 });
    expect(withEpsilon).toBeCloseTo((1 / 6 + 4 / 5) / 2, 12);
  });

  it("names a silent segment, unless an epsilon makes it harmless", () => {
    const options = { segments: [3, 1] };
    expect(() => errorToSignalRatioOfSegments(predicted, target, options)).toThrow(/segment 1, samples 3 to 3/);
    expect(errorToSignalRatioOfSegments(predicted, target, { ...options, epsilon: 1e-9 })).toBeCloseTo(5 / 18, 8);
    expect(() => errorToSignalRatioOfSegments(predicted, target, { ...options, epsilon: -1 })).toThrow(
      code("bad-option"),
    );
    const none = new Float32Array(0);
    expect(() => errorToSignalRatioOfSegments(none, none, { segments: [] })).toThrow(code("empty-input"));
  });
});

describe("errorToSignalRatioWithEpsilon", () => {
  it("adds it to the mean, the sum or every sample", () => {
    // Errors 0, 1, 4, 0; target squares 1, 4, 4, 0.
    expect(errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 1 })).toBe(1.25 / 3.25);
    expect(errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 1, addedTo: "sum" })).toBe(5 / 10);
    expect(errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 1, addedTo: "sample" })).toBe(0.25);
    expect(errorToSignalRatioWithEpsilon(predicted, new Float32Array(4), { epsilon: 1 })).toBe(0.5);
  });

  it("refuses what it cannot add", () => {
    expect(() => errorToSignalRatioWithEpsilon(predicted, target, { epsilon: 0 })).toThrow(/use|epsilon of 0/);
    expect(() => errorToSignalRatioWithEpsilon(predicted, target, { epsilon: Number.NaN })).toThrow(code("bad-option"));
    expect(() =>
      errorToSignalRatioWithEpsilon(
        target.map(() => Number.NaN),
        target,
        { epsilon: 1 },
      ),
    ).toThrow(code("non-finite-samples"));
    const none = new Float32Array(0);
    expect(() => errorToSignalRatioWithEpsilon(none, none, { epsilon: 1 })).toThrow(code("empty-input"));
  });
});
