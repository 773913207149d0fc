import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Element } from "../circuit.ts";
import { readNetlist } from "./read-netlist.ts";
import { decodeNetlist, readNetlistBytes } from "./read-netlist-bytes.ts";
import { resolveCircuit } from "./resolve-circuit.ts";

const folder = new URL("../../../fixtures/circuits/netlists/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const textOf = (name: string) => readFileSync(new URL(name, folder), "utf8");

function ohmsOf(elements: readonly Element[]): Record<string, number> {
  return Object.fromEntries(elements.flatMap((e) => (e.kind === "resistor" ? [[e.name, e.ohms]] : [])));
}

describe("a netlist of LTspice", () => {
  const netlist = readNetlistBytes(bytesOf("ltspice-clipper.net"), { name: "clipper.net" });

  it("is read as LTspice means it", () => {
    const { nodes, elements, title } = resolveCircuit(netlist);
    expect(title).toBe("C:\\Users\\player\\Documents\\LTspiceXVII\\clipper.asc");
    expect(nodes).toEqual(["0", "in", "v1#rser", "n001", "out", "c1#rser", "n002", "$g_vcc", "n003"]);
    expect(ohmsOf(elements)).toEqual({
      "v1#rser": 10,
      r1: 2200,
      "c1#rser": 0.02,
      r2: 4700,
      r3: 1e7,
      r4: 2200,
      r5: 2.2,
    });
    const farads = elements.flatMap((e) => (e.kind === "capacitor" ? [e.farads] : []));
    expect(farads).toEqual([1e-8, 4.7e-6, 1e-6]);
    expect(elements.find((e) => e.name === "d2")).toMatchObject({ area: 2, parameters: { is: 2.52e-9, cjo: 4e-12 } });
    expect(elements.find((e) => e.name === "d3")).toMatchObject({ parameters: { is: 93.2e-12, rs: 0.042, m: 0.333 } });
    expect(netlist.input).toEqual({ source: "v1", volts: 1 });
    expect(netlist.output).toEqual({ nodes: ["out", "0"], volts: 1 });
  });

  it("says what it left out", () => {
    expect(netlist.warnings).toEqual([
      "clipper.net:16: standard.dio was not given; LTspice names it in every netlist",
      "clipper.net:23: .tran is not used",
      "clipper.net:25: .backanno is not used",
      "clipper.net:2: v1: the audio takes the place of SIN",
    ]);
  });

  it("follows parameters", () => {
    expect(ohmsOf(resolveCircuit(netlist, { parameters: { mode: 1, Rin: 10 } }).elements)).toMatchObject({
      r1: 10,
      r4: 1000,
    });
  });

  it("is the same in every encoding", () => {
    const text = textOf("ltspice-clipper.net");
    const utf16 = (littleEndian: boolean, mark: boolean) => {
      const units = [...(mark ? [0xfeff] : []), ...Array.from(text, (c) => c.charCodeAt(0))];
      const view = new DataView(new ArrayBuffer(units.length * 2));
      units.forEach((unit, k) => {
        view.setUint16(2 * k, unit, littleEndian);
      });
      return new Uint8Array(view.buffer);
    };
    const encodings = [
      new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf("ltspice-clipper.net")]),
      utf16(true, true),
      utf16(false, true),
      utf16(true, false),
      utf16(false, false),
      Uint8Array.from(text, (c) => c.charCodeAt(0)),
      new TextEncoder().encode(text.replaceAll("\n", "\r\n")),
      new TextEncoder().encode(text.replaceAll("\n", "\r")),
    ];
    for (const bytes of encodings) expect(readNetlistBytes(bytes, { name: "clipper.net" })).toEqual(netlist);
  });

  it("reads a tube as a subcircuit with parameters", () => {
    const { elements } = resolveCircuit(readNetlist(textOf("ltspice-triode.net")));
    const names = elements.map(({ name }) => name);
    expect(names.slice(0, 9)).toEqual([
      "xu1.e1",
      "xu1.re1",
      "xu1.g1",
      "xu1.rcp",
      "xu1.c1",
      "xu1.c2",
      "xu1.c3",
      "xu1.r1",
      "xu1.d3",
    ]);
    // mu=100 and ex=1.3+0.1 come from the instance, kp=600 from the subcircuit.
    const text = JSON.stringify(elements.slice(0, 3));
    for (const value of [0.01, 1.3 + 0.1, 600, 300, 1060]) expect(text).toContain(`"value":${value}}`);
    expect(text).not.toContain('"value":90}');
  });
});

