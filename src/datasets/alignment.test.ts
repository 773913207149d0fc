import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { alignPair } from "./align-pair.ts";
import { correlationAt, estimateAlignment } from "./alignment.ts";

const sampleRate = 44100;

/** Eight seconds of decaying notes, four a second, at pitches and moments that depend on the seed. */
function performance(seed: number): Float32Array {
  const random = createRandom(seed);
  const x = new Float32Array(8 * sampleRate);
  for (let note = 0; note < 32; note++) {
    const start = Math.floor((note / 4 + 0.2 * random.uniform()) * sampleRate);
    const step = (2 * Math.PI * (80 + 500 * random.uniform())) / sampleRate;
    for (let n = 0; start + n < x.length; n++) {
      const decay = Math.exp(-n / 8000);
      if (decay < 1e-4) break;
      const pick = n < 60 ? 0.3 * random.normal() : 0;
      x[start + n]! += decay * (0.2 * Math.sin(step * n) + 0.1 * Math.sin(3.01 * step * n) + pick);
    }
  }
  return x;
}

const dry = performance(1);
const other = performance(2);
const same = (a: Float32Array, b: Float32Array) => a.length === b.length && a.every((value, n) => value === b[n]);

/** `x` moved by `samples`, with silence where nothing came in. */
function moved(x: Float32Array, samples: number): Float32Array {
  return Float32Array.from(x, (_, n) => x[n - samples] ?? 0);
}

const noise = createRandom(3);
const devices: [string, (x: Float32Array) => Float32Array, 1 | -1][] = [
  ["a wire", (x) => x, 1],
  ["an inverting wire", (x) => x.map((v) => -0.5 * v), -1],
  ["soft clipping", (x) => x.map((v) => Math.tanh(20 * v)), 1],
  [
    "hard, lopsided clipping with hiss",
    (x) => x.map((v) => Math.min(0.2, Math.max(-0.5, 30 * v)) + 0.003 * noise.normal()),
    1,
  ],
];

describe("estimateAlignment", () => {
  for (const [what, device, polarity] of devices) {
    it(`finds the exact delay and the polarity of ${what}`, () => {
      for (const delay of [0, 9001, -20]) {
        const found = estimateAlignment(dry, moved(device(dry), delay), { sampleRate });
        expect(found).toMatchObject({ delaySamples: delay, polarity });
        expect(found.correlation).toBeGreaterThan(0.5);
        expect(found.prominence).toBeGreaterThan(30);
      }
    });
  }

  it("is not fooled by the few samples that a filter moves the wave", () => {
    let state = 0;
    const filtered = dry.map((v) => {
      state += 0.15 * (Math.tanh(10 * v) - state); // low-pass at about 1.1 kHz
      return state;
    });
    const { delaySamples } = estimateAlignment(dry, moved(filtered, 200), { sampleRate });
    expect(Math.abs(delaySamples - 200)).toBeLessThanOrEqual(2);
    expect(estimateAlignment(dry, filtered, { sampleRate }).delaySamples).toBe(0);
  });

  it("does not stand out for another performance", () => {
    const { prominence, correlation } = estimateAlignment(dry, other, { sampleRate });
    expect(prominence).toBeLessThan(14);
    expect(Math.abs(correlation)).toBeLessThan(0.2);
  });

  it("notices that the second half lies later than the first", () => {
    const half = dry.length / 2;
    const wet = Float32Array.from(dry, (_, n) => Math.tanh(5 * (dry[n - (n < half ? 10 : 15)] ?? 0)));
    const { driftSamples } = estimateAlignment(dry, wet, { sampleRate });
    expect(driftSamples === null || driftSamples === 5).toBe(true);
  });

  it("listens to the scored parts of segments only", () => {
    const segment = { length: 22050, skip: 11025 };
    const wet = moved(dry, 30);
    // A transient that would match at another delay, in the skipped part of every segment.
    for (let n = 0; n < wet.length; n++) if (n % 22050 < 8000) wet[n] = -3 * (dry[n - 400] ?? 0);
    expect(estimateAlignment(dry, wet, { sampleRate, segment })).toMatchObject({ delaySamples: 30, polarity: 1 });
  });

  it("refuses silence and a handful of samples", () => {
    const silent = new Float32Array(dry.length);
    expect(() => estimateAlignment(dry, silent, { sampleRate })).toThrow(
      expect.objectContaining({ code: "silent-recording" }),
    );
    expect(() => estimateAlignment(dry.subarray(0, 900), dry, { sampleRate })).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });
});

