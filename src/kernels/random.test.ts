import { describe, expect, it } from "vitest";
import { createRandom, createRandomFromState } from "./random.ts";

const take = (count: number, next: () => number) => Array.from({ length: count }, next);

describe("createRandom", () => {
  it("gives the outputs of the published xoshiro128** code", () => {
    // From the C code of Blackman and Vigna, run on the state 1, 2, 3, 4 and on one of random bits.
    const small = createRandomFromState([1, 2, 3, 4]);
    expect(take(6, () => small.integer(2 ** 32))).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
    const large = createRandomFromState([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0]);
    expect(take(4, () => large.integer(2 ** 32))).toEqual([0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70]);
  });

  it("repeats itself for a seed and differs for the next", () => {
    const numbers = (seed: number) => take(8, createRandom(seed).uniform);
    expect(numbers(3)).toEqual(numbers(3));
    expect(numbers(3)).not.toEqual(numbers(4));
    expect(numbers(0).every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it("continues from a saved state, in the middle of a normal pair too", () => {
    const random = createRandom(11);
    for (let calls = 0; calls < 7; calls++) {
      const copy = createRandomFromState(JSON.parse(JSON.stringify(random.state())) as number[]);
      const expected = take(5, copy.normal);
      const again = createRandomFromState(random.state());
      expect(take(5, again.normal)).toEqual(expected);
      random.normal();
    }
  });

  it("draws uniform numbers with mean 1/2 and variance 1/12", () => {
    const values = take(100_000, createRandom(1).uniform);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    // Standard deviation of the mean is 0.0009 and of the variance 0.00024: four of each.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0037);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
  });

  it("draws normal numbers with the right share within 1, 2 and 3 deviations", () => {
    const values = take(100_000, createRandom(2).normal);
    for (const [limit, share] of [
      [1, 0.682689],
      [2, 0.9545],
      [3, 0.9973],
    ] as const) {
      const found = values.filter((v) => Math.abs(v) < limit).length / values.length;
      expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / values.length));
    }
  });

  it("draws every whole number below a bound equally often", () => {
    const random = createRandom(5);
    const counts = new Array<number>(7).fill(0);
    for (let k = 0; k < 70_000; k++) counts[random.integer(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
    expect(take(20, () => random.integer(1))).toEqual(new Array(20).fill(0));
  });

  it("takes a bound of 0 or a state of zeros for a bug", () => {
    expect(() => createRandom(1).integer(0)).toThrow("bug:");
    expect(() => createRandomFromState([0, 0, 0, 0])).toThrow("bug:");
    expect(() => createRandomFromState([1, 2])).toThrow("bug:");
  });
});
