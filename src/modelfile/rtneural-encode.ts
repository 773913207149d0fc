import { TonewrightError } from "../errors/index.ts";
import type { Architecture } from "./architecture.ts";
import { shortestFloat32 } from "./float-text.ts";
import { type Matrix, toKerasBias, toKerasKernel } from "./keras-weights.ts";
import { checkModelDocument, type ModelDocument, refuseFrontEnd } from "./model-document.ts";
import { parameterLayout } from "./parameter-layout.ts";

/**
 * The bytes of an RTNeural JSON file (Keras layouts) with the same weights, as AIDA-X loads it too.
 *
 * RTNeural itself knows no skip: a model with one carries `in_skip: 1`, which AIDA-X adds; any other host must add the
 * input to the output itself. RTNeural starts from zeros, so a stored start state of an LSTM is left out.
 *
 * @param document - An lstm or a gru.
 * @returns The whole file, UTF-8 JSON; name and sample rate are in an extra key, which RTNeural passes over.
 * @throws TonewrightError `rtneural-no-wavenet`, `no-front-end`, and the codes of `checkModelDocument`.
 * @see RTNeural model_loader.h and python/model_utils.py
 */
export function encodeRtneural(document: ModelDocument): Uint8Array {
  const { architecture, sampleRate, weights, metadata } = checkModelDocument(document);
  refuseFrontEnd(document, "RTNeural's JSON");
  if (architecture.kind === "wavenet") {
    throw new TonewrightError(
      "rtneural-no-wavenet",
      "the model is a WaveNet, and RTNeural's JSON has no layer for it",
      "export it with --format nam, or train an lstm or a gru for RTNeural",
    );
  }
  const root = {
    in_shape: [null, null, architecture.inputSize],
    in_skip: architecture.skip ? 1 : 0,
    metadata: { name: metadata.name, samplerate: String(sampleRate) },
    layers: writeLayers(architecture, weights),
  };
  return new TextEncoder().encode(JSON.stringify(root));
}

interface Layer {
  readonly type: string;
  readonly activation: string;
  readonly shape: [null, null, number];
  readonly weights: (Matrix | number[])[];
}

function writeLayers(architecture: Extract<Architecture, { kind: "lstm" | "gru" }>, weights: Float32Array): Layer[] {
  const { kind, hiddenSize, layers, outputSize } = architecture;
  const slots = new Map(parameterLayout(architecture).map((slot) => [slot.name, slot]));
  const valuesOf = (name: string): Float32Array => {
    const slot = slots.get(name);
    if (slot === undefined) throw new Error(`bug: the ${kind} layout has no ${name}`);
    return weights.subarray(slot.offset, slot.offset + slot.length);
  };
  const kernel = (name: string): Matrix => toKerasKernel(valuesOf(name), architecture).map(shorten);
  const bias = (name: string): number[] => shorten(toKerasBias(valuesOf(name), architecture));
  const recurrent = Array.from({ length: layers }, (_, layer): Layer => {
    const at = `${kind}.${layer}`;
    const biases = kind === "lstm" ? bias(`${at}.bias`) : [bias(`${at}.bias_ih`), bias(`${at}.bias_hh`)];
    const shape: [null, null, number] = [null, null, hiddenSize];
    return {
      type: kind,
      activation: "tanh",
      shape,
      weights: [kernel(`${at}.weight_ih`), kernel(`${at}.weight_hh`), biases],
    };
  });
  const headWeight = valuesOf("head.weight");
  const dense = Array.from({ length: hiddenSize }, (_, input) =>
    shorten(Array.from({ length: outputSize }, (_, output) => headWeight[output * hiddenSize + input] ?? 0)),
  );
  const head: Layer = {
    type: "dense",
    activation: "",
    shape: [null, null, outputSize],
    weights: [dense, shorten(Array.from(valuesOf("head.bias")))],
  };
  return [...recurrent, head];
}

function shorten(values: number[]): number[] {
  return values.map(shortestFloat32);
}
