import { describe, expect, it } from "vitest";
import { createKernels, fastestBuild, type KernelBuild } from "../src/kernels/index.ts";
import { enableRelaxedSimd } from "../src/kernels/index.node.ts";
import { type Architecture, presetArchitecture } from "../src/modelfile/index.ts";
import { createModel } from "../src/models/index.ts";
import { createEngine, type Engine } from "../src/realtime/index.ts";
import { createRandom, Memory, Parameters, Tape } from "../src/tensor/index.ts";

enableRelaxedSimd();

const waveNet = (change: { gated: boolean; activation: { type: "tanh" } | { type: "leaky-relu"; slope: number } }) => {
  const feather = presetArchitecture("wavenet-feather");
  if (feather.kind !== "wavenet") throw new Error("bug: wavenet-feather is no WaveNet");
  return { ...feather, arrays: feather.arrays.map((array) => ({ ...array, ...change })) };
};

const presets = [
  ...["lstm-1", "lstm-16", "lstm-32", "lstm-2x8", "gru-1", "gru-8", "gru-2x5"],
  ...["wavenet-nano", "wavenet-feather", "wavenet-lite", "wavenet-standard"],
];
const architectures: Record<string, Architecture> = Object.fromEntries(
  presets.map((name) => [name, presetArchitecture(name)]),
);
architectures["lstm-7 with skip"] = { ...presetArchitecture("lstm-7"), skip: true } as Architecture;
architectures["gated wavenet"] = waveNet({ gated: true, activation: { type: "tanh" } });
architectures["leaky relu wavenet"] = waveNet({ gated: false, activation: { type: "leaky-relu", slope: 0.1 } });

const samples = 24_000;

/** Full-scale sound: a falling tone, noise, silence and a click. */
const input = (() => {
  const random = createRandom(4);
  return Float32Array.from({ length: samples }, (_, n) => {
    if (n === 20_500) return 1;
    if (n > 20_000 && n < 21_500) return 0;
    return 0.7 * Math.sin((0.3 * n) / (1 + n / 6000)) + 0.3 * (2 * random.uniform() - 1);
  });
})();

/** The training graph's output for `input`: state of zeros, or silence in the receptive field. */
function trainingOutput(build: KernelBuild, architecture: Architecture, weights: Float32Array): Float32Array {
  const model = createModel(architecture);
  const memory = new Memory(createKernels(build));
  const parameters = new Parameters(memory, model.places);
  const lanes = 4;
  const state = model.stateLength(lanes) === 0 ? 0 : memory.keep(model.stateLength(lanes));
  parameters.write(weights);
  const tape = new Tape(memory);
  tape.recording = false;
  if (model.family === "convolutional") {
    const x = new Float32Array(model.receptiveField - 1 + samples);
    x.set(input, model.receptiveField - 1);
    const y = model.forward(tape, tape.constant(x, [1, 1, x.length]), { parameters, state });
    return memory.read(y.offset, samples);
  }
  // Lane 1 carries the signal; the others something else, which must not matter.
  const x = Float32Array.from({ length: samples * lanes }, (_, i) => (input[i >> 2] ?? 0) * [-1, 1, 0.3, 0][i & 3]!);
  const y = model.forward(tape, tape.constant(x, [samples, 1, lanes]), { parameters, state });
  return memory.read(y.offset, y.length).filter((_, i) => i % lanes === 1);
}

/** Random weights whose output for `input` peaks at full scale, and that output. */
function fullScale(build: KernelBuild, architecture: Architecture) {
  const model = createModel(architecture);
  const drawn = model.initialWeights(createRandom(9));
  // Twice as far from zero as training starts: gates and activations reach their flat parts.
  for (let i = 0; i < drawn.length; i++) drawn[i] = 2 * (drawn[i] ?? 0);
  const peak = trainingOutput(build, architecture, drawn).reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  const skips = architecture.kind !== "wavenet" && architecture.skip;
  const weights = skips ? drawn : model.foldGains(drawn, { inputGain: 1, outputGain: 1 / peak });
  return { weights, expected: trainingOutput(build, architecture, weights) };
}

function engineFor(build: KernelBuild, architecture: Architecture, weights: Float32Array): Engine {
  const document = { architecture, sampleRate: 48_000, weights, metadata: { name: "test" } };
  const engine = createEngine(document, { kernels: createKernels(build) });
  // A WaveNet's training graph saw silence; a recurrent one began with a state of zeros.
  engine.reset({ settled: architecture.kind === "wavenet" });
  return engine;
}

/** The engine's output when the blocks have the lengths given, over and over. */
function inBlocks(engine: Engine, lengths: readonly number[]): Float32Array {
  const output = new Float32Array(samples);
  for (let from = 0, i = 0; from < samples; i++) {
    const to = Math.min(samples, from + (lengths[i % lengths.length] ?? samples));
    engine.process(input.subarray(from, to), output.subarray(from, to));
    from = to;
  }
  return output;
}

const randomLengths = (() => {
  const random = createRandom(6);
  return Array.from({ length: 97 }, () => 1 + random.integer(random.integer(2) === 0 ? 20 : 700));
})();
const builds = fastestBuild() === "relaxed" ? (["simd", "relaxed"] as const) : (["simd"] as const);

describe.each(builds)("the real-time engine on %s kernels", (build) => {
  describe.each(Object.keys(architectures))("%s", (name) => {
    const architecture = architectures[name] as Architecture;
    const { weights, expected } = fullScale(build, architecture);
    const engine = engineFor(build, architecture, weights);
    const output = inBlocks(engine, [samples]);

    it("gives what the training graph gives, within 2e-6 of full scale", () => {
      const peak = expected.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
      expect(peak).toBeGreaterThan(0.9);
      const difference = expected.reduce((most, y, n) => Math.max(most, Math.abs(y - (output[n] ?? Number.NaN))), 0);
      expect(difference).toBeLessThanOrEqual(2e-6);
    });

    it("gives the same bits whatever the block size", () => {
      for (const lengths of [[1], [3], [64], [128], [480], [4096], randomLengths]) {
        engine.reset({ settled: architecture.kind === "wavenet" });
        const again = inBlocks(engine, lengths);
        const first = again.findIndex((y, n) => !Object.is(y, output[n]));
        expect([lengths[0], first]).toEqual([lengths[0], -1]);
      }
    });

    it("may write over its input", () => {
      engine.reset({ settled: architecture.kind === "wavenet" });
      const buffer = input.slice();
      engine.process(buffer, buffer);
      expect(buffer).toEqual(output);
    });
  });
});
