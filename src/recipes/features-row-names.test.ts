import { describe, expect, it } from "vitest";
import { frontEnd } from "../signal/index.ts";
import { featureRowNames } from "./features-row-names.ts";

describe("featureRowNames", () => {
  it("names every row, each once", () => {
    const document = frontEnd({
      sampleRate: 16000,
      deltas: 2,
      features: [
        { kind: "mfcc", coefficients: 2 },
        { kind: "zero-crossing-rate" },
        { kind: "pyin" },
        { kind: "mfcc", coefficients: 1 },
      ],
    });
    const plain = ["mfcc_0", "mfcc_1", "zero_crossing_rate", "pyin_f0_hz", "pyin_voiced", "pyin_probability", "mfcc2"];
    expect(featureRowNames(document)).toEqual([
      ...plain,
      ...plain.map((name) => `${name}_delta`),
      ...plain.map((name) => `${name}_delta2`),
    ]);
  });
});
