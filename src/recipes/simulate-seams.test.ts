import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { overlapSeconds, pieceBoundaries, seamHolds } from "./simulate-seams.ts";

const sampleRate = 1000;
const boundariesOf = (x: Float32Array) =>
  pieceBoundaries(async (from, to) => x.slice(from, to), { samples: x.length, sampleRate });

describe("pieceBoundaries", () => {
  it("leaves short sounds whole, and gives a short rest to the last piece", async () => {
    expect(await boundariesOf(new Float32Array(20 * sampleRate))).toEqual([0, 20_000]);
    expect(await boundariesOf(new Float32Array(27 * sampleRate))).toEqual([0, 27_000]);
    expect(await boundariesOf(new Float32Array(28 * sampleRate))).toHaveLength(3);
    expect(await boundariesOf(new Float32Array(65 * sampleRate))).toHaveLength(4);
  });

  it("cuts where it is loud, near every 20 s", async () => {
    const x = new Float32Array(60 * sampleRate);
    x.fill(0.5, 20_400, 20_800);
    x.fill(0.5, 39_500, 39_900);
    const boundaries = await boundariesOf(x);
    expect(boundaries[1]).toBeGreaterThanOrEqual(20_400);
    expect(boundaries[1]! + overlapSeconds * sampleRate).toBeLessThanOrEqual(20_800);
    expect(boundaries[2]).toBeGreaterThanOrEqual(39_500);
    expect(boundaries[2]! + overlapSeconds * sampleRate).toBeLessThanOrEqual(39_900);
    expect(boundaries.at(-1)).toBe(60_000);
  });
});

describe("seamHolds", () => {
  const random = createRandom(1);
  const a = Float32Array.from({ length: 500 }, () => random.normal());
  it("takes a difference of -91 dB, not one of -89 dB", () => {
    const moved = (db: number) => a.map((value) => value * (1 + 10 ** (db / 20)));
    expect(seamHolds(a, moved(-91))).toBe(true);
    expect(seamHolds(a, moved(-89))).toBe(false);
    expect(seamHolds(new Float32Array(10), new Float32Array(10))).toBe(true);
    expect(seamHolds(new Float32Array(10), new Float32Array(10).fill(1e-9))).toBe(false);
    expect(
      seamHolds(
        a,
        a.map(() => Number.NaN),
      ),
    ).toBe(false);
  });
});
