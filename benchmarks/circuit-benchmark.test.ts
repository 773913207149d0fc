import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { circuitLibrary } from "../src/circuits/index.ts";
import { checkSameOutput } from "./check-output.ts";
import { circuitMaterial, prepareCircuit } from "./circuit-contender.ts";
import type { Contender } from "./contender.ts";
import { findNgspice } from "./ngspice-peer.ts";
import { atInstants, readRaw } from "./ngspice-run.ts";
import { fromSteps, toSteps } from "./oversampled-sound.ts";
import { runBenchmark } from "./run.ts";
import { allWorkloads, type CircuitWorkload } from "./workloads.ts";

const circuits = allWorkloads({ threads: [1] }).filter((one): one is CircuitWorkload => one.kind === "circuit");
const workload = (id: string): CircuitWorkload => {
  const found = circuits.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no workload ${id}`);
  return found;
};
const quick = {
  date: "2026-01-02T03:04:05.000Z",
  commit: "0123456789",
  seed: 1,
  threads: 1,
  quick: true,
  onProgress: () => {},
};

describe("the circuits that are measured", () => {
  it("are in the library, the transient alone and the whole sound of each", () => {
    const names = new Set(circuits.map(({ circuit }) => circuit));
    expect([...names]).toEqual(["diode-clipper", "tube-screamer", "big-muff", "triode-stage", "fuzz-face"]);
    for (const name of names) {
      expect(circuitLibrary.map((one) => one.name)).toContain(name);
      expect(circuits.filter(({ circuit }) => circuit === name).map(({ part }) => part)).toEqual(
        expect.arrayContaining(["transient", "sound"]),
      );
    }
  });

  it("get a guitar with something in its first hundredths of a second, the same for the same seed", () => {
    const short = circuitMaterial({ sampleRate: 48_000 }, { seed: 1, seconds: 0.05 });
    expect(short).toHaveLength(2400);
    expect(Math.max(...short.map(Math.abs))).toBeGreaterThan(0.05);
    expect(circuitMaterial({ sampleRate: 48_000 }, { seed: 1, seconds: 1 }).subarray(0, 2400)).toEqual(short);
    expect(circuitMaterial({ sampleRate: 48_000 }, { seed: 2, seconds: 0.05 })).not.toEqual(short);
  });

  it("play the same whether the transient is taken by the fast solver, the plain one, or in simulateCircuit", () => {
    const input = circuitMaterial({ sampleRate: 48_000 }, { seed: 1, seconds: 0.02 });
    const [transient, sound, plain] = ["", "-sound", "-plain"].map(
      (part) => prepareCircuit(workload(`circuit-diode-clipper${part}`), input).output,
    ) as [Float32Array, Float32Array, Float32Array];
    const largest = Math.max(...transient.map(Math.abs));
    expect(largest).toBeGreaterThan(0.01);
    // The sound's stretches are worked on in float32; the solvers stop within 1e-7.
    for (const [n, value] of transient.entries()) {
      expect(Math.abs((sound[n] as number) - value)).toBeLessThan(3e-6 * largest);
      expect(Math.abs((plain[n] as number) - value)).toBeLessThan(3e-6 * largest);
    }
  });
});

describe("a circuit beside ngspice", () => {
  it("is measured with the error of both (skips the comparison where there is no ngspice)", async () => {
    const found = await findNgspice();
    const { workloads, peers } = await runBenchmark({ ...quick, peers: ["ngspice"], only: "circuit-diode-clipper" });
    expect(workloads.map(({ id }) => id)).toEqual([
      "circuit-diode-clipper",
      "circuit-diode-clipper-sound",
      "circuit-diode-clipper-plain",
    ]);
    for (const { timesRealtime = 0, samplesPerSecond } of workloads) {
      expect(timesRealtime).toBeCloseTo(samplesPerSecond / 48_000, 6);
      expect(timesRealtime).toBeGreaterThan(0);
    }
    const [transient, ...others] = workloads;
    for (const other of others) expect(other.peer).toBeUndefined();
    if ("missing" in found) {
      expect(peers).toEqual([found]);
      expect(transient?.peer).toBeUndefined();
      return;
    }
    expect(transient?.peer).toMatchObject({ name: "ngspice", version: found.version });
    expect(transient?.peer?.settings).toBe("steps up to 1/48 ms, reltol=2e-5 vntol=1e-6 method=trap");
    expect(transient?.reference).toMatch(/^steps up to 1\/3072 ms, reltol=1e-6/);
    // About -75 dB for our steps and -80 dB for ngspice's in so short a piece.
    expect(transient?.errorToSignalDb).toBeLessThan(-65);
    expect(transient?.peer?.errorToSignalDb).toBeLessThan(-65);
    expect(transient?.ratio).toBeCloseTo(
      (transient?.samplesPerSecond ?? 0) / (transient?.peer?.samplesPerSecond ?? 1),
      9,
    );
  });

  it("has no peer where the program is missing, and says so", async () => {
    expect(await findNgspice({ program: "no-such-ngspice" })).toEqual({
      id: "ngspice",
      name: "ngspice",
      missing: "there is no no-such-ngspice on the PATH (apt-get install ngspice)",
    });
  });

  it("has to be the same circuit", () => {
    const right = Float32Array.from({ length: 100 }, (_, n) => Math.sin(n));
    const wrong = right.map((value) => 0.95 * value);
    const reference = { settings: "", output: right.slice(0, 50) };
    const contender = (output: Float32Array) => ({ output }) as unknown as Contender;
    const peer = (output: Float32Array) => ({ output, reference }) as unknown as Contender;
    expect(() => checkSameOutput("x", [contender(right), peer(right)])).not.toThrow();
    expect(() => checkSameOutput("x", [contender(wrong), peer(right)])).toThrow(/bug: x is not the same work: ours/);
    expect(() => checkSameOutput("x", [contender(right), peer(wrong)])).toThrow(
      /not the same work: the peer's is -26.0/,
    );
    expect(() => checkSameOutput("x", [contender(right.slice(1)), peer(right)])).toThrow(/99 numbers here, 100 there/);
  });
});

describe("what ngspice writes", () => {
  it("is read as times and volts", () => {
    const folder = mkdtempSync(join(tmpdir(), "tonewright-raw-"));
    try {
      const points = [
        [0, 1],
        [0.5, 2],
        [0.75, -3],
        [2, 4],
      ];
      const header = "Title: x\nNo. Variables: 2\nNo. Points: 4       \nVariables:\n\t0\ttime\ttime\nBinary:\n";
      const bytes = new Uint8Array(Float64Array.from(points.flat()).buffer);
      writeFileSync(join(folder, "a.raw"), Buffer.concat([Buffer.from(header), bytes]));
      const { times, volts } = readRaw(folder, "a");
      expect(Array.from(times, (time, n) => [time, volts[n]])).toEqual(points);
      writeFileSync(join(folder, "b.raw"), "Title: x\nNo. Variables: 2\nNo. Points: 0\nBinary:\n");
      expect(() => readRaw(folder, "b")).toThrow("0 points of 2 variables");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is taken at our instants by cubics", () => {
    const cubic = (t: number) => 1 - 2 * t + 0.5 * t * t - 0.25 * t ** 3;
    const times = Float64Array.of(0, 0.3, 0.9, 1.1, 2, 2.2, 3);
    const values = atInstants({ times, volts: times.map(cubic) }, { first: 0.25, step: 0.25, count: 12 });
    for (const [n, value] of values.entries()) expect(value).toBeCloseTo(cubic(0.25 * (n + 1)), 12);
  });

  it("comes back to the sound's rate as the sound went up", () => {
    const sound = Float32Array.from({ length: 400 }, (_, n) => Math.sin(0.3 * n) * Math.sin((Math.PI * n) / 400) ** 2);
    const steps = toSteps(sound, { oversampling: 8 });
    expect(steps.length % 8).toBe(0);
    const back = fromSteps(
      Float64Array.from(steps, (value) => 3 * value),
      {
        oversampling: 8,
        outputVolts: 3,
        samples: 400,
      },
    );
    // The filters' stopband is 100 dB down; the sound is at rest where it was cut off.
    for (const [n, value] of back.entries()) expect(Math.abs(value - (sound[n] as number))).toBeLessThan(1e-4);
  });
});
