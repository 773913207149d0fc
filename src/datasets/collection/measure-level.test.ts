import { describe, expect, it } from "vitest";
import { createLevelMeter } from "./measure-level.ts";

function measure(channels: readonly number[][], { encoding = "float32", piece = 1000 } = {}) {
  const meter = createLevelMeter({ channels: channels.length, sampleRate: 1000, encoding });
  const length = channels[0]?.length ?? 0;
  for (let at = 0; at < length; at += piece) {
    meter.push(channels.map((samples) => Float32Array.from(samples.slice(at, at + piece))));
  }
  return meter.end();
}

describe("createLevelMeter", () => {
  it("measures peak, root mean square and the largest mean over all channels", () => {
    const facts = measure([
      [0.5, -0.5, 0.5, -0.5],
      [0.25, 0.25, 0.25, -1.5],
    ]);
    // Squares: 4 * 0.25 and 3 * 0.0625 + 2.25, over 8 samples.
    expect(facts.peak).toBe(1.5);
    expect(facts.rms).toBeCloseTo(Math.sqrt((1 + 2.4375) / 8), 12);
    expect(facts.offset).toBeCloseTo((0.75 - 1.5) / 4, 12);
    expect(facts).toMatchObject({
      nonFinite: 0,
      clippedRuns: 0,
      clippedAt: null,
      deadChannels: 0,
      sameChannels: false,
    });
  });

  it("counts three and more flat samples at full scale as clipped, whatever the sizes of the pieces", () => {
    const samples = [0, 1, 1, 0, 1, 1, 1, 1, 0.2, -1, -1, -1, 0, 1, -1, 1];
    for (const piece of [1, 3, 16]) {
      expect(measure([samples], { piece })).toMatchObject({ clippedRuns: 2, clippedSamples: 7, clippedAt: 0.004 });
    }
  });

  it("knows that full scale of 16 bits is a step below 1, and that lossy compression makes tops uneven", () => {
    const top = 32767 / 32768;
    expect(measure([[0, top, top, top, 0]], { encoding: "pcm16" }).clippedRuns).toBe(1);
    expect(measure([[0, 0.9, 0.9, 0.9, 0]], { encoding: "pcm16" }).clippedRuns).toBe(0);
    const uneven = [0, 1.03, 0.999, 1.05, 1.01, 0];
    expect(measure([uneven], { encoding: "mp3" })).toMatchObject({ clippedRuns: 1, clippedSamples: 4 });
    expect(measure([uneven]).clippedRuns).toBe(0);
  });

  it("counts what is no number and leaves it out of everything else", () => {
    const facts = measure([[0.5, Number.NaN, -0.5, Number.POSITIVE_INFINITY]]);
    expect(facts).toMatchObject({ nonFinite: 2, peak: 0.5, offset: 0 });
  });

  it("notices a channel without sound, and two that are the same", () => {
    expect(
      measure([
        [0.1, 0.2],
        [0, 0],
      ]),
    ).toMatchObject({ deadChannels: 1, sameChannels: false });
    expect(
      measure([
        [0.1, 0.2],
        [0.1, 0.2],
      ]),
    ).toMatchObject({ deadChannels: 0, sameChannels: true });
    expect(
      measure([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ deadChannels: 0 });
    expect(measure([[0.1, 0.2]]).sameChannels).toBe(false);
  });
});
