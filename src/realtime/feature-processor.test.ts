import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom, kernelBytes } from "../kernels/index.ts";
import { computeFrontEnd, type FeatureSpecInput, type FrontEndDocument, frontEnd } from "../signal/index.ts";
import {
  type FeatureProcessorMessage,
  type FeatureProcessorOptions,
  type FeatureRequest,
  featureProcessorName,
} from "./feature-processor-messages.ts";

const rate = 48_000;

interface Processor {
  readonly port: MessagePort & { onmessage(event: { data: FeatureRequest }): void };
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

type ProcessorClass = new (options: { processorOptions: FeatureProcessorOptions }) => Processor;

const registered = new Map<string, ProcessorClass>();
const otherPorts = new WeakMap<object, MessagePort>();

beforeAll(async () => {
  // What an AudioWorkletGlobalScope gives a processor, and no more of it than the processor uses.
  Object.assign(globalThis, {
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
  await import("./feature-processor.worklet.ts");
});

const features: FeatureSpecInput[] = [{ kind: "mel", mels: 24 }, { kind: "rms" }, { kind: "spectral-flux" }];
const document = frontEnd({ sampleRate: rate, fftSize: 512, hop: 128, features });

function createProcessor(of: FrontEndDocument, more: Partial<FeatureProcessorOptions> = {}): Processor {
  const Processor = registered.get(featureProcessorName);
  if (Processor === undefined) throw new Error("bug: the processor is not registered");
  const bytes = of.precision === "float32" ? { kernelBytes: kernelBytes("simd") } : {};
  // The options reach the audio thread as a copy.
  return new Processor({ processorOptions: structuredClone({ document: of, batchSamples: 960, ...bytes, ...more }) });
}

/** What was sent so far. */
function messagesOf({ port }: Processor): FeatureProcessorMessage[] {
  const other = otherPorts.get(port) as MessagePort;
  const messages: FeatureProcessorMessage[] = [];
  for (let one = receiveMessageOnPort(other); one !== undefined; one = receiveMessageOnPort(other)) {
    messages.push(one.message as FeatureProcessorMessage);
  }
  return messages;
}

/** The frames of the messages one after the other, and their indices. */
function framesOf(messages: readonly FeatureProcessorMessage[]) {
  const indices: number[] = [];
  const numbers: number[] = [];
  for (const message of messages) {
    if (message.type !== "frames") continue;
    for (let f = 0; f < message.frames; f++) indices.push(message.first + f);
    numbers.push(...message.values.subarray(0, message.frames * message.rows));
  }
  return { indices, numbers };
}

function noise(samples: number, seed = 3): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => 0.4 * (2 * random.uniform() - 1));
}

/** Plays channels in blocks and returns what came out of the first output channel. */
function play(processor: Processor, channels: readonly Float32Array[], block = 128): Float32Array {
  const samples = channels[0]?.length ?? 0;
  const played = new Float32Array(samples);
  for (let start = 0; start < samples; start += block) {
    const end = Math.min(start + block, samples);
    const output = channels.map(() => new Float32Array(end - start));
    processor.process([channels.map((channel) => channel.slice(start, end))], [output]);
    played.set(output[0] as Float32Array, start);
  }
  return played;
}

/** What the page asks for arrives between blocks. */
const ask = ({ port }: Processor, data: FeatureRequest) => port.onmessage({ data });

/** The whole sound's numbers, frame after frame. */
function expectedOf(x: Float32Array, of = document) {
  const { rows, frames, values } = computeFrontEnd(x, of);
  const numbers = Array.from({ length: rows * frames }, (_, n) => values[(n % rows) * frames + Math.floor(n / rows)]);
  return { indices: Array.from({ length: frames }, (_, t) => t), numbers };
}

describe("the feature processor", () => {
  it.each(["float64", "float32"] as const)("sends every frame of a sound, to the bit (%s)", (precision) => {
    const x = noise(5000);
    const of = frontEnd({ ...document, precision });
    const processor = createProcessor(of);
    expect(play(processor, [x])).toEqual(x);
    ask(processor, "flush");
    const messages = messagesOf(processor);
    expect(messages[0]).toEqual({ type: "ready" });
    expect(messages.at(-1)).toEqual({ type: "ended", frames: 40 });
    expect(framesOf(messages)).toEqual(expectedOf(x, of));
  });

  it.each([1, 7, 100, 1000])("gives the same frames in blocks of %i", (block) => {
    const x = noise(3000);
    const processor = createProcessor(document);
    play(processor, [x], block);
    ask(processor, "flush");
    expect(framesOf(messagesOf(processor))).toEqual(expectedOf(x));
  });

  it("sends a message in 20 ms, with all frames that came meanwhile", () => {
    const processor = createProcessor(document);
    play(processor, [noise(9600)]);
    const batches = messagesOf(processor).filter((message) => message.type === "frames");
    // 960 samples are 7.5 blocks, so that every eighth block sends; the first frame waits for half a transform, two blocks.
    expect(batches.map(({ frames }) => frames)).toEqual([7, 8, 8, 8, 8, 8, 8, 8, 8]);
  });

  it("sends at once what fills a message, however long it is to wait", () => {
    const processor = createProcessor(document, { batchSamples: 60 * rate });
    const blocks = 3 * Math.floor(65_536 / 26);
    const silence = [[new Float32Array(128)]];
    for (let n = 0; n < blocks; n++) processor.process(silence, [[new Float32Array(128)]]);
    const batches = messagesOf(processor).filter((message) => message.type === "frames");
    expect(batches.map(({ frames }) => frames)).toEqual([2520, 2520]);
  });

  it("ends by itself after the samples of an offline context, within a block too", () => {
    const x = noise(1000);
    const processor = createProcessor(document, { samples: 900 });
    const blocks = Array.from({ length: 9 }, (_, b) => x.slice(128 * b, 128 * (b + 1)));
    const alive = blocks.map((block) => {
      const output = [[new Float32Array(block.length)]];
      const more = processor.process([[block]], output);
      expect(output[0]?.[0]).toEqual(block);
      return more;
    });
    expect(alive).toEqual([true, true, true, true, true, true, true, false, false]);
    const messages = messagesOf(processor);
    expect(framesOf(messages)).toEqual(expectedOf(x.slice(0, 900)));
    expect(messages.at(-1)).toEqual({ type: "ended", frames: 8 });
  });

  it("begins again after a reset or an end, as if new", () => {
    const [first, second] = [noise(2000, 1), noise(1500, 2)];
    for (const request of ["reset", "flush"] as const) {
      const processor = createProcessor(document);
      play(processor, [first]);
      ask(processor, request);
      const before = messagesOf(processor);
      expect(before.at(-1)?.type).toBe(request === "reset" ? "restarted" : "ended");
      play(processor, [second]);
      ask(processor, "flush");
      expect(framesOf(messagesOf(processor))).toEqual(expectedOf(second));
    }
  });

  it("hears the mean of all channels, silence without an input, and 0 for what is not finite", () => {
    const channels = [noise(1280, 1), noise(1280, 2), noise(1280, 3)];
    const x = Float32Array.from({ length: 1280 }, (_, n) => channels.reduce((sum, one) => sum + one[n]!, 0) / 3);
    const three = createProcessor(document);
    play(three, channels);
    ask(three, "flush");
    expect(framesOf(messagesOf(three))).toEqual(expectedOf(x));

    const broken = noise(1280);
    const mended = broken.slice();
    for (const [n, value] of [Number.NaN, Infinity, -Infinity].entries()) broken[300 + n] = value;
    mended.fill(0, 300, 303);
    const one = createProcessor(document);
    play(one, [broken]);
    for (let n = 0; n < 10; n++) one.process([[]], [[new Float32Array(128)]]);
    ask(one, "flush");
    expect(framesOf(messagesOf(one))).toEqual(expectedOf(Float32Array.of(...mended, ...new Float32Array(1280))));
  });

  it("reports a front end that cannot be, and a sound that is too short", () => {
    const pyin = createProcessor(frontEnd({ sampleRate: rate, features: [{ kind: "pyin" }] }));
    expect(messagesOf(pyin)).toEqual([expect.objectContaining({ type: "failed", code: "not-streamable" })]);
    expect(pyin.process([[]], [[new Float32Array(128)]])).toBe(false);
    const short = createProcessor(frontEnd({ ...document, center: false }));
    play(short, [noise(128)]);
    ask(short, "flush");
    expect(messagesOf(short)[1]).toMatchObject({ type: "failed", code: "signal-too-short" });
  });

  it("stops when it is closed", () => {
    const processor = createProcessor(document);
    ask(processor, "close");
    expect(processor.process([[noise(128)]], [[new Float32Array(128)]])).toBe(false);
  });
});

describe("while it listens", () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const blocks = 4000;

  // The smallest object per block would be 64 kB.
  const allowed = 20_000;

  /**
   * The least growth of the JavaScript heap by `blocks` calls in up to 40 rounds; what a call allocates shows in all of them, what
   * the engine does for itself (compiling) does not.
   */
  function growthOf(call: () => void): number {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 40 && !(least < allowed); round++) {
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      for (let n = 0; n < blocks; n++) call();
      least = Math.min(least, process.memoryUsage().heapUsed - before);
    }
    return least;
  }

  it.each(["float64", "float32"] as const)("nothing is allocated between messages (%s)", (precision) => {
    // Room for all frames of a round: no message falls into it, since the sound starts over before.
    const processor = createProcessor(
      frontEnd({ ...document, precision, features: [{ kind: "rms" }, { kind: "mel", mels: 8 }] }),
      {
        batchSamples: 2 * blocks * 128,
      },
    );
    const inputs = [[noise(128, 1), noise(128, 2)]];
    const outputs = [[new Float32Array(128), new Float32Array(128)]];
    let played = 0;
    const growth = growthOf(() => {
      if (played++ % blocks === 0) ask(processor, "reset");
      processor.process(inputs, outputs);
    });
    expect(framesOf(messagesOf(processor)).indices).toEqual([]);
    expect(growth).toBeLessThan(allowed);
  });
});
