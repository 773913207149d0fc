import { describe, expect, it } from "vitest";
import { lengthOfBudget, lengthOfEpochs } from "./run-length.ts";

const measured = {
  secondsPerStep: 0.01,
  secondsPerValidation: 0.5,
  stepsPerEpoch: 100,
  stepsPerBatch: 10,
  stepsDone: 0,
  settled: true,
};

describe("lengthOfBudget", () => {
  it("fills the time with steps and a tenth of it with validations", () => {
    // 100 s: 10 s for 20 validations, 90 s for 9000 steps of 0.01 s.
    const length = lengthOfBudget({ ...measured, secondsLeft: 100 });
    expect(length).toEqual({ epochs: 90, totalSteps: 9000, validateEvery: 5, settled: true });
  });

  it("cuts the last epoch short at a whole batch", () => {
    // 1.1 s: one validation, 0.6 s for 60 steps.
    expect(lengthOfBudget({ ...measured, secondsLeft: 1.1 })).toMatchObject({ epochs: 1, totalSteps: 60 });
  });

  it("goes on from the steps that are done", () => {
    const length = lengthOfBudget({ ...measured, secondsLeft: 100, stepsDone: 500 });
    expect(length.totalSteps).toBe(9500);
  });

  it("always trains one more batch", () => {
    expect(lengthOfBudget({ ...measured, secondsLeft: 0.001 }).totalSteps).toBe(10);
  });
});

describe("lengthOfEpochs", () => {
  it("validates about forty times", () => {
    expect(lengthOfEpochs(400, 7)).toEqual({ epochs: 400, totalSteps: 2800, validateEvery: 10, settled: true });
    expect(lengthOfEpochs(2, 7)).toMatchObject({ totalSteps: 14, validateEvery: 1 });
  });
});
