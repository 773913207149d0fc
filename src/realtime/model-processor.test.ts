import { MessageChannel, type MessagePort } from "node:worker_threads";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { createKernels, createRandom, kernelBytes } from "../kernels/index.ts";
import { type ModelDocument, parameterCount, presetArchitecture } from "../modelfile/index.ts";
import { renderSignal } from "./create-engine.ts";
import {
  type ModelProcessorMessage,
  type ModelProcessorOptions,
  modelProcessorName,
} from "./model-processor-messages.ts";

const rate = 48_000;

type Parameters = Record<"inputGain" | "outputGain" | "bypass", Float32Array>;

interface Processor {
  readonly port: MessagePort;
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean;
}

type ProcessorClass = new (options: { processorOptions: ModelProcessorOptions }) => Processor;

const registered = new Map<string, ProcessorClass>();
const otherPorts = new WeakMap<MessagePort, MessagePort>();

beforeAll(async () => {
  // What an AudioWorkletGlobalScope gives a processor, and no more of it than the processor uses.
  Object.assign(globalThis, {
    sampleRate: rate,
    AudioWorkletProcessor: class {
      readonly port: MessagePort;
      constructor() {
        const { port1, port2 } = new MessageChannel();
        this.port = port1;
        otherPorts.set(port1, port2);
        port1.unref();
        port2.unref();
      }
    },
    registerProcessor: (name: string, processor: ProcessorClass) => registered.set(name, processor),
  });
  await import("./model-processor.worklet.ts");
});

function createProcessor(document: ModelDocument): Processor {
  const Processor = registered.get(modelProcessorName);
  if (Processor === undefined) throw new Error("bug: the processor is not registered");
  const processorOptions = { document, kernelBytes: kernelBytes("simd"), build: "simd" } as const;
  // The options reach the audio thread as a copy.
  return new Processor({ processorOptions: structuredClone(processorOptions) });
}

function firstMessage({ port }: Processor): Promise<ModelProcessorMessage> {
  return new Promise((resolve) => otherPorts.get(port)?.once("message", resolve));
}

/** Small random weights: the output is alive and far from overload. */
function modelOf(preset: string): ModelDocument {
  const architecture = presetArchitecture(preset);
  const random = createRandom(7);
  const weights = Float32Array.from({ length: parameterCount(architecture) }, () => 0.35 * random.normal());
  return { architecture, sampleRate: rate, weights, metadata: { name: preset } };
}

function noise(samples: number, seed = 3): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => 0.4 * (2 * random.uniform() - 1));
}

interface Settings {
  readonly inputGain?: number;
  readonly outputGain?: number;
  readonly bypass?: number;
}

const parameters = ({ inputGain = 1, outputGain = 1, bypass = 0 }: Settings = {}): Parameters => ({
  inputGain: Float32Array.of(inputGain),
  outputGain: Float32Array.of(outputGain),
  bypass: Float32Array.of(bypass),
});

/** Plays a signal through the processor in blocks; `settingsAt` gives the parameters of the block that starts at a sample. */
function play(
  processor: Processor,
  channels: readonly Float32Array[],
  { block = 128, settingsAt = () => ({}) }: { block?: number; settingsAt?: (start: number) => Settings } = {},
): Float32Array {
  const samples = channels[0]?.length ?? 0;
  const played = new Float32Array(samples);
  for (let start = 0; start < samples; start += block) {
    const end = Math.min(start + block, samples);
    const output = new Float32Array(end - start);
    const input = channels.map((channel) => channel.slice(start, end));
    expect(processor.process([input], [[output]], parameters(settingsAt(start)))).toBe(true);
    played.set(output, start);
  }
  return played;
}

const expectedOf = (document: ModelDocument, input: Float32Array): Float32Array =>
  renderSignal(document, input, { kernels: createKernels("simd") });

