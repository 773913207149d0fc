import { activationCodes, type Kernels, waveLayerKeptRows, waveLayerPackedSize } from "../kernels/index.ts";
import {
  type ModelDocument,
  parameterLayout,
  receptiveField,
  type WaveNetArchitecture,
  type WaveNetArray,
} from "../modelfile/index.ts";
import type { Engine } from "./engine.ts";
import { blockSamples, copyIn, copyOut, HeapSpace } from "./heap-space.ts";

/** Samples that a history takes before it is rewound. Short histories stay in the cache, long ones are rewound less often. */
const historySpan = 1024;

/** Rows of past samples in one straight piece of memory; when the end is near, what is still needed moves to the front. */
class History {
  readonly rows: number;
  readonly reach: number;
  readonly row: number;
  readonly offset: number;
  position: number;

  constructor(space: HeapSpace, rows: number, reach: number) {
    this.rows = rows;
    this.reach = reach;
    this.row = reach + historySpan + 8;
    this.offset = space.zeros(rows * this.row);
    this.position = reach;
  }

  /** Makes room for `n` samples; returns the offset of row 0 where they go. */
  room(heap: Float32Array | Float64Array, n: number): number {
    if (this.position + n + 8 > this.row) {
      const from = this.offset + this.position - this.reach;
      for (let r = 0; r < this.rows; r++) {
        heap.copyWithin(this.offset + r * this.row, from + r * this.row, from + r * this.row + this.reach);
      }
      this.position = this.reach;
    }
    return this.offset + this.position;
  }

  clear(heap: Float32Array | Float64Array): void {
    heap.fill(0, this.offset, this.offset + this.rows * this.row);
    this.position = this.reach;
  }
}

interface Layer {
  readonly kernel: number;
  readonly dilation: number;
  readonly packed: number;
  readonly input: History;
}

interface Stage {
  readonly channels: number;
  readonly inputSize: number;
  readonly gated: number;
  readonly activation: number;
  readonly slope: number;
  readonly rechannel: number;
  readonly layers: Layer[];
  readonly z: number;
  readonly head: History;
  readonly headOutputs: number;
  readonly headTaps: number[];
  readonly headBias: number;
}

/** The engine of WaveNet models: every layer keeps as much of its input as it looks back. */
export function createWaveNetEngine(
  document: ModelDocument & { readonly architecture: WaveNetArchitecture },
  kernels: Kernels,
): Engine {
  const { architecture, sampleRate } = document;
  const { arrays, headScale } = architecture;
  const space = new HeapSpace(kernels);
  const weights = space.copy(document.weights);
  const slots = new Map(parameterLayout(architecture).map((slot) => [slot.name, slot.offset + weights]));
  const at = (name: string): number => slots.get(name) ?? 0;
  const stages = arrays.map((array, index) => createStage(space, kernels, array, index, at));
  const x = space.zeros(blockSamples);
  const widest = Math.max(...arrays.map(({ channels, head }) => Math.max(channels, head.outputSize)));
  const stream = space.zeros(widest * blockSamples);
  const heads = [space.zeros(widest * blockSamples), space.zeros(widest * blockSamples)] as const;
  const heap = kernels.heap;
  const settlingSamples = receptiveField(architecture) ?? 1;

  const call: StageCall = { x, stream, n: 0, input: x, carried: 0, out: 0, last: false };

  /** Runs n samples of x; returns the offset of the output, not yet scaled. */
  const block = (n: number): number => {
    call.n = n;
    call.input = x;
    call.carried = 0;
    for (let s = 0; s < stages.length; s++) {
      call.out = heads[s & 1] as number;
      call.last = s === stages.length - 1;
      call.carried = runStage(stages[s] as Stage, kernels, heap, call);
      call.input = stream;
    }
    return call.carried;
  };
  const engine: Engine = {
    sampleRate,
    process(input, output) {
      for (let from = 0; from < input.length; from += blockSamples) {
        const n = Math.min(blockSamples, input.length - from);
        copyIn(heap, x, input, from, n);
        const y = block(n);
        kernels.scaleAdd(n, headScale, y, 0, y);
        copyOut(heap, y, output, from, n);
      }
    },
    reset({ settled = true } = {}) {
      for (const stage of stages) {
        for (const layer of stage.layers) layer.input.clear(heap);
        stage.head.clear(heap);
      }
      if (!settled) return;
      heap.fill(0, x, x + blockSamples);
      for (let left = settlingSamples; left > 0; left -= blockSamples) block(Math.min(left, blockSamples));
    },
  };
  engine.reset();
  return engine;
}

