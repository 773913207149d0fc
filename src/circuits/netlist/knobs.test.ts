import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readNetlist } from "./read-netlist.ts";
import { type ResolveOptions, resolveCircuit } from "./resolve-circuit.ts";

const text = (name: string) =>
  readFileSync(new URL(`../../../fixtures/circuits/netlists/${name}`, import.meta.url), "utf8");

function ohms(netlist: string, options: ResolveOptions = {}): Record<string, number> {
  const { elements } = resolveCircuit(readNetlist(netlist), options);
  return Object.fromEntries(elements.flatMap((e) => (e.kind === "resistor" ? [[e.name, e.ohms]] : [])));
}

describe("knobs", () => {
  const netlist = readNetlist(text("knobs.cir"));

  it("are described by comments", () => {
    expect(netlist.description).toBe("A clipper with three knobs.");
    expect(netlist.input).toMatchObject({ source: "vin", volts: 0.5 });
    expect(netlist.output).toMatchObject({ nodes: ["out", "0"], volts: 2 });
    const common = { kind: "potentiometer", min: 0, max: 1 };
    expect(netlist.knobs).toEqual([
      // .param drive=0.15 is what an A15 taper reaches half way round.
      {
        ...common,
        name: "drive",
        label: "Drive",
        taper: { kind: "audio", middle: 0.15 },
        position: expect.closeTo(0.5, 12),
        unit: "",
      },
      { ...common, name: "tone", label: "Tone", taper: { kind: "linear", middle: 0.5 }, position: 0.5, unit: "%" },
      { kind: "switch", name: "mode", label: "Clipping", positions: ["si", "ge", "led"], position: 0 },
    ]);
  });

  it("stay as drawn unless they are turned", () => {
    expect(ohms(text("knobs.cir"))).toMatchObject({ rdrive: 425_001, "xtone.r1": 10_000, rsi: 1, rge: 1e9, rled: 1e9 });
    expect(ohms(text("knobs.cir"), { knobs: { drive: 0.5 } }).rdrive).toBeCloseTo(425_001, 6);
  });

  it("turn their parameters along the taper", () => {
    expect(ohms(text("knobs.cir"), { knobs: { Drive: 1, tone: 0, mode: "GE" } })).toMatchObject({
      rdrive: 1,
      "xtone.r1": 0.1,
      "xtone.r2": 20_000,
      rsi: 1e9,
      rge: 22,
      rled: 1e9,
    });
    expect(ohms(text("knobs.cir"), { knobs: { mode: 2 } }).rled).toBe(470);
    expect(ohms("t\n.param f=200\n*.knob f min=100 max=300\nR1 a 0 {f}", { knobs: { f: 0.25 } })).toEqual({ r1: 150 });
    expect(ohms("t\n.param f=200\n*.knob f min=300\n*+ max=-1e2 taper=C\nR1 a 0 {f}", { knobs: { f: 1 } })).toEqual({
      r1: -100,
    });
  });

  it.each([
    [{ drve: 0.5 }, /no knob "drve"/, /did you mean "drive"/],
    [{ drive: 1.5 }, /knob "drive" is at 1.5/, /0 .* to 1/],
    [{ drive: Number.NaN }, /knob "drive" is at NaN/, /0 .* to 1/],
    [{ drive: "half" }, /knob "drive" is at "half"/, /0 .* to 1/],
    [{ mode: 3 }, /switch "mode" has no position 3/, /si, ge, led/],
    [{ mode: 0.5 }, /switch "mode" has no position 0.5/, /si, ge, led/],
    [{ mode: "mosfet" }, /switch "mode" has no position "mosfet"/, /si, ge, led/],
  ])("refuse %j", (knobs, message, hint) => {
    expect(() => resolveCircuit(netlist, { knobs })).toThrow(
      expect.objectContaining({
        code: "netlist-knob",
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      }),
    );
  });

  it.each([
    ["*.knob x", /no .param x/],
    ["*.knob", /names no parameter/],
    [".param x=0.5\n*.knob x\n*.knob x", /second \*.knob x/],
    [".param x=0.5\n*.knob x tapr=A", /no setting "tapr"/],
    [".param x=0.5\n*.knob x taper=Z", /no taper "Z"/],
    [".param x=5\n*.knob x", /.param x is 5, outside of 0 to 1/],
    [".param x=1\n*.knob x min=1 max=1", /min and max are both 1/],
    [".param x=1\n*.knob x min=a", /no number/],
    [".param x=2\n*.knob x positions=a,b", /positions are 0 to 1/],
    [".param x=0.5\n*.knob x positions=a,b", /positions are 0 to 1/],
    [".param x=0\n*.knob x positions=a", /positions "a"/],
    [".param x=0\n*.knob x positions=a,a", /positions "a,a"/],
    [".param x=0\n*.knob x positions=a,b taper=A", /a switch has no taper/],
    ["*.input", /names no source/],
    ["*.input Vx", /"vx", which is no voltage source/],
    ["V1 a 0 0\n*.input V1 volts=0", /volts= is not above 0/],
    ["V1 a 0 0\n*.input V1 volt=1", /no setting "volt"/],
    ["V1 a 0 0\n*.input V1\n*.input V1", /second \*.input/],
    ["*.output", /names no node/],
    ["*.gain -1", /not above 0/],
  ])("are refused where %j", (lines, message) => {
    expect(() => readNetlist(`t\n${lines}\n`)).toThrow(message);
  });

  it("name an output that must be there", () => {
    expect(() => resolveCircuit(readNetlist("t\n*.output outt\nR1 out 0 1\n"))).toThrow(
      expect.objectContaining({ code: "netlist-port", hint: expect.stringContaining('did you mean "out"?') }),
    );
  });

  it("leave comments alone that only look like them", () => {
    expect(readNetlist("t\n*.tran 1m\n*.step param a\n*.param b=1\n*.ends\n*.plot\n").warnings).toEqual([]);
    expect(readNetlist("t\n*.knobs x\n*.ouput out\n").warnings).toEqual([
      'netlist:2: *.knobs is a comment; did you mean "knob"?',
      'netlist:3: *.ouput is a comment; did you mean "output"?',
    ]);
  });

  it("take a difference of nodes as output, and *.gain for the input", () => {
    const { output, input } = readNetlist("t\n*.output a b volts=10\n*.gain 3\nVin a b 0\n");
    expect(output).toEqual({ nodes: ["a", "b"], volts: 10, place: { file: "netlist", line: 2 } });
    // No place: it was guessed.
    expect(input).toEqual({ source: "vin", volts: 3 });
  });
});

