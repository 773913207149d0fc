import { describe, expect, it } from "vitest";
import type { Circuit } from "../circuit.ts";
import { readNetlist } from "./read-netlist.ts";
import { readNetlistBytes } from "./read-netlist-bytes.ts";
import { resolveCircuit } from "./resolve-circuit.ts";

const circuitOf = (lines: string) => resolveCircuit(readNetlist(`title\n${lines}`, { name: "x.cir" }));
const ohmsOf = ({ elements }: Circuit, name: string) => {
  const element = elements.find((one) => one.name === name);
  return element?.kind === "resistor" ? element.ohms : undefined;
};

describe("forms that LTspice writes", () => {
  it("a parameter that only .step sets has its first value", () => {
    for (const step of ["param x list 0.2 0.5", "param x 0.2 1 0.1", "dec param x 0.2 20 3"]) {
      expect(ohmsOf(circuitOf(`R1 a 0 {x*10k}\n.step ${step}`), "r1")).toBeCloseTo(2000, 9);
    }
    expect(ohmsOf(circuitOf("R1 a 0 {x*10k}\n.step param x 0.2 1 0.1\n.param x=0.7"), "r1")).toBeCloseTo(7000, 9);
    const { warnings } = readNetlist("t\nR1 a 0 {x}\n.step param x 1k 2k 1k", { name: "x.cir" });
    expect(warnings).toContain("x.cir:3: x is 1k, the first value of .step");
  });

  it("sounds: wavefile= is the input, .wave names the output", () => {
    const { input, output, warnings } = readNetlist(
      't\nVin a 0 1\nV2 b 0 wavefile="in.wav"\nR1 a b 1\nR2 out x 1\n.wave "out.wav" 16 44.1K V(x)',
    );
    expect(input?.source).toBe("v2");
    expect(output?.nodes).toEqual(["x", "0"]);
    expect(warnings).not.toContain(expect.stringContaining(".wave"));
  });

  it("an LFO beside the input leaves the input alone", () => {
    const kicad =
      "V4 ctrl GND PULSE( 0 2 50m 2n 2n 50m 100m )\nV3 sig GND DC 0 SIN( 0 100m 155 0 0 0 ) AC 1\nR1 sig ctrl 1";
    expect(readNetlist(`t\n${kicad}`).input?.source).toBe("v3");
    const lines = circuitOf(kicad).elements.map(({ name, kind }) => `${name} ${kind}`);
    expect(lines).toEqual(["v4 voltage-source", "v4#wave behavioural-voltage", "v3 voltage-source", "r1 resistor"]);
  });

  it("libraries of its own that were not given are passed over", () => {
    const lines = "R1 a 0 1\n.lib UniversalOpAmp2.lib\n.lib opamp.sub\n.lib C:\\lib\\standard.dio";
    expect(circuitOf(lines).elements).toHaveLength(1);
  });

  it("a table of what the control nodes have, and table() of anything", () => {
    const of = (lines: string) => circuitOf(`R1 a b 1\n${lines}`).elements.at(-1);
    expect(of("E1 c 0 a b table=(-1,-5, 1,5)")).toEqual({ ...of("E1 c 0 TABLE {V(a,b)} = (-1,-5) (1,5)") });
    expect(of("E1 c 0 a b table=(-1,-5, 1,5)")).toEqual({ ...of("E1 c 0 value={table(V(a,b),-1,-5,1,5)}") });
    expect(() => circuitOf("E1 c 0 a b Laplace=1/(1+s)")).toThrow(/LAPLACE is not simulated/);
    expect(() => circuitOf("A1 a 0 0 0 0 0 b 0 OTA g=1m")).toThrow(/LTspice's device OTA is not simulated/);
  });

  it("1MEG is a million in any case, and no warning", () => {
    const netlist = readNetlist("t\nR1 a 0 1MEG\nR2 a 0 1Meg\nR3 a 0 2M2\nR4 a 0 1Mil");
    expect(ohmsOf(resolveCircuit(netlist), "r1")).toBe(1e6);
    expect(netlist.warnings).toHaveLength(1);
  });

  it("models of LEDs with figures of the data sheet, and other names of parameters", () => {
    const { elements } = circuitOf(
      "D1 a 0 led\n.MODEL led D (\n+ JS=93.2P N=1.78 VB=-4 CJ0=1p FC=0.99 M=1\n+ LED IF=40m trr=3u )",
    );
    const [diode] = elements;
    expect(diode && "parameters" in diode && diode.parameters).toEqual({
      is: 93.2e-12,
      n: 1.78,
      bv: 4,
      cjo: 1e-12,
      fc: 0.95,
      m: 0.9,
    });
  });
});

describe("a switch of KiCad", () => {
  it("has its model over several lines and a state behind it", () => {
    const { elements } = circuitOf(
      ".model __S1 SW\n+           vt=1\n+           ron=1\nS1 a b c GND __S1 off\nR1 c 0 1",
    );
    expect(elements[0]).toMatchObject({ name: "s1", kind: "behavioural-current", terminals: [1, 2] });
  });

  it("with hysteresis is warned about", () => {
    const { warnings } = readNetlist("t\nS1 a 0 a 0 s\n.model s SW(vt=1 vh=0.2)\n.model n SW(vt=1 vh=-0.2)", {
      name: "x.cir",
    });
    expect(warnings).toEqual([
      "x.cir:3: .model s: hysteresis is not simulated, the switch goes over smoothly within it",
    ]);
  });
});

describe("UTF-16 without byte order mark", () => {
  it("may have a title in other letters", () => {
    const text = "τίτλος Ωμέγα κύκλωμα δοκιμή\nVin in 0 0\nR1 in out 4.7k\nC1 out 0 1µ\n";
    for (const littleEndian of [true, false]) {
      const bytes = new Uint8Array(2 * text.length);
      const view = new DataView(bytes.buffer);
      for (let n = 0; n < text.length; n++) view.setUint16(2 * n, text.charCodeAt(n), littleEndian);
      const netlist = readNetlistBytes(bytes);
      expect(netlist.title).toBe("τίτλος Ωμέγα κύκλωμα δοκιμή");
      expect(resolveCircuit(netlist).elements.at(-1)).toMatchObject({ farads: 1e-6 });
    }
  });
});
