import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import { colourFeatures, createColourMeter } from "./measure-colour.ts";

function measure(samples: Float32Array, sampleRate: number, piece = 5000) {
  const meter = createColourMeter({ sampleRate });
  for (let at = 0; at < samples.length; at += piece) meter.push(samples.subarray(at, at + piece));
  return meter.end();
}

const sine = (frequencyHz: number, sampleRate: number) =>
  Float32Array.from({ length: sampleRate }, (_, n) => 0.3 * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRate));

describe("createColourMeter", () => {
  it("puts the centroid of a tone at its frequency, at any rate", () => {
    for (const sampleRate of [8000, 44100, 96000]) {
      // The window's side lobes reach over the whole band and pull a little towards its middle.
      expect(measure(sine(1500, sampleRate), sampleRate).centroidHz).toBeGreaterThan(1480);
      expect(measure(sine(1500, sampleRate), sampleRate).centroidHz).toBeLessThan(1560);
    }
  });

  it("puts the centroid of white noise in the middle of the band", () => {
    const random = createRandom(1);
    const noise = Float32Array.from({ length: 20_000 }, () => 0.1 * random.normal());
    expect(measure(noise, 16_000).centroidHz).toBeGreaterThan(3900);
    expect(measure(noise, 16_000).centroidHz).toBeLessThan(4100);
  });

  it("describes a tone by the half octave that it lies in, and steady sound by a small spread", () => {
    const { colour } = measure(sine(1100, 32_000), 32_000);
    expect(colour).toHaveLength(colourFeatures);
    // 62.5 Hz * 2^(8/2) = 1000 Hz begins band 8.
    expect(colour[8]).toBeGreaterThan(-0.1);
    expect(colour[12]).toBeLessThan(-50);
    expect(measure(sine(1100, 32_000).subarray(0, 30_720), 32_000).colour.at(-1)).toBeLessThan(0.1);
  });

  it("does not depend on the level or on the sizes of the pieces", () => {
    const whole = measure(sine(700, 22050), 22050);
    const quiet = measure(
      sine(700, 22050).map((value) => value / 8),
      22050,
    );
    expect(measure(sine(700, 22050), 22050, 333)).toEqual(whole);
    expect(quiet.centroidHz).toBeCloseTo(whole.centroidHz ?? 0, 6);
  });

  it("says nothing of silence", () => {
    const { centroidHz, colour } = measure(new Float32Array(5000), 8000);
    expect(centroidHz).toBeNull();
    expect([...colour].every(Number.isNaN)).toBe(true);
    expect(measure(new Float32Array(0), 8000).centroidHz).toBeNull();
  });
});
