import { describe, expect, it } from "vitest";
import type { Element } from "../circuit.ts";
import { readNetlist } from "./read-netlist.ts";
import { resolveCircuit } from "./resolve-circuit.ts";

/** The elements of a netlist, without line numbers; nodes by name. */
function elementsOf(lines: string): object[] {
  const { nodes, elements } = resolveCircuit(readNetlist(`title\n${lines}`));
  return elements.map((element) => {
    const { line: _line, ...rest } = element as Element & {
      terminals?: readonly number[];
      control?: readonly number[];
    };
    return {
      ...rest,
      ...(rest.terminals ? { terminals: rest.terminals.map((n) => nodes[n]).join(" ") } : {}),
      ...(rest.control ? { control: rest.control.map((n) => nodes[n]).join(" ") } : {}),
    };
  });
}

const one = (line: string) => elementsOf(line)[0];

describe("resistors, capacitors, inductors", () => {
  it.each([
    ["R1 a 0 10k", 10_000],
    ["r1 A GND 10K", 10_000],
    ["R1 a gnd R=10k", 10_000],
    ["R1 a 0 resistance = 10k", 10_000],
    ["R1 a 0 {5k*2}", 10_000],
    ["R1 a 0 '5k*2'", 10_000],
    ["R1 a 0 {\n+ 5k * 2\n+ }", 10_000],
    ["R1 (a,0) 10k", 10_000],
    ["R1 a 0 20k m=2", 10_000],
    ['R1 a 0 10k tol=5% pwr=0.25 mfg="A B" type=X7R', 10_000],
    ["R1 a 0 x\n.param x=10k", 10_000],
    ["R1 a 0 10k ; comment", 10_000],
    ["R1 a 0 10k $ comment", 10_000],
    ["R1 a 0 10k // comment", 10_000],
    ["R1 a 0 9k tc=0.01,0.0001\n.temp 37", 9000 * (1 + 0.1 + 0.01)],
    ["R1 a 0 1k big tc1=0\n.model big R(tc1=1 tc2=0.01)\n.temp 37", 2000],
    ["R1 a 0 big\n.model big RES r=10k", 10_000],
    ["R1 a 0 -10k", -10_000],
  ])("%j", (line, ohms) => {
    expect(one(line)).toEqual({ kind: "resistor", name: "r1", terminals: "a 0", ohms: expect.closeTo(ohms, 9) });
  });

  it("become a current where the resistance depends on voltages", () => {
    expect(one("R1 a b R={1k*(1+V(c))}\nR2 c 0 1k")).toMatchObject({
      kind: "behavioural-current",
      terminals: "a b",
      expression: { kind: "binary", operation: "divide", left: { kind: "voltage", nodes: [1, 2] } },
    });
  });

  it("read capacitors and inductors", () => {
    expect(one("C1 a b 4n7 IC=0.5 V=50")).toEqual({
      kind: "capacitor",
      name: "c1",
      terminals: "a b",
      farads: expect.closeTo(4.7e-9, 20),
    });
    expect(one("Lfoo a b 10mH")).toEqual({ kind: "inductor", name: "lfoo", terminals: "a b", henries: 0.01 });
    expect(one("C1 a b 1u m=3")).toMatchObject({ farads: expect.closeTo(3e-6, 15) });
  });

  it("put LTspice's inner parts beside them", () => {
    expect(elementsOf("C1 a 0 10n Rser=2 Lser=1n Rpar=1Meg Cpar=1p\nL1 b 0 1m Rser=0")).toEqual([
      { kind: "resistor", name: "c1#rser", terminals: "a c1#rser", ohms: 2 },
      { kind: "inductor", name: "c1#lser", terminals: "c1#rser c1#lser", henries: 1e-9 },
      { kind: "capacitor", name: "c1", terminals: "c1#lser 0", farads: 1e-8 },
      { kind: "resistor", name: "c1#rpar", terminals: "a 0", ohms: 1e6 },
      { kind: "capacitor", name: "c1#cpar", terminals: "a 0", farads: 1e-12 },
      { kind: "inductor", name: "l1", terminals: "b 0", henries: 1e-3 },
    ]);
  });

  it("couple inductors, also several at once", () => {
    expect(elementsOf("K1 L1 L2 L3 0.9\nL1 a 0 1\nL2 b 0 1\nL3 c 0 1").slice(0, 3)).toEqual([
      { kind: "coupling", name: "k1", inductors: ["l1", "l2"], coefficient: 0.9 },
      { kind: "coupling", name: "k1#1", inductors: ["l1", "l3"], coefficient: 0.9 },
      { kind: "coupling", name: "k1#2", inductors: ["l2", "l3"], coefficient: 0.9 },
    ]);
  });
});

