import { describe, expect, it } from "vitest";
import { readNetlist } from "./read-netlist.ts";
import { resolveCircuit } from "./resolve-circuit.ts";

const read = (lines: string, files: Record<string, string> = {}) =>
  readNetlist(`t\n.include "C:/KiCad/libs/TL072.lib"\n${lines}\n`, { name: "x.cir", files });

describe("a file that is included and was not given", () => {
  it("is only told of if all models and subcircuits come along", () => {
    const netlist = read("XU1 a 0 c 0 a TL072\nR1 a c 1k\nD1 a c 1N4148\nXP a c a pot R=10k pos=0.5");
    expect(netlist.warnings).toEqual([
      'x.cir:2: file "C:/KiCad/libs/TL072.lib" was not given; all parts in use are defined without it, or come along',
    ]);
    expect(resolveCircuit(netlist).elements.length).toBeGreaterThan(3);
  });

  it.each([
    ["XU1 a b c d e mine", "mine"],
    ["X1 a s\n.subckt s a\nD1 a 0 mydiode\n.ends", "mydiode"],
    ["Q1 a b 0 mybjt\nJ1 a b 0 myjfet\nM1 a b 0 0 mymos\nM2 a b 0 BS170", "mybjt, myjfet, mymos"],
  ])("is refused with what is not defined without it: %j", (lines, names) => {
    expect(() => read(lines)).toThrow(
      expect.objectContaining({
        code: "netlist-include",
        message: `x.cir:2: file "C:/KiCad/libs/TL072.lib" is included but was not given; given: none; not defined without it: ${names}`,
        hint: expect.stringContaining('put it beside the netlist and write ".include TL072.lib"'),
      }),
    );
  });

  it("is found by its last part, and not missed for subcircuits that nobody uses", () => {
    const { subcircuits } = read("R1 a 0 1\nR2 a 0 1", { "tl072.LIB": ".subckt mine a\n.ends" });
    expect(Object.keys(subcircuits)).toEqual(["mine"]);
    expect(() => read("R1 a 0 1\n.subckt s a\nD1 a 0 mydiode\n.ends")).not.toThrow();
  });
});
