import { TonewrightError } from "../errors/index.ts";
import {
  type Activation,
  parameterCount,
  parameterLayout,
  receptiveField,
  type WaveNetArchitecture,
  type WaveNetArray,
} from "../modelfile/index.ts";
import { uniformWeights } from "../nn/index.ts";
import {
  type ActivationName,
  dense,
  type Parameters,
  scale,
  type Tape,
  type Tensor,
  type WaveLayer,
  waveStack,
} from "../tensor/index.ts";
import type { Model } from "./model.ts";
import { addToWeight, joinWeights, scaleWeights } from "./places.ts";

/**
 * Neural Amp Modeler's WaveNet: arrays of dilated layers, their activations summed into a head.
 *
 * The raw input is the condition of every layer. Only head maps with a kernel of 1 can be trained.
 *
 * @throws TonewrightError `untrainable-model` for a head with a longer kernel.
 * @see https://github.com/sdatkinson/neural-amp-modeler (reference implementation)
 */
export function waveNetModel(architecture: WaveNetArchitecture): Model {
  const { arrays, headScale } = architecture;
  const long = arrays.findIndex((array) => array.head.kernelSize !== 1);
  if (long >= 0) {
    throw new TonewrightError(
      "untrainable-model",
      `array ${long} of this WaveNet has a head kernel of ${arrays[long]?.head.kernelSize}`,
      "training takes head kernels of 1; choose wavenet-standard, -lite, -feather or -nano",
    );
  }
  const places = parameterLayout(architecture);
  const reach = receptiveField(architecture) ?? 1;
  const lastArray = arrays.length - 1;
  return {
    architecture,
    family: "convolutional",
    receptiveField: reach,
    places,
    parameterCount: parameterCount(architecture),
    stateLength: () => 0,
    initialWeights(random) {
      let fanIn = 1;
      return joinWeights(places, ({ name, shape, length }) => {
        // A bias has its weight's fan-in, and follows it.
        if (!name.endsWith("bias")) fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
        return uniformWeights(random, { n: length, bound: 1 / Math.sqrt(fanIn) });
      });
    },
    forward(tape, x, { parameters }) {
      const outputs = (x.shape[2] ?? 0) - reach + 1;
      if (x.shape[0] !== 1 || outputs < 1)
        throw new Error(`bug: wavenet of x [${x.shape.join(", ")}] with a reach of ${reach}`);
      let stream = x;
      let head: Tensor | undefined;
      arrays.forEach((array, index) => {
        stream = dense(tape, stream, { weight: parameters.get(`${index}.rechannel.weight`) });
        head ??= zeroHead(tape, array.channels, outputs);
        const layers = arrayLayers(array, index, parameters);
        stream = waveStack(tape, stream, { condition: x, head, layers, wantOutput: index < lastArray });
        const bias = array.head.bias ? parameters.get(`${index}.head.bias`) : undefined;
        head = dense(tape, head, { weight: parameters.get(`${index}.head.weight`), bias });
      });
      return scale(tape, head as Tensor, headScale);
    },
    shiftOutput(weights, offset) {
      // Without a bias in its last map a WaveNet cannot be shifted.
      return addToWeight(weights, places, { name: `${lastArray}.head.bias`, value: offset / headScale });
    },
    foldGains(weights, { inputGain, outputGain }) {
      return scaleWeights(weights, places, (name) => {
        if (name === "0.rechannel.weight" || name.endsWith("mixin.weight")) return inputGain;
        return name.startsWith(`${lastArray}.head.`) ? outputGain : 1;
      });
    },
  };
}

function zeroHead(tape: Tape, channels: number, outputs: number): Tensor {
  const head = tape.empty([1, channels, outputs], { differentiable: true });
  tape.kernels.fill(head.length, 0, head.offset);
  return head;
}

function arrayLayers(array: WaveNetArray, index: number, parameters: Parameters): WaveLayer[] {
  const { name, slope } = activationOf(array.activation);
  return array.dilations.map((dilation, layer) => {
    const weight = (part: string) => parameters.get(`${index}.${layer}.${part}`);
    return {
      convWeight: weight("conv.weight"),
      convBias: weight("conv.bias"),
      mixWeight: weight("mixin.weight"),
      outWeight: weight("out.weight"),
      outBias: weight("out.bias"),
      dilation,
      gated: array.gated,
      activation: name,
      slope,
    };
  });
}

function activationOf(activation: Activation): { name: ActivationName; slope: number } {
  switch (activation.type) {
    case "tanh":
    case "sigmoid":
      return { name: activation.type, slope: 0 };
    case "relu":
      return { name: "leaky-relu", slope: 0 };
    case "leaky-relu":
      return { name: "leaky-relu", slope: activation.slope };
    default:
      return activation satisfies never;
  }
}