describe("sources", () => {
  it.each([
    ["V1 a 0 9", 9],
    ["V1 a 0 DC 9V", 9],
    ["V1 a 0 DC=9", 9],
    ["V1 a 0 AC 1 0 DC 9", 9],
    ["V1 a 0 {3*3} AC 1", 9],
    ["V1 a 0", 0],
    ["V1 a 0 AC 1", 0],
    ["V1 a 0 AC", 0],
    ["Vin a 0 SIN(0.5 1 1k 0 0)", 0.5],
    ["Vin a 0 DC 0.25 SINE({x} 1 1k) AC 1\n.param x=2", 0.25],
    ["Vin a 0 PULSE 1 5 0 1n 1n 1m 2m", 1],
    ["Vin a 0 PWL(0 3 1m 4)", 3],
    ["Vin a 0 PWL REPEAT FOREVER (0 3 1m 4) ENDREPEAT AC 1", 3],
    ['Vin a 0 PWL file="C:\\\\in.txt"', 0],
    ["Vin a 0 DC ac=1 AC 1", 0],
    ["Vin a 0 dc(5)", 5],
    ["Vin a 0 wavefile=in.wav", 0],
    ['Vin a 0 wavefile="in file.wav" chan=0', 0],
  ])("%j is %d volts", (line, volts) => {
    expect(one(line)).toMatchObject({ kind: "voltage-source", terminals: "a 0", volts });
  });

  it("have a resistance inside", () => {
    expect(elementsOf("V1 a 0 9 Rser=10 Cpar=1n")).toEqual([
      { kind: "voltage-source", name: "v1", terminals: "v1#rser 0", volts: 9 },
      { kind: "resistor", name: "v1#rser", terminals: "a v1#rser", ohms: 10 },
      { kind: "capacitor", name: "v1#cpar", terminals: "a 0", farads: 1e-9 },
    ]);
  });

  it("read currents and controlled sources", () => {
    expect(one("I1 a b 1mA")).toEqual({ kind: "current-source", name: "i1", terminals: "a b", amps: 1e-3 });
    expect(one("E1 a b c 0 10")).toEqual({ kind: "vcvs", name: "e1", terminals: "a b", control: "c 0", gain: 10 });
    expect(one("G1 a b (c,d) {2m} m=2")).toEqual({
      kind: "vccs",
      name: "g1",
      terminals: "a b",
      control: "c d",
      gain: 4e-3,
    });
    expect(one("F1 a b Vs 5\nVs c 0 0")).toEqual({ kind: "cccs", name: "f1", terminals: "a b", sensor: "vs", gain: 5 });
    expect(one("H1 a b Vs 1k\nVs c 0 0")).toEqual({
      kind: "ccvs",
      name: "h1",
      terminals: "a b",
      sensor: "vs",
      gain: 1000,
    });
  });

  const va = { kind: "voltage", nodes: [1, 0] };
  it.each([
    "E1 b 0 VALUE={2*V(a)}",
    "E1 b 0 VALUE = {2 * V(a)}",
    "E1 b 0 VALUE {2*V(a)}",
    "E1 b 0 value=2*V(a)",
    "E1 b 0 vol='2*v(a)'",
    "E1 b 0 POLY(1) (a,0) 0 2",
    "E1 b 0 POLY(1) a 0 2",
    "B1 b 0 V=2*V(a,0)",
    "B1 b 0 v = { 2 * V( a ) }",
    "B1 b 0 V={k*V(a)} m=1\n.param k=2",
    "B1 b 0 V=twice(V(a))\n.func twice(x) {2*x}",
  ])("%j is twice the voltage of a", (line) => {
    const [, second] = elementsOf(`R1 a 0 1k\n${line}`);
    expect(second).toMatchObject({
      kind: "behavioural-voltage",
      terminals: "b 0",
      expression: { kind: "binary", operation: "multiply", left: { kind: "number", value: 2 }, right: va },
    });
  });

  it("multiply out polynomials of several voltages in SPICE2's order", () => {
    // 1 + 2x + 3y + 4x² + 5xy + 6y² + 7x³ at x = 2, y = 3.
    const [, , element] = elementsOf("R1 a 0 1\nR2 b 0 1\nG1 c 0 POLY(2) a 0 b 0 1 2 3 4 5 6 7");
    const worth = (e: unknown): number => {
      const node = e as {
        kind: string;
        value: number;
        nodes: number[];
        operation: string;
        left: unknown;
        right: unknown;
      };
      if (node.kind === "number") return node.value;
      if (node.kind === "voltage") return node.nodes[0] === 1 ? 2 : 3;
      const [l, r] = [worth(node.left), worth(node.right)];
      return node.operation === "add" ? l + r : l * r;
    };
    expect(worth((element as { expression: unknown }).expression)).toBe(1 + 4 + 9 + 16 + 30 + 54 + 56);
  });

  it("become ordinary sources where nothing varies", () => {
    expect(one("B1 a 0 V={3*2}")).toEqual({ kind: "voltage-source", name: "b1", terminals: "a 0", volts: 6 });
    expect(one("G1 a 0 VALUE={1m}")).toEqual({ kind: "current-source", name: "g1", terminals: "a 0", amps: 1e-3 });
  });

  it("measure currents in voltage sources and resistors", () => {
    const elements = elementsOf("B1 a 0 V=I(V1)+I(R1)\nV1 b 0 1\nR1 b c 2\nR2 a 0 1\nR3 c 0 1");
    expect(elements[0]).toMatchObject({
      expression: {
        operation: "add",
        left: { kind: "current", source: "v1" },
        right: { operation: "divide", left: { kind: "voltage", nodes: [2, 3] }, right: { kind: "number", value: 2 } },
      },
    });
  });

  it("take time, temperature and node names of all kinds", () => {
    const elements = elementsOf(
      "B1 a 0 V=V(in+,in-)*time+temp\nR1 in+ 0 1\nR2 in- Net-(C1-Pad1) 1\nB2 b 0 V=V(Net-(C1-Pad1))\n.temp 30",
    );
    expect(elements[0]).toMatchObject({
      expression: {
        left: { left: { kind: "voltage", nodes: [2, 3] }, right: { kind: "time" } },
        right: { kind: "number", value: 30 },
      },
    });
    expect(elements[3]).toMatchObject({ expression: { kind: "voltage", nodes: [4, 0] } });
  });
});

