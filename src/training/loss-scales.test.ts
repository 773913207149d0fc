import { describe, expect, it } from "vitest";
import { lossScales } from "./loss-scales.ts";
import { trainingLevels } from "./normalise.ts";
import { pieceSums } from "./piece-sums.ts";

const wet = Float32Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? 0.5 : -0.25));
const examples = [
  { start: 0, scoreFrom: 10, end: 50 },
  { start: 50, scoreFrom: 60, end: 100 },
];

describe("the scale of a loss term", () => {
  const scaleOf = (measure: "squared" | "absolute" | "dc", filter: "none" | "pre-emphasis" | "dc-block") =>
    lossScales([{ measure, filter, weight: 3 }], { wet, examples, samples: 40, columns: 2 })[0]?.scale;

  it("is its weight over what the target measures, for one batch", () => {
    // Mean square (0.25 + 0.0625) / 2, mean magnitude 0.375, over 40 samples or 2 columns.
    expect(scaleOf("squared", "none")).toBeCloseTo(3 / (40 * 0.15625), 10);
    expect(scaleOf("absolute", "none")).toBeCloseTo(3 / (40 * 0.375), 10);
    expect(scaleOf("dc", "none")).toBeCloseTo(3 / (2 * 0.15625), 10);
  });

  it("is relative to the filtered target where the term is filtered", () => {
    // The first scored sample of each example has no sample before it: 0.5 - 0.85 x 0.5. Then -0.675 and 0.7125.
    const power = (0.075 ** 2 + 20 * 0.675 ** 2 + 19 * 0.7125 ** 2) / 40;
    expect(scaleOf("squared", "pre-emphasis")).toBeCloseTo(3 / (40 * power), 8);
  });

  it("stays finite for a target that the filter silences", () => {
    const flat = new Float32Array(100).fill(0.3);
    const [term] = lossScales([{ measure: "squared", filter: "dc-block", weight: 1 }], {
      wet: flat,
      examples,
      samples: 40,
      columns: 2,
    });
    expect(Number.isFinite(term?.scale)).toBe(true);
  });
});

describe("training levels", () => {
  it("bring both signals to an RMS of 0.35 on the scored samples, and the fold takes it back", () => {
    const dry = wet.map((x) => 2 * x);
    const { dryGain, wetGain, fold } = trainingLevels({ dry, wet }, examples);
    // The RMS of wet is sqrt(0.15625).
    expect(wetGain).toBeCloseTo(0.35 / Math.sqrt(0.15625), 10);
    expect(dryGain).toBeCloseTo(wetGain / 2, 10);
    expect(fold.inputGain).toBe(dryGain);
    expect(fold.outputGain * wetGain).toBeCloseTo(1, 12);
  });

  it("leave silence alone", () => {
    expect(trainingLevels({ dry: new Float32Array(100), wet }, examples).dryGain).toBe(1);
  });
});

describe("the sums of a piece", () => {
  it("are energies of error and target, as they are and DC-blocked from rest", () => {
    const target = new Float32Array([1, 1, 2]);
    const output = new Float32Array([1.5, 1.5, 2.5]);
    const { error, target: energy, blockedError, blockedTarget } = pieceSums(output, target);
    expect([error, energy]).toEqual([0.75, 6]);
    // A constant error is not heard; the target's step of 1 is.
    expect([blockedError, blockedTarget]).toEqual([0, 1]);
  });

  it("are no number when an output is missing", () => {
    expect(pieceSums(new Float32Array(1), new Float32Array(2)).error).toBeNaN();
  });
});
