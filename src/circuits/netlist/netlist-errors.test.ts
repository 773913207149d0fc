import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { readNetlist } from "./read-netlist.ts";
import { resolveCircuit } from "./resolve-circuit.ts";

function errorOf(lines: string, files: Record<string, string> = {}): { code: string; message: string; hint: string } {
  try {
    resolveCircuit(readNetlist(`title\n${lines}`, { name: "x.cir", files }));
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    return { code: error.code, message: error.message, hint: error.hint };
  }
  throw new Error(`no error: ${lines}`);
}

describe("what is wrong in a netlist is named with file, line and token", () => {
  it.each([
    // Elements and nodes.
    ["§1 a b 1", "netlist-unsupported", 'x.cir:2: "§1": no element begins with "§"', /R C L K V I/],
    ["T1 a b c d Z0=50", "netlist-unsupported", 'x.cir:2: "t1": elements "T" are not simulated', /capacitor/],
    ["S1 a b c d sw", "netlist-model", '"s1" has the model "sw", which is not defined', /\.model sw SW/],
    ["S1 a b c sw", "netlist-nodes", '"S1 a b c sw" has not the words of a switch', /S1 a b control/],
    ["S1 a b c d q\n.model q NPN", "netlist-model", 'model "q" is of type NPN, which no element "S" can be', /SW/],
    ["S1 a b c d q\n.model q SW(Rx=3)", "netlist-parameter", 'no parameter "rx" of a switch', /ron, roff, vt, vh/],
    ["S1 a b c d q\n.model q SW(Ron=0)", "netlist-value", "RON=0", /above 0/],
    ["W1 a b V9 q\n.model q CSW", "netlist-expression", 'the current of "v9" is asked for', /0 V in series/],
    ["R1 a", "netlist-nodes", 'x.cir:2: "R1 a" has 1 node, 2 are needed', /write: R1 a b 10k/],
    ["R1", "netlist-nodes", 'x.cir:2: "R1" has no node, 2 are needed', /write: R1/],
    ["R1 a R=1k", "netlist-nodes", "has 1 node", /write: R1/],
    ["R1 a b", "netlist-syntax", 'x.cir:2: "R1 a b" has no value', /write: R1 a b 10k/],
    ["R1 a b 1k 2k", "netlist-syntax", '"2k" is one word too many', /write: R1/],
    ["R1 a b c 1k 2", "netlist-syntax", "is one word too many", /write: R1/],
    ["R1 a b ten", "netlist-model", '"r1": "ten" is neither a value nor a resistor\'s model', /4.7k/],
    ["R1 a b {ten}", "netlist-parameter", 'no parameter "ten" for "{ten}"', /add "\.param ten=…"/],
    ["R1 a b 1k foo=3", "netlist-parameter", '"r1": elements "R" have no "foo"', /they have: r/],
    ["C1 a b Q=V(a)", "netlist-unsupported", '"c1": q= is not simulated', /capacitance/],
    ["R1 a b 1k\nr1 b c 2k", "netlist-duplicate", 'x.cir:3: "r1" is there already, at x.cir:2', /another name/],
    [
      "X1 a s\nR.x1 a 0 1\nRx1.r1 a 0 1\n.subckt s a\nRx1.r1 a 0 1\n.ends\nX1.Rx1 a 0 s2\n.subckt s2 a b\nR1 a b 1\n.ends",
      "netlist-duplicate",
      '"x1.rx1.r1" is there already',
      /without dots/,
    ],
    [
      "Q1 c b 0 e q9\n.model e D\n.model q9 D",
      "netlist-model",
      'model "e" is of type D, which no element "Q" can be',
      /NPN or PNP/,
    ],
    ["D1 a b constructor\n.model constructor __proto__", "netlist-model", "is of type __PROTO__", /type D/],
    ["D1 a b", "netlist-nodes", "2 words behind its name, 3 are needed", /D1 anode cathode model/],
    ["Q1 a b c", "netlist-nodes", "3 words behind its name, 4 are needed", /Q1 collector/],
    ["X1", "netlist-nodes", "names no subcircuit", /X1 a b subcircuit/],
    ["K1 L1 0.9", "netlist-syntax", "does not name two inductors", /K1 L1 L2/],
    ["V1 a b foo", "netlist-parameter", 'no parameter "foo"', /\.param/],
    ["V1 a b 1 2", "netlist-syntax", '"2" is no part of a source', /V1 plus minus 9/],
    ["E1 a b c d", "netlist-syntax", "has no gain", /E1 plus minus/],
    ["E1 a b TABLE {V(a)} = (0,0,1)", "netlist-syntax", "TABLE has 3 numbers", /\(0,0\)/],
    ["E1 a b TABLE {V(a)} = (1,0) (0,1)", "netlist-value", "point 2 is (0,1), behind (1,0)", /rising x/],
    ["B1 a 0 V=table(V(a),1,0,0,1)", "netlist-expression", "is NaN", /./],
    ["G1 a b LAPLACE {V(c)} = {1/s}", "netlist-unsupported", "LAPLACE is not simulated", /filter/],
    ["E1 a b POLY(0) c d 1", "netlist-syntax", "POLY has no dimension", /POLY\(2\)/],
    ["E1 a b POLY(2) c d 1", "netlist-nodes", "3 nodes, 4 are needed", /POLY\(2\)/],
    ["B1 a b 5", "netlist-syntax", "neither V=, I= nor R=", /B1 a b V=/],
    ["B1 a b V=", "netlist-expression", "found the end of the line", /expressions/],
    ["B1 a 0 V=V(c)", "netlist-expression", 'V(c): no element is connected to node "c"', /there are: 0, a/],
    ["B1 a 0 V=I(R9)", "netlist-expression", 'the current of "r9" is asked for, which is not there', /0 V in series/],
    ["B1 a 0 V=floor(V(a))", "netlist-expression", "it is for constants only", /atan/],
    ["B1 a 0 V=sin(V(a)", "netlist-expression", '")" or an operator should be', /close/],
    ["F1 a b V9 2", "netlist-expression", 'the current of "v9" is asked for', /0 V in series/],
    // Values.
    ["R1 a b 0", "netlist-value", '"r1" is 0 ohm', /join its two nodes/],
    [".param p=0\nR1 a b {p}", "netlist-value", 'x.cir:3: "r1" is 0 ohm ({p})', /join/],
    ["C1 a b -1n", "netlist-value", '"c1" is -1e-9 farad', /0 or more/],
    ["L1 a b 0", "netlist-value", '"l1" is 0 henry', /above 0/],
    ["L1 a b -1m", "netlist-value", '"l1" is -0.001 henry', /above 0/],
    ["R1 a b {1/0}", "netlist-expression", '"{1/0}" is Infinity', /division by 0/],
    ["L1 a 0 1\nL2 b 0 1\nK1 L1 L2 1.1", "netlist-value", "coefficient 1.1", /at most 1/],
    ["L1 a 0 1\nL2 b 0 1\nK1 L1 L2 -0.9", "netlist-value", "coefficient -0.9", /swap/],
    ["L1 a 0 1\nK1 L1 L2 0.9", "netlist-value", '"k1" couples "l2", which is not there', /l1/],
    ["L1 a 0 1\nK1 L1 L1 0.9", "netlist-value", 'couples "l1" with itself', /two/],
    ["D1 a 0 d area=-1\n.model d D", "netlist-value", '"d1" has the area -1', /above 0/],
    ["V1 a 0 1\nV2 b 0 SFFM(0 1 1k)\n*.input V1", "netlist-unsupported", '"v2" has the waveform SFFM', /\*\.input v2/],
    ["V1 a 0 1\nV2 b 0 PWL file=x.txt\n*.input V1", "netlist-unsupported", "PWL of a file", /with numbers/],
    ["V1 a 0 1\nV2 b 0 SIN(0 1)\n*.input V1", "netlist-value", "SIN has no frequency", /hertz/],
    ["V1 a 0 1\nV2 b 0 PULSE(0 1 0 -1u)\n*.input V1", "netlist-value", "is no pulse", /0 or more/],
    ["V1 a 0 1\nV2 b 0 PWL(0 0 2m 1 1m 0)\n*.input V1", "netlist-value", "back in time at 0.001 s", /order/],
    ["V1 a 0 1\nV2 b 0 PWL(0 0 2m)\n*.input V1", "netlist-value", "PWL has 3 numbers", /PWL\(seconds/],
    [".temp 1000\nR1 a 0 1", "netlist-value", "the temperature is 1000", /27/],
    // Parameters.
    [
      ".param a={b}\n.param b={c} c={a}\nR1 1 0 {a}",
      "netlist-parameter",
      "depends on itself: a -> b -> c -> a",
      /number/,
    ],
    [".param a={a+1}\nR1 1 0 {a}", "netlist-parameter", "depends on itself: a -> a", /number/],
    [".param 1a=3", "netlist-syntax", '"1a" is no name', /letter/],
    [".param a", "netlist-syntax", 'found "a" where name=value should be', /\.param a=1/],
    [".param a=", "netlist-expression", "found the end of the line", /./],
    [".func f x", "netlist-syntax", "defines no function", /\.func f\(x,y\)/],
    [".func f(x) {f(x)}\nR1 a 0 {f(1)}", "netlist-expression", 'function "f" calls itself: f -> f', /rewrite/],
    [".func f(x) {x}\nR1 a 0 {f(1,2)}", "netlist-expression", "f() has 2 arguments", /give it 1/],
    ["R1 a 0 {foo(1)}", "netlist-expression", 'no function "foo"', /known are/],
    ["R1 a 0 {sqr(4)}", "netlist-expression", 'no function "sqr"', /did you mean "sqrt"/],
    // Models.
    ["D1 a 0 1N9998", "netlist-model", '"d1" has the model "1n9998", which is not defined', /add its \.model/],
    ["D1 a 0 1N414\n.model 1N4148 D", "netlist-model", '"1n414"', /did you mean "1n4148"/],
    ["Q1 a b 0 0 q9", "netlist-model", '"q1" has the model "q9"', /\.model/],
    ["Q1 a b 0 q9", "netlist-model", '"q1" has the model "q9"', /\.model/],
    ["D1 a 0 q\n.model q NPN", "netlist-model", 'model "q" is of type NPN, which no element "D" can be', /type D/],
    ["D1 a 0 q\n.model q D(IZ=1)", "netlist-parameter", 'model "q": no parameter "iz" of diode', /did you mean "is"/],
    ["D1 a 0 q\n.model q D(Ron=0 Vfwd=.6)", "netlist-value", "RON=0", /above 0/],
    ["D1 a 0 q\n.model q D(Ron=1 Ilimit=1)", "netlist-value", "ILIMIT is not simulated", /in series/],
    ["D1 a 0 q\n.model q D(N=0)", "netlist-value", 'x.cir:3: model "q": N is 0', /above 0/],
    ["D1 a 0 q\n.model q D(IS=-1n)", "netlist-value", "IS is -1e-9", /0 or more/],
    ["D1 a 0 q\n.model q D(VJ=0)", "netlist-value", "VJ is 0", /above 0/],
    ["Q1 a b 0 q\n.model q NPN(BF=0)", "netlist-value", "BF is 0", /above 0/],
    ["M1 a b 0 0 q L=1u\n.model q NMOS(LD=1u)", "netlist-value", "the channel is -0.000001 m long", /twice LD/],
    ["R1 a 0 1\n*.output a a", "netlist-port", '*.output takes the voltage from node "a" to itself', /\*\.output out/],
    ["* nothing", "netlist-syntax", "the netlist has no elements", /R1 in out/],
    ["D1 a 0 q\n.model q D(IS=abc)", "netlist-parameter", 'no parameter "abc"', /\.param/],
    ["D1 a 0 q\n.model q D(IS=)", "netlist-syntax", 'nothing stands behind "is="', /./],
    ["D1 a 0 q 1 2\n.model q D", "netlist-syntax", '"2" is one word too many', /./],
    ["M1 a b 0 q\n.model q VDMOS(Vtoo=1)", "netlist-parameter", 'no parameter "vtoo" of VDMOS', /"vto"/],
    ["M1 a b 0 q\n.model q VDMOS(Kp=-1)", "netlist-value", "KP is -1", /0 or more/],
    ["M1 a b 0 0 q\n.model q NMOS(LEVEL=8)", "netlist-unsupported", "NMOS of level 8", /only level 1/],
    ["D1 a 0 q\n.model q ako:p D\n.model p ako:q D", "netlist-model", "takes over from itself: q -> p -> q", /type/],
    ["D1 a 0 q\n.model q ako:p D", "netlist-model", 'model "q": no model "p"', /define/],
    [".model", "netlist-syntax", "has no name", /\.model 1N4148/],
    [".model q", "netlist-syntax", "has no type", /\.model 1N4148/],
    ["A1 a b c q\n.model q limit(gain=1)", "netlist-unsupported", "XSPICE device of type limit", /potentiometers/],
    // Subcircuits.
    [".subckt s a b\nR1 a b 1", "netlist-subcircuit", 'x.cir:2: .subckt "s" has no .ends', /add \.ends/],
    [".ends", "netlist-subcircuit", ".ends without .subckt", /./],
    [".subckt s a\n.ends t", "netlist-subcircuit", '.ends "t" closes .subckt "s" of line 2', /\.ends s/],
    [".subckt", "netlist-subcircuit", ".subckt has no name", /./],
    [".subckt s a a\n.ends", "netlist-subcircuit", 'port "a" twice', /./],
    [".subckt s a 0\n.ends", "netlist-subcircuit", "ground (0) as a port", /./],
    ["X1 a b s", "netlist-subcircuit", '"x1" is a subcircuit "s", which is not defined', /defined: opamp/],
    ["X1 a s\n.subckt s a b\n.ends", "netlist-nodes", '"x1" has 1 nodes, subcircuit "s" has 2', /its nodes are: a, b/],
    [
      "X1 a s\n.subckt s a\nX2 a t\n.ends\n.subckt t a\nX3 a s\n.ends",
      "netlist-subcircuit",
      "contains itself: s -> t -> s",
      /break/,
    ],
    [
      "X1 a s g=2\n.subckt s a gain=1\nR1 a 0 {gain}\n.ends",
      "netlist-parameter",
      'subcircuit "s" has no parameter "g"',
      /it has: gain/,
    ],
    ["X1 a s m=2\n.subckt s a\nR1 a 0 1\n.ends", "netlist-unsupported", "has m=2", /as many instances/],
    ["X1 a s\n.subckt s a\nR1 a 0 {q}\n.ends", "netlist-parameter", 'x.cir:4: no parameter "q"', /\.param/],
    // Files and directives.
    [
      ".include models.lib\nD1 a 0 mine",
      "netlist-include",
      'file "models.lib" is included but was not given; given: none; not defined without it: mine',
      /give the file/,
    ],
    [".include", "netlist-include", "names no file", /\.include "file"/],
    [".if (1)", "netlist-unsupported", ".if is not understood", /\?/],
    [".control\nrun", "netlist-syntax", ".control has no .endc", /./],
    [".ic V(q)=1\nR1 a 0 1", "netlist-nodes", '.ic: no element is connected to node "q"', /there are: 0, a/],
    [".ic q=1", "netlist-syntax", '.ic: found "q=1"', /V\(out\)/],
    ["+ 1k", "netlist-syntax", 'x.cir:2: the line begins with "+"', /./],
    ['R1 a b "1k', "netlist-syntax", "has no closing quote", /quote/],
    ["= 3", "netlist-unsupported", 'no element begins with "="', /./],
  ])("%j", (lines, code, message, hint) => {
    const error = errorOf(lines);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^x\.cir:\d+: /);
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(hint);
  });

  it("in included files names those", () => {
    const files = {
      "a.lib": "* library\n.model q D(IS=1f)\n.include b.lib",
      "b.lib": "\n\n\nR1 a",
      "c.lib": ".include C.LIB",
    };
    expect(errorOf(".include a.lib", files).message).toMatch(/^b.lib:4: "R1 a" has 1 node/);
    expect(errorOf(".include c.lib", files).message).toMatch(/includes itself: c.lib -> c.lib/);
    expect(errorOf(".include d.lib", { "d.lib": "* LTspice Encrypted File\n*\n" }).message).toMatch(
      /encrypted by LTspice/,
    );
  });
});

