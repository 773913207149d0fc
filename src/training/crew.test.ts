import { describe, expect, it } from "vitest";
import { presetArchitecture } from "../modelfile/index.ts";
import { createModel } from "../models/index.ts";
import { createRandom } from "../tensor/index.ts";
import { Crew } from "./crew.ts";
import { openLocalPool } from "./local-pool.ts";
import type { ReplicaConfig } from "./protocol.ts";
import type { SequencePlan } from "./sequences.ts";

const random = createRandom(8);
const dry = Float32Array.from({ length: 9000 }, () => random.normal() / 2);
const wet = dry.map((x, n) => Math.tanh(x + (dry[n - 1] ?? 0)));
const architecture = presetArchitecture("lstm-3");
const weights = createModel(architecture).initialWeights(random);
const starts = [400, 1500, 2600, 3700, 4800, 5900];
const plan: SequencePlan = { warmUp: 200, chunks: 2, chunkLength: 300, batch: 6, shards: 2 };
const config: ReplicaConfig = {
  architecture,
  build: "simd",
  dry,
  wet,
  shards: 2,
  lanesPerShard: 3,
  terms: [{ measure: "squared", filter: "dc-block", weight: 1, scale: 0.01 }],
};
const rates = { rate: 0.01, gradientNormLimit: 1 };

/** A crew with the weights above and a change to its configuration or plan. */
async function crewWith({ change = {}, shards = 2 }: { change?: Partial<ReplicaConfig>; shards?: number } = {}) {
  const lanesPerShard = Math.ceil(plan.batch / shards);
  const crew = new Crew(await openLocalPool({ ...config, shards, lanesPerShard, ...change }, { threads: 1 }), {
    ...plan,
    shards,
  });
  await crew.set(weights);
  return crew;
}

describe("a step", () => {
  it("has the same loss and gradient norm however the batch is split, within float32", async () => {
    const results = await Promise.all(
      [1, 2, 3, 6].map(async (shards) => {
        const crew = await crewWith({ shards });
        return [await crew.step(starts, 0, { ...rates, step: 1 }), await crew.step(starts, 1, { ...rates, step: 2 })];
      }),
    );
    const [one] = results;
    for (const steps of results) {
      steps.forEach(({ loss, norm }, i) => {
        // Sums of 1800 float32 terms in another order.
        expect(Math.abs(loss / (one?.[i]?.loss ?? 0) - 1)).toBeLessThan(2e-6);
        expect(Math.abs(norm / (one?.[i]?.norm ?? 0) - 1)).toBeLessThan(2e-5);
      });
    }
  });

  it("moves every weight by at most the rate, and lowers the loss of its own batch", async () => {
    const crew = await crewWith();
    const losses: number[] = [];
    for (let step = 1; step <= 40; step++) losses.push((await crew.step(starts, 0, { ...rates, step })).loss);
    expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] as number));
    const fresh = await crewWith();
    await fresh.step(starts, 0, { ...rates, step: 1 });
    const { weights: moved, moments } = await fresh.read();
    const distance = Math.max(...moved.map((value, i) => Math.abs(value - (weights[i] ?? 0))));
    // Adam's first step is the rate times the gradient's sign.
    expect(distance).toBeGreaterThan(0.0099);
    expect(distance).toBeLessThan(0.0101);
    // 0.1 of the first gradient, clipped to a norm of 1.
    const norm = Math.hypot(...moments[0]) / 0.1;
    expect(norm).toBeLessThanOrEqual(1.0001);
  });

  it("changes nothing when its loss is no number", async () => {
    const broken = wet.slice();
    broken[starts[2] as number] = Number.NaN;
    const crew = await crewWith({ change: { wet: broken } });
    expect((await crew.step(starts, 0, { ...rates, step: 1 })).loss).toBeNaN();
    const after = await crew.read();
    expect(after.weights).toEqual(weights);
    expect(after.moments[0]).toEqual(new Float32Array(weights.length));
  });
});

describe("validation", () => {
  const piece = (start: number, length: number) => ({ start, scoreFrom: start + 100, end: start + length });
  const pieces = [piece(0, 700), piece(1000, 3500), piece(4600, 900), piece(6000, 2999)];

  it("is the same whatever order the pieces come in, and pools their energies", async () => {
    const crew = await crewWith();
    const pooled = await crew.evaluate(pieces);
    expect(await crew.evaluate([...pieces].reverse())).toEqual(pooled);
    // The pooled ratio lies between the pieces' own.
    const own = await Promise.all(pieces.map((one) => crew.evaluate([one])));
    const ratios = own.map(({ scores }) => scores.esrDcBlocked);
    expect(pooled.scores.esrDcBlocked).toBeGreaterThan(Math.min(...ratios));
    expect(pooled.scores.esrDcBlocked).toBeLessThan(Math.max(...ratios));
  });

  it("finds the model's own offset and leaves it out of the scores", async () => {
    const crew = await crewWith();
    const before = await crew.evaluate(pieces);
    const { weights } = await crew.read();
    // The last weight of a recurrent model is the bias of its output.
    const shifted = weights.slice();
    shifted[shifted.length - 1] = (shifted.at(-1) ?? 0) + 0.25;
    await crew.set(shifted);
    const after = await crew.evaluate(pieces);
    expect(after.offset - before.offset).toBeCloseTo(0.25, 6);
    expect(after.scores.esr).toBeCloseTo(before.scores.esr, 5);
  });

  it("does not disturb training between two chunks of a batch", async () => {
    const [plainly, disturbed] = [await crewWith(), await crewWith()];
    await plainly.step(starts, 0, { ...rates, step: 1 });
    await disturbed.step(starts, 0, { ...rates, step: 1 });
    await disturbed.evaluate(pieces);
    const next = await plainly.step(starts, 1, { ...rates, step: 2 });
    expect(await disturbed.step(starts, 1, { ...rates, step: 2 })).toEqual(next);
  });
});

describe("a replica that fails", () => {
  it("says what happened in the error of the request", async () => {
    const crew = await crewWith();
    // One shard more than the replica has state for.
    const tooMany = crew.step([...starts, 6900, 7000, 7100], 0, { ...rates, step: 1 });
    await expect(tooMany).rejects.toThrow(/^bug: a replica failed: /);
  });
});
