import { describe, expect, it } from "vitest";
import { readNetlist } from "../circuits/index.ts";
import { asksForTime, guessedPorts, idleKnobs } from "./simulate-circuit-facts.ts";
import { knobsOfCircuit } from "./simulate-effect.ts";

const netlistWith = (...lines: string[]) =>
  readNetlist(["title", "Vin in 0 0", "R1 in out 10k", "C1 out 0 10n", ...lines, ".end"].join("\n"), { name: "x.cir" });

describe("asksForTime", () => {
  it("finds pulses and expressions of time, also where only one position of a switch has them", () => {
    expect(asksForTime(netlistWith("Vcc c 0 9", "R2 c out 1meg"), [])).toBe(false);
    expect(asksForTime(netlistWith("Vc c 0 PULSE(0 1 25 1m 1m)", "R2 c out 1meg"), [])).toBe(true);
    expect(asksForTime(netlistWith("B1 c 0 V={1+sin(6*time)}", "R2 c out 1meg"), [])).toBe(true);
    const lfo = netlistWith("*.knob lfo positions=off,on", ".param lfo=0", "B1 c 0 V={lfo==1 ? sin(6*time) : 0}");
    expect(asksForTime(lfo, [{ lfo: 0 }, { lfo: 1 }])).toBe(true);
  });
});

describe("idleKnobs", () => {
  it("names knobs whose parameter no part uses", () => {
    const netlist = netlistWith(
      "*.knob used",
      "*.knob lost",
      "*.knob way positions=a,b",
      "*.knob lostway positions=a,b",
      ".param used=0.5 lost=0.5 way=0 lostway=0",
      "R2 out 0 {1k+10k*used}",
      "R3 out 0 {way==1 ? 1k : 2k}",
    );
    expect(idleKnobs(netlist, knobsOfCircuit(netlist)).map(({ name }) => name)).toEqual(["lost", "lostway"]);
  });

  it("knows a knob that does something only where another one is turned up", () => {
    const netlist = netlistWith("*.knob depth", "*.knob mix", ".param depth=0.5 mix=0", "R2 out 0 {10k+1k*mix*depth}");
    expect(idleKnobs(netlist, knobsOfCircuit(netlist))).toEqual([]);
  });
});

describe("guessedPorts", () => {
  it("tells what was chosen where the netlist says nothing", () => {
    const guess = (text: string) => guessedPorts(readNetlist(text, { name: "x.cir" }), text);
    const text = "title\nV1 in 0 AC 1\nR1 in out 10k\nC1 out 0 10n\n.end\n";
    expect(guess(text)).toBe("input v1, output out (1 V is full scale); lines with *.input and *.output choose others");
    expect(guess(text.replace("V1 in", "*.input V1\n*.output out\nV1 in"))).toBeUndefined();
    expect(guess(text.replace("V1 in", "*.input V1 volts=2\nV1 in"))).toContain("2 V in and 1 V out");
  });
});
