import { z } from "zod";
import type { LstmArchitecture } from "./architecture.ts";
import { describeIssues, type JsonObject } from "./json-text.ts";
import { invalidNam, unsupportedNam } from "./nam-error.ts";
import { type ParameterSlot, parameterLayout } from "./parameter-layout.ts";

const configSchema = z.looseObject({
  input_size: z.int(),
  hidden_size: z.int(),
  num_layers: z.int(),
  in_channels: z.int().nullish(),
  out_channels: z.int().nullish(),
});

/**
 * The architecture that the `config` of a `.nam` LSTM describes; NAM always stores a start state.
 *
 * @param config - The `config` object.
 * @param options - `name` of the file, for messages.
 * @returns The architecture, not yet checked against the limits.
 * @throws TonewrightError `invalid-nam`, or `unsupported-nam` for more than one input or output.
 * @see NeuralAmpModelerCore NAM/lstm.cpp
 */
export function readLstmConfig(config: JsonObject, { name }: { name: string }): LstmArchitecture {
  const result = configSchema.safeParse(config);
  if (!result.success) throw invalidNam(name, `has an LSTM config that is not valid: ${describeIssues(result.error)}`);
  const { input_size: inputSize, hidden_size: hiddenSize, num_layers: layers } = result.data;
  const channels = [inputSize, result.data.in_channels ?? 1, result.data.out_channels ?? 1];
  if (channels.some((count) => count !== 1)) {
    throw unsupportedNam(
      name,
      `an LSTM that is not mono (input_size, in_channels, out_channels: ${channels.join(", ")})`,
    );
  }
  return { kind: "lstm", inputSize: 1, hiddenSize, layers, outputSize: 1, skip: false, initialState: true };
}

/** The `config` object of a `.nam` LSTM. */
export function writeLstmConfig({ inputSize, hiddenSize, layers }: LstmArchitecture): JsonObject {
  return { input_size: inputSize, hidden_size: hiddenSize, num_layers: layers };
}

/**
 * For each float of the flat `.nam` weights of an LSTM, its index in the weights of our `parameterLayout`.
 *
 * NAM stores, per cell, one matrix whose rows are `[weight_ih | weight_hh]`, then bias, hidden and cell start state;
 * we keep the two matrices apart.
 *
 * @param architecture - With `initialState: true`.
 * @returns Shape `[parameterCount]`, a permutation.
 */
export function namLstmOrder(architecture: LstmArchitecture): Uint32Array {
  const slots = new Map(parameterLayout(architecture).map((slot) => [slot.name, slot]));
  const slotOf = (name: string): ParameterSlot => {
    const slot = slots.get(name);
    if (slot === undefined) throw new Error(`bug: the LSTM layout has no ${name}`);
    return slot;
  };
  const order: number[] = [];
  const run = (start: number, length: number): void => {
    for (let i = 0; i < length; i++) order.push(start + i);
  };
  const whole = (name: string): void => run(slotOf(name).offset, slotOf(name).length);
  const { hiddenSize, layers, inputSize } = architecture;
  for (let layer = 0; layer < layers; layer++) {
    const columns = layer === 0 ? inputSize : hiddenSize;
    const fromInput = slotOf(`lstm.${layer}.weight_ih`).offset;
    const fromHidden = slotOf(`lstm.${layer}.weight_hh`).offset;
    for (let row = 0; row < 4 * hiddenSize; row++) {
      run(fromInput + row * columns, columns);
      run(fromHidden + row * hiddenSize, hiddenSize);
    }
    whole(`lstm.${layer}.bias`);
    whole(`lstm.${layer}.initial_hidden`);
    whole(`lstm.${layer}.initial_cell`);
  }
  whole("head.weight");
  whole("head.bias");
  return Uint32Array.from(order);
}