describe("limits", () => {
  const many = (count: number, line: (k: number) => string) =>
    Array.from({ length: count }, (_, k) => line(k)).join("\n");

  it.each([
    [many(1100, (k) => `R${k} n${k} n${k + 1} 1k`), "more than 1000 nodes"],
    [many(10_100, (k) => `R${k} a b 1k`), "more than 10000 elements"],
    [
      many(8, (k) => `.subckt s${k} a\n${many(10, (j) => `X${j} a s${k + 1}`)}\n.ends`).concat(
        "\n.subckt s8 a\n.ends\nX1 q s0",
      ),
      "more than 10000 instances",
    ],
    [
      many(40, (k) => `.subckt s${k} a\nX1 a s${k + 1}\n.ends`).concat("\n.subckt s40 a\n.ends\nX1 q s0"),
      "subcircuits more than 32 deep",
    ],
    [many(40, (k) => `.subckt s${k} a`), ".subckt within .subckt more than 16 deep"],
    [
      many(500, (k) => `.param p${k}={p${k + 1}+1}`).concat("\n.param p500=1\nR1 a 0 {p0}"),
      "more than 100 parameters depend on one another",
    ],
    [
      many(40, (k) => `.func f${k}(x) {f${k + 1}(x)+f${k + 1}(x)}`).concat("\n.func f40(x) {x}\nB1 a 0 V=f0(V(a))"),
      "becomes too large",
    ],
    [
      many(40, (k) => `.func f${k}(x) {f${k + 1}(f${k + 1}(x))}`).concat("\n.func f40(x) {x+1}\nB1 a 0 V=f0(V(a))"),
      "becomes too large",
    ],
    [`R1 a 0 1k ${"x=1 ".repeat(30_000)}`, "more than 100000 characters"],
    [`E1 a 0 POLY(1) b 0 ${"1 ".repeat(200)}`, "200 coefficients"],
  ])("of case %# are named", (lines, message) => {
    const error = errorOf(lines);
    expect(error.message).toContain(message);
    expect(error.code).toBe("netlist-limit");
  });

  it("of included files are named", () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 12 }, (_, k) => [`${k}.lib`, `.include ${k + 1}.lib\n`.repeat(8)]),
    );
    expect(errorOf(".include 0.lib", { ...doubling, "12.lib": "*" }).message).toContain("more than 100000 lines");
    const chain = Object.fromEntries(Array.from({ length: 30 }, (_, k) => [`${k}.lib`, `.include ${k + 1}.lib`]));
    expect(errorOf(".include 0.lib", chain).message).toContain("more than 16 deep");
  });
});
