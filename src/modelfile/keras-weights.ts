import type { GruArchitecture, LstmArchitecture } from "./architecture.ts";

/** A matrix as JSON has it: rows of numbers. */
export type Matrix = number[][];

type Recurrent = LstmArchitecture | GruArchitecture;

/** Keras keeps the gates of a GRU as z, r, h, we as r, z, n; both keep an LSTM's as i, f, g, o. Its own inverse. */
const gateOrder = { lstm: [0, 1, 2, 3], gru: [1, 0, 2] } as const;

/** The number of gates of a layer: its weights have `gateCount * hiddenSize` outputs. */
export function gateCount(kind: Recurrent["kind"]): number {
  return gateOrder[kind].length;
}

/**
 * A Keras kernel `[in][G*H]` as our flat `[G*H, in]`, with the gates in our order.
 *
 * @param kernel - Checked for its shape by the caller.
 * @param options - `kind` of the layer and its `hiddenSize`.
 */
export function fromKerasKernel(
  kernel: Matrix,
  { kind, hiddenSize }: Pick<Recurrent, "kind" | "hiddenSize">,
): Float32Array {
  const inputs = kernel.length;
  const flat = new Float32Array(inputs * gateCount(kind) * hiddenSize);
  gateOrder[kind].forEach((theirs, ours) => {
    for (let unit = 0; unit < hiddenSize; unit++) {
      for (let input = 0; input < inputs; input++) {
        flat[(ours * hiddenSize + unit) * inputs + input] = kernel[input]?.[theirs * hiddenSize + unit] ?? 0;
      }
    }
  });
  return flat;
}

/** A Keras bias `[G*H]` with the gates in our order. */
export function fromKerasBias(bias: number[], shape: Pick<Recurrent, "kind" | "hiddenSize">): Float32Array {
  return fromKerasKernel([bias], shape);
}

/**
 * Our flat `[G*H, inputs]` as a Keras kernel `[inputs][G*H]`, with the gates in its order.
 *
 * @param flat - Weights of a document.
 * @param options - `kind` of the layer and its `hiddenSize`.
 */
export function toKerasKernel(
  flat: Float32Array,
  { kind, hiddenSize }: Pick<Recurrent, "kind" | "hiddenSize">,
): Matrix {
  const inputs = flat.length / (gateCount(kind) * hiddenSize);
  return Array.from({ length: inputs }, (_, input) =>
    gateOrder[kind].flatMap((ours) =>
      Array.from({ length: hiddenSize }, (_, unit) => flat[(ours * hiddenSize + unit) * inputs + input] ?? 0),
    ),
  );
}

/** Our bias `[G*H]` with the gates in the order of Keras. */
export function toKerasBias(bias: Float32Array, shape: Pick<Recurrent, "kind" | "hiddenSize">): number[] {
  return toKerasKernel(bias, shape)[0] ?? [];
}
