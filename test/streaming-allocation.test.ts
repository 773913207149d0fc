import { PerformanceObserver } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { enableRelaxedSimd } from "../src/kernels/index.node.ts";
import { presetArchitecture } from "../src/modelfile/index.ts";
import { createModel } from "../src/models/index.ts";
import { createEngine } from "../src/realtime/index.ts";
import { createRandom } from "../src/tensor/index.ts";

enableRelaxedSimd();
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

// An object of the smallest size per call would be 20,000 x 16 bytes = 320 kB: less than what starts a collection, and
// far more than the few kB that reading the counters takes.
const calls = 20_000;
const allowedBytes = 20_000;

it.each(["lstm-16", "lstm-2x8", "gru-8", "wavenet-nano", "wavenet-feather"])(
  "%s: process allocates nothing",
  async (name) => {
    const architecture = presetArchitecture(name);
    const weights = createModel(architecture).initialWeights(createRandom(1));
    const engine = createEngine({ architecture, sampleRate: 48_000, weights, metadata: { name } });
    const blocks = [1, 32, 128].map((n) => new Float32Array(n).map((_, i) => Math.sin(i)));
    const output = blocks.map((block) => new Float32Array(block.length));
    const play = (times: number) => {
      for (let i = 0; i < times; i++) engine.process(blocks[i % 3]!, output[i % 3]!);
    };
    // Until the compiler has finished with it, JavaScript boxes its numbers.
    play(calls);
    await new Promise((resolve) => setTimeout(resolve, 50));
    play(calls);

    let collections = 0;
    const observer = new PerformanceObserver((list) => {
      collections += list.getEntries().length;
    });
    const grown: number[] = [];
    // A late compilation puts code on the heap, once; what process allocates would show in every round.
    while (grown.length < 5 && !grown.some((bytes) => bytes < allowedBytes)) {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 20));
      observer.observe({ entryTypes: ["gc"] });
      const before = process.memoryUsage().heapUsed;
      play(calls);
      grown.push(process.memoryUsage().heapUsed - before);
      await new Promise((resolve) => setTimeout(resolve, 20));
      observer.disconnect();
    }
    expect([collections, Math.min(...grown) < allowedBytes, grown]).toEqual([0, true, grown]);
    expect(output.every((block) => block.every(Number.isFinite))).toBe(true);
  },
);
