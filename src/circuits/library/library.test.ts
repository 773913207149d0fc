import { describe, expect, it } from "vitest";
import { readNetlist } from "../netlist/read-netlist.ts";
import { resolveCircuit } from "../netlist/resolve-circuit.ts";
import { createNetlistSolver } from "../netlist-solver.ts";
import { createCircuitSolver } from "../solver/plain-circuit-solver.ts";
import { circuitLibrary } from "./library.ts";

type Knobs = Readonly<Record<string, number | string>>;

function netlistOf(name: string) {
  const circuit = circuitLibrary.find((one) => one.name === name);
  if (circuit === undefined) throw new Error(`no circuit ${name}`);
  return readNetlist(circuit.netlist, { name });
}

/** The plain solver, listening at some node. */
function solverAt(
  name: string,
  { knobs = {}, node = "out", rate = 96_000 }: { knobs?: Knobs; node?: string; rate?: number } = {},
) {
  const circuit = resolveCircuit(netlistOf(name), { knobs });
  const stepSeconds = 1 / rate;
  return createCircuitSolver(circuit, { input: "vin", output: node, stepSeconds });
}

/** What a small sine becomes, in dB: its amplitude at the node once the circuit has settled. */
function gainDb(
  name: string,
  hertz: number,
  options: Parameters<typeof solverAt>[1] & { settleSeconds?: number } = {},
): number {
  const { rate = 96_000, settleSeconds = 0.03 } = options;
  const solver = solverAt(name, options);
  const periods = Math.max(4, Math.round(0.02 * hertz));
  const start = Math.round(rate * settleSeconds);
  const end = start + Math.round((periods * rate) / hertz);
  const phase = (n: number) => (2 * Math.PI * hertz * n) / rate;
  const output = new Float64Array(end);
  solver.run(
    Float64Array.from(output, (_, n) => 1e-4 * Math.sin(phase(n))),
    output,
  );
  const rest = solver.operatingPoint[options.node ?? "out"]!;
  let [re, im] = [0, 0];
  for (let n = start; n < end; n++) {
    re += (output[n]! - rest) * Math.cos(phase(n));
    im += (output[n]! - rest) * Math.sin(phase(n));
  }
  return 20 * Math.log10((2 * Math.hypot(re, im)) / (end - start) / 1e-4);
}

const db = (ratio: number) => 20 * Math.log10(ratio);

