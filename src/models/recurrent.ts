import { TonewrightError } from "../errors/index.ts";
import { type GruArchitecture, type LstmArchitecture, parameterCount, parameterLayout } from "../modelfile/index.ts";
import { initialRecurrentWeight, recurrentHead, recurrentStack, statesPerLayer } from "../nn/index.ts";
import { addScaled } from "../tensor/index.ts";
import type { Model } from "./model.ts";
import { addToWeight, joinWeights, scaleWeights } from "./places.ts";

/**
 * LSTM or GRU layers and a linear head, one sample in and one out.
 *
 * @throws TonewrightError `untrainable-model` for more than one input or output, or a stored start state.
 * @see Wright et al. 2019, "Real-time black-box modelling with recurrent neural networks" (there with a skip connection)
 */
export function recurrentModel(architecture: LstmArchitecture | GruArchitecture): Model {
  const { kind, hiddenSize, layers, skip } = architecture;
  const storedState = architecture.kind === "lstm" && architecture.initialState;
  if (architecture.inputSize !== 1 || architecture.outputSize !== 1 || storedState) {
    throw new TonewrightError(
      "untrainable-model",
      `this ${kind} has ${architecture.inputSize} inputs, ${architecture.outputSize} outputs${storedState ? " and a stored start state" : ""}`,
      "training takes one input, one output and a start state of zeros; choose a preset such as lstm-32",
    );
  }
  const sizes = { kind, hiddenSize, layers };
  const places = parameterLayout(architecture);
  return {
    architecture,
    family: "recurrent",
    receptiveField: 1,
    places,
    parameterCount: parameterCount(architecture),
    initialWeights: (random) =>
      joinWeights(places, ({ name, length }) => initialRecurrentWeight(random, { name, length, hiddenSize })),
    stateLength: (batch) => layers * statesPerLayer(kind) * hiddenSize * batch,
    forward(tape, x, { parameters, state }) {
      const y = recurrentHead(tape, recurrentStack(tape, x, { sizes, parameters, state }), parameters);
      return skip ? addScaled(tape, y, x) : y;
    },
    shiftOutput: (weights, offset) => addToWeight(weights, places, { name: "head.bias", value: offset }),
    foldGains(weights, { inputGain, outputGain }) {
      if (skip && inputGain * outputGain !== 1)
        throw new Error("bug: gains of a model with a skip connection cannot be folded");
      return scaleWeights(weights, places, (name) => {
        if (name === `${kind}.0.weight_ih`) return inputGain;
        return name.startsWith("head.") ? outputGain : 1;
      });
    },
  };
}
