import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Samples } from "../matrix.ts";
import { resample } from "./resample.ts";
import { createResampler } from "./resampler.ts";

const noise = (length: number) => Float32Array.from({ length }, (_, n) => Math.sin(n * n * 0.37) * 0.9);

function joined<S extends Samples>(parts: S[], like: S): S {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = (like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as S;
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** As `toEqual`, which is slow over arrays of this size. */
function expectSameBits(actual: Samples, expected: Samples): void {
  expect(actual.length).toBe(expected.length);
  expect(actual.findIndex((value, n) => !Object.is(value, expected[n]))).toBe(-1);
}

describe("createResampler", () => {
  it("gives the bits of resample whatever the blocks", () => {
    const changes = [
      { from: 44100, to: 48000 },
      { from: 2, to: 1 },
      { from: 44100, to: 44101 },
      { from: 300, to: 1 },
      { from: 1, to: 5 },
      { from: 7, to: 7 },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.constantFrom("best" as const, "fast" as const, "scipy" as const),
        fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1500 })), { maxLength: 8 }),
        (change, quality, sizes) => {
          const x = noise(sizes.reduce((sum, size) => sum + size, 0));
          const resampler = createResampler({ ...change, quality });
          const wide = createResampler({ ...change, quality, precision: "float64" });
          const parts: Float32Array[] = [];
          const wideParts: Float64Array[] = [];
          let done = 0;
          for (const size of sizes) {
            const block = x.subarray(done, done + size);
            done += size;
            parts.push(resampler.push(block));
            wideParts.push(wide.push(Float64Array.from(block)));
          }
          expectSameBits(joined([...parts, resampler.flush()], x), resample(x, { ...change, quality }));
          const x64 = Float64Array.from(x);
          expectSameBits(joined([...wideParts, wide.flush()], x64), resample(x64, { ...change, quality }));
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  it("keeps two streams apart that take turns", () => {
    const x = noise(3000);
    const [a, b] = [createResampler({ from: 44100, to: 16000 }), createResampler({ from: 3, to: 4, quality: "fast" })];
    const parts: [Float32Array[], Float32Array[]] = [[], []];
    for (let n = 0; n < x.length; n += 300) {
      parts[0].push(a.push(x.subarray(n, n + 300)));
      parts[1].push(b.push(x.subarray(n, n + 300)));
    }
    expect(joined([...parts[0], a.flush()], x)).toEqual(resample(x, { from: 44100, to: 16000 }));
    expect(joined([...parts[1], b.flush()], x)).toEqual(resample(x, { from: 3, to: 4, quality: "fast" }));
  });

  it("holds back only what waits for its inputs", () => {
    // 110 samples of the lower rate on either side, in rows of whole eights: 112.
    const resampler = createResampler({ from: 24000, to: 48000 });
    expect(resampler.push(new Float32Array(112)).length).toBe(0);
    expect(resampler.push(new Float32Array(1000)).length).toBe(2000);
  });

  it("counts the place of a bad sample from the beginning of the sound", () => {
    const resampler = createResampler({ from: 100, to: 200 });
    resampler.push(new Float32Array(50));
    expect(() => resampler.push(Float32Array.of(0, Number.POSITIVE_INFINITY))).toThrow(
      "sample 51 (at 0.5100 s) is Infinity",
    );
  });

  it("refuses the quality that needs the whole sound, and more sound after its end", () => {
    expect(() => createResampler({ from: 1, to: 2, quality: "fft" as "best" })).toThrow('"fft"');
    const resampler = createResampler({ from: 1, to: 2 });
    expect(resampler.flush().length).toBe(0);
    expect(() => resampler.push(new Float32Array(3))).toThrow("3 samples after its flush");
  });
});
