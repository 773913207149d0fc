import type { Architecture, GruArchitecture, LstmArchitecture, WaveNetArchitecture } from "./architecture.ts";

/** Where one tensor lies in the flat weights: `length` floats from `offset`, row-major in `shape`. */
export interface ParameterSlot {
  readonly name: string;
  readonly shape: number[];
  readonly offset: number;
  readonly length: number;
}

/**
 * The tensors of an architecture in the order in which the flat weights hold them, without gaps.
 *
 * The LSTM has one bias per layer (torch's two, summed); the GRU keeps both, since its reset gate
 * multiplies only the recurrent one. Convolution taps run from the oldest sample to the newest.
 *
 * - lstm: per layer `lstm.L.weight_ih [4H,I]`, `lstm.L.weight_hh [4H,H]`, `lstm.L.bias [4H]` (gates i, f, g, o),
 *   and with `initialState` `lstm.L.initial_hidden [H]`, `lstm.L.initial_cell [H]`.
 * - gru: per layer `gru.L.weight_ih [3H,I]`, `gru.L.weight_hh [3H,H]`, `gru.L.bias_ih [3H]`, `gru.L.bias_hh [3H]`
 *   (gates r, z, n). Both end with `head.weight [O,H]`, `head.bias [O]`.
 * - wavenet: per array A `A.rechannel.weight [C,I]`; per layer L `A.L.conv.weight [M,C,K]` (M is 2C if gated),
 *   `A.L.conv.bias [M]`, `A.L.mixin.weight [M,1]`, `A.L.out.weight [C,C]`, `A.L.out.bias [C]`;
 *   then `A.head.weight [O,C,K]` and, if it has one, `A.head.bias [O]`.
 *
 * @param architecture - A valid architecture.
 * @returns One slot per tensor; offsets and lengths count floats.
 * @see NeuralAmpModelerCore `set_weights_`: the wavenet order is NAM's, without its last float (the head scale).
 */
export function parameterLayout(architecture: Architecture): ParameterSlot[] {
  const slots = new SlotList();
  switch (architecture.kind) {
    case "lstm":
      addLstm(slots, architecture);
      break;
    case "gru":
      addGru(slots, architecture);
      break;
    case "wavenet":
      addWaveNet(slots, architecture);
      break;
    default:
      architecture satisfies never;
  }
  return slots.slots;
}

/** The number of floats in the flat weights of an architecture (a stored start state counts). */
export function parameterCount(architecture: Architecture): number {
  const last = parameterLayout(architecture).at(-1);
  return last === undefined ? 0 : last.offset + last.length;
}

class SlotList {
  readonly slots: ParameterSlot[] = [];
  #offset = 0;

  add(name: string, ...shape: number[]): void {
    const length = shape.reduce((product, size) => product * size, 1);
    this.slots.push({ name, shape, offset: this.#offset, length });
    this.#offset += length;
  }
}

function addLstm(slots: SlotList, { inputSize, hiddenSize, layers, outputSize, initialState }: LstmArchitecture): void {
  for (let layer = 0; layer < layers; layer++) {
    slots.add(`lstm.${layer}.weight_ih`, 4 * hiddenSize, layer === 0 ? inputSize : hiddenSize);
    slots.add(`lstm.${layer}.weight_hh`, 4 * hiddenSize, hiddenSize);
    slots.add(`lstm.${layer}.bias`, 4 * hiddenSize);
    if (initialState) {
      slots.add(`lstm.${layer}.initial_hidden`, hiddenSize);
      slots.add(`lstm.${layer}.initial_cell`, hiddenSize);
    }
  }
  slots.add("head.weight", outputSize, hiddenSize);
  slots.add("head.bias", outputSize);
}

function addGru(slots: SlotList, { inputSize, hiddenSize, layers, outputSize }: GruArchitecture): void {
  for (let layer = 0; layer < layers; layer++) {
    slots.add(`gru.${layer}.weight_ih`, 3 * hiddenSize, layer === 0 ? inputSize : hiddenSize);
    slots.add(`gru.${layer}.weight_hh`, 3 * hiddenSize, hiddenSize);
    slots.add(`gru.${layer}.bias_ih`, 3 * hiddenSize);
    slots.add(`gru.${layer}.bias_hh`, 3 * hiddenSize);
  }
  slots.add("head.weight", outputSize, hiddenSize);
  slots.add("head.bias", outputSize);
}

function addWaveNet(slots: SlotList, { arrays }: WaveNetArchitecture): void {
  arrays.forEach((array, a) => {
    const { channels, conditionSize, head } = array;
    const middle = array.gated ? 2 * channels : channels;
    slots.add(`${a}.rechannel.weight`, channels, array.inputSize);
    array.kernelSizes.forEach((kernelSize, layer) => {
      slots.add(`${a}.${layer}.conv.weight`, middle, channels, kernelSize);
      slots.add(`${a}.${layer}.conv.bias`, middle);
      slots.add(`${a}.${layer}.mixin.weight`, middle, conditionSize);
      slots.add(`${a}.${layer}.out.weight`, channels, channels);
      slots.add(`${a}.${layer}.out.bias`, channels);
    });
    slots.add(`${a}.head.weight`, head.outputSize, channels, head.kernelSize);
    if (head.bias) slots.add(`${a}.head.bias`, head.outputSize);
  });
}
