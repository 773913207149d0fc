import { describe, expect, it } from "vitest";
import {
  type Circuit,
  circuitLibrary,
  createNetlistSolver,
  decodeNetlist,
  evaluateConstant,
  knobParameters,
  type Netlist,
  readNetlist,
  readNetlistBytes,
  readTaper,
  resolveCircuit,
  type SimulateOptions,
  simulateCircuit,
  spiceDeck,
  writeSpice,
} from "../index.ts";

const text = `low-pass
*.knob tone
.param tone=0.5
Vin in 0 0
R1 in out {1k+tone}
C1 out 0 100n
`;
const netlist = readNetlist(text);
const input = new Float32Array(64);
const circuit = circuitLibrary[0]!;

/** What the compiler would refuse. */
const wrong = <T>(value: unknown): T => value as T;

describe("calls with arguments of another kind", () => {
  const simulate = (options: unknown, sound: unknown = input, of: unknown = netlist) =>
    simulateCircuit(wrong<Netlist>(of), wrong<Float32Array>(sound), wrong<SimulateOptions>(options));
  const options = { sampleRate: 48_000 };

  it.each<readonly [string, () => unknown, string, RegExp, RegExp]>([
    ["no text", () => readNetlist(wrong(undefined)), "wrong-call", /readNetlist: nothing where/, /write readNetlist/],
    ["bytes", () => readNetlist(wrong(new Uint8Array(3))), "wrong-call", /Uint8Array where/, /readNetlistBytes/],
    [
      "a library circuit",
      () => readNetlist(wrong(circuit)),
      "wrong-call",
      /netlist's text/,
      /readNetlist\(circuit\.netl/,
    ],
    ["a netlist", () => readNetlist(wrong(netlist)), "wrong-call", /netlist's text/, /read already/],
    ["a file's name", () => readNetlist("my/pedal.cir"), "wrong-call", /"my\/pedal.cir" is the name/, /read the file/],
    ["an empty text", () => readNetlist(" \n"), "netlist-syntax", /the netlist is empty/, /title/],
    ["misspelt files", () => readNetlist(text, wrong({ file: {} })), "unknown-option", /"file"/, /"files"/],
    ["a list of files", () => readNetlist(text, wrong({ files: ["a"] })), "wrong-call", /option files/, /by name/],
    [
      "files as bytes",
      () => readNetlist(text, wrong({ files: { a: new Uint8Array(1) } })),
      "wrong-call",
      /the text of "a"/,
      /decodeNetlist/,
    ],
    ["a text as bytes", () => readNetlistBytes(wrong(text)), "wrong-call", /the file's bytes/, /readNetlist\(text/],
    ["no bytes", () => decodeNetlist(wrong(undefined), "a"), "wrong-call", /nothing where/, /Uint8Array/],
    [
      "a circuit to resolve",
      () => resolveCircuit(wrong(circuit)),
      "wrong-call",
      /resolveCircuit/,
      /\(readNetlist\(circuit/,
    ],
    ["a list of knobs", () => resolveCircuit(netlist, { knobs: wrong([1]) }), "wrong-call", /the positions/, /by name/],
    ["misspelt knobs", () => resolveCircuit(netlist, wrong({ knob: {} })), "unknown-option", /"knob"/, /"knobs"/],
    ["no knobs", () => knobParameters(wrong(undefined), {}), "wrong-call", /the knobs/, /netlist\.knobs/],
    ["a netlist to write", () => writeSpice(wrong<Circuit>(text)), "wrong-call", /the circuit/, /resolveCircuit\(netl/],
    ["a deck of nothing", () => spiceDeck(netlist, wrong({})), "missing-option", /"inputFile"/, /inputFile/],
    ["text to simulate", () => simulate(options, input, text), "wrong-call", /the netlist/, /readNetlist\(text\)/],
    [
      "a circuit to simulate",
      () => simulate(options, input, circuit),
      "wrong-call",
      /netl/,
      /readNetlist\(circuit\.netlist\)/,
    ],
    ["no options", () => simulate(undefined), "missing-option", /"sampleRate"/, /sampleRate/],
    ["no sound", () => simulate(options, null), "wrong-call", /nothing where the sound/, /Float32Array/],
    ["numbers", () => simulate(options, [0, 1]), "wrong-call", /type Array/, /Float32Array\.from/],
    ["channels", () => simulate(options, [input]), "wrong-call", /type Array/, /channels\[0\]/],
    ["a rate as text", () => simulate({ sampleRate: "48000" }), "bad-sample-rate", /"48000" Hz/, /as a number/],
    ["a method", () => simulate({ ...options, method: "gear" }), "bad-option", /method "gear"/, /trapezoidal, gear2/],
    [
      "misspelling",
      () => simulate({ ...options, oversamplin: 2 }),
      "unknown-option",
      /"oversamplin"/,
      /"oversampling"/,
    ],
    [
      "oversampling",
      () => simulate({ ...options, oversampling: 0 }),
      "oversampling-factor",
      /is 0/,
      /1 \(none\) to 16/,
    ],
    ["positions", () => simulate({ ...options, knobs: () => {} }), "wrong-call", /knobs\(0\.0003\) returns/, /by name/],
    ["a position", () => simulate({ ...options, knobs: { tone: true } }), "netlist-knob", /"tone" is at true/, /0 \(/],
    ["progress", () => simulate({ ...options, onProgress: 1 }), "wrong-call", /onProgress/, /function/],
    ["a number as an expression", () => evaluateConstant(wrong(3)), "wrong-call", /the expression/, /as text/],
    ["no taper", () => readTaper(wrong(undefined)), "wrong-call", /the taper/, /as text/],
    ["no step", () => createNetlistSolver(netlist, wrong({})), "missing-option", /"stepSeconds"/, /stepSeconds/],
  ])("are refused, with what to do: %s", (_, call, code, message, hint) => {
    expect(call).toThrow(
      expect.objectContaining({
        name: "TonewrightError",
        code,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      }),
    );
  });

  it("are let through if they are right", () => {
    expect(simulate({ ...options, oversampling: 1, knobs: undefined, method: "gear2" })).toHaveLength(64);
    expect(simulate({ ...options, knobs: () => ({ tone: 0 }) })).toHaveLength(64);
  });
});

describe("a netlist that cannot be played", () => {
  const play = (lines: string) => () =>
    createNetlistSolver(readNetlist(`t\n${lines}`, { name: "x.cir" }), { stepSeconds: 1e-5 });

  it("lists the sources or nodes of which one is the input or output", () => {
    expect(play("V1 a 0 1\nV2 b 0 1\nR1 a b 1\n*.output a")).toThrow(
      expect.objectContaining({ code: "no-circuit-input", hint: expect.stringContaining("there are: v1, v2") }),
    );
    expect(play("R1 a 0 1\n*.output a")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("add a volt") }),
    );
    expect(play("Vin a 0 1\nX1 a b s\nR1 b 0 1\n.subckt s a b\nR1 a n 1\nR2 n b 1\n.ends")).toThrow(
      expect.objectContaining({ code: "no-circuit-input", hint: expect.stringMatching(/there are: a, b$/) }),
    );
  });

  it.each([
    ["Vin a 0 1\nV2 a 0 1\n*.output a", 'x.cir:3: "v2" closes a loop of voltage sources'],
    ["Vin a 0 1\nR1 a 0 1\nR2 b c 1\nR3 b c 1\n*.output a", "x.cir:4: nothing joins nodes b, c to ground"],
    ["Vin a 0 1\nI1 b 0 1\nC1 b 0 1\n*.output a", 'x.cir:3: the current of "i1" has no way'],
  ])("names the line by its file: %j", (lines, message) => {
    expect(play(lines)).toThrow(message);
  });
});
