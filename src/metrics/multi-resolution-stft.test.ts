import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { multiResolutionStft } from "./multi-resolution-stft.ts";

const noise = (samples: number, seed: number) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => 0.1 * random.normal());
};

describe("multiResolutionStft", () => {
  it("is 0 for equal signals and for the inverted one, whose magnitudes are the same", () => {
    const x = noise(4000, 1);
    expect(multiResolutionStft(x, x)).toBe(0);
    expect(
      multiResolutionStft(
        x.map((v) => -v),
        x,
      ),
    ).toBe(0);
  });

  it("is 1/2 + ln 2 for half the level", () => {
    // Convergence |1 - 1/2| = 1/2 and log difference ln 2 in every bin that is far above the floor.
    const x = noise(4000, 2);
    expect(
      multiResolutionStft(
        x.map((v) => v / 2),
        x,
      ),
    ).toBeCloseTo(0.5 + Math.LN2, 4);
  });

  it("refuses what it cannot judge", () => {
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => multiResolutionStft(noise(1024, 1), noise(1024, 2))).toThrow(code("too-short"));
    expect(multiResolutionStft(noise(1025, 1), noise(1025, 2))).toBeGreaterThan(0.5);
    expect(() => multiResolutionStft(noise(2000, 1), noise(2001, 2))).toThrow(code("length-mismatch"));
    expect(() => multiResolutionStft(noise(2000, 1), new Float32Array(2000))).toThrow(code("silent-target"));
    expect(() => multiResolutionStft(noise(2000, 1).fill(Number.NaN, 7, 8), noise(2000, 2))).toThrow(
      /predicted sample 7/,
    );
  });
});
