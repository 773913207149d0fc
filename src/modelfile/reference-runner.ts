import type { Activation, GruArchitecture, LstmArchitecture, WaveNetArray } from "./architecture.ts";
import type { ModelDocument } from "./model-document.ts";
import { parameterLayout } from "./parameter-layout.ts";

/**
 * For tests only: the output of a model, straight from the formulas in float64, slow and obvious.
 *
 * It starts from zeros, or from the start state that an LSTM stores.
 *
 * @param document - A document; its weights are read through `parameterLayout`, so a wrong order shows.
 * @param input - Shape `[samples * inputSize]`, sample by sample.
 * @param options - `prewarm`: zero samples fed before the input, whose output is dropped.
 * @returns Shape `[samples * outputSize]`.
 */
export function runReference(document: ModelDocument, input: ArrayLike<number>, { prewarm = 0 } = {}): Float64Array {
  const { architecture } = document;
  const inputSize = architecture.kind === "wavenet" ? 1 : architecture.inputSize;
  const outputSize = architecture.kind === "wavenet" ? 1 : architecture.outputSize;
  const padded = new Float64Array(prewarm * inputSize + input.length);
  padded.set(Array.from(input), prewarm * inputSize);
  const tensor = tensorsOf(document);
  const output =
    architecture.kind === "wavenet"
      ? runWaveNet(architecture.arrays, architecture.headScale, tensor, padded)
      : runRecurrent(architecture, tensor, padded);
  return output.slice(prewarm * outputSize);
}

type Tensors = (name: string) => Float64Array;

function tensorsOf({ architecture, weights }: ModelDocument): Tensors {
  const all = new Map(
    parameterLayout(architecture).map((slot) => [
      slot.name,
      Float64Array.from(weights.subarray(slot.offset, slot.offset + slot.length)),
    ]),
  );
  return (name) => {
    const found = all.get(name);
    if (found === undefined) throw new Error(`bug: no tensor ${name}`);
    return found;
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function runRecurrent(
  architecture: LstmArchitecture | GruArchitecture,
  tensor: Tensors,
  input: Float64Array,
): Float64Array {
  const { kind, inputSize, hiddenSize, layers, outputSize, skip } = architecture;
  const hasState = architecture.kind === "lstm" && architecture.initialState;
  const start = (name: string): Float64Array => (hasState ? tensor(name).slice() : new Float64Array(hiddenSize));
  const hidden = Array.from({ length: layers }, (_, layer) => start(`lstm.${layer}.initial_hidden`));
  const cell = Array.from({ length: layers }, (_, layer) => start(`lstm.${layer}.initial_cell`));
  const samples = input.length / inputSize;
  const output = new Float64Array(samples * outputSize);
  for (let n = 0; n < samples; n++) {
    const frame = input.subarray(n * inputSize, (n + 1) * inputSize);
    let x = frame;
    for (let layer = 0; layer < layers; layer++) {
      const h = hidden[layer] ?? new Float64Array();
      const fromInput = product(tensor(`${kind}.${layer}.weight_ih`), x);
      const fromHidden = product(tensor(`${kind}.${layer}.weight_hh`), h);
      if (kind === "lstm") {
        const bias = tensor(`lstm.${layer}.bias`);
        stepLstm(
          fromInput.map((v, k) => v + (fromHidden[k] ?? 0) + (bias[k] ?? 0)),
          h,
          cell[layer] ?? h,
        );
      } else {
        const biasInput = tensor(`gru.${layer}.bias_ih`);
        const biasHidden = tensor(`gru.${layer}.bias_hh`);
        stepGru(
          fromInput.map((v, k) => v + (biasInput[k] ?? 0)),
          fromHidden.map((v, k) => v + (biasHidden[k] ?? 0)),
          h,
        );
      }
      x = h;
    }
    const y = product(tensor("head.weight"), x);
    const bias = tensor("head.bias");
    for (let o = 0; o < outputSize; o++) {
      output[n * outputSize + o] = (y[o] ?? 0) + (bias[o] ?? 0) + (skip ? (frame[0] ?? 0) : 0);
    }
  }
  return output;
}

/** Hidden and cell state are overwritten; gates i, f, g, o. */
function stepLstm(gates: Float64Array, hidden: Float64Array, cell: Float64Array): void {
  const size = hidden.length;
  const gate = (index: number, unit: number): number => gates[index * size + unit] ?? 0;
  for (let unit = 0; unit < size; unit++) {
    const c = sigmoid(gate(1, unit)) * (cell[unit] ?? 0) + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit));
    cell[unit] = c;
    hidden[unit] = sigmoid(gate(3, unit)) * Math.tanh(c);
  }
}