describe("the model processor", () => {
  it.each(["lstm-12", "gru-2x8", "wavenet-nano"])("plays %s to the bit as the engine renders it", async (preset) => {
    const document = modelOf(preset);
    const input = noise(4000);
    const processor = createProcessor(document);
    await expect(firstMessage(processor)).resolves.toEqual({ type: "ready" });
    expect(play(processor, [input])).toEqual(expectedOf(document, input));
  });

  it.each([1, 7, 128, 129, 1000])("gives the same samples in blocks of %i", (block) => {
    const document = modelOf("wavenet-nano");
    const input = noise(3000);
    expect(play(createProcessor(document), [input], { block })).toEqual(expectedOf(document, input));
  });

  it("hears the mean of two channels and plays on every output channel", () => {
    const document = modelOf("lstm-8");
    const [left, right] = [noise(128, 1), noise(128, 2)];
    const mean = left.map((x, n) => Math.fround(0.5 * (x + (right[n] ?? 0))));
    const outputs = [new Float32Array(128), new Float32Array(128)];
    createProcessor(document).process([[left, right]], [outputs], parameters());
    expect(outputs[0]).toEqual(expectedOf(document, mean));
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it("hears silence when nothing is connected, and NaN as silence", () => {
    const document = modelOf("gru-8");
    const silence = expectedOf(document, new Float32Array(256));
    const output = new Float32Array(256);
    createProcessor(document).process([[]], [[output]], parameters());
    expect(output).toEqual(silence);
    const broken = new Float32Array(256).fill(Number.NaN);
    broken[3] = Number.POSITIVE_INFINITY;
    expect(play(createProcessor(document), [broken])).toEqual(silence);
  });

  it("applies both gains from the first sample", () => {
    const document = modelOf("lstm-8");
    const input = noise(512);
    const expected = expectedOf(
      document,
      input.map((x) => 2 * x),
    ).map((y) => 0.5 * y);
    const played = play(createProcessor(document), [input], {
      settingsAt: () => ({ inputGain: 2, outputGain: 0.5 }),
    });
    expect(played).toEqual(expected); // 2 and 0.5 are exact in binary
  });

  it("moves a gain without a jump", () => {
    const input = new Float32Array(9600).fill(0.5);
    const played = play(createProcessor(modelOf("lstm-8")), [input], {
      settingsAt: (start) => ({ bypass: 1, outputGain: start < 4800 ? 1 : 0 }),
    });
    let largest = 0;
    for (let n = 1; n < played.length; n++)
      largest = Math.max(largest, Math.abs((played[n] ?? 0) - (played[n - 1] ?? 0)));
    // One-pole with 5 ms: the first step is 0.5 / 240 samples.
    expect(largest).toBeLessThan(0.5 / 239);
    expect(played.at(-1)).toBe(0);
  });

  it("crossfades to the dry sound in 10 ms and keeps the model running behind it", () => {
    const document = modelOf("lstm-8");
    const input = noise(9600);
    const settingsAt = (start: number): Settings => ({ bypass: start >= 2400 && start < 7200 ? 1 : 0 });
    const played = play(createProcessor(document), [input], { block: 120, settingsAt });
    const wet = expectedOf(document, input);
    expect(played.slice(0, 2400)).toEqual(wet.slice(0, 2400));
    expect(played.slice(2880, 7200)).toEqual(input.slice(2880, 7200));
    expect(played.slice(7680)).toEqual(wet.slice(7680));
    // Half way: half of each, within the rounding of 240 summed steps.
    expect(played[2639]).toBeCloseTo(0.5 * (wet[2639] ?? 0) + 0.5 * (input[2639] ?? 0), 6);
  });

  it("reports a model that cannot be played", async () => {
    const architecture = { ...presetArchitecture("lstm-4"), inputSize: 2 } as ModelDocument["architecture"];
    const weights = new Float32Array(parameterCount(architecture));
    const processor = createProcessor({ architecture, sampleRate: rate, weights, metadata: { name: "knobs" } });
    await expect(firstMessage(processor)).resolves.toMatchObject({ type: "failed", code: "unsupported-model" });
    expect(processor.process([[]], [[new Float32Array(128)]], parameters())).toBe(false);
  });
});

describe("while playing", () => {
  const rounds = 5;
  const blocks = 5_000;
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;

  /**
   * Bytes that the JavaScript heap grows by in `blocks` calls, with no collection in between. The least of several rounds:
   * the virtual machine may compile during one, but what a call allocates shows in all.
   */
  function growthOf(call: () => void): number {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      for (let n = 0; n < blocks; n++) call();
      least = Math.min(least, process.memoryUsage().heapUsed - before);
    }
    return least;
  }

  it("shows an allocation of one small object per block (the measurement itself)", () => {
    const kept: object[] = new Array(1);
    expect(
      growthOf(() => {
        kept[0] = { block: kept };
      }),
    ).toBeGreaterThanOrEqual(16 * blocks);
  });

  // 0.3 to 5 kB are always there, the measurement's own; the smallest object per block would be 80 kB.
  it.each(["lstm-8", "gru-8", "wavenet-nano"])("%s allocates nothing", (preset) => {
    const processor = createProcessor(modelOf(preset));
    const inputs = [[noise(128)]];
    const outputs = [[new Float32Array(128), new Float32Array(128)]];
    const settings = parameters({ inputGain: 1.5, outputGain: 0.5, bypass: 0.3 });
    expect(growthOf(() => void processor.process(inputs, outputs, settings))).toBeLessThan(20_000);
  });
});
