import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { requireLevels, spreadLevel } from "./training-signal-levels.ts";

const range = { highestDb: -1, lowestDb: -60 };

function levels(count: number, keepsLevels = false) {
  const random = createRandom(1);
  return Array.from({ length: count }, (_, k) => {
    return spreadLevel({ range, keepsLevels, phase: 0.3, place: k % 11, round: Math.floor(k / 11), random });
  });
}

describe("spreadLevel", () => {
  it("stays within the range and visits all of it", () => {
    const all = levels(220).flatMap(({ startDb, endDb }) => [startDb, endDb]);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(-60);
    expect(Math.max(...all)).toBeLessThanOrEqual(-1);
    for (let low = -60; low < -1; low += 5) {
      expect(
        all.some((level) => level >= low && level < low + 5),
        `${low} dB`,
      ).toBe(true);
    }
  });

  it("has ramps of both directions, and steady levels for most", () => {
    const all = levels(220);
    expect(all.some(({ startDb, endDb }) => endDb > startDb + 20)).toBe(true);
    expect(all.some(({ startDb, endDb }) => endDb < startDb - 20)).toBe(true);
    expect(all.filter(({ startDb, endDb }) => startDb === endDb).length).toBeGreaterThan(130);
  });

  it("has loud and quiet parts in every round, and takes every kind through both", () => {
    for (let round = 0; round < 10; round++) {
      const loudest = levels(110)
        .slice(11 * round, 11 * round + 11)
        .map(({ startDb, endDb }) => Math.max(startDb, endDb));
      expect(Math.max(...loudest)).toBeGreaterThan(-3);
      expect(Math.min(...loudest)).toBeLessThan(-15);
    }
    for (let place = 0; place < 11; place++) {
      const loudest = levels(110)
        .filter((_, k) => k % 11 === place)
        .map(({ startDb, endDb }) => Math.max(startDb, endDb));
      expect(Math.max(...loudest)).toBeGreaterThan(-4);
      expect(Math.min(...loudest)).toBeLessThan(-15);
    }
  });

  it("puts parts whose levels are their own at the top", () => {
    for (const { startDb, endDb } of levels(20, true)) expect([startDb, endDb]).toEqual([-1, -1]);
  });
});

describe("requireLevels", () => {
  it("fills in what is not given", () => {
    expect(requireLevels({})).toEqual(range);
    expect(requireLevels({ highestDb: -80 })).toEqual({ highestDb: -80, lowestDb: -80 });
  });

  it("refuses levels that are none, with the values", () => {
    expect(() => requireLevels({ highestDb: 1 })).toThrow("from -60 to 1 dBFS");
    expect(() => requireLevels({ lowestDb: 0 })).toThrow("from 0 to -1 dBFS");
    expect(() => requireLevels({ lowestDb: Number.NaN })).toThrow("from NaN to -1 dBFS");
  });
});
