import { TonewrightError } from "../errors/index.ts";
import { type Kernels, recurrentPackedSize } from "../kernels/index.ts";
import {
  type GruArchitecture,
  type LstmArchitecture,
  type ModelDocument,
  parameterLayout,
} from "../modelfile/index.ts";
import type { Engine } from "./engine.ts";
import { blockSamples, copyIn, copyOut, HeapSpace } from "./heap-space.ts";

/** Silence that settles a recurrent model, seconds: what NeuralAmpModelerCore runs before the first sample. */
const settlingSeconds = 0.5;

interface Layer {
  readonly inputs: number;
  readonly packed: number;
  readonly hidden: number;
  readonly cell: number;
  readonly out: number;
  readonly firstHidden: Float32Array;
  readonly firstCell: Float32Array;
}

/** The engine of LSTM and GRU models. */
export function createRecurrentEngine(
  document: ModelDocument & { readonly architecture: LstmArchitecture | GruArchitecture },
  kernels: Kernels,
): Engine {
  const { architecture, sampleRate } = document;
  const { kind, hiddenSize, layers: count } = architecture;
  if (architecture.inputSize !== 1 || architecture.outputSize !== 1) {
    throw new TonewrightError(
      "unsupported-model",
      `this ${kind} has ${architecture.inputSize} inputs and ${architecture.outputSize} outputs`,
      "play models with one audio input and one audio output; models with knobs cannot be played yet",
    );
  }
  const space = new HeapSpace(kernels);
  const up = (hiddenSize + 3) & ~3;
  const weights = space.copy(document.weights);
  const slots = new Map(parameterLayout(architecture).map((slot) => [slot.name, slot]));
  const at = (name: string): number => weights + (slots.get(name)?.offset ?? 0);
  const stored = (name: string): Float32Array => {
    const slot = slots.get(name);
    const values = new Float32Array(up);
    if (slot !== undefined) values.set(document.weights.subarray(slot.offset, slot.offset + slot.length));
    return values;
  };
  const layers = Array.from({ length: count }, (_, index): Layer => {
    const inputs = index === 0 ? 1 : hiddenSize;
    const packed = space.zeros(recurrentPackedSize(inputs, hiddenSize));
    const weight = (name: string) => at(`${kind}.${index}.${name}`);
    if (kind === "lstm")
      kernels.lstmPack(inputs, hiddenSize, weight("weight_ih"), weight("weight_hh"), weight("bias"), packed);
    else
      kernels.gruPack(
        inputs,
        hiddenSize,
        weight("weight_ih"),
        weight("weight_hh"),
        weight("bias_ih"),
        weight("bias_hh"),
        packed,
      );
    return {
      inputs,
      packed,
      hidden: space.zeros(up),
      cell: space.zeros(up),
      out: space.zeros(blockSamples * up),
      firstHidden: stored(`${kind}.${index}.initial_hidden`),
      firstCell: stored(`${kind}.${index}.initial_cell`),
    };
  });
  const scratch = space.zeros(4 * up);
  const x = space.zeros(blockSamples);
  const y = space.zeros(blockSamples);
  const [headWeight, headBias, skip] = [at("head.weight"), at("head.bias"), architecture.skip ? 1 : 0];
  const heap = kernels.heap;

  const block = (n: number): void => {
    let source = x;
    let row = 1;
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[i] as Layer;
      if (kind === "lstm") {
        kernels.lstmStream(
          n,
          layer.inputs,
          hiddenSize,
          source,
          row,
          layer.packed,
          layer.hidden,
          layer.cell,
          layer.out,
          scratch,
        );
      } else {
        kernels.gruStream(n, layer.inputs, hiddenSize, source, row, layer.packed, layer.hidden, layer.out, scratch);
      }
      source = layer.out;
      row = up;
    }
    kernels.denseStream(n, hiddenSize, source, up, headWeight, headBias, x, skip, y);
  };
  const engine: Engine = {
    sampleRate,
    process(input, output) {
      for (let from = 0; from < input.length; from += blockSamples) {
        const n = Math.min(blockSamples, input.length - from);
        copyIn(heap, x, input, from, n);
        block(n);
        copyOut(heap, y, output, from, n);
      }
    },
    reset({ settled = true } = {}) {
      for (const layer of layers) {
        heap.set(layer.firstHidden, layer.hidden);
        heap.set(layer.firstCell, layer.cell);
      }
      if (!settled) return;
      heap.fill(0, x, x + blockSamples);
      for (let left = Math.round(settlingSeconds * sampleRate); left > 0; left -= blockSamples)
        block(Math.min(left, blockSamples));
    },
  };
  engine.reset();
  return engine;
}