describe("the built-in potentiometer", () => {
  const pot = (settings: string, nodes = "a w b") => ohms(`t\n.param x=0.5\nXP1 ${nodes} pot ${settings}\n`);

  it("is two resistors, from the first end to the wiper and on", () => {
    expect(pot("R=100k pos={x}")).toEqual({ "xp1.r1": 50_000, "xp1.r2": 50_000 });
    expect(pot("R=100k pos=0.5 taper=A10")).toEqual({
      "xp1.r1": expect.closeTo(10_000, 6),
      "xp1.r2": expect.closeTo(90_000, 6),
    });
    expect(pot("R=100k pos=0.5 taper=C")).toEqual({
      "xp1.r1": expect.closeTo(85_000, 6),
      "xp1.r2": expect.closeTo(15_000, 6),
    });
  });

  it("never comes down to nothing", () => {
    expect(pot("R=10k pos=0")).toEqual({ "xp1.r1": 0.1, "xp1.r2": 10_000 });
    expect(pot("R=1meg pos=1 taper=A")).toEqual({ "xp1.r1": 1e6, "xp1.r2": 1 });
  });

  it("is one resistor where the wiper is tied to an end", () => {
    expect(pot("R=10k pos=0.25", "a w w")).toEqual({ "xp1.r1": 2500 });
  });

  it("gives way to a subcircuit of the same name", () => {
    expect(ohms(text("pots.cir"), { knobs: { volume: 1 } })).toMatchObject({
      "xvolume.r1": 500_000,
      "xvolume.r2": 0.1,
    });
  });

  it.each([
    ["R=10k", /has no pos=/],
    ["pos=0", /has no r=/],
    ["R=0 pos=0", /has 0 ohm/],
    ["R=1k pos=2", /at position 2/],
    ["R=1k pos=0 taper=Q", /has no taper "Q"/],
    ["R=1k pos=0 log=1", /no "log"/],
  ])("refuses %s", (settings, message) => {
    expect(() => pot(settings)).toThrow(message);
  });
});

