import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import { FingerprintStore } from "./fingerprint-store.ts";
import { matchFingerprints, type NearPair } from "./match-fingerprints.ts";

const random = createRandom(7);
const words = (count: number) => Uint32Array.from({ length: count }, () => 1 + random.integer(2 ** 32 - 1));

/** The same words with some bits turned over. */
const spoilt = (from: Uint32Array, share: number) =>
  from.map((word) => {
    let mask = 0;
    for (let bit = 0; bit < 32; bit++) if (random.uniform() < share) mask |= 1 << bit;
    return (word ^ mask) >>> 0 || 1;
  });

function match(recordings: readonly Uint32Array[], skip?: Uint8Array): NearPair[] {
  const store = new FingerprintStore();
  for (const one of recordings) store.add(one);
  const matching = matchFingerprints(store.all(), skip === undefined ? {} : { skip });
  for (;;) {
    const step = matching.next();
    if (step.done === true) return step.value;
  }
}

describe("matchFingerprints", () => {
  it("finds a copy with one bit in twenty wrong, and where it begins", () => {
    const a = words(400);
    const copy = Uint32Array.of(...words(40), ...spoilt(a.subarray(100), 0.05));
    const [pair, ...others] = match([words(300), a, words(500), copy, words(20)]);
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ a: 1, b: 3 });
    // Word 100 of the first lies at word 40 of the second; a chance agreement may add a word or two.
    expect(Math.abs((pair?.startA ?? 0) - 1.25)).toBeLessThan(0.05);
    expect((pair?.startA ?? 0) - (pair?.startB ?? 0)).toBeCloseTo(0.75, 10);
    expect(pair?.seconds).toBeCloseTo(3.75, 1);
    expect(pair?.bitErrorRate).toBeGreaterThan(0.04);
    expect(pair?.bitErrorRate).toBeLessThan(0.06);
  });

  it("finds a part that is common to two longer recordings", () => {
    const common = words(120);
    const [pair] = match([Uint32Array.of(...words(200), ...common), Uint32Array.of(...common, ...words(300))]);
    expect(pair?.startA).toBeCloseTo(2.5, 1);
    expect(pair?.startB).toBeCloseTo(0, 1);
    expect(pair?.seconds).toBeCloseTo(1.5, 1);
  });

  it("finds short sounds that are whole, and no short part of long ones", () => {
    const short = words(12);
    expect(match([short, spoilt(short, 0.01)])).toHaveLength(1);
    expect(match([Uint32Array.of(...short, ...words(100)), Uint32Array.of(...words(80), ...short)])).toEqual([]);
  });

  it("does not find what differs too much, or agrees in silence only", () => {
    const a = words(200);
    expect(match([a, spoilt(a, 0.4)])).toEqual([]);
    expect(match([new Uint32Array(300), new Uint32Array(300)])).toEqual([]);
    expect(match([words(400), words(400), words(400), words(400)])).toEqual([]);
  });

  it("leaves out recordings that are to be skipped, and empty ones", () => {
    const a = words(100);
    expect(match([a, a, a], Uint8Array.of(0, 1, 0)).map((pair) => [pair.a, pair.b])).toEqual([[0, 2]]);
    expect(match([a, new Uint32Array(0), a]).map((pair) => [pair.a, pair.b])).toEqual([[0, 2]]);
    expect(match([])).toEqual([]);
  });

  it("connects hundreds of copies of a sound without naming all pairs", () => {
    const a = words(100);
    const pairs = match(Array.from({ length: 300 }, () => a));
    const connected = new Set([0]);
    for (const pair of pairs) if (connected.has(pair.a)) connected.add(pair.b);
    expect(connected.size).toBe(300);
    expect(pairs.length).toBeLessThanOrEqual(300 * 64);
  });

  it("finds the one copy among 5000 recordings", () => {
    const many = Array.from({ length: 5000 }, () => words(40));
    many[4321] = spoilt(many[17]!, 0.03);
    expect(match(many).map((pair) => [pair.a, pair.b])).toEqual([[17, 4321]]);
  });
});