function createStage(
  space: HeapSpace,
  kernels: Kernels,
  array: WaveNetArray,
  index: number,
  at: (name: string) => number,
): Stage {
  const { channels, inputSize, head } = array;
  const gated = array.gated ? 1 : 0;
  const layers = array.dilations.map((dilation, l): Layer => {
    const kernel = array.kernelSizes[l] ?? 1;
    const packed = space.zeros(waveLayerPackedSize(channels, 1, kernel, gated));
    const weight = (part: string) => at(`${index}.${l}.${part}`);
    kernels.waveLayerPack(
      channels,
      1,
      kernel,
      gated,
      weight("conv.weight"),
      weight("conv.bias"),
      weight("mixin.weight"),
      weight("out.weight"),
      weight("out.bias"),
      packed,
    );
    return { kernel, dilation, packed, input: new History(space, channels, (kernel - 1) * dilation) };
  });
  const { type } = array.activation;
  return {
    channels,
    inputSize,
    gated,
    activation: type === "relu" ? activationCodes["leaky-relu"] : activationCodes[type],
    slope: array.activation.type === "leaky-relu" ? array.activation.slope : 0,
    rechannel: at(`${index}.rechannel.weight`),
    layers,
    z: space.zeros(waveLayerKeptRows(channels, gated) * blockSamples),
    head: new History(space, channels, head.kernelSize - 1),
    headOutputs: head.outputSize,
    headTaps: Array.from({ length: head.kernelSize }, (_, k) => {
      // One matrix per tap: [outputs][channels][taps] becomes [taps][outputs][channels].
      const source = at(`${index}.head.weight`);
      const tap = space.zeros(head.outputSize * channels);
      for (let i = 0; i < head.outputSize * channels; i++)
        kernels.heap[tap + i] = kernels.heap[source + i * head.kernelSize + k] as number;
      return tap;
    }),
    headBias: head.bias ? at(`${index}.head.bias`) : 0,
  };
}

/** What a stage is to do. One object, filled anew for every call, because `process` makes none. */
interface StageCall {
  readonly x: number;
  readonly stream: number;
  n: number;
  input: number;
  carried: number;
  out: number;
  last: boolean;
}

/** One array over n samples: its head output goes to `out`, its residual stream to `stream`. Returns `out`. */
function runStage(
  stage: Stage,
  kernels: Kernels,
  heap: Float32Array | Float64Array,
  { n, x, input, carried, stream, out, last }: StageCall,
): number {
  const { channels, gated, activation, slope, layers, z, head } = stage;
  const first = (layers[0] as Layer).input;
  const firstAt = first.room(heap, n);
  kernels.dense(1, channels, stage.inputSize, n, input, 0, blockSamples, stage.rechannel, 0, firstAt, 0, first.row, 0);
  const headAt = head.room(heap, n);
  for (let c = 0; c < channels; c++) {
    if (carried === 0) kernels.fill(n, 0, headAt + c * head.row);
    else kernels.scaleAdd(n, 1, carried + c * blockSamples, 0, headAt + c * head.row);
  }
  for (let l = 0; l < layers.length; l++) {
    const { kernel, dilation, packed, input: history } = layers[l] as Layer;
    const next = layers[l + 1];
    const from = history.offset + history.position - history.reach;
    const to = next !== undefined ? next.input.room(heap, n) : last ? 0 : stream;
    const row = next !== undefined ? next.input.row : blockSamples;
    kernels.waveLayerForward(
      channels,
      1,
      kernel,
      dilation,
      gated,
      activation,
      slope,
      n,
      packed,
      from,
      history.row,
      x,
      blockSamples,
      z,
      blockSamples,
      headAt,
      head.row,
      0,
      to,
      row,
    );
    history.position += n;
  }
  for (let k = 0; k < stage.headTaps.length; k++) {
    const bias = k === 0 ? stage.headBias : 0;
    const source = headAt - head.reach + k;
    kernels.dense(
      1,
      stage.headOutputs,
      channels,
      n,
      source,
      0,
      head.row,
      stage.headTaps[k] as number,
      bias,
      out,
      0,
      blockSamples,
      k === 0 ? 0 : 1,
    );
  }
  head.position += n;
  return out;
}
