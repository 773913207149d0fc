import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeModel } from "../src/modelfile/index.ts";
import { openRun } from "../src/recipes/index.node.ts";
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
