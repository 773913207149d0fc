import { describe, expect, it } from "vitest";
import type { AlignedPair } from "../datasets/index.ts";
import { type ModelDocument, parameterCount, presetArchitecture } from "../modelfile/index.ts";
import { createRandom } from "../signal/index.ts";
import { createEngine } from "../realtime/index.ts";
import { evaluateModel } from "./evaluation.ts";

const sampleRate = 8000;
const architecture = presetArchitecture("lstm-3");

function document(seed: number): ModelDocument {
  const random = createRandom(seed);
  const weights = new Float32Array(parameterCount(architecture)).map(() => 0.6 * random.normal());
  return { architecture, sampleRate, weights, metadata: { name: "test" } };
}

function noise(samples: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return new Float32Array(samples).map(() => 0.3 * random.normal());
}

function pairOf(dry: Float32Array, wet: Float32Array): AlignedPair {
  return { dry, wet, sampleRate, delaySamples: 0, polarity: 1, correlation: 1 };
}

const train = [{ start: 0, scoreFrom: 0, end: 6000 }];
const test = [
  { start: 6000, scoreFrom: 6500, end: 9000 },
  { start: 9000, scoreFrom: 9200, end: 12_000 },
];

/** What a model gives for examples that each begin in its start state. */
function heard(model: ModelDocument, dry: Float32Array): Float32Array {
  const wet = new Float32Array(dry.length);
  for (const { start, end } of [...train, ...test]) {
    const engine = createEngine(model);
    engine.reset({ settled: false });
    const output = new Float32Array(end - start);
    engine.process(dry.subarray(start, end), output);
    wet.set(output, start);
  }
  return wet;
}

describe("evaluateModel", () => {
  const dry = noise(12_000, 1);

  it("finds no error where the device is the model itself, started anew at each example", () => {
    const model = document(2);
    const { scores, signals } = evaluateModel(model, { pair: pairOf(dry, heard(model, dry)), train, test });
    expect(scores.esr).toBe(0);
    expect(scores.mae).toBe(0);
    expect(signals.segments).toEqual([2500, 2800]);
    expect(signals.dry).toEqual(Float32Array.from([...dry.subarray(6500, 9000), ...dry.subarray(9200, 12_000)]));
  });

  it("fits the baselines on the training part alone, and judges them on the test part", () => {
    // The device is a gain of -0.5 and one sample of delay in training, and something else in the test part.
    const wet = dry.map((_, n) => (n === 0 ? 0 : -0.5 * (dry[n - 1] ?? 0)));
    const changed = wet.map((value, n) => (n < 6000 ? value : 2 * value));
    const { baselines } = evaluateModel(document(2), { pair: pairOf(dry, changed), train, test });
    // Half of what it should be: a quarter of the energy is missing in amplitude 0.5, squared.
    expect(baselines.fir.esr).toBeCloseTo(0.25, 6);
    // White noise a sample late has nothing in common with itself.
    expect(Math.abs(baselines.gain.gain)).toBeLessThan(0.05);
    expect(baselines.gain.esr).toBeCloseTo(1, 1);
  });

  it("has a linear baseline that solves a linear device", () => {
    const wet = dry.map((value, n) => 0.8 * value - 0.3 * (dry[n - 5] ?? 0) + 0.1 * (dry[n - 63] ?? 0));
    const { baselines } = evaluateModel(document(2), { pair: pairOf(dry, wet), train, test });
    // Float32 samples leave about 1e-14 of the energy.
    expect(baselines.fir.esr).toBeLessThan(1e-9);
    expect(baselines.fir.taps).toBe(64);
  });
});
