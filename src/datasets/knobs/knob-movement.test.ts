import { describe, expect, it } from "vitest";
import type { EffectKnob } from "./effect-knob.ts";
import { knobValueAt, readKnobMovements, trajectoryCsv } from "./knob-movement.ts";

const turn = (name: string, more: Partial<EffectKnob> = {}): EffectKnob => ({
  name,
  label: name,
  unit: "",
  min: 0,
  max: 1,
  default: 0.5,
  spacing: "linear",
  ...more,
});
const knobs = [turn("drive"), turn("tone"), turn("mode", { positions: ["a", "b"], spacing: "whole" })];

describe("readKnobMovements", () => {
  it("reads swings and lines", () => {
    const [drive, tone] = readKnobMovements("drive=0..1@8s, tone=0.2@1|0.8@3", knobs);
    expect([0, 2, 4, 8].map((t) => knobValueAt(drive!, t))).toEqual([
      0,
      expect.closeTo(0.5, 12),
      1,
      expect.closeTo(0, 12),
    ]);
    expect([0, 1, 2, 3, 9].map((t) => knobValueAt(tone!, t))).toEqual([0.2, 0.2, 0.5, 0.8, 0.8]);
  });

  it.each([
    ["drive", "bad-movement"],
    ["drive=0..1", "bad-movement"],
    ["drive=1..0@3", "bad-movement"],
    ["drive=0..1@0", "bad-movement"],
    ["drive=0@3|1@2", "bad-movement"],
    ["drive=0@1,drive=1@2", "bad-movement"],
    ["mode=0..1@2", "bad-movement"],
    ["drive=0..2@3", "bad-knob"],
    ["gain=0..1@3", "unknown-knob"],
  ])("refuses %s", (text, code) => {
    expect(() => readKnobMovements(text, knobs)).toThrow(expect.objectContaining({ code }));
  });
});

it("writes a table of where the knobs stood", () => {
  const csv = trajectoryCsv(readKnobMovements("drive=0@0|1@1", knobs), { seconds: 1, rateHz: 4 });
  expect(csv).toBe("seconds,drive\n0,0\n0.25,0.25\n0.5,0.5\n0.75,0.75\n1,1\n");
});
