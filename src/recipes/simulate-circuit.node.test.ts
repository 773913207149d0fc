import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { openCircuitRenderer } from "./simulate-circuit.node.ts";
import { openRaw } from "./simulate-raw.node.ts";

const sampleRate = 8000;
const place = await mkdtemp(join(tmpdir(), "tonewright-simulate-circuit-"));
afterAll(() => rm(place, { recursive: true, force: true }));

const noise = (samples: number, level: number) => {
  const random = createRandom(1);
  return Float32Array.from({ length: samples }, () => level * random.normal());
};

// The workers are those of the last build.
const isBuilt = existsSync(new URL("../../dist/src/recipes/simulate-worker.node.js", import.meta.url));

describe.skipIf(!isBuilt)("openCircuitRenderer", () => {
  it("renders the last piece again when it goes on, and comes to the same", { timeout: 60_000 }, async () => {
    const source = { name: "x", file: "x.cir", includes: {} };
    const text = "title\n*.input Vin\n*.output out\nVin in 0 0\nR1 in out 10k\nC1 out 0 10n\n.end\n";
    const renderer = openCircuitRenderer(
      { kind: "circuit", source: { ...source, text }, oversampling: 1, method: "trapezoidal" },
      { sampleRate, threads: 2, stop: new AbortController().signal },
    );
    const raw = await openRaw(join(place, "sound.f32"));
    const output = await openRaw(join(place, "render.f32"));
    try {
      renderer.setWarmUp(0.5);
      const samples = 65 * sampleRate;
      await raw.write(noise(samples, 0.2), 0);
      const job = { knobs: {}, sound: { raw, samples }, output, onProgress: () => {} };
      expect(await renderer.render(job)).toBe(true);
      const whole = await readFile(output.path);
      // What a power cut leaves: the length is right, the last piece is not.
      await output.write(new Float32Array(10 * sampleRate), 55 * sampleRate);
      expect(await renderer.render(job)).toBe(true);
      expect((await readFile(output.path)).equals(whole)).toBe(true);
    } finally {
      await Promise.all([renderer.close(), raw.close(), output.close()]);
    }
  });
});
