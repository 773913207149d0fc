import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";
import {
  type Architecture,
  crc32,
  decodeSafetensors,
  encodeSafetensors,
  parameterCount,
  parseArchitecture,
} from "../modelfile/index.ts";
import type { HistoryPoint, ValidationScores } from "./events.ts";
import type { RunLength } from "./run-length.ts";

const version = 1;

const scoresSchema = z.strictObject({ esr: z.number(), esrDcBlocked: z.number() });

const headerSchema = z.strictObject({
  format: z.literal("tonewright-checkpoint"),
  version: z.literal(version),
  architecture: z.unknown(),
  settings: z.string(),
  plan: z.strictObject({
    epochs: z.int().min(1),
    totalSteps: z.int().min(1),
    validateEvery: z.int().min(1),
    settled: z.boolean(),
  }),
  step: z.int().min(0),
  epoch: z.int().min(0),
  batch: z.int().min(0),
  seconds: z.number().min(0),
  epochLoss: z.number(),
  epochSteps: z.int().min(0),
  best: z.strictObject({ step: z.int().min(0), scores: scoresSchema }).nullable(),
  history: z.array(
    z.strictObject({ step: z.number(), seconds: z.number(), loss: z.number(), validation: scoresSchema }),
  ),
});

/** Everything that training needs to go on exactly where it stood: between two batches, where no state is carried. */
export interface Checkpoint {
  readonly architecture: Architecture;
  /** A text that says which data and settings the run has; a resumed run must have the same. */
  readonly settings: string;
  readonly plan: RunLength;
  /** Updates done; the epoch and the batch in it that come next. */
  readonly step: number;
  readonly epoch: number;
  readonly batch: number;
  readonly seconds: number;
  /** Sum and number of the losses since the last validation. */
  readonly epochLoss: number;
  readonly epochSteps: number;
  readonly weights: Float32Array;
  readonly moments: readonly [Float32Array, Float32Array];
  readonly best: { readonly step: number; readonly scores: ValidationScores; readonly weights: Float32Array } | null;
  readonly history: readonly HistoryPoint[];
}

/** The names of the four arrays in the file. */
const arrayNames = ["weights", "adam.first", "adam.second", "best"] as const;

/** A checkpoint as a safetensors file; its metadata holds the rest, and a CRC-32 of all of it. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { weights, moments, best, ...rest } = checkpoint;
  const arrays = [weights, ...moments, best?.weights ?? new Float32Array(weights.length)];
  const text = JSON.stringify({
    format: "tonewright-checkpoint",
    version,
    ...rest,
    best: best === null ? null : { step: best.step, scores: best.scores },
  });
  return encodeSafetensors({
    tensors: new Map(arrays.map((data, i) => [arrayNames[i] ?? "", { shape: [data.length], data }])),
    metadata: { checkpoint: text, crc32: String(checksum(text, arrays)) },
  });
}

/**
 * The checkpoint in `bytes`.
 *
 * @throws TonewrightError `corrupt-checkpoint` for anything but a whole, consistent checkpoint.
 */
export function decodeCheckpoint(bytes: Uint8Array, { name }: { name: string }): Checkpoint {
  const corrupt = (what: string, cause?: unknown): TonewrightError =>
    new TonewrightError(
      "corrupt-checkpoint",
      `"${name}" is not a usable checkpoint: ${what}`,
      "start the run again without --resume; the exported model of the run, if there is one, is not affected",
      { cause },
    );
  let file: ReturnType<typeof decodeSafetensors>;
  try {
    file = decodeSafetensors(bytes, { name });
  } catch (error) {
    throw corrupt(error instanceof Error ? error.message : "unreadable", error);
  }
  const text = file.metadata.checkpoint ?? "";
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt("its description is not JSON", error);
  }
  const header = headerSchema.safeParse(json);
  if (!header.success)
    throw corrupt(`its description is not valid (${z.prettifyError(header.error).split("\n").join(" ")})`);
  const { best, architecture: stated, format: _format, version: _version, ...rest } = header.data;
  let architecture: Architecture;
  try {
    architecture = parseArchitecture(stated, { name });
  } catch (error) {
    throw corrupt(error instanceof Error ? error.message : "its architecture is not valid", error);
  }
  const length = parameterCount(architecture);
  const arrays = arrayNames.map((key) => {
    const data = file.tensors.get(key)?.data;
    if (!(data instanceof Float32Array) || data.length !== length) {
      throw corrupt(`"${key}" has ${data?.length ?? "no"} values, ${length} expected`);
    }
    return data;
  }) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [found, expected] = [String(checksum(text, arrays)), file.metadata.crc32];
  if (found !== expected) throw corrupt(`its checksum is ${found}, ${expected ?? "none"} is stated`);
  const [weights, first, second, bestWeights] = arrays;
  return {
    ...rest,
    architecture,
    weights,
    moments: [first, second],
    best: best === null ? null : { ...best, weights: bestWeights },
  };
}

function checksum(text: string, arrays: readonly Float32Array[]): number {
  const parts = [
    new TextEncoder().encode(text),
    ...arrays.map((a) => new Uint8Array(a.buffer, a.byteOffset, a.byteLength)),
  ];
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return crc32(bytes);
}