describe("semiconductors", () => {
  it.each([
    ["D1 a k 1N4148\n.model 1N4148 D(Is=2.52n N=1.752)", "diode", "a k", 1],
    ["D1 a k dd 2 off\n.model dd D is=2.52n n=1.752", "diode", "a k", 2],
    [
      "D1 a k dd area=2 m=3 temp=50 ic=0.6\n.model dd D ( is = 2.52n , n = 1.752 mfg=Some type=silicon )",
      "diode",
      "a k",
      6,
    ],
    ["Q1 c b e qq\n.model qq NPN is=2.52n n=1.752", "none", "", 0],
  ])("%j", (line, kind, terminals, area) => {
    if (kind === "none") expect(() => one(line)).toThrow(/no parameter "n"/);
    else expect(one(line)).toEqual({ kind, name: "d1", terminals, area, parameters: { is: 2.52e-9, n: 1.752 } });
  });

  it("find the model behind three or four nodes", () => {
    const models = "\n.model 2N3904 NPN(Bf={b})\n.model 0 PNP\n.param b=300";
    expect(one(`Q1 c b e 2N3904${models}`)).toMatchObject({ kind: "npn", terminals: "c b e", parameters: { bf: 300 } });
    expect(one(`Q1 c b e 0 2N3904 1.5${models.replace(/\.model 0 PNP\n/, "")}`)).toMatchObject({
      kind: "npn",
      terminals: "c b e",
      area: 1.5,
    });
    expect(one("Q1 c b e s qq\n.model s D\n.model qq PNP")).toMatchObject({ kind: "pnp", terminals: "c b e" });
    expect(one(`Q1 c b e [sub] 2N3904${models}`)).toMatchObject({ kind: "npn", terminals: "c b e" });
  });

  it("read field-effect transistors", () => {
    expect(one("J1 d g s jj 2\n.model jj PJF(Vto=-1)")).toMatchObject({ kind: "pjf", terminals: "d g s", area: 2 });
    expect(one("M1 d g s b mm L=10u W={w} m=2 ad=1p\n.model mm NMOS(Level=1 Vto=1 w=1u)\n.param w=50u")).toEqual({
      kind: "nmos",
      name: "m1",
      terminals: "d g s b",
      area: 2,
      parameters: { level: 1, vto: 1, w: 50e-6, l: 10e-6 },
    });
  });

  it("take over from other models", () => {
    const lines = "Q1 c b e mine\n.model mine ako:base NPN(bf=50)\n.model base NPN(bf=100 vaf=80)";
    expect(one(lines)).toMatchObject({ kind: "npn", parameters: { bf: 50, vaf: 80 } });
    expect(one("Q1 c b e mine\n.model mine ako: base\n.model base PNP")).toMatchObject({ kind: "pnp" });
  });
});
