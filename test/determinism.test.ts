import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Architecture, presetArchitecture } from "../src/modelfile/index.ts";
import { createRandom } from "../src/tensor/index.ts";
import { enableRelaxedSimd } from "../src/tensor/index.node.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type FitOptions,
  type FitResult,
  fit as train,
  openLocalPool,
  type TrainingEvent,
} from "../src/training/index.ts";
import { openWorkerPool } from "../src/training/index.node.ts";

enableRelaxedSimd();

const waveNet: Architecture = {
  kind: "wavenet",
  headScale: 0.5,
  arrays: [
    {
      inputSize: 1,
      conditionSize: 1,
      channels: 3,
      kernelSizes: [3, 3],
      dilations: [1, 8],
      activation: { type: "tanh" },
      gated: false,
      head: { outputSize: 1, kernelSize: 1, bias: true },
    },
  ],
};
const architectures: [string, Architecture][] = [
  ["lstm-5", presetArchitecture("lstm-5")],
  ["gru-2x3", presetArchitecture("gru-2x3")],
  ["a small wavenet", waveNet],
];

// Twelve segments; ten to train on, two to validate on. Sequences of two chunks, so that state is carried between updates.
const [segment, context] = [4300, 100];
const examples = Array.from({ length: 12 }, (_, i) => {
  const start = i * segment;
  return { start, scoreFrom: start + context, end: start + segment };
});
const random = createRandom(1);
const dry = Float32Array.from({ length: 12 * segment }, (_, n) => 0.5 * Math.sin(n / 9) + 0.2 * random.normal());
const wet = dry.map((x, n) => Math.tanh(2 * x + (dry[n - 1] ?? 0)));

/** Every reading is `stepMilliseconds` after the one before: 1 s gives a progress event per batch. */
const tickingClock = (stepMilliseconds = 1000) => {
  let now = 0;
  return () => (now += stepMilliseconds);
};

const settings = (architecture: Architecture): FitOptions => ({
  architecture,
  dry,
  wet,
  train: examples.slice(0, 10),
  validation: examples.slice(10),
  terms: [
    { measure: "squared", filter: "dc-block", weight: 1 },
    { measure: "dc", filter: "none", weight: 0.1 },
  ],
  seed: 3,
  length: { epochs: 3 },
  batch: 4,
  shards: 2,
  threads: 1,
  build: "simd",
  openPool: openLocalPool,
  clock: tickingClock(),
});

/** Runs to the end; `onEvent` may stop it. Checkpoints come back as the bytes that would be stored. */
async function run(options: FitOptions, onEvent: (event: TrainingEvent) => void = () => {}) {
  const checkpoints: Uint8Array[] = [];
  const events: TrainingEvent[] = [];
  const save = async (checkpoint: Checkpoint) => {
    checkpoints.push(encodeCheckpoint(checkpoint));
  };
  const training = train({ ...options, save });
  const finish = async (): Promise<FitResult> => {
    for (;;) {
      const next = await training.next();
      if (next.done) return next.value;
      events.push(next.value);
      onEvent(next.value);
    }
  };
  return { result: await finish(), checkpoints, events };
}

const bits = (weights: Float32Array) => Array.from(new Uint32Array(weights.buffer, weights.byteOffset, weights.length));

/** Stops after some batches, stores, reads back and goes on, as often as the list says. */
async function interrupted(options: FitOptions, batches: readonly number[]): Promise<FitResult> {
  let resume: Checkpoint | undefined;
  for (const limit of batches) {
    const stop = new AbortController();
    let seen = 0;
    const { result, checkpoints } = await run(
      { ...options, clock: tickingClock(), stop: stop.signal, resume },
      (event) => {
        if (event.type === "progress" && ++seen === limit) stop.abort();
      },
    );
    expect(result.reason).toBe("stopped");
    resume = decodeCheckpoint(checkpoints.at(-1) as Uint8Array, { name: "checkpoint" });
  }
  return (await run({ ...options, clock: tickingClock(1), resume })).result;
}

const worker = new URL("../dist/src/training/replica-worker.node.js", import.meta.url);

describe.each(architectures)("training %s", (_, architecture) => {
  const options = settings(architecture);

  it("lowers the loss, and counts its steps", async () => {
    const { result, events } = await run({ ...options, length: { epochs: 8 } });
    const losses = result.history.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] as number));
    expect(result.steps).toBe(8 * 2 * result.plan.chunks);
    expect(events[0]).toMatchObject({ type: "start", batchesPerEpoch: 2, epochs: 8, totalSteps: result.steps });
    expect(result.best.scores.esr).toBeLessThan(0.9);
  });

  it("gives the same bits twice, and other bits from another seed", async () => {
    const first = (await run(options)).result;
    expect(bits((await run({ ...options, clock: tickingClock(7) })).result.weights)).toEqual(bits(first.weights));
    expect(bits((await run({ ...options, seed: 4 })).result.weights)).not.toEqual(bits(first.weights));
  });

  it("gives the same bits when it was stopped and resumed, once and twice", async () => {
    const whole = (await run(options)).result;
    for (const stops of [[1], [3], [2, 1]]) {
      const resumed = await interrupted(options, stops);
      expect([stops, bits(resumed.weights)]).toEqual([stops, bits(whole.weights)]);
      expect(resumed.best).toEqual(whole.best);
      expect(resumed.history.map(({ step, validation }) => [step, validation])).toEqual(
        whole.history.map(({ step, validation }) => [step, validation]),
      );
    }
  });

  it.skipIf(!existsSync(worker))(
    "gives the same bits on 1 and on 2 threads (skips unless dist/ is built)",
    async () => {
      const one = (await run(options)).result;
      const two = (await run({ ...options, threads: 2, openPool: openWorkerPool })).result;
      expect([one.threads, two.threads]).toEqual([1, 2]);
      expect(bits(two.weights)).toEqual(bits(one.weights));
      expect(two.best).toEqual(one.best);
    },
  );
});

