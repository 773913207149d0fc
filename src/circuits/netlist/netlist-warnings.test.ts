import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { circuitLibrary } from "../library/library.ts";
import { standardPartTexts } from "../parts/standard-part-texts.ts";
import { readNetlist } from "./read-netlist.ts";

const warnings = (lines: string, title = "t") => readNetlist(`${title}\n${lines}\n`, { name: "x.cir" }).warnings;

describe("a node with only one part on it", () => {
  it.each([
    ["R1 c top 1\nR2 c top 1\nC1 c tp 1u\nC2 c top 1u", 4, "tp", "c1", 'did you mean "top"?'],
    ["R1 vcc 0 1\nR2 vcc 0 1\nVbat vc 0 9", 4, "vc", "vbat", 'did you mean "vcc"?'],
    ["R1 VBIAS 0 1\nR2 VBIAS a 1\nXU1 VBAIS a 0 0 a TL072", 4, "vbais", "xu1", 'did you mean "vbias"?'],
    ["R1 a b 1\nR2 a 0 1", 2, "b", "r1", "connect something to it, or correct its name"],
    ["R1 n1 0 1\nR2 n1 n2 1", 3, "n2", "r2", "connect something to it, or correct its name"],
    [
      "R1 in 0 1\nR2 in 0 1\nR3 mid 0 1\nR4 mid 0 1\nXP1 in mid midd pot R=1k pos=0",
      6,
      "midd",
      "xp1",
      'did you mean "mid"?',
    ],
  ])("is told of, with the name that may be meant: %j", (lines, line, node, part, hint) => {
    expect(warnings(lines)).toEqual([`x.cir:${line}: node "${node}" has only one part on it, ${part}: ${hint}`]);
  });

  it("is told of at both ends of a wire, and nothing is too deep or too large to look at", () => {
    const found = warnings("R0 tp 0 1\nR1 tp 0 1\nR2 tp topp 1\nR3 tp top 1");
    expect(found).toEqual([
      'x.cir:4: node "topp" has only one part on it, r2: did you mean "top"?',
      'x.cir:5: node "top" has only one part on it, r3: did you mean "topp"?',
    ]);
    const deep = Array.from({ length: 5000 }, (_, k) => `.subckt s${k} a\nX1 a s${k + 1}\nX2 a s${k + 1}\n.ends`);
    expect(warnings([...deep, "X1 aa s0"].join("\n"))).toHaveLength(1);
    expect(warnings(Array.from({ length: 5000 }, (_, k) => `R${k} na${k}x nb${k}x 1`).join("\n"))).toHaveLength(50);
  });

  it.each([
    ["the output", "R1 a 0 1\nR2 a end 1\n*.output end"],
    ["a pin that leads nowhere inside", "R1 a 0 1\nX1 a b s\n.subckt s a b\nR1 a 0 1\n.ends"],
    ["a pin that KiCad names", "R1 a 0 1\nX1 a unconnected-(U1-Pad8) nc s\n.subckt s a b c\nR1 a 0 1\nR2 b c 1\n.ends"],
    ["the end of a potentiometer", "R1 a b 1\nXP1 a b far pot R=1k pos=0"],
    ["a node that a source looks at", "R1 a 0 1\nR2 a b 1\nE1 a 0 b 0 1"],
    ["a node in a formula", "R1 a 0 1\nR2 a b 1\nB1 a 0 I={V(b)}"],
    ["a node in a formula of a subcircuit", "R1 a 0 1\nR2 a b 1\nX1 a s\n.subckt s a\nB1 a 0 I={V(b)}\n.ends"],
    ["a source that is there to be looked at", "R1 a 0 1\nR2 a 0 1\nB1 look 0 V={V(a)}"],
    ["a global node", "R1 a 0 1\nR2 a rail 1\n.global rail"],
    ["a model, which might be a fourth node", "R1 a b 1\nR2 a b 1\nQ1 a b 0 2N3904\nM1 a b 0 0 BS170"],
  ])("is not told of if it is %s", (_, lines) => {
    expect(warnings(lines)).toEqual([]);
  });
});

