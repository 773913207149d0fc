import { expect, it } from "vitest";
import { loudnessDifference } from "./loudness-difference.ts";

const sampleRate = 48000;
const tone = (gain: number, samples = sampleRate) =>
  Float32Array.from({ length: samples }, (_, n) => gain * Math.sin((2 * Math.PI * 997 * n) / sampleRate));

it("loudnessDifference is the change of level in dB, louder predictions above 0", () => {
  // The gates do not move between two levels of one tone, so only float32 rounding is left.
  expect(loudnessDifference([tone(0.2)], [tone(0.1)], { sampleRate })).toBeCloseTo(20 * Math.log10(2), 5);
  expect(loudnessDifference([tone(0.1)], [tone(0.2)], { sampleRate })).toBeCloseTo(-20 * Math.log10(2), 5);
  expect(loudnessDifference([tone(0.1), tone(0.1)], [tone(0.1), tone(0.1)], { sampleRate })).toBe(0);
});

it("loudnessDifference refuses other shapes and silence", () => {
  const code = (code: string) => expect.objectContaining({ code });
  const silence = new Float32Array(sampleRate);
  expect(() => loudnessDifference([tone(1)], [tone(1), tone(1)], { sampleRate })).toThrow(code("length-mismatch"));
  expect(() => loudnessDifference([tone(1)], [tone(1, 40000)], { sampleRate })).toThrow(code("length-mismatch"));
  expect(() => loudnessDifference([tone(1)], [silence], { sampleRate })).toThrow(code("silent-target"));
  expect(() => loudnessDifference([silence], [tone(1)], { sampleRate })).toThrow(code("silent-prediction"));
});
