import { z } from "zod";
import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { type FrontEndDocument, parseFrontEnd } from "../signal/index.ts";
import { type Architecture, architectureLimits, parseArchitecture } from "./architecture.ts";
import { describeIssues, jsonObjectSchema, toJson } from "./json-text.ts";
import { parameterCount } from "./parameter-layout.ts";
import { receptiveField } from "./receptive-field.ts";

/** The lowest and highest sample rate a model may state, in Hz. */
const sampleRateLimits = { min: 1_000, max: 1_000_000 } as const;

/** A free text, long enough for any name. */
const line = z.string().max(1000);

/**
 * The zod schema of `ModelMetadata`. Unknown members are refused, so that a typing error does not lose a fact.
 */
export const metadataSchema = z.strictObject({
  name: line,
  createdAt: line.exactOptional(),
  toolVersion: line.exactOptional(),
  architecture: line.exactOptional(),
  training: jsonObjectSchema.exactOptional(),
  scores: jsonObjectSchema.exactOptional(),
  loudnessDb: z.number().exactOptional(),
  gain: z.number().exactOptional(),
  inputLevelDbu: z.number().exactOptional(),
  outputLevelDbu: z.number().exactOptional(),
  modeledBy: line.exactOptional(),
  gearType: line.exactOptional(),
  gearMake: line.exactOptional(),
  gearModel: line.exactOptional(),
  toneType: line.exactOptional(),
  source: z.strictObject({ format: line, version: line.exactOptional() }).exactOptional(),
  notes: z.array(line).max(100).exactOptional(),
});

/** What a model document says about itself, for people and for other programs. */
export interface ModelMetadata {
  /** What the model is a model of. */
  readonly name: string;
  /** ISO 8601 date and time, passed in by whoever trained it. */
  readonly createdAt?: string;
  /** The version of the program that wrote it. */
  readonly toolVersion?: string;
  /** The short name of the architecture, as `describeArchitecture` gives it. */
  readonly architecture?: string;
  /** How it was trained: anything that JSON can hold. `nam` in it is the training block of a `.nam` file, kept as it was. */
  readonly training?: Readonly<Record<string, unknown>>;
  /** How well it does: anything that JSON can hold. */
  readonly scores?: Readonly<Record<string, unknown>>;
  /** NAM's loudness: RMS of the output on NAM's reference input, dB relative to full scale. */
  readonly loudnessDb?: number;
  /** NAM's gain: how much the model compresses, 0 to 1. */
  readonly gain?: number;
  /** The level at the device's input that a full-scale 1 kHz sine stands for, dBu. */
  readonly inputLevelDbu?: number;
  /** The level at the device's output that a full-scale 1 kHz sine stands for, dBu. */
  readonly outputLevelDbu?: number;
  readonly modeledBy?: string;
  /** amp, pedal, pedal_amp, amp_cab, amp_pedal_cab, preamp or studio. */
  readonly gearType?: string;
  readonly gearMake?: string;
  readonly gearModel?: string;
  /** clean, overdrive, crunch, hi_gain or fuzz. */
  readonly toneType?: string;
  /** The file format that it was read from, if not our own. */
  readonly source?: { readonly format: string; readonly version?: string };
  /** What was assumed or left out on import, a sentence each. */
  readonly notes?: readonly string[];
}

/** A short input and the output that the model gives for it from its start state; it proves an engine right. */
export interface TestVector {
  /** Shape `[samples]` (mono models) or `[samples * inputSize]`, sample by sample. */
  readonly input: Float32Array;
  /** Shape `[samples]` or `[samples * outputSize]`. */
  readonly output: Float32Array;
}

/** A trained model: what it is, its weights, and where they come from. Everything else is a translation of it. */
export interface ModelDocument {
  readonly architecture: Architecture;
  /** Hz; the model is right only at this rate. */
  readonly sampleRate: number;
  /** Flat, in the order of `parameterLayout`. */
  readonly weights: Float32Array;
  readonly metadata: ModelMetadata;
  readonly testVector?: TestVector;
  /** How sound becomes the numbers that the model sees, at the same sample rate; without one it sees the samples. */
  readonly frontEnd?: FrontEndDocument;
}

/**
 * The same document, with every promise of its type checked.
 *
 * Every reader and writer of this door calls it, so a document that was read can be trusted.
 *
 * @param document - A document, perhaps made by hand.
 * @param options - `name` of the file it is from, for messages.
 * @returns A document with checked architecture and metadata; the arrays are the ones passed in.
 * @throws TonewrightError `invalid-architecture`, `model-too-large`, `invalid-model` (rate, metadata, test vector),
 *   `weight-count` (expected and found), `non-finite-weights` (first place), `bad-front-end`, `future-version`.
 */