describe("letters behind a number", () => {
  it.each([
    ["R9 a 0 1ok", 'r9: "1ok" is read as 1, since "ok" is no unit'],
    ["R9 a 0 {2*1oo}", 'r9: "1oo" is read as 1, since "oo" is no unit'],
    ["C9 a 0 1Farad", 'c9: "1Farad" is read as 1e-15, since "arad" is no unit'],
    ["R9 a 0 {x}\n.param x=1ok", '.param x: "1ok" is read as 1'],
    ["X1 a s\n.subckt s a x=1ok\nR1 a 0 {x}\n.ends", '.subckt s: "1ok" is read as 1'],
    ["X1 a s\n.subckt s a\nR1 a 0 {x}\n.param x=1ok\n.ends", '.param x: "1ok" is read as 1'],
    ["D1 a 0 d\n.model d D(IS=1ok)", '.model d: "1ok" is read as 1'],
    ["X1 a s\n.subckt s a\nR1 a 0 1kk\n.ends", 'r1: "1kk" is read as 1000'],
  ])("that are neither suffix nor unit are told of: %j", (lines, text) => {
    const found = warnings(`R1 a 0 1\n${lines}`);
    expect(found).toEqual([expect.stringContaining(text)]);
  });

  it.each(["10kOhm", "4k7", "2R2", "100R", "1MegOhms", "1uF", "10µF", "1e3", "5V", "1kHz", "20°C", "1kΩ", "10mil"])(
    "are a unit in %s",
    (value) => {
      expect(warnings(`R1 a 0 {${value}}\nC1 a 0 1 pn="4X7Q" mfg=3M\nB1 a 0 I={V(1ok)}\nR2 1ok 0 1`)).toEqual([]);
    },
  );
});

describe("a part that is lost as the title", () => {
  const rest =
    "R1 VCC inp 1k\nR2 out inn 1k\nR3 inn GND 1k\nR4 d g 1k\nR5 s b 1k\nR6 s g 1\nR7 VCC d 1\nR8 inp b 1\nR9 out 0 1";

  it.each([
    "XU1 inp inn VCC GND out TL072",
    "J1 d g s J201",
    "M1 d g s b BS170",
    "Q1 d g 0 2N3904",
    "C1 d g {c}",
    "XU1 inp NC-1 VCC GND out TL072",
    "D1 d g 1N4148",
  ])("%j is told of", (title) => {
    expect(warnings(rest, title)[0]).toBe(
      `x.cir:1: the first line of a netlist is its title, so "${title}" was not read; put a title in front`,
    );
  });

  it.each([
    "J201 fet booster circuit",
    "Distortion from in to out",
    "Xotic clone with VCC",
    "Marshall plexi preamp",
    "b d g",
  ])("%j is a title", (title) => {
    expect(warnings(rest, title)).toEqual([]);
  });
});

describe("what comes along", () => {
  it("has nothing to tell of", () => {
    for (const { name, netlist } of circuitLibrary) expect(readNetlist(netlist).warnings, name).toEqual([]);
    for (const [name, text] of Object.entries(standardPartTexts)) {
      expect(warnings(`R1 a 0 1\nR2 a 0 1\n${text}`), name).toEqual([]);
    }
  });

  it("nor have the fixtures, but for directives", () => {
    const folder = new URL("../../../fixtures/circuits/netlists/", import.meta.url);
    const textOf = (name: string) => readFileSync(new URL(name, folder), "utf8");
    const files = { "transistors.lib": textOf("kicad-transistors.lib"), "models.lib": textOf("models.lib") };
    for (const name of readdirSync(folder).filter((file) => /\.(cir|net)$/.test(file))) {
      const found = readNetlist(textOf(name), { name, files }).warnings;
      expect(
        found.filter((text) => /only one part|no unit|first line/.test(text)),
        name,
      ).toEqual([]);
    }
  });
});
