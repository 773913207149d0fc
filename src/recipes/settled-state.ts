import { type LstmState, type ModelDocument, parameterLayout } from "../modelfile/index.ts";

/** What NAM's trainer feeds an LSTM before it stores the state. */
const burnInSamples = 48_000;

/**
 * The state of an LSTM's layers after a second of silence: the start state that a `.nam` file stores.
 *
 * @param document - An lstm; its stored start state, if any, is where the silence begins.
 * @returns One state per layer; `undefined` for other models, which start from their input's history.
 * @see neural-amp-modeler nam/models/recurrent.py, `_get_initial_state`
 */
export function settledLstmState({ architecture, weights }: ModelDocument): LstmState[] | undefined {
  if (architecture.kind !== "lstm") return undefined;
  const { hiddenSize, inputSize, layers: count } = architecture;
  const slots = new Map(parameterLayout(architecture).map((slot) => [slot.name, slot]));
  const values = (name: string): Float32Array => {
    const slot = slots.get(name);
    return slot === undefined ? new Float32Array(hiddenSize) : weights.subarray(slot.offset, slot.offset + slot.length);
  };
  const layers = Array.from({ length: count }, (_, index) => ({
    inputs: index === 0 ? inputSize : hiddenSize,
    weightIh: values(`lstm.${index}.weight_ih`),
    weightHh: values(`lstm.${index}.weight_hh`),
    bias: values(`lstm.${index}.bias`),
    hidden: Float64Array.from(values(`lstm.${index}.initial_hidden`)),
    cell: Float64Array.from(values(`lstm.${index}.initial_cell`)),
  }));
  const silence = new Float64Array(inputSize);
  for (let n = 0; n < burnInSamples; n++) {
    let input = silence;
    let change = 0;
    for (const layer of layers) {
      change = Math.max(change, stepLayer(layer, input, hiddenSize));
      input = layer.hidden;
    }
    // A state that no longer moves stays where it is.
    if (change === 0) break;
  }
  return layers.map(({ hidden, cell }) => ({ hidden: Float32Array.from(hidden), cell: Float32Array.from(cell) }));
}

interface Layer {
  readonly inputs: number;
  readonly weightIh: Float32Array;
  readonly weightHh: Float32Array;
  readonly bias: Float32Array;
  readonly hidden: Float64Array;
  readonly cell: Float64Array;
}

/** One sample of one layer, its state overwritten; gate order i, f, g, o. Returns the largest change of the state. */
function stepLayer(layer: Layer, input: Float64Array, hiddenSize: number): number {
  const { inputs, weightIh, weightHh, bias, hidden, cell } = layer;
  const gates = new Float64Array(4 * hiddenSize);
  for (let row = 0; row < gates.length; row++) {
    let sum = bias[row] ?? 0;
    for (let k = 0; k < inputs; k++) sum += (weightIh[row * inputs + k] ?? 0) * (input[k] ?? 0);
    for (let k = 0; k < hiddenSize; k++) sum += (weightHh[row * hiddenSize + k] ?? 0) * (hidden[k] ?? 0);
    gates[row] = sum;
  }
  const gate = (kind: number, unit: number): number => gates[kind * hiddenSize + unit] ?? 0;
  let change = 0;
  for (let unit = 0; unit < hiddenSize; unit++) {
    const kept = sigmoid(gate(1, unit)) * (cell[unit] ?? 0);
    const next = kept + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit));
    const output = sigmoid(gate(3, unit)) * Math.tanh(next);
    change = Math.max(change, Math.abs(next - (cell[unit] ?? 0)), Math.abs(output - (hidden[unit] ?? 0)));
    cell[unit] = next;
    hidden[unit] = output;
  }
  return change;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