describe("a netlist of KiCad", () => {
  const files = { "transistors.lib": textOf("kicad-transistors.lib") };

  it("is read with its libraries and its potentiometers", () => {
    const netlist = readNetlist(textOf("kicad-fuzz.cir"), { name: "fuzz.cir", files });
    const { title, elements, nodes } = resolveCircuit(netlist);
    expect(title).toBe("KiCad schematic");
    expect(ohmsOf(elements)).toMatchObject({ "arv1.r1": 250, "arv1.r2": 750 });
    expect(elements.find(({ name }) => name === "q1")).toMatchObject({
      kind: "npn",
      parameters: { bf: 270, ise: 50e-15 },
    });
    expect(elements.find(({ name }) => name === "q2")).toMatchObject({
      kind: "npn",
      parameters: { bf: 200, tf: 500e-12 },
    });
    expect(nodes).toContain("net-_q1-c_");
    expect(netlist.input?.source).toBe("v2");
    expect(netlist.output?.nodes).toEqual(["/out", "0"]);
    expect(netlist.warnings).toContain("fuzz.cir:8: .control is not used, up to .endc");
  });

  it("finds files by path or by name, whatever the slashes", () => {
    const include = (path: string) => () => readNetlist(`t\n.include ${path}\nQ1 a b 0 mine\n`, { files });
    for (const path of ['"/a/b/transistors.lib"', "C:\\x\\Transistors.LIB", "'./transistors.lib'", "transistors.lib"]) {
      expect(Object.keys(include(path)().models)).toEqual(["bc108", "bc558"]);
    }
    expect(include("other.lib")).toThrow(/file "other.lib" is included but was not given; given: transistors.lib/);
  });
});

describe("lines", () => {
  it("are joined over comments, and blamed by their own number", () => {
    const text = "t\nR1 a 0\n* comment\n\n+ {1k\n; another\n  + * nothere}\n";
    expect(() => resolveCircuit(readNetlist(text, { name: "x.cir" }))).toThrow(/^x.cir:5: no parameter "nothere"/);
    expect(() => readNetlist("t\nR1 a 0\n+ {1k\n+ *}\n", { name: "x.cir" })).toThrow(/^x.cir:4: R1: in .*found "}"/);
  });

  it("of the title are never read, and warned about if they look like an element", () => {
    const { title, elements, warnings } = readNetlist("R1 in out 1k\nR2 in 0 1k\n");
    expect(title).toBe("R1 in out 1k");
    expect(elements.map(({ name }) => name)).toEqual(["r2"]);
    expect(warnings[0]).toMatch(/first line of a netlist is its title, so "R1 in out 1k" was not read/);
    expect(readNetlist("Tube Screamer: gain of 2\n").warnings).toEqual([]);
    expect(readNetlist(".title My circuit\nR1 a 0 1\n").title).toBe("My circuit");
    expect(readNetlist("first\n.title second\n").title).toBe("second");
    expect(readNetlist(".param a=1\n").warnings).toHaveLength(1);
  });

  it("end at .end", () => {
    expect(readNetlist("t\nR1 a 0 1\n.end\nthis is no element").elements).toHaveLength(1);
  });

  it("may be many in one include, with sections", () => {
    const files = { "models.lib": textOf("models.lib") };
    const netlist = readNetlist(textOf("library-sections.cir"), { files });
    expect(netlist.models.clip?.settings.is?.text).toBe("200n");
    expect(() => readNetlist('t\n.lib "models.lib" tubes\n', { files })).toThrow(/no section "tubes"/);
  });
});

describe("all fixtures", () => {
  it.each(readdirSync(folder).filter((name) => /\.(cir|net)$/.test(name)))(
    "%s survives a trip through a worker",
    (name) => {
      const files = { "transistors.lib": textOf("kicad-transistors.lib"), "models.lib": textOf("models.lib") };
      const netlist = readNetlist(textOf(name), { name, files });
      expect(resolveCircuit(structuredClone(netlist))).toEqual(resolveCircuit(netlist));
    },
  );
});

describe("files that are no netlists", () => {
  it.each([
    ["Version 4\nSHEET 1 880 680\n", /LTspice schematic/],
    ["(kicad_sch (version 20230121)", /KiCad schematic/],
    ['(export (version "E")', /KiCad netlist for boards/],
    ['<?xml version="1.0"?>', /XML/],
    ['{"a": 1}', /JSON/],
    ["a\0b", /zero bytes/],
  ])("%j are named", (text, message) => {
    expect(() => readNetlist(text)).toThrow(message);
  });

  it("are refused if they are binary", () => {
    const wav = new Uint8Array(200).map((_, k) => (k * 37) % 251);
    expect(() => decodeNetlist(wav, "a.wav")).toThrow(expect.objectContaining({ code: "netlist-encoding" }));
    expect(() => readNetlistBytes(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 1]))).toThrow(/binary/);
    expect(() => readNetlistBytes(new Uint8Array(0))).toThrow(/^netlist:1: the netlist is empty$/);
  });
});