describe("circuitLibrary", () => {
  it("has circuits that read without a warning, with knobs that have names on a panel", () => {
    expect(circuitLibrary.map(({ name }) => name)).toEqual([...new Set(circuitLibrary.map(({ name }) => name))]);
    for (const { name, netlist: text, summary } of circuitLibrary) {
      const netlist = readNetlist(text, { name });
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(summary, name).not.toBe("");
      expect(netlist.warnings, name).toEqual([]);
      expect(netlist.input?.source, name).toBe("vin");
      expect(netlist.output?.nodes, name).toEqual(["out", "0"]);
      expect(netlist.knobs.length, name).toBeGreaterThan(0);
      for (const { label } of netlist.knobs) expect(label, name).toMatch(/^[A-Z]/);
    }
  });

  it("rests where the real circuits do", () => {
    const rest = (name: string) => solverAt(name).operatingPoint;
    // The Rangemaster is set up for -7 V at the collector.
    expect(rest("treble-booster").c).toBeCloseTo(-7, -0.1);
    // A Fuzz Face: two junctions on top of each other, and about half the battery at the second collector.
    const fuzz = rest("fuzz-face");
    expect(fuzz.b1).toBeCloseTo(0.6, 1);
    expect(fuzz.c1! - fuzz.e2!).toBeCloseTo(0.6, 1);
    expect(fuzz.c2).toBeGreaterThan(3);
    expect(fuzz.c2).toBeLessThan(6);
    // Load line of 100k and 1.5k at 300 V: 1.5 V at the cathode is 1 mA, which leaves 200 V for the valve and it.
    const triode = rest("triode-stage");
    expect(triode.cathode! / 1500).toBeCloseTo((300 - triode.plate!) / 100e3, 6);
    expect(Math.abs(triode.plate! - 200)).toBeLessThan(5);
    // The follower of the RAT: IDSS 4 mA and -2.5 V into 10k: Vs / 10k = 4 mA (1 - Vs / 2.5 V)^2.
    const source = rest("rat").source!;
    expect(source / 10e3).toBeCloseTo(4e-3 * (1 - source / 2.5) ** 2, 5);
  });

  it("has the published gains and corners", () => {
    expect(gainDb("rc-lowpass", 1591.5)).toBeCloseTo(db(Math.SQRT1_2), 1);
    // Tube Screamer: 1 + (51k + drive) / |4.7k and 47n in series|, 22 to 41 dB; the op-amp and 51p take a little.
    const leg = (hertz: number) => Math.hypot(4700, 1 / (2 * Math.PI * hertz * 47e-9));
    expect(gainDb("tube-screamer", 2000, { node: "clip", knobs: { drive: 0 } })).toBeCloseTo(
      db(1 + 51e3 / leg(2000)),
      0,
    );
    expect(gainDb("tube-screamer", 720, { node: "clip", knobs: { drive: 1 } })).toBeCloseTo(db(551e3 / leg(720)), 0);
    // RAT: 0 to 67 dB by its resistors. The LM308's 1 MHz leave 50 dB at 3 kHz; lower, its phase and that of the legs differ.
    expect(gainDb("rat", 1000, { node: "amp", knobs: { distortion: 0 } })).toBeCloseTo(0, 0);
    const rat = (hertz: number) => gainDb("rat", hertz, { node: "amp", knobs: { distortion: 1 }, settleSeconds: 0.05 });
    expect(rat(1000)).toBeCloseTo(63, -0.3);
    expect(rat(3000)).toBeCloseTo(50, -0.3);
    // Filter: 1.5k and 3.3n, 32 kHz; 101.5k and 3.3n, 475 Hz.
    const filter = (knob: number) =>
      gainDb("rat", 475, { node: "f", knobs: { filter: knob, distortion: 0 } }) -
      gainDb("rat", 475, { node: "clip", knobs: { filter: knob, distortion: 0 } });
    expect(filter(0)).toBeCloseTo(0, 1);
    expect(filter(1)).toBeCloseTo(-3, 0);
    // Phase 90 with the JFETs off: two stages of 24k and 47n cancel the dry sound at 141 Hz.
    expect(gainDb("phaser-stages", 141.1, { knobs: { sweep: 0 }, settleSeconds: 0.1 })).toBeLessThan(-35);
    expect(gainDb("phaser-stages", 1411, { knobs: { sweep: 0 } })).toBeGreaterThan(-2);
    // A 12AX7 with 100k and 1.5k: 35 dB with the cathode capacitor, some 6 dB less without.
    const stage = (bypass: string) =>
      gainDb("triode-stage", 1000, { node: "plate", knobs: { bypass }, settleSeconds: 0.1 });
    expect(stage("on")).toBeCloseTo(35.5, 0);
    expect(stage("on") - stage("off")).toBeCloseTo(6, -0.3);
    // Bassman: a nodal analysis that equals Yeh & Smith's closed form (-12.0 dB) has this with 1.3k in front and 1M behind.
    expect(gainDb("tone-stack-fender", 752)).toBeCloseTo(-13.2, 1);
    // With middle at 0, treble and bass at 1, the same analysis has its dip at 597 Hz.
    const scoop = { treble: 1, middle: 0, bass: 1 };
    expect(gainDb("tone-stack-fender", 597, { knobs: scoop, settleSeconds: 0.1 })).toBeCloseTo(-23.9, 1);
    // Compressor: 68k against 1M in the dark, no reduction, 6 dB of gain.
    expect(gainDb("optical-compressor", 1000, { knobs: { reduction: 0, gain: 0.3 } })).toBeCloseTo(6 - db(1.068), 2);
  });

  it.each(circuitLibrary.map(({ name }) => name))(
    "%s settles whatever is played, from silence to 10 times full scale",
    (name) => {
      const netlist = netlistOf(name);
      const turned = (position: number): Knobs =>
        Object.fromEntries(
          netlist.knobs.map((knob) => [knob.name, knob.kind === "switch" ? Math.round(position) : position]),
        );
      const signals: Readonly<Record<string, (t: number) => number>> = {
        silence: () => 0,
        "square wave": (t) => (Math.sin(2 * Math.PI * 110 * t) >= 0 ? 1 : -1),
        "10 times full scale": (t) => 10 * Math.sin(2 * Math.PI * 220 * t),
        steps: (t) => [0, 1, -1, 0.5, -0.2][Math.floor(t * 300) % 5] ?? 0,
        "20 Hz": (t) => Math.sin(2 * Math.PI * 20 * t),
        "15 kHz": (t) => Math.sin(2 * Math.PI * 15_000 * t),
      };
      for (const [rate, knobs] of [
        [44_100, turned(1)],
        [96_000, turned(0)],
        [384_000, turned(1)],
      ] as const) {
        for (const [signal, at] of Object.entries(signals)) {
          const { solver, inputVolts, outputVolts } = createNetlistSolver(netlist, { knobs, stepSeconds: 1 / rate });
          const output = new Float64Array(Math.round(0.01 * rate));
          solver.run(
            Float64Array.from(output, (_, n) => inputVolts * at(n / rate)),
            output,
          );
          const peak = output.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / outputVolts;
          // 10 times full scale and 20 dB of gain are the most that goes through.
          expect(peak, `${signal} at ${rate} Hz`).toBeLessThan(signal === "silence" ? 1e-6 : 110);
        }
      }
    },
  );
});