describe("directives that are nearly right", () => {
  const warnings = (lines: string) => readNetlist(`t\n${lines}\n`, { name: "x.cir" }).warnings;

  it("are told of, with what to write", () => {
    expect(warnings("* .knob volume taper=A\n* .input is a word, too\n.input Vin\n* a comment on .knob")).toEqual([
      'x.cir:2: "* .knob" is a comment: write *.knob, without a space behind the star',
      'x.cir:3: "* .input" is a comment: write *.input, without a space behind the star',
      "x.cir:4: .input is not used: write *.input, with a star in front",
    ]);
    expect(warnings(".knob volume\n")).toEqual(["x.cir:2: .knob is not used: write *.knob, with a star in front"]);
  });

  it("have a taper where only its letter and number are written, but not in quotes or for a switch", () => {
    const knobOf = (line: string) => {
      const { knobs, warnings } = readNetlist(`t\n*.knob volume ${line}\n.param volume=0\n`);
      return { knob: knobs[0], warnings };
    };
    expect(knobOf("A15 Volume")).toMatchObject({
      knob: { label: "Volume", taper: { kind: "audio", middle: 0.15 } },
      warnings: [expect.stringContaining("A15 is taken for its taper; write taper=A15, or a label in quotes")],
    });
    expect(knobOf("C").knob).toMatchObject({ label: "volume", taper: { kind: "reverse-audio" } });
    expect(knobOf('"A15"')).toMatchObject({ knob: { label: "A15", taper: { kind: "linear" } }, warnings: [] });
    expect(knobOf("B taper=A10")).toMatchObject({ knob: { label: "B", taper: { middle: 0.1 } }, warnings: [] });
    expect(knobOf("A positions=a,b")).toMatchObject({ knob: { label: "A", kind: "switch" }, warnings: [] });
  });

  it("name an output by its own line, with nodes of the netlist itself and not those inside of it", () => {
    const lines = "Vin in 0 0\nX1 in /out s\n.subckt s a b\nR1 a n 1\nR2 n b 1\n.ends\nR2 /out 0 1\n*.output otu";
    expect(() => resolveCircuit(readNetlist(`t\n${lines}`, { name: "x.cir" }))).toThrow(
      expect.objectContaining({
        message: 'x.cir:9: *.output names "otu", to which no element is connected',
        hint: 'did you mean "/out"? there are: 0, in, /out',
      }),
    );
  });

  it("and knobs of another name are refused without a place, which has nothing to do with it", () => {
    const read = readNetlist("t\n*.knob drive\n.param drive=0\nR1 a 0 1\n");
    expect(() => resolveCircuit(read, { knobs: { driv: 1 } })).toThrow(
      expect.objectContaining({ message: 'no knob "driv"', hint: 'did you mean "drive"? there are: drive' }),
    );
    expect(() => resolveCircuit(read, { parameters: { driv: 1 } })).toThrow(/^no parameter "driv"$/);
    expect(() => resolveCircuit(read, { knobs: { drive: true as unknown as number } })).toThrow(
      'knob "drive" is at true',
    );
  });
});