/** The hidden state is overwritten; gates r, z, n, with their biases added. */
function stepGru(fromInput: Float64Array, fromHidden: Float64Array, hidden: Float64Array): void {
  const size = hidden.length;
  for (let unit = 0; unit < size; unit++) {
    const at = (values: Float64Array, gate: number): number => values[gate * size + unit] ?? 0;
    const r = sigmoid(at(fromInput, 0) + at(fromHidden, 0));
    const z = sigmoid(at(fromInput, 1) + at(fromHidden, 1));
    const candidate = Math.tanh(at(fromInput, 2) + r * at(fromHidden, 2));
    hidden[unit] = (1 - z) * candidate + z * (hidden[unit] ?? 0);
  }
}

/** Matrix `[rows, x.length]`, flat, times x. */
function product(matrix: Float64Array, x: Float64Array): Float64Array {
  const result = new Float64Array(matrix.length / x.length);
  for (let row = 0; row < result.length; row++) {
    let sum = 0;
    for (let k = 0; k < x.length; k++) sum += (matrix[row * x.length + k] as number) * (x[k] as number);
    result[row] = sum;
  }
  return result;
}

function runWaveNet(arrays: WaveNetArray[], headScale: number, tensor: Tensors, input: Float64Array): Float64Array {
  let x = [input]; // [channels][samples]
  let head: Float64Array[] | undefined;
  arrays.forEach((array, a) => {
    const { channels, gated } = array;
    x = convolve(x, tensor(`${a}.rechannel.weight`), { outputs: channels });
    head ??= zeros(channels, input.length);
    for (const [layer, dilation] of array.dilations.entries()) {
      const at = `${a}.${layer}`;
      const kernelSize = array.kernelSizes[layer] ?? 1;
      const outputs = gated ? 2 * channels : channels;
      const z = convolve(x, tensor(`${at}.conv.weight`), {
        outputs,
        kernelSize,
        dilation,
        bias: tensor(`${at}.conv.bias`),
      });
      add(z, convolve([input], tensor(`${at}.mixin.weight`), { outputs }));
      const active = z.slice(0, channels).map((signal) => signal.map((v) => activate(array.activation, v)));
      if (gated) for (const [c, signal] of active.entries()) multiply(signal, (z[channels + c] ?? signal).map(sigmoid));
      add(head, active);
      add(x, convolve(active, tensor(`${at}.out.weight`), { outputs: channels, bias: tensor(`${at}.out.bias`) }));
    }
    const { outputSize, kernelSize, bias } = array.head;
    head = convolve(head, tensor(`${a}.head.weight`), {
      outputs: outputSize,
      kernelSize,
      ...(bias ? { bias: tensor(`${a}.head.bias`) } : {}),
    });
  });
  return (head?.[0] ?? new Float64Array()).map((v) => v * headScale);
}

function activate(activation: Activation, x: number): number {
  switch (activation.type) {
    case "tanh":
      return Math.tanh(x);
    case "sigmoid":
      return sigmoid(x);
    case "relu":
      return Math.max(x, 0);
    case "leaky-relu":
      return x < 0 ? activation.slope * x : x;
    default:
      return activation satisfies never;
  }
}

interface ConvOptions {
  readonly outputs: number;
  readonly kernelSize?: number;
  readonly dilation?: number;
  readonly bias?: Float64Array;
}

/** Causal convolution of `[inputs][samples]` with weights `[outputs, inputs, kernelSize]`, tap 0 the oldest. */
function convolve(x: Float64Array[], weights: Float64Array, options: ConvOptions): Float64Array[] {
  const { outputs, kernelSize = 1, dilation = 1, bias } = options;
  const samples = x[0]?.length ?? 0;
  const y = zeros(outputs, samples);
  y.forEach((out, o) => {
    out.fill(bias?.[o] ?? 0);
    x.forEach((signal, i) => {
      for (let k = 0; k < kernelSize; k++) {
        const weight = weights[(o * x.length + i) * kernelSize + k] as number;
        const delay = (kernelSize - 1 - k) * dilation;
        for (let n = delay; n < samples; n++) out[n] = (out[n] as number) + weight * (signal[n - delay] as number);
      }
    });
  });
  return y;
}

function zeros(channels: number, samples: number): Float64Array[] {
  return Array.from({ length: channels }, () => new Float64Array(samples));
}

/** The target is overwritten with the sum. */
function add(target: Float64Array[], other: Float64Array[]): void {
  target.forEach((signal, c) => {
    const extra = other[c] as Float64Array;
    for (let n = 0; n < signal.length; n++) signal[n] = (signal[n] as number) + (extra[n] as number);
  });
}

/** The target is overwritten with the product. */
function multiply(target: Float64Array, other: Float64Array): void {
  for (let n = 0; n < target.length; n++) target[n] = (target[n] as number) * (other[n] as number);
}
