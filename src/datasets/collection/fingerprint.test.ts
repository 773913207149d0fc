import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import { createFingerprinter, fingerprintBytesPerSecond, fingerprintWordsPerFile } from "./fingerprint.ts";

function fingerprint(samples: Float32Array, { sampleRate = 8000, words = 24_000, piece = 4096 } = {}): Uint32Array {
  const fingerprinter = createFingerprinter({ sampleRate, words });
  for (let at = 0; at < samples.length; at += piece) fingerprinter.push(samples.subarray(at, at + piece));
  return fingerprinter.end();
}

const noise = (seed: number, samples = 16_000) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => 0.1 * random.normal());
};

/** Share of the bits in which two fingerprints differ. */
function difference(a: Uint32Array, b: Uint32Array): number {
  const length = Math.min(a.length, b.length);
  let wrong = 0;
  for (let t = 0; t < length; t++) wrong += ((a[t]! ^ b[t]!) >>> 0).toString(2).replaceAll("0", "").length;
  return wrong / (32 * length);
}

describe("createFingerprinter", () => {
  it("makes 80 words a second, whatever the rate and the sizes of the pieces", () => {
    const x = noise(1);
    const whole = fingerprint(x);
    expect(whole).toHaveLength(160);
    for (const piece of [1, 97, 16_000]) expect(fingerprint(x, { piece })).toEqual(whole);
    expect(fingerprint(noise(1, 44_100), { sampleRate: 44_100 })).toHaveLength(80);
    expect(fingerprintBytesPerSecond).toBe(320);
  });

  it("gives the same words at another level and polarity, and half other bits for other noise", () => {
    const x = noise(2);
    expect(fingerprint(x.map((value) => -0.25 * value))).toEqual(fingerprint(x));
    const other = difference(fingerprint(x), fingerprint(noise(3)));
    // 160 words of 32 bits that overlap: far from chance would be below 0.4.
    expect(other).toBeGreaterThan(0.42);
    expect(other).toBeLessThan(0.58);
  });

  it("hardly changes with the rate", () => {
    const random = createRandom(8);
    const partials = Array.from({ length: 200 }, () => ({
      hz: 200 + 2000 * random.uniform(),
      phase: 7 * random.uniform(),
    }));
    const rustle = (sampleRate: number) =>
      Float32Array.from({ length: sampleRate }, (_, n) => {
        return partials.reduce(
          (sum, { hz, phase }) => sum + 0.01 * Math.sin((2 * Math.PI * hz * n) / sampleRate + phase),
          0,
        );
      });
    const slow = fingerprint(rustle(8000));
    for (const sampleRate of [11_025, 44_100]) {
      expect(difference(slow, fingerprint(rustle(sampleRate), { sampleRate }))).toBeLessThan(0.03);
    }
  });

  it("has words of 0 for silence, and none for recordings that are too slow", () => {
    expect([...fingerprint(new Float32Array(8000))].every((word) => word === 0)).toBe(true);
    const half = fingerprint(Float32Array.of(...noise(4, 8000), ...new Float32Array(8000)));
    expect(half[10]).not.toBe(0);
    expect([...half.subarray(90)].every((word) => word === 0)).toBe(true);
    expect(fingerprint(noise(5), { sampleRate: 2000 })).toHaveLength(0);
  });

  it("stops at the most words", () => {
    const x = noise(6);
    expect(fingerprint(x, { words: 50 })).toEqual(fingerprint(x).subarray(0, 50));
  });
});

describe("fingerprintWordsPerFile", () => {
  it("keeps all files together near 128 MB", () => {
    expect([0, 1000, 10_000, 100_000].map(fingerprintWordsPerFile)).toEqual([24_000, 24_000, 3200, 400]);
    for (const files of [2000, 20_000, 80_000])
      expect(4 * files * fingerprintWordsPerFile(files)).toBeLessThanOrEqual(128e6);
  });
});
