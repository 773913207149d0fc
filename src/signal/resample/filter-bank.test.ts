import { describe, expect, it } from "vitest";
import type { FilterBank } from "./filter-bank.ts";
import { resamplePlan } from "./resample-plan.ts";

/** Gain in dB at a frequency given as a part of the lower rate, from all phases together. */
function gainDb({ taps, rows }: FilterBank, up: number, frequency: number): number {
  let re = 0;
  let im = 0;
  for (let r = 0; r < up; r++) {
    for (let j = 0; j < taps; j++) {
      const angle = 2 * Math.PI * frequency * (r / up + taps / 2 - 1 - j);
      re += rows[r * taps + j]! * Math.cos(angle);
      im += rows[r * taps + j]! * Math.sin(angle);
    }
  }
  return 20 * Math.log10(Math.hypot(re, im) / up);
}

describe("the filters", () => {
  const ratio = { up: 17, down: 16 };
  const filterOf = (quality: "best" | "fast") => resamplePlan(ratio, quality)[0]!.bank;

  it("best: flat within 1e-6 dB to 0.4566 of the lower rate, at least 142 dB down from 0.5 on", () => {
    const bank = filterOf("best");
    for (let f = 0; f <= 0.4566; f += 0.4566 / 60) expect(Math.abs(gainDb(bank, 17, f))).toBeLessThan(1e-6);
    for (let f = 0.5; f < 0.53; f += 0.0007) expect(gainDb(bank, 17, f)).toBeLessThan(-142);
    for (let f = 0.53; f < 8.5; f += 0.0973) expect(gainDb(bank, 17, f)).toBeLessThan(-142);
  });

  it("fast: flat within 1e-4 dB to 0.42 of the lower rate, at least 100 dB down from 0.5 on", () => {
    const bank = filterOf("fast");
    for (let f = 0; f <= 0.42; f += 0.42 / 60) expect(Math.abs(gainDb(bank, 17, f))).toBeLessThan(1e-4);
    for (let f = 0.5; f < 8.5; f += 0.0173) expect(gainDb(bank, 17, f)).toBeLessThan(-100);
  });

  it("stay small whatever the rates", () => {
    for (const { up, down } of [
      { up: 44101, down: 44100 },
      { up: 1_000_000, down: 1 },
      { up: 1, down: 1_000_000 },
      { up: 999_999_937, down: 999_999_936 },
    ]) {
      for (const { bank } of resamplePlan({ up, down }, "best")) expect(bank.rows.length).toBeLessThan(2 ** 19);
    }
  });

  it("are made once for a ratio", () => {
    expect(resamplePlan(ratio, "best")).toBe(resamplePlan({ up: 17, down: 16 }, "best"));
  });
});
