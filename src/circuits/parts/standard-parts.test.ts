import { describe, expect, it } from "vitest";
import { ngspiceIsThere, runNgspice } from "../../../fixtures/circuits/library/run-ngspice.mjs";
import { readNetlist } from "../netlist/read-netlist.ts";
import { resolveCircuit } from "../netlist/resolve-circuit.ts";
import { createNetlistSolver } from "../netlist-solver.ts";
import { createCircuitSolver } from "../solver/plain-circuit-solver.ts";
import { standardPartNames, standardPartTexts } from "./standard-part-texts.ts";
import { standardParts } from "./standard-parts.ts";

const restOf = (...lines: readonly string[]) => {
  const circuit = resolveCircuit(readNetlist(["* rest", "Vin in 0 0", "Rin in 0 1k", ...lines, ".end"].join("\n")));
  return createCircuitSolver(circuit, { input: "vin", output: "in", stepSeconds: 1e-6 }).operatingPoint;
};
/** Volts over a part that a milliampere or so flows through. */
const forwardVolts = (model: string, amps: number) => restOf(`I1 0 a ${amps}`, `D1 a 0 ${model}`).a;

describe("the parts that come along", () => {
  it.each([
    ["1N4148", 5e-3, 0.67, 0.05],
    ["1N914", 10e-3, 0.72, 0.05],
    ["1N4001", 10e-3, 0.7, 0.03],
    ["1N34A", 1e-3, 0.29, 0.02],
    ["1N5817", 10e-3, 0.2, 0.03],
    ["LEDRED", 10e-3, 1.8, 0.1],
    ["LEDGREEN", 10e-3, 2.2, 0.1],
  ])("%s has its forward voltage at %d A", (model, amps, volts, tolerance) => {
    expect(Math.abs(forwardVolts(model, amps)! - volts)).toBeLessThan(tolerance);
  });

  it.each([
    ["1N4733", 49e-3, 5.1],
    ["1N4739", 28e-3, 9.1],
  ])("%s breaks down at its voltage", (model, amps, volts) => {
    expect(forwardVolts(model, -amps)).toBeCloseTo(-volts, 1);
  });

  // Typical current gains of data sheets at a collector current of about 1 or 2 mA and 5 V; limits are wider.
  it.each([
    ["2N3904", 4e-6, 200, 330],
    ["2N3906", 5e-6, 150, 250],
    ["2N2222A", 6e-6, 130, 260],
    ["2N5088", 2e-6, 500, 1100],
    ["BC108", 5e-6, 250, 450],
    ["BC547", 6e-6, 220, 330],
    ["BC557", 5e-6, 250, 400],
    ["AC128", 20e-6, 60, 230],
    ["OC44", 10e-6, 60, 400],
  ])("%s multiplies its base current", (model, amps, least, most) => {
    const sign = /2N3906|BC557|AC128|OC44/.test(model) ? -1 : 1;
    const rest = restOf(`I1 0 b ${sign * amps}`, `Vc supply 0 ${5 * sign}`, "Rc supply c 1", `Q1 c b 0 ${model}`);
    const gain = (sign * (rest.supply! - rest.c!)) / amps;
    expect(gain).toBeGreaterThan(least);
    expect(gain).toBeLessThan(most);
  });

  it.each([
    ["J201", 0.6, -0.8],
    ["2N5457", 3, -1.8],
    ["2N5458", 4, -2.5],
    ["2N5952", 6, -2.4],
  ])("%s gives %d mA at 0 V and nothing at %d V", (model, milliamperes, off) => {
    const at = (gate: number) => {
      const rest = restOf(`Vg g 0 ${gate}`, "Vd supply 0 10", "Rd supply d 1", `J1 d g 0 ${model}`);
      return 1000 * (rest.supply! - rest.d!);
    };
    expect(at(0) / milliamperes).toBeGreaterThan(0.95);
    expect(at(0) / milliamperes).toBeLessThan(1.1);
    expect(at(off)).toBeLessThan(0.001);
  });

  // Plate current of data sheets, mA; Koren's fits follow whole families of curves and miss single points by some 20 %.
  it.each([
    ["12AX7", 250, -2, 1.2],
    ["ECC83", 250, -2, 1.2],
    ["12AT7", 250, -2, 10],
    ["12AU7", 250, -8.5, 10.5],
    ["6DJ8", 90, -1.3, 15],
  ])("%s at %d V and %d V draws its current", (tube, plate, grid, milliamperes) => {
    const rest = restOf(`Vg g 0 ${grid}`, `Va supply 0 ${plate}`, "Ra supply p 1", `X1 p g 0 ${tube}`);
    expect(Math.abs((1000 * (rest.supply! - rest.p!)) / milliamperes - 1)).toBeLessThan(0.3);
  });

  it.each([
    ["EL34", 250, -13.5, 100],
    ["6L6GC", 250, -14, 72],
    ["KT88", 250, -15, 140],
    ["EL84", 250, -7.3, 48],
    ["6V6GT", 250, -12.5, 45],
  ])("%s at %d V and %d V draws its current", (tube, volts, grid, milliamperes) => {
    const rest = restOf(
      `Vg g 0 ${grid}`,
      `Va supply 0 ${volts}`,
      "Ra supply p 0.1",
      `Vs s 0 ${volts}`,
      `X1 p g 0 s ${tube}`,
    );
    expect(Math.abs((10_000 * (rest.supply! - rest.p!)) / milliamperes - 1)).toBeLessThan(0.15);
  });

  it("op-amps follow their input and stop before their supplies", () => {
    const names = Object.keys(standardParts().subcircuits).filter((name) => /^(tl0|jrc|rc4|ne5|opa\d|lm)/.test(name));
    expect(names.length).toBe(11);
    for (const name of names) {
      const at = (volts: number) =>
        restOf(`Vp p 0 ${volts}`, "Vcc vcc 0 9", "Vee vee 0 -9", `X1 p out vcc vee out ${name}`, "RL out 0 10k").out!;
      expect(at(1), name).toBeCloseTo(1, 3);
      expect(at(8.99), name).toBeLessThan(8.1);
      expect(at(8.99), name).toBeGreaterThan(6.4);
      expect(at(-8.99), name).toBeGreaterThan(-9.01);
    }
  });

  it("are known by name without being read", () => {
    expect([...standardPartNames("model")].sort()).toEqual(Object.keys(standardParts().models).sort());
    expect([...standardPartNames("subckt")].sort()).toEqual(Object.keys(standardParts().subcircuits).sort());
  });

  it("a definition in the netlist goes before", () => {
    const rest = restOf("I1 0 a 1m", "D1 a 0 1N4148", ".model 1N4148 D(IS=1n N=1)");
    expect(rest.a).toBeCloseTo(0.02586 * Math.log(1e-3 / 1e-9), 2);
  });

  it("names parts where one is misspelt", () => {
    expect(() => restOf("D1 in 0 1N4184")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("1n4148") }),
    );
    expect(() => restOf("X1 in 0 in 12AX8")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("12ax7") }),
    );
  });

  // ngspice has no `ako:`.
  const texts = Object.values(standardPartTexts)
    .join("\n")
    .replace(/^.*\bako:.*$/gm, "");
  const stages = {
    "an EL84 into its transformer": [
      "Vs supply 0 250",
      "Rk k 0 135",
      "Ck k 0 100u",
      "Rg in g 1k",
      "Rl g 0 470k",
      "X1 p g k supply EL84",
      "X2 supply p out 0 transformer ratio=25 henries=10 rp=200 rs=0.3",
      "Rload out 0 8",
    ],
    "a TL072 into its rails, with germanium diodes behind it": [
      "Vcc vcc 0 9",
      "Vref ref 0 4.5",
      "Cin in plus 100n",
      "Rb plus ref 1meg",
      "X1 plus m vcc 0 o TL072",
      "Rf o m 100k",
      "Ri m ref 2.2k",
      "Co o d 1u",
      "Rd d out 1k",
      "D1 out 0 1N34A",
      "D2 0 out 1N34A",
    ],
    "a 2N3904 behind a J201": [
      "Vcc vcc 0 9",
      "Rg in 0 1meg",
      "J1 vcc in s J201",
      "Rs s 0 10k",
      "Cc s b 1u",
      "R1 vcc b 220k",
      "R2 b 0 47k",
      "Q1 out b e 2N3904",
      "Rc vcc out 4.7k",
      "Re e 0 470",
    ],
    "a BS170 and a red diode": [
      "Vcc vcc 0 9",
      "Cin in g 100n",
      "R1 vcc g 1meg",
      "R2 g 0 390k",
      "M1 out g 0 0 BS170",
      "Rd vcc out 4.7k",
      "D1 out l LEDRED",
      "RL l 0 10k",
    ],
  };
  it.skipIf(!ngspiceIsThere).each(Object.entries(stages))(
    "%s is what ngspice makes of the same cards (skipped without ngspice: apt-get install ngspice)",
    (name, lines) => {
      const sampleRate = 384_000;
      const text = (more: string) =>
        [`* ${name}`, "*.input Vin", "*.output out", "Vin in 0 0", ...lines, more, ".end"].join("\n");
      const volts = Float64Array.from({ length: 3840 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / sampleRate));
      const { solver } = createNetlistSolver(readNetlist(text("")), { stepSeconds: 1 / sampleRate });
      const played = new Float64Array(volts.length);
      played[0] = solver.operatingPoint.out ?? Number.NaN;
      solver.run(volts.subarray(1), played.subarray(1));
      const { output } = runNgspice({
        ...{ netlist: text(texts), parameters: {}, source: "vin", output: ["out", "0"] as const, volts, sampleRate },
        guess: solver.operatingPoint,
      });
      const rest = output[0]!;
      let [error, energy] = [0, 0];
      for (const [n, value] of output.entries()) {
        error += (played[n]! - value) ** 2;
        energy += (value - rest) ** 2;
      }
      expect(energy).toBeGreaterThan(1e-3);
      expect(10 * Math.log10(error / energy)).toBeLessThan(-65);
    },
  );
});
