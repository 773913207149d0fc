import { dense, gru, lstm, type Parameters, type Random, type Tape, type Tensor } from "../tensor/index.ts";
import { uniformWeights } from "./initialise.ts";

/** Sizes of a stack of recurrent layers. */
export interface RecurrentSizes {
  readonly kind: "lstm" | "gru";
  readonly hiddenSize: number;
  readonly layers: number;
}

/** Arrays of state that one layer carries: hidden and cell for an LSTM, hidden for a GRU. */
export function statesPerLayer(kind: RecurrentSizes["kind"]): number {
  return kind === "lstm" ? 2 : 1;
}

/**
 * A sequence through all layers: x `[steps, inputs, batch]` to `[steps, H, batch]`; the state is read and overwritten.
 *
 * Parameter names are those of `modelfile`: `lstm.0.weight_ih` and so on.
 *
 * @param options - `state`: offset of `[layers, states, H, batch]` in lasting memory.
 */
export function recurrentStack(
  tape: Tape,
  x: Tensor,
  { sizes, parameters, state }: { sizes: RecurrentSizes; parameters: Parameters; state: number },
): Tensor {
  const batch = x.shape[2] ?? 0;
  const row = sizes.hiddenSize * batch;
  let y = x;
  for (let layer = 0; layer < sizes.layers; layer++) {
    const weight = (name: string) => parameters.get(`${sizes.kind}.${layer}.${name}`);
    const [weightIh, weightHh] = [weight("weight_ih"), weight("weight_hh")];
    const hidden = state + layer * statesPerLayer(sizes.kind) * row;
    if (sizes.kind === "lstm") {
      y = lstm(tape, y, { weightIh, weightHh, bias: weight("bias") }, { hidden, cell: hidden + row });
    } else {
      y = gru(tape, y, { weightIh, weightHh, biasIh: weight("bias_ih"), biasHh: weight("bias_hh") }, { hidden });
    }
  }
  return y;
}

/** The head of a recurrent model: `[steps, H, batch]` to `[steps, outputs, batch]`. */
export function recurrentHead(tape: Tape, hidden: Tensor, parameters: Parameters): Tensor {
  return dense(tape, hidden, { weight: parameters.get("head.weight"), bias: parameters.get("head.bias") });
}

/** First weights of a recurrent parameter: uniform within 1/sqrt(H), and a forget gate that starts open. */
export function initialRecurrentWeight(
  random: Random,
  { name, length, hiddenSize }: { name: string; length: number; hiddenSize: number },
): Float32Array {
  if (name.includes("initial_")) return new Float32Array(length);
  const values = uniformWeights(random, { n: length, bound: 1 / Math.sqrt(hiddenSize) });
  // Jozefowicz et al. 2015: a forget gate biased open learns long memory sooner.
  if (name.startsWith("lstm") && name.endsWith("bias")) {
    for (let u = 0; u < hiddenSize; u++) values[hiddenSize + u] = (values[hiddenSize + u] ?? 0) + 1;
  }
  return values;
}