describe("a run that cannot go on", () => {
  const options = settings(presetArchitecture("lstm-5"));

  it("stops where the loss is no number, with the step, and leaves a checkpoint that can be read", async () => {
    const checkpoints: Uint8Array[] = [];
    const training = async () => {
      // A clock that makes a checkpoint due after every batch, and a rate that no model survives for long: gates and
      // clipped gradients stay numbers until the weights reach the end of float32.
      for await (const _ of train({
        ...options,
        length: { epochs: 100 },
        learningRate: 1e20,
        clock: tickingClock(16_000),
        save: async (checkpoint) => void checkpoints.push(encodeCheckpoint(checkpoint)),
      }));
    };
    await expect(training()).rejects.toMatchObject({
      code: "training-diverged",
      message: expect.stringMatching(/^training stopped at step [1-9]\d*: .*(loss is|norm) (NaN|Infinity)/),
    });
    expect(checkpoints.length).toBeGreaterThan(1);
    const steps = checkpoints.map((bytes) => decodeCheckpoint(bytes, { name: "c" }).step);
    // The first is of the start, the others of batches that still went well.
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBeGreaterThan(0);
  });

  it("stops at the next step when its weights are no numbers", async () => {
    const stop = new AbortController();
    const { checkpoints } = await run({ ...options, stop: stop.signal }, (event) => {
      if (event.type === "progress") stop.abort();
    });
    const resume = decodeCheckpoint(checkpoints.at(-1) as Uint8Array, { name: "c" });
    // The head's bias, which no activation can hide.
    resume.weights[resume.weights.length - 1] = Number.NaN;
    await expect(run({ ...options, resume })).rejects.toMatchObject({
      code: "training-diverged",
      message: expect.stringContaining(`at step ${resume.step + 1}: the loss is NaN`),
    });
  });

  it("does not resume with other settings or other recordings", async () => {
    const { checkpoints } = await run(options);
    const resume = decodeCheckpoint(checkpoints.at(-1) as Uint8Array, { name: "c" });
    const changes: [string, Partial<FitOptions>][] = [
      ["seed", { seed: 9 }],
      ["learningRate", { learningRate: 0.001 }],
      ["plan", { batch: 5 }],
      ["terms", { terms: options.terms.slice(1) }],
      ["architecture", { architecture: presetArchitecture("lstm-6") }],
      ["data", { wet: wet.map((x) => -x) }],
      ["train", { train: options.train.slice(1) }],
      ["build", { build: "relaxed" }],
    ];
    for (const [what, change] of changes) {
      const error = run({ ...options, ...change, resume });
      await expect(error).rejects.toMatchObject({
        code: "checkpoint-mismatch",
        message: expect.stringContaining(what),
      });
    }
  });

  it("resumed after its end, gives its result again without another step", async () => {
    const { result, checkpoints } = await run(options);
    const resume = decodeCheckpoint(checkpoints.at(-1) as Uint8Array, { name: "c" });
    const again = (await run({ ...options, resume })).result;
    expect([again.steps, again.reason]).toEqual([result.steps, "finished"]);
    expect(bits(again.weights)).toEqual(bits(result.weights));
  });
});

describe("a budget in seconds", () => {
  it("is turned into a plan that the checkpoint keeps", async () => {
    const options = settings(presetArchitecture("lstm-5"));
    const budget: FitOptions = { ...options, length: { budgetSeconds: 60 } };
    const { checkpoints, result } = await run({ ...budget, clock: tickingClock(250) });
    expect(["finished", "budget"]).toContain(result.reason);
    const { plan } = decodeCheckpoint(checkpoints.at(-1) as Uint8Array, { name: "c" });
    // Two batches an epoch; the last epoch may be cut short, the last batch may not.
    expect(plan.totalSteps % result.plan.chunks).toBe(0);
    expect(plan.epochs).toBe(Math.ceil(plan.totalSteps / (2 * result.plan.chunks)));
    expect(plan.settled).toBe(true);
    expect(result.seconds).toBeLessThanOrEqual(61);
    // Resumed on a machine twice as fast the settled plan stays.
    const settled = checkpoints.find((bytes) => decodeCheckpoint(bytes, { name: "c" }).plan.settled);
    const resume = decodeCheckpoint(settled as Uint8Array, { name: "c" });
    const { events } = await run({ ...budget, clock: tickingClock(125), resume });
    expect(events[0]).toMatchObject({ type: "start", epochs: plan.epochs, totalSteps: plan.totalSteps });
  });
});
