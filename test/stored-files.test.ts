import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeModel } from "../src/modelfile/index.ts";
import { openRun } from "../src/recipes/index.node.ts";
import { computeFrontEnd } from "../src/signal/index.ts";
import { decodeCheckpoint } from "../src/training/index.ts";

const folder = new URL("../fixtures/runs/v1/", import.meta.url);

// Files of every version that was ever written must open for ever; fixtures/runs/make-v1.sh tells how they were made.
describe("a run folder of version 1", () => {
  it("opens", async () => {
    const { record } = await openRun(fileURLToPath(folder));
    expect(record).toMatchObject({
      version: 1,
      status: "finished",
      name: "wet",
      settings: { model: "gru-1", seed: 1 },
    });
    expect(record.dataset?.splits.test).toHaveLength(1);
  });

  it("has a checkpoint that goes on", () => {
    const checkpoint = decodeCheckpoint(readFileSync(new URL("checkpoint.safetensors", folder)), { name: "v1" });
    expect(checkpoint.plan).toEqual({ epochs: 1, totalSteps: checkpoint.step, validateEvery: 1, settled: true });
    expect(checkpoint.best?.weights).toHaveLength(14);
  });

  it("has a model that plays", () => {
    const model = decodeModel(readFileSync(new URL("model.tonewright", folder)), { name: "v1" });
    expect(model.weights).toHaveLength(14);
    expect(model.testVector?.output.length).toBe(2048);
  });
});

describe("a model of version 2", () => {
  it("computes the features that it hears", () => {
    const path = new URL("../fixtures/modelfile/v2-lstm.tonewright", import.meta.url);
    const model = decodeModel(readFileSync(path), { name: "v2" });
    const { frontEnd } = model;
    if (frontEnd === undefined) throw new Error("bug: its front end is lost");
    const silence = computeFrontEnd(new Float32Array(1600), frontEnd);
    expect([silence.rows, silence.frames]).toEqual([3, 11]);
    // -100 dB and the level 0, normalised.
    expect(Array.from(silence.values.filter((_, n) => n % 11 === 0))).toEqual([-59.5 / 12, -47.75 / 8.5, -2]);
  });
});