export function checkModelDocument(document: ModelDocument, { name }: { name?: string } = {}): ModelDocument {
  const who = name === undefined ? "the model" : `"${name}"`;
  const architecture = checkArchitecture(document.architecture, { name });
  const { sampleRate, weights, testVector } = document;
  if (!(sampleRate >= sampleRateLimits.min && sampleRate <= sampleRateLimits.max)) {
    throw new TonewrightError(
      "invalid-model",
      `${who} states a sample rate of ${sampleRate} Hz`,
      `give a rate from ${sampleRateLimits.min} to ${sampleRateLimits.max} Hz`,
    );
  }
  const metadata = metadataSchema.safeParse(toJson(document.metadata, { what: "metadata" }));
  if (!metadata.success) {
    throw new TonewrightError(
      "invalid-model",
      `${who} has metadata that is not valid: ${describeIssues(metadata.error)}`,
      "correct the named fields; free content belongs in training or scores",
    );
  }
  const expected = parameterCount(architecture);
  if (weights.length !== expected) {
    throw new TonewrightError(
      "weight-count",
      `${who} has ${weights.length} weights, its architecture needs ${expected}`,
      "export the model again: the weights and the architecture do not belong together",
    );
  }
  checkFinite(weights, `${who} has weights that`);
  if (testVector !== undefined) checkTestVector(testVector, architecture, who);
  const frontEnd = document.frontEnd === undefined ? undefined : checkFrontEnd(document.frontEnd, sampleRate, who);
  return {
    architecture,
    sampleRate,
    weights,
    metadata: metadata.data,
    ...(testVector === undefined ? {} : { testVector }),
    ...(frontEnd === undefined ? {} : { frontEnd }),
  };
}

/** @throws TonewrightError `no-front-end` for a model that sees features: other programs' formats cannot hold what they are. */
export function refuseFrontEnd({ frontEnd }: ModelDocument, format: string): void {
  if (frontEnd === undefined) return;
  throw new TonewrightError(
    "no-front-end",
    `the model sees ${frontEnd.features.map(({ kind }) => kind).join(", ")}, and ${format} holds models of samples only`,
    "keep it as model.tonewright",
  );
}

/** The architecture with its fields and its sums (weights, look-back) checked. */
export function checkArchitecture(value: unknown, { name }: { name?: string | undefined } = {}): Architecture {
  const architecture = parseArchitecture(value, { name });
  const samples = receptiveField(architecture) ?? 1;
  const parameters = parameterCount(architecture);
  if (samples > architectureLimits.receptiveField || parameters > architectureLimits.parameters) {
    throw new TonewrightError(
      "model-too-large",
      `${name === undefined ? "the model" : `"${name}"`} looks back ${samples} samples and has ${parameters} weights; ` +
        `${architectureLimits.receptiveField} samples and ${architectureLimits.parameters} weights are the most possible`,
      "use fewer or smaller layers",
    );
  }
  return architecture;
}

function checkFinite(values: Float32Array, subject: string): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  throw new TonewrightError(
    "non-finite-weights",
    `${subject} are not finite: ${values[index]} at index ${index} of ${values.length}`,
    "train again from the last good checkpoint, or get an undamaged file",
  );
}

function checkTestVector({ input, output }: TestVector, architecture: Architecture, who: string): void {
  const recurrent = architecture.kind !== "wavenet";
  const inputSize = recurrent ? architecture.inputSize : 1;
  const outputSize = recurrent ? architecture.outputSize : 1;
  if (input.length % inputSize !== 0 || input.length / inputSize !== output.length / outputSize) {
    throw new TonewrightError(
      "invalid-model",
      `${who} has a test vector of ${input.length} input and ${output.length} output values ` +
        `for ${inputSize} input and ${outputSize} output channels`,
      "make both the same number of samples long",
    );
  }
  checkFinite(input, `${who} has test inputs that`);
  checkFinite(output, `${who} has test outputs that`);
}

function checkFrontEnd(value: unknown, sampleRate: number, who: string): FrontEndDocument {
  const frontEnd = parsedFrontEnd(value, who);
  if (frontEnd.sampleRate === sampleRate) return frontEnd;
  throw new TonewrightError(
    "invalid-model",
    `${who} states a sample rate of ${sampleRate} Hz, its front end ${frontEnd.sampleRate} Hz`,
    "give both the rate of the sound that the model was trained on",
  );
}

function parsedFrontEnd(value: unknown, who: string): FrontEndDocument {
  try {
    return parseFrontEnd(value);
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    throw new TonewrightError(error.code, `${who}: ${error.message}`, error.hint, { cause: error });
  }
}
