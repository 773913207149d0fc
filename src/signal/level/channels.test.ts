import { describe, expect, it } from "vitest";
import { meanOfChannels, mixChannels, selectChannels } from "./channels.ts";

const recording = (...channels: number[][]) => ({
  channels: channels.map((samples) => Float32Array.from(samples)),
  sampleRate: 8000,
});
const valuesOf = ({ channels }: { channels: Float32Array[] }) => channels.map((samples) => Array.from(samples));

describe("mixChannels", () => {
  it("mono is the mean of the channels", () => {
    const mono = mixChannels(recording([1, 0.5], [0, -0.5], [-0.25, 0.75]), { to: "mono" });
    expect(valuesOf(mono)).toEqual([[0.25, 0.25]]);
    expect(mono.sampleRate).toBe(8000);
    // 2^25 + 1 - 2^25 is 1 in float64 and 0 in float32.
    expect(
      Array.from(meanOfChannels([Float32Array.of(2 ** 25), Float32Array.of(1), Float32Array.of(-(2 ** 25))])),
    ).toEqual([Math.fround(1 / 3)]);
  });

  it("stereo doubles one channel, keeps two, and folds more", () => {
    expect(valuesOf(mixChannels(recording([0.5]), { to: "stereo" }))).toEqual([[0.5], [0.5]]);
    expect(valuesOf(mixChannels(recording([0.5], [0.25]), { to: "stereo" }))).toEqual([[0.5], [0.25]]);
    const half = Math.SQRT1_2;
    const folded = mixChannels(recording([1], [2], [4], [8], [16], [32]), { to: "stereo" });
    expect(folded.channels[0]![0]).toBeCloseTo(1 + half * 4 + half * 16, 5);
    expect(folded.channels[1]![0]).toBeCloseTo(2 + half * 4 + half * 32, 5);
  });

  it("takes a table of gains: mid and side", () => {
    const gains = [
      [0.5, 0.5],
      [0.5, -0.5],
    ];
    expect(valuesOf(mixChannels(recording([1, 0], [0.5, 0.25]), { to: gains }))).toEqual([
      [0.75, 0.125],
      [0.25, -0.125],
    ]);
  });

  it("refuses what cannot be mixed", () => {
    expect(() => mixChannels(recording(), { to: "mono" })).toThrow("no channels");
    expect(() => mixChannels(recording([0], [0], [0], [0], [0], [0], [0]), { to: "stereo" })).toThrow("7 channels");
    expect(() => mixChannels(recording([0], [0]), { to: [[1]] })).toThrow("row 1 holds the gains 1 for 2 channels");
    expect(() => mixChannels(recording([0], [0]), { to: [[1, Number.NaN]] })).toThrow("1, NaN");
  });
});

describe("selectChannels", () => {
  it("takes channels in the order asked for, as views", () => {
    const all = recording([1], [2], [3]);
    const some = selectChannels(all, { channels: [2, 0, 2] });
    expect(valuesOf(some)).toEqual([[3], [1], [3]]);
    expect(some.channels[0]).toBe(all.channels[2]);
  });

  it("refuses a channel that is not there", () => {
    expect(() => selectChannels(recording([1], [2]), { channels: [2] })).toThrow("channel 2 was asked for");
  });
});