describe("correlationAt", () => {
  it("is Pearson's coefficient of the samples that belong together", () => {
    const x = Float32Array.of(1, 2, 3, 4, 9);
    expect(correlationAt(x, Float32Array.of(7, 12, 14, 16, 18), { delaySamples: 1 })).toBeCloseTo(1, 12);
    expect(correlationAt(x, Float32Array.of(-2, -3, -4, -9, 5), { delaySamples: -1 })).toBeCloseTo(-1, 12);
    expect(correlationAt(x, new Float32Array(5), { delaySamples: 0 })).toBe(0);
  });
});

describe("alignPair", () => {
  const wet = moved(
    dry.map((v) => -Math.tanh(10 * v)),
    100,
  );

  it("moves the wet onto the dry and leaves its polarity alone", () => {
    const pair = alignPair(dry, wet, { sampleRate });
    expect(pair).toMatchObject({ sampleRate, delaySamples: 100, polarity: -1 });
    expect(same(pair.dry, dry.subarray(0, dry.length - 100))).toBe(true);
    expect(same(pair.wet, wet.subarray(100))).toBe(true);
    expect(pair.correlation).toBeGreaterThan(0.5);
  });

  it("takes a delay that is given, in both directions, and copies", () => {
    const short = Float32Array.of(1, 2, 3, 4);
    const late = alignPair(short, Float32Array.of(0, 1, 2, 3, 4), { sampleRate, delaySamples: 1 });
    expect(late.wet).toEqual(short);
    const early = alignPair(short, Float32Array.of(2, 3, 4), { sampleRate, delaySamples: -1 });
    expect(early.wet).toEqual(Float32Array.of(0, 2, 3, 4));
    expect(early.dry).toEqual(short);
    expect(early.dry).not.toBe(short);
    expect(early).toMatchObject({ polarity: 1, delaySamples: -1 });
  });

  it("takes an alignment that was found before", () => {
    const alignment = estimateAlignment(dry, wet, { sampleRate });
    const pair = alignPair(dry, wet, { sampleRate, alignment: { ...alignment, delaySamples: 99 } });
    expect(pair.delaySamples).toBe(99);
    expect(same(pair.wet, wet.subarray(99))).toBe(true);
  });

  it("refuses other takes, swapped files and delays that leave nothing", () => {
    const names = { dryName: "dry.wav", wetName: "wet.wav" };
    expect(() => alignPair(dry, other, { sampleRate, ...names })).toThrow(
      expect.objectContaining({ code: "unrelated-signals", message: expect.stringContaining('"wet.wav"') }),
    );
    expect(() => alignPair(wet, dry, { sampleRate, ...names })).toThrow(
      expect.objectContaining({ code: "swapped", message: expect.stringMatching(/100 samples \(2.3 ms\) before/) }),
    );
    for (const delaySamples of [wet.length, -dry.length, 1.5]) {
      expect(() => alignPair(dry, wet, { sampleRate, delaySamples })).toThrow(
        expect.objectContaining({ code: "bad-delay" }),
      );
    }
  });

  it("takes steady tones that follow each other, though they have no clear delay", () => {
    const tone = Float32Array.from({ length: 96_000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / 48_000));
    const pair = alignPair(
      tone,
      tone.map((v) => Math.tanh(3 * v)),
      { sampleRate: 48_000 },
    );
    expect(pair.delaySamples).toBe(0);
  });
});
