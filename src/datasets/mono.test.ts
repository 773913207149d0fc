import { describe, expect, it } from "vitest";
import { toMono } from "./mono.ts";

const left = Float32Array.of(1, 2, 3);
const right = Float32Array.of(3, 0, 1);
const silent = new Float32Array(3);
const recording = (...channels: Float32Array[]) => ({ channels, sampleRate: 48000 });

describe("toMono", () => {
  it("takes the only channel, or one of several equal ones, without a word", () => {
    expect(toMono(recording(left), { name: "a.wav" })).toEqual({ samples: left });
    expect(toMono(recording(left, left.slice()), { name: "a.wav" })).toEqual({ samples: left });
  });

  it("takes the left of two different channels and says so", () => {
    const { samples, warning } = toMono(recording(left, right), { name: "a.wav" });
    expect(samples).toBe(left);
    expect(warning).toBe('"a.wav" has 2 different channels: the left one is used');
  });

  it("takes the right channel if the left one is silent", () => {
    const { samples, warning } = toMono(recording(silent, right), { name: "a.wav" });
    expect(samples).toBe(right);
    expect(warning).toContain("left one is silent");
  });

  it("takes what it is told to", () => {
    expect(toMono(recording(left, right), { name: "a.wav", channel: "left" })).toEqual({ samples: left });
    expect(toMono(recording(left, right), { name: "a.wav", channel: "right" })).toEqual({ samples: right });
    expect(toMono(recording(left, right), { name: "a.wav", channel: "mix" }).samples).toEqual(Float32Array.of(2, 1, 2));
    expect(() => toMono(recording(left), { name: "a.wav", channel: "right" })).toThrow(
      expect.objectContaining({ code: "no-such-channel" }),
    );
  });
});
