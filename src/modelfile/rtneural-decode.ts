import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";
import type { Architecture } from "./architecture.ts";
import { nameWithoutEnding } from "./file-title.ts";
import { describeIssues, type JsonObject, parseJsonObject, shorten } from "./json-text.ts";
import { fromKerasBias, fromKerasKernel, gateCount, type Matrix } from "./keras-weights.ts";
import { checkArchitecture, checkModelDocument, type ModelDocument } from "./model-document.ts";
import { describeArchitecture } from "./presets.ts";

const layerSchema = z.looseObject({
  type: z.string(),
  activation: z.string().nullish(),
  shape: z.array(z.number().nullable()).min(1).max(8),
  weights: z.array(z.unknown()).nullish(),
});

const rootSchema = z.looseObject({
  in_shape: z.array(z.number().nullable()).min(1).max(8),
  layers: z.array(layerSchema).min(1).max(1000),
  in_skip: z.union([z.number(), z.boolean()]).nullish(),
  in_gain: z.number().nullish(),
  out_gain: z.number().nullish(),
  metadata: z.looseObject({ name: z.unknown().optional(), samplerate: z.unknown().optional() }).nullish().catch(null),
  samplerate: z.unknown().optional(),
});

type Root = z.infer<typeof rootSchema>;
type Layer = z.infer<typeof layerSchema>;

const usualSampleRate = 48_000;

/**
 * The model in an RTNeural JSON file (Keras layouts): one or more lstm or gru layers of one size, then one dense layer.
 *
 * AIDA-X's `in_skip` becomes `skip`, and its `in_gain` and `out_gain` (dB) are multiplied into the weights. A file
 * without `samplerate` is taken to be at 48 000 Hz; `metadata.notes` says what was assumed or changed.
 *
 * @param bytes - The whole file.
 * @param options - `name` of the file, for messages and as the model's name if it has none.
 * @returns A checked document.
 * @throws TonewrightError `unsupported-rtneural` (the message names the layer or key), `invalid-rtneural` (a weight
 *   array of the wrong shape, with expected and found), `non-finite-weights`, `invalid-architecture`.
 * @see RTNeural model_loader.h; AIDA-X aidadsp-plugin.cpp for the gains and the skip
 */
export function decodeRtneural(bytes: Uint8Array, { name }: { name: string }): ModelDocument {
  return decodeRtneuralObject(parseJsonObject(bytes, { name, code: "invalid-rtneural" }), { name });
}

/** `decodeRtneural` for JSON that is parsed already. */
export function decodeRtneuralObject(value: JsonObject, { name }: { name: string }): ModelDocument {
  const result = rootSchema.safeParse(value);
  if (!result.success) throw invalid(name, `is not a valid RTNeural file: ${describeIssues(result.error)}`);
  const root = result.data;
  const notes: string[] = [];
  const architecture = readArchitecture(root, name);
  const { inputGain, outputGain } = readGains(root, architecture.skip, name);
  if (inputGain !== 1 || outputGain !== 1) {
    notes.push(
      `in_gain ${root.in_gain ?? 0} dB and out_gain ${root.out_gain ?? 0} dB were multiplied into the weights`,
    );
  }
  const stated = Number(root.metadata?.samplerate ?? root.samplerate ?? 0);
  const sampleRate = stated > 0 ? stated : usualSampleRate;
  if (!(stated > 0)) notes.push(`the file states no sample rate: ${usualSampleRate} Hz assumed`);
  const title = root.metadata?.name;
  const metadata = {
    name: typeof title === "string" && title !== "" ? shorten(title, 900) : nameWithoutEnding(name),
    architecture: describeArchitecture(architecture),
    source: { format: "rtneural" },
    ...(notes.length > 0 ? { notes } : {}),
  };
  const weights = readWeights(root.layers, architecture, { inputGain, outputGain, name });
  return checkModelDocument({ architecture, sampleRate, weights, metadata }, { name });
}

type Recurrent = Extract<Architecture, { kind: "lstm" | "gru" }>;

function readArchitecture({ layers, in_shape: inShape, in_skip: inSkip }: Root, name: string): Recurrent {
  const [first] = layers;
  const head = layers.at(-1);
  const recurrent = layers.slice(0, -1);
  layers.forEach((layer, index) => {
    const fits = layer === head ? isDense(layer) : isRecurrent(layer) && layer.type === first?.type;
    const isLoneLayer = layers.length === 1;
    if (fits && !isLoneLayer) return;
    const activation = layer.activation ? ` with activation "${shorten(layer.activation, 20)}"` : "";
    throw unsupported(name, `layer ${index} of ${layers.length}, "${shorten(layer.type, 40)}"${activation}`);
  });
  const hiddenSizes = recurrent.map((layer) => layer.shape.at(-1) ?? 0);
  const [hiddenSize = 0] = hiddenSizes;
  if (hiddenSizes.some((size) => size !== hiddenSize))
    throw unsupported(name, `layers of different sizes (${hiddenSizes.join(", ")})`);
  const skip = Number(inSkip ?? 0);
  if (skip !== 0 && skip !== 1) throw unsupported(name, `in_skip ${skip}`);
  const shape = {
    inputSize: inShape.at(-1) ?? 0,
    hiddenSize,
    layers: recurrent.length,
    outputSize: head?.shape.at(-1) ?? 0,
    skip: skip === 1,
  };
  const architecture: Recurrent =
    first?.type === "lstm" ? { kind: "lstm", ...shape, initialState: false } : { kind: "gru", ...shape };
  checkArchitecture(architecture, { name });
  return architecture;
}

