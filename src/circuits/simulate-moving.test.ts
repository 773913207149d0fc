import { describe, expect, it } from "vitest";
import { circuitLibrary } from "./library/library.ts";
import { readNetlist } from "./netlist/read-netlist.ts";
import { simulateCircuit } from "./simulate-circuit.ts";

const sampleRate = 48_000;

describe("simulateCircuit with knobs that move", () => {
  const divider = readNetlist(
    [
      "* divider",
      "*.input Vin",
      "*.output out",
      "*.knob level",
      ".param level=0.5",
      "Vin in 0 0",
      "XP1 0 out in pot R=10k pos={level} taper=B",
      ".end",
    ].join("\n"),
    { name: "divider" },
  );

  it("gives a volume knob that turns evenly its straight line", () => {
    const x = Float32Array.from({ length: 4800 }, (_, n) => Math.sin(n * 0.02));
    const y = simulateCircuit(divider, x, {
      sampleRate,
      oversampling: 1,
      knobs: (seconds) => ({ level: 0.2 + 6 * seconds }),
    });
    // Steps of 32 samples around the line: 16 samples of 6 per second are 0.002.
    for (let n = 0; n < x.length; n++) {
      expect(Math.abs(y[n]! - x[n]! * (0.2 + (6 * (n + 0.5)) / sampleRate))).toBeLessThan(0.0021);
    }
    const mean = (from: number) => {
      let sum = 0;
      for (let n = from; n < from + 32; n++) sum += y[n]! - x[n]! * (0.2 + (6 * (n + 0.5)) / sampleRate);
      return sum / 32;
    };
    // Each step stands where the knob is in its middle: no delay.
    for (let from = 0; from < 4800; from += 32) expect(Math.abs(mean(from))).toBeLessThan(4e-4);
  });

  it("is the circuit at rest where nothing moves, and between its ends where something does", () => {
    const { name, netlist } = circuitLibrary.find((circuit) => circuit.name === "tube-screamer")!;
    const parsed = readNetlist(netlist, { name });
    const x = Float32Array.from({ length: 3000 }, (_, n) => 0.2 * Math.sin(n * 0.05));
    const still = simulateCircuit(parsed, x, { sampleRate, knobs: { drive: 0.4 } });
    expect(simulateCircuit(parsed, x, { sampleRate, knobs: () => ({ drive: 0.4 }) })).toEqual(still);
    const moved = simulateCircuit(parsed, x, { sampleRate, knobs: (s) => ({ drive: s < 0.03 ? 0.4 : 0.9 }) });
    expect(moved.slice(0, 1300)).toEqual(still.slice(0, 1300));
    expect(Math.max(...moved.slice(1600))).toBeGreaterThan(1.02 * Math.max(...still.slice(1600)));
  });

  it("refuses a knob that leaves its range on the way", () => {
    expect(() =>
      simulateCircuit(divider, new Float32Array(4800), { sampleRate, knobs: (s) => ({ level: s * 20 }) }),
    ).toThrow(expect.objectContaining({ code: "netlist-knob" }));
  });
});
