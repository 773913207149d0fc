import { describe, expect, it } from "vitest";
import { trainingSignal } from "../training-signal.ts";
import { trainingSignalBlocks } from "./training-signal-blocks.ts";

describe("trainingSignalBlocks", () => {
  it.each([
    { sampleRate: 8000, seconds: 12, seed: 1 },
    { sampleRate: 11_025, seconds: 5.3, seed: 7, preset: "drums" },
  ] as const)("gives the samples of trainingSignal, part by part: %o", (options) => {
    const whole = trainingSignal(options);
    const { parts, part, scaleFor, warnings } = trainingSignalBlocks(options);
    expect(parts).toEqual(whole.parts);
    expect(warnings).toEqual(whole.warnings);
    const sounds = parts.map((one) => ({ start: one.start, sound: part(one) }));
    const scale = scaleFor(Math.max(...sounds.map(({ sound }) => sound.reduce((p, v) => Math.max(p, Math.abs(v)), 0))));
    for (const { start, sound } of sounds) {
      const scaled = sound.map((value) => value * scale);
      expect(scaled).toEqual(whole.samples.subarray(start, start + sound.length));
    }
    expect(sounds.reduce((sum, { sound }) => sum + sound.length, 0)).toBe(whole.samples.length);
  });
});