function isDense({ type, activation }: Layer): boolean {
  return (type === "dense" || type === "time-distributed-dense") && !activation;
}

/** The activation of a recurrent layer is always tanh, whatever an exporter calls it. */
function isRecurrent({ type, activation }: Layer): boolean {
  return (type === "lstm" || type === "gru") && (!activation || activation === "tanh");
}

/** Linear gains. With skip, AIDA-X plays `out_gain * (x + net(x))` with `x = in_gain * input`; the skip has no weight. */
function readGains(root: Root, skip: boolean, name: string): { inputGain: number; outputGain: number } {
  const inputGain = 10 ** ((root.in_gain ?? 0) / 20);
  const outputGain = 10 ** ((root.out_gain ?? 0) / 20);
  if (skip && Math.abs(inputGain * outputGain - 1) > 1e-6) {
    throw unsupported(
      name,
      `in_skip together with in_gain ${root.in_gain ?? 0} dB and out_gain ${root.out_gain ?? 0} dB`,
    );
  }
  return { inputGain, outputGain };
}

interface Gains {
  readonly inputGain: number;
  readonly outputGain: number;
  readonly name: string;
}

function readWeights(
  layers: readonly Layer[],
  architecture: Recurrent,
  { inputGain, outputGain, name }: Gains,
): Float32Array {
  const { kind, hiddenSize, inputSize, outputSize } = architecture;
  const width = gateCount(kind) * hiddenSize;
  const blocks: Float32Array[] = [];
  layers.forEach(({ type, weights }, index) => {
    const arrayAt = (place: number, rows: number, columns: number): Matrix =>
      readMatrix(weights?.[place], { rows, columns, name, where: `weights[${place}] of layer ${index} ("${type}")` });
    const vectorAt = (place: number, length: number): number[] =>
      readMatrix([weights?.[place]], {
        rows: 1,
        columns: length,
        name,
        where: `weights[${place}] of layer ${index} ("${type}")`,
      })[0] ?? [];
    if (index === layers.length - 1) {
      const kernel = arrayAt(0, hiddenSize, outputSize);
      const bias = vectorAt(1, outputSize);
      for (let output = 0; output < outputSize; output++) {
        blocks.push(Float32Array.from(kernel, (row) => (row[output] ?? 0) * outputGain));
      }
      blocks.push(Float32Array.from(bias, (value) => value * outputGain));
      return;
    }
    const fromInput = fromKerasKernel(arrayAt(0, index === 0 ? inputSize : hiddenSize, width), architecture);
    blocks.push(index === 0 ? fromInput.map((value) => value * inputGain) : fromInput);
    blocks.push(fromKerasKernel(arrayAt(1, hiddenSize, width), architecture));
    const biases = kind === "lstm" ? [vectorAt(2, width)] : arrayAt(2, 2, width);
    blocks.push(...biases.map((bias) => fromKerasBias(bias, architecture)));
  });
  const flat = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    flat.set(block, offset);
    offset += block.length;
  }
  return flat;
}

function readMatrix(value: unknown, options: { rows: number; columns: number; name: string; where: string }): Matrix {
  const { rows, columns, name, where } = options;
  const size = rows === 1 ? `${columns} numbers` : `${rows} rows of ${columns} numbers`;
  if (!Array.isArray(value)) throw invalid(name, `has no array as ${where}, ${size} expected`);
  if (value.length !== rows) throw invalid(name, `has ${value.length} rows in ${where}, ${size} expected`);
  return value.map((row: unknown, index) => {
    if (!Array.isArray(row) || row.length !== columns) {
      const found = Array.isArray(row) ? `${row.length} numbers` : "no array";
      throw invalid(name, `has ${found} in row ${index} of ${where}, ${size} expected`);
    }
    return row.map((item: unknown, column) => {
      if (typeof item === "number") return item;
      throw invalid(name, `has a weight that is no number at row ${index}, column ${column} of ${where}`);
    });
  });
}

function unsupported(name: string, feature: string): TonewrightError {
  return new TonewrightError(
    "unsupported-rtneural",
    `"${name}" uses ${feature}, which Tonewright does not play`,
    "choose a model of lstm or gru layers followed by one dense layer without activation",
  );
}

function invalid(name: string, found: string): TonewrightError {
  return new TonewrightError(
    "invalid-rtneural",
    `"${name}" ${found}`,
    "export the file again with RTNeural's model_utils.py",
  );
}
