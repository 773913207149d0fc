import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createLiveFrontEnd, frontEnd } from "../src/signal/index.ts";
import { liveFeatures } from "./live-features.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

// An object of the smallest size per frame would be 930 x 16 bytes = 15 kB, and far less than starts a collection; reading
// the counters takes some hundred bytes, now and then a few kB.
const calls = 4000;
const allowedBytes = 8_000;

const cases = Object.entries(liveFeatures()).flatMap(([name, feature]) =>
  (["float64", "float32"] as const).map((precision) => ({ name, precision, feature })),
);

it.each(cases)("$name in $precision: push allocates nothing", async ({ precision, feature }) => {
  const frames = { fftSize: 512, hop: 128, precision };
  const live = createLiveFrontEnd(frontEnd({ sampleRate: 48_000, ...frames, features: [feature] }));
  const blocks = [1, 32, 57].map((n) => new Float32Array(n).map((_, i) => Math.sin(i)));
  let count = 0;
  let finite = true;
  const take = (numbers: Float64Array) => {
    count++;
    finite &&= Number.isFinite(numbers[0]);
  };
  const play = (times: number) => {
    for (let i = 0; i < times; i++) live.push(blocks[i % 3]!, take);
  };
  const grown: number[] = [];
  // Until the compiler has finished, JavaScript boxes its numbers, and code lands on the heap; what push allocates shows always.
  while (grown.length < 12 && !grown.some((bytes) => bytes < allowedBytes)) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const before = process.memoryUsage().heapUsed;
    play(calls);
    grown.push(process.memoryUsage().heapUsed - before);
  }
  expect([Math.min(...grown) < allowedBytes, grown]).toEqual([true, grown]);
  expect([count > 900, finite]).toEqual([true, true]);
});
