import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { readNetlist } from "./read-netlist.ts";
import { readNetlistBytes } from "./read-netlist-bytes.ts";
import { resolveCircuit } from "./resolve-circuit.ts";
import { writeSpice } from "./write-spice.ts";

const folder = new URL("../../../fixtures/circuits/netlists/", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => /\.(cir|net|lib)$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));
const files = { "models.lib": fixtures.find((text) => text.includes(".lib germanium")) ?? "" };

/** Any characters, half of them among the first. Building fast-check's own of all planes takes seconds. */
const anyText = fc
  .array(fc.oneof(fc.nat({ max: 127 }), fc.nat({ max: 0xffff })), { maxLength: 100 })
  .map((codes) => String.fromCharCode(...codes));

/** A result or a TonewrightError that names its place; anything else is a mistake of ours. */
function survives(text: string): void {
  try {
    writeSpice(resolveCircuit(readNetlist(text, { files })));
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    expect(error.message).toMatch(/^[^\n]+:\d+: /);
    expect(error.message.length).toBeLessThan(1000);
    expect(error.hint).not.toBe("");
  }
}

const tokens = fc.constantFrom(
  ...(
    "R1 C1 L1 K1 V1 I1 E1 F1 G1 H1 B1 D1 Q1 J1 M1 X1 A1 S1 a b 0 gnd out 10k 4k7 1e400 -1 0 {a} {a+1} 'a' \"s\" {{ }} ( ) , = + - * / ^ ** ? : " +
    "V( V(a) V(a,b) I(V1) I(R1) time temp POLY(2) VALUE= VALUE TABLE V= I= R= IC= m=2 tc=1,2 SIN( PULSE( PWL( AC DC PARAMS: .param a=1 a={b} b={a} " +
    ".func f(x) f(1) {f(x)} .model D NPN NJF NMOS R is=1p LEVEL=1 ako:q .subckt .ends .end .include models.lib .lib germanium .ic .temp .options temp=50 " +
    ".global .control .endc .title *.knob *.input *.output *.gain taper=A positions=a,b min=0 max=1 ; $ // * # __proto__ constructor toString .constructor"
  ).split(" "),
);
const document = fc
  .array(
    fc.array(tokens, { maxLength: 9 }).map((words) => words.join(" ")),
    { maxLength: 12 },
  )
  .map((lines) => `title\n${lines.join("\n")}`);
const mutated = fc
  .tuple(
    fc.constantFrom(...fixtures),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.oneof(tokens, fc.string({ maxLength: 5 }))), { maxLength: 8 }),
  )
  .map(([text, edits]) =>
    edits.reduce((now, [where, length, put]) => {
      const at = where % (now.length + 1);
      return now.slice(0, at) + put + now.slice(at + length);
    }, text),
  );

describe("whatever is read", () => {
  it("of words in any order, ends in a circuit or an error that names its place", () => {
    fc.assert(fc.property(document, survives), { numRuns: 200 });
  });

  it("of damaged netlists, ends in a circuit or an error that names its place", () => {
    fc.assert(fc.property(mutated, survives), { numRuns: 250 });
  });

  it("of swapped lines, ends in a circuit or an error that names its place", () => {
    const shuffled = fc
      .constantFrom(...fixtures)
      .chain((text) => fc.shuffledSubarray(text.split("\n"), { minLength: 1 }));
    fc.assert(
      fc.property(shuffled, (lines) => survives(lines.join("\n"))),
      { numRuns: 120 },
    );
  });

  it("of any text or bytes, ends in a circuit or an error", () => {
    fc.assert(
      fc.property(anyText, (text) => survives(`t\n${text}`)),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        try {
          readNetlistBytes(bytes);
        } catch (error) {
          if (!isTonewrightError(error)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });

  it("of names that JavaScript uses itself, is like other names", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
    for (const name of names) {
      const text = `t\n.param ${name}=5\nX1 a 0 ${name} w=2\n.subckt ${name} p q w=1\nR1 p q {w*${name}}\nD1 p q ${name}\n.model ${name} D(is=1p)\n.func ${name}(x) {x}\n.ends\n`;
      const { elements } = resolveCircuit(readNetlist(text));
      expect(elements).toMatchObject([{ ohms: 10 }, { parameters: { is: 1e-12 } }]);
      expect(() => resolveCircuit(readNetlist(`t\nX1 a 0 ${name}`))).toThrow(/not defined/);
      expect(() => resolveCircuit(readNetlist(`t\nD1 a 0 ${name}`))).toThrow(/not defined/);
      expect(() => resolveCircuit(readNetlist(`t\nR1 a 0 {${name}}`))).toThrow(/no parameter/);
      expect(() => resolveCircuit(readNetlist(`t\nR1 a 0 {${name}(1)}`))).toThrow(/no function/);
      expect(() => resolveCircuit(readNetlist(`t\nR1 a 0 1`), { knobs: { [name]: 1 } })).toThrow(/no knob/);
    }
  });

  it.each([
    ["nested calls", `R1 a 0 {${"f(".repeat(30_000)}`],
    ["nested probes", `R1 a 0 ${"V(".repeat(8_000)}`],
    ["nested braces", `R1 a 0 ${"{".repeat(50_000)}`],
    ["unfinished strings", `R1 a 0 ${'x"'.repeat(30_000)}`],
    ["strings of settings", `R1 a 0 ${'x="a" '.repeat(15_000)}`],
    ["many words", `X1 ${"a ".repeat(40_000)}`],
    ["many numbers that are none", `R1 a 0 ${"5% ".repeat(30_000)}`],
    ["many continuations", `R1 a 0 1k${"\n+x=1".repeat(19_000)}`],
    ["long sums", `R1 a 0 {${"1+".repeat(40_000)}1}`],
    ["long lists of calls", `R1 a 0 {min(${"a(1,".repeat(20_000)}`],
    ["many definitions", `.param ${Array.from({ length: 6000 }, (_, k) => `a${k}={a${k + 1}}`).join(" ")}`],
    ["long powers", `R1 a 0 {${"2^".repeat(40_000)}1}`],
    ["long ternaries", `R1 a 0 {${"1?".repeat(40_000)}`],
    ["long titles", "a ".repeat(50_000)],
    ["long functions", `.func f(${"a,".repeat(40_000)}b) {1}`],
    ["long initial values", `.ic ${"V(a)=1 ".repeat(12_000)}`],
    ["long knobs", `*.knob ${"a ".repeat(40_000)}`],
    [
      "many elements",
      Array.from({ length: 3000 }, (_, k) => `R${k} a b {x*${k + 1}}`)
        .join("\n")
        .concat("\n.param x=1"),
    ],
    ["many lines", "R1 a b 1\nR1\n".repeat(20_000)],
  ])("of %s, does not run away", (_, lines) => {
    survives(`title\n${lines}`);
    survives(lines);
  });
});
