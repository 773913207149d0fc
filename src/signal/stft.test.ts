import { describe, expect, it } from "vitest";
import { createRandom } from "../kernels/index.ts";
import { createStft, stftMagnitude } from "./stft.ts";
import { hann } from "./window.ts";

/** One bin of one frame by definition: mirrored signal, window centred in the frame. Values equal torch.stft's. */
function direct(x: Float64Array, t: number, k: number, fftSize: number, hop: number, window: Float64Array) {
  const offset = Math.floor((fftSize - window.length) / 2);
  let re = 0;
  let im = 0;
  for (let n = 0; n < window.length; n++) {
    let at = Math.abs(t * hop - fftSize / 2 + offset + n);
    if (at >= x.length) at = 2 * (x.length - 1) - at;
    re += window[n]! * x[at]! * Math.cos((2 * Math.PI * k * (offset + n)) / fftSize);
    im -= window[n]! * x[at]! * Math.sin((2 * Math.PI * k * (offset + n)) / fftSize);
  }
  return Math.hypot(re, im);
}

describe("hann", () => {
  it("is periodic: starts at 0, has its 1 in the middle, and does not return to 0", () => {
    expect(Array.from(hann(4))).toEqual([0, expect.closeTo(0.5, 12), 1, expect.closeTo(0.5, 12)]);
    // Shifted by half of itself it adds up to 1, which is what makes it fit for averaging.
    const w = hann(64);
    for (let n = 0; n < 32; n++) expect(w[n]! + w[n + 32]!).toBeCloseTo(1, 12);
  });
});

describe("stftMagnitude", () => {
  const x = Float64Array.from({ length: 101 }, createRandom(4).normal);

  for (const [fftSize, hop, windowSamples] of [
    [32, 10, 32],
    [32, 7, 20],
    [64, 16, 33],
  ] as const) {
    it(`equals its definition in every bin: ${fftSize}, hop ${hop}, window ${windowSamples}`, () => {
      const window = hann(windowSamples);
      const { frames, bins, magnitude } = stftMagnitude(x, { fftSize, hop, window });
      expect(frames).toBe(1 + Math.floor(101 / hop));
      expect(bins).toBe(fftSize / 2 + 1);
      for (let t = 0; t < frames; t++) {
        for (let k = 0; k < bins; k++) {
          // Both are float64 sums of at most 64 numbers near 1.
          expect(magnitude[t * bins + k]).toBeCloseTo(direct(x, t, k, fftSize, hop, window), 11);
        }
      }
    });
  }

  it("uses a window of the whole frame unless told otherwise", () => {
    const options = { fftSize: 16, hop: 4 };
    expect(stftMagnitude(x, options)).toEqual(stftMagnitude(x, { ...options, window: hann(16) }));
  });

  it("never goes below the floor it was given", () => {
    const stft = createStft({ fftSize: 16, hop: 8, floor: 1e-8 });
    const magnitude = new Float64Array(stft.bins);
    stft.magnitude(new Float32Array(20), 0, magnitude);
    expect(Array.from(magnitude)).toEqual(new Array(9).fill(1e-4));
  });

  it("takes a signal too short to be mirrored for a bug", () => {
    expect(() => stftMagnitude(new Float64Array(8), { fftSize: 16, hop: 4 })).toThrow("bug:");
    expect(() => createStft({ fftSize: 16, hop: 4, window: hann(17) })).toThrow("bug:");
  });
});
