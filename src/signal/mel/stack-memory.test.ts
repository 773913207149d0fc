import { describe, expect, it } from "vitest";
import { stackMemory } from "./stack-memory.ts";

const two = { rows: 2, frames: 3, values: Float64Array.of(1, 2, 3, 4, 5, 6) };

describe("stackMemory", () => {
  it("puts the past below, with zeros where there was none", () => {
    const stacked = stackMemory(two);
    expect([stacked.rows, stacked.frames]).toEqual([4, 3]);
    expect(Array.from(stacked.values)).toEqual([1, 2, 3, 4, 5, 6, 0, 1, 2, 0, 4, 5]);
  });

  it("looks ahead with a negative delay, and repeats the ends where asked", () => {
    const ahead = stackMemory(two, { delay: -2, padMode: "edge" });
    expect(Array.from(ahead.values.subarray(6))).toEqual([3, 3, 3, 6, 6, 6]);
    expect(Array.from(stackMemory(two, { steps: 1, delay: 5 }).values)).toEqual(Array.from(two.values));
  });

  it("refuses no steps, no delay and no frames", () => {
    const refused = expect.objectContaining({ code: "bad-option" });
    expect(() => stackMemory(two, { steps: 0 })).toThrow(refused);
    expect(() => stackMemory(two, { delay: 0 })).toThrow(refused);
    expect(() => stackMemory({ rows: 2, frames: 0, values: new Float64Array(0) })).toThrow(
      expect.objectContaining({ code: "signal-too-short" }),
    );
  });
});
