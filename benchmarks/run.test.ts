import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findPeer } from "./peers.ts";
import { findPythonPeer } from "./python-peer.ts";
import { type BenchmarkOptions, runBenchmark } from "./run.ts";
import { allWorkloads } from "./workloads.ts";

const quick: BenchmarkOptions = {
  date: "2026-01-02T03:04:05.000Z",
  commit: "0123456789",
  seed: 1,
  threads: 1,
  quick: true,
  onProgress: () => {},
};
const worker = new URL("../dist/src/training/replica-worker.node.js", import.meta.url);

describe("the benchmark", () => {
  it("has the workloads of the contract, training on one and two threads", () => {
    const names = allWorkloads({ threads: [1, 2] }).map(({ id, threads }) => `${id} ${threads}`);
    expect(names).toEqual(
      expect.arrayContaining([
        "lstm-32-train 1",
        "lstm-32-train 2",
        "wavenet-standard-train 1",
        "wavenet-standard-train 2",
        "lstm-32-stream 1",
        "wavenet-standard-stream 1",
        "mel-128 1",
        "mel-128-float64 1",
        "mfcc-20 1",
        "resample-44100-22050 1",
        "rfft-2048 1",
        "circuit-diode-clipper 1",
        "circuit-tube-screamer-sound 1",
        "circuit-tube-screamer-plain 1",
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it("reports speeds, block times and what else went on for a stream", async () => {
    const { workloads, date, commit } = await runBenchmark({ ...quick, only: "lstm-16-stream" });
    expect([date, commit, workloads.length]).toEqual([quick.date, quick.commit, 1]);
    const [{ samplesPerSecond, timesRealtime = 0, medianBlockMs = 0, block99Ms = 0, worstBlockMs = 0, ...rest }] =
      workloads as [(typeof workloads)[0]];
    expect(timesRealtime).toBeCloseTo(samplesPerSecond / 48_000, 6);
    expect(medianBlockMs).toBeGreaterThan(0);
    expect(block99Ms).toBeGreaterThanOrEqual(medianBlockMs);
    expect(worstBlockMs).toBeGreaterThanOrEqual(block99Ms);
    expect(rest).toMatchObject({ id: "lstm-16-stream", threads: 1, rounds: 2 });
    expect(rest.peer).toBeUndefined();
  });

  it.skipIf(!existsSync(worker))("trains on two threads (skips unless dist/ is built)", async () => {
    const { workloads } = await runBenchmark({ ...quick, threads: 2, only: "gru-8-train" });
    expect(workloads.map(({ threads }) => threads)).toEqual([1, 2]);
    for (const { samplesPerSecond, slowest, fastest } of workloads) {
      expect(slowest).toBeGreaterThan(0);
      expect(slowest).toBeLessThanOrEqual(samplesPerSecond);
      expect(fastest).toBeGreaterThanOrEqual(samplesPerSecond);
    }
  });

  it("does the same work as PyTorch, from the same weights (skips the comparison where no Python has torch)", async () => {
    const found = await findPeer("pytorch");
    const { workloads, peers } = await runBenchmark({ ...quick, peers: ["pytorch"], only: "gru-8-train" });
    if ("missing" in found) {
      expect(peers).toEqual([{ id: "pytorch", name: "PyTorch", missing: found.missing }]);
      expect(workloads[0]?.peer).toBeUndefined();
      return;
    }
    // runBenchmark throws if the first losses differ.
    expect(workloads[0]?.peer).toMatchObject({ name: "PyTorch", version: found.version });
    expect(workloads[0]?.ratio).toBeCloseTo(
      (workloads[0]?.samplesPerSecond ?? 0) / (workloads[0]?.peer?.samplesPerSecond ?? 1),
      9,
    );
  });

  it("computes the features of librosa or its steps (skips the comparison where no Python has numpy and scipy)", async () => {
    // runBenchmark throws if the numbers differ.
    const { workloads, peers } = await runBenchmark({ ...quick, peers: ["librosa"], only: "mfcc-20" });
    expect(workloads.map(({ id }) => id)).toEqual(["mfcc-20", "mfcc-20-float64"]);
    expect(peers.map(({ id }) => id)).toEqual(["librosa"]);
    for (const { kind, samplesPerSecond, timesRealtime, peer } of workloads) {
      expect([kind, timesRealtime]).toEqual(["features", samplesPerSecond / 22_050]);
      expect(peer?.name).toBe("missing" in (peers[0] ?? {}) ? undefined : peers[0]?.name);
    }
  });

  it("transforms as pffft does, where that is installed and has the size", async () => {
    const { workloads, peers } = await runBenchmark({ ...quick, peers: ["pffft"], only: "rfft" });
    const compared = workloads.filter(({ peer }) => peer !== undefined).map(({ id }) => id);
    const all = workloads.map(({ id }) => id);
    expect(compared).toEqual("missing" in (peers[0] ?? {}) ? [] : all.filter((id) => id !== "rfft-400"));
    expect(workloads[0]?.transformsPerSecond).toBeCloseTo((workloads[0]?.samplesPerSecond ?? 0) / 2048, 6);
    expect(all).toEqual(expect.arrayContaining(["rfft-2048", "rfft-2048-simd", "rfft-2048-copied", "rfft-400"]));
  });

  it("says which peer is missing and why", async () => {
    const nowhere = { id: "pytorch", name: "PyTorch", script: "nosuch.py", needs: [["sys"]] } as const;
    expect(await findPythonPeer(nowhere)).toEqual({
      id: "pytorch",
      name: "PyTorch",
      missing: "benchmarks/peers/nosuch.py is not part of this installation",
    });
    const needs = [["no_such_module", "sys"], ["no_such_module"]];
    expect(await findPythonPeer({ ...nowhere, script: "pytorch.py", needs, python: "no-such-python" })).toMatchObject({
      missing:
        "no-such-python and python3 and /usr/bin/python3 cannot import no_such_module and sys, or no_such_module",
    });
  });
});
