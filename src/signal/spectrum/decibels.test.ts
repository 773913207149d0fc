import { describe, expect, it } from "vitest";
import { amplitudeToDb, dbToAmplitude, dbToPower, powerToDb } from "./decibels.ts";

describe("powerToDb", () => {
  it("is ten times the logarithm, above a floor and not more than topDb below the largest", () => {
    expect(Array.from(powerToDb(Float64Array.of(1, 100, 0.01, 0)))).toEqual([0, 20, -20, -60]);
    expect(Array.from(powerToDb(Float64Array.of(1, 0), { topDb: null }))).toEqual([0, -100]);
    expect(Array.from(powerToDb(Float64Array.of(1, 100), { reference: "max" }))).toEqual([-20, 0]);
    expect(Array.from(powerToDb(Float64Array.of(1), { reference: 0.1 }))).toEqual([10]);
    expect(powerToDb(new Float64Array(0))).toHaveLength(0);
  });

  it("refuses a floor of 0 and a negative limit", () => {
    expect(() => powerToDb(Float64Array.of(1), { floor: 0 })).toThrow("floor");
    expect(() => powerToDb(Float64Array.of(1), { topDb: -1 })).toThrow("topDb");
  });
});

describe("amplitudeToDb", () => {
  it("is twenty times the logarithm", () => {
    const db = amplitudeToDb(Float64Array.of(1, 10, 0));
    expect(db[0]).toBeCloseTo(0, 12);
    expect(db[1]).toBeCloseTo(20, 12);
    expect(db[2]).toBeCloseTo(-60, 12);
    expect(amplitudeToDb(Float64Array.of(0.5, 0.25), { reference: "max" })[1]).toBeCloseTo(-6.0206, 4);
  });

  it("comes back", () => {
    const x = Float64Array.of(0.1, 1, 3);
    for (const [n, value] of dbToAmplitude(amplitudeToDb(x)).entries()) expect(value).toBeCloseTo(x[n]!, 12);
    for (const [n, value] of dbToPower(powerToDb(x)).entries()) expect(value).toBeCloseTo(x[n]!, 12);
  });
});
