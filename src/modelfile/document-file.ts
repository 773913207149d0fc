import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";
import type { FrontEndDocument } from "../signal/index.ts";
import { crc32 } from "./crc32.ts";
import { describeIssues, type JsonObject, jsonObjectSchema, parseJsonObject } from "./json-text.ts";
import { checkModelDocument, type ModelDocument, type ModelMetadata } from "./model-document.ts";
import { type ParameterSlot, parameterLayout } from "./parameter-layout.ts";

/**
 * The newest version of `model.tonewright` that this code writes and reads.
 *
 * - 1: architecture, sample rate, metadata, weights, test vector.
 * - 2: the same with a front end. Models without one are still written as version 1, so that older programs read them.
 */
export const modelFileVersion = 2;

/** 0x89 (no text file starts so), `TONEWR`, and a line feed that a text-mode transfer would damage. */
const magic = Uint8Array.of(0x89, 0x54, 0x4f, 0x4e, 0x45, 0x57, 0x52, 0x0a);

const formatName = "tonewright-model";

/** How a header of each older version becomes one of the next. */
const migrations = new Map<number, (header: JsonObject) => JsonObject>([
  [1, (header) => ({ frontEnd: null, ...header, version: 2 })],
]);

const length = z.int().min(0).max(0x3fffffff);

const headerSchema = z.strictObject({
  format: z.literal(formatName),
  version: z.literal(modelFileVersion),
  architecture: z.unknown(),
  sampleRate: z.number(),
  metadata: z.unknown(),
  tensors: z.array(z.strictObject({ name: z.string(), shape: z.array(length), offset: length, length })).max(10_000),
  testVector: z.strictObject({ inputLength: length, outputLength: length }).nullable(),
  /** Checked with the document. */
  frontEnd: jsonObjectSchema.nullable(),
});

type Header = z.infer<typeof headerSchema>;

/** Magic, header length, and the checksum at the end. */
const fixedBytes = magic.length + 4 + 4;

/**
 * The bytes of a `model.tonewright` file.
 *
 * The same document gives the same bytes: time and tool version come from its metadata alone.
 *
 * Layout: 8 bytes magic; uint32 header length; JSON header, padded with spaces so that the floats start at a multiple
 * of 4; the weights, the test input and the test output as float32; CRC-32 of everything before. All little-endian.
 * Every later version keeps the magic, the header's place, its `format` and `version`, and the checksum at the end.
 *
 * @param document - Checked before it is written.
 * @returns The whole file.
 * @throws TonewrightError the codes of `checkModelDocument`.
 */
export function encodeModel(document: ModelDocument): Uint8Array {
  const { architecture, sampleRate, weights, metadata, testVector, frontEnd } = checkModelDocument(document);
  const header = {
    format: formatName,
    version: frontEnd === undefined ? 1 : modelFileVersion,
    architecture,
    sampleRate,
    metadata,
    tensors: parameterLayout(architecture),
    testVector:
      testVector === undefined
        ? null
        : { inputLength: testVector.input.length, outputLength: testVector.output.length },
    ...(frontEnd === undefined ? {} : { frontEnd }),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / 4) * 4;
  const blocks = [weights, testVector?.input ?? new Float32Array(), testVector?.output ?? new Float32Array()];
  const floats = blocks.reduce((sum, block) => sum + block.length, 0);
  const bytes = new Uint8Array(fixedBytes + headerLength + 4 * floats);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(magic.length, headerLength, true);
  bytes.fill(0x20, magic.length + 4, magic.length + 4 + headerLength);
  bytes.set(text, magic.length + 4);
  let position = magic.length + 4 + headerLength;
  for (const block of blocks) {
    for (const value of block) {
      view.setFloat32(position, value, true);
      position += 4;
    }
  }
  view.setUint32(position, crc32(bytes.subarray(0, position)), true);
  return bytes;
}

/** True if the bytes start like a `model.tonewright` file. */
export function isModelFile(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}

/**
 * The document in the bytes of a `model.tonewright` file of this or an earlier version.
 *
 * @param bytes - The whole file.
 * @param options - `name` of the file, for messages.
 * @returns The document; its arrays are copies.
 * @throws TonewrightError `not-a-model`, `model-version` (newer than this code), `model-truncated`, `model-checksum`,
 *   `model-header`, `weight-count`, and the codes of `checkModelDocument`.
 */
export function decodeModel(bytes: Uint8Array, { name }: { name: string }): ModelDocument {
  if (!isModelFile(bytes)) {
    throw new TonewrightError(
      "not-a-model",
      `"${name}" is not a Tonewright model: ${bytes.length} bytes that do not start with its mark`,
      "choose a model.tonewright file",
    );
  }
  const headerLength = bytes.length < fixedBytes ? 0 : viewOf(bytes).getUint32(magic.length, true);
  if (bytes.length < fixedBytes || bytes.length < fixedBytes + headerLength) {
    throw truncated(name, bytes.length, fixedBytes + headerLength);
  }
  const header = readHeader(bytes, headerLength, name);
  const weightCount = header.tensors.reduce((sum, tensor) => sum + tensor.length, 0);
  const lengths = [weightCount, header.testVector?.inputLength ?? 0, header.testVector?.outputLength ?? 0];
  const expected = fixedBytes + headerLength + 4 * lengths.reduce((sum, count) => sum + count, 0);
  if (bytes.length < expected) throw truncated(name, bytes.length, expected);
  if (bytes.length > expected || !checksumFits(bytes)) throw damaged(name, bytes.length, expected);
  let position = magic.length + 4 + headerLength;
  const [weights, input, output] = lengths.map((count) => {
    const block = readFloats(bytes, position, count);
    position += 4 * count;
    return block;
  });
  if (weights === undefined || input === undefined || output === undefined)
    throw new Error("bug: three blocks were read");
  const unchecked = {
    architecture: header.architecture as ModelDocument["architecture"],
    sampleRate: header.sampleRate,
    weights,
    metadata: header.metadata as ModelMetadata,
    ...(header.testVector === null ? {} : { testVector: { input, output } }),
    ...(header.frontEnd === null ? {} : { frontEnd: header.frontEnd as unknown as FrontEndDocument }),
  };
  const document = checkModelDocument(unchecked, { name });
  checkTensorTable(header.tensors, parameterLayout(document.architecture), name);
  return document;
}

function readHeader(bytes: Uint8Array, headerLength: number, name: string): Header {
  let header: JsonObject;
  try {
    const text = bytes.subarray(magic.length + 4, magic.length + 4 + headerLength);
    header = parseJsonObject(text, { name: `header of ${name}`, code: "model-header" });
  } catch (error) {
    throw checksumFits(bytes) ? error : damaged(name, bytes.length);
  }
  const version = header.version;
  if (header.format === formatName && typeof version === "number" && version > modelFileVersion) {
    if (!checksumFits(bytes)) throw damaged(name, bytes.length);
    throw new TonewrightError(
      "model-version",
      `"${name}" is a Tonewright model of version ${version}; this program reads versions up to ${modelFileVersion}`,
      "update Tonewright, or export the model again with this version",
    );
  }
  for (let from = Number(version); from < modelFileVersion; from++) {
    const migrate = migrations.get(from);
    if (migrate === undefined) break;
    header = migrate(header);
  }
  const result = headerSchema.safeParse(header);
  if (result.success) return result.data;
  if (!checksumFits(bytes)) throw damaged(name, bytes.length);
  throw new TonewrightError(
    "model-header",
    `"${name}" has a header that is not valid: ${describeIssues(result.error)}`,
    "export the model again",
  );
}

function checkTensorTable(found: readonly ParameterSlot[], expected: readonly ParameterSlot[], name: string): void {
  expected.forEach((slot, index) => {
    if (JSON.stringify(found[index]) === JSON.stringify(slot) && found.length === expected.length) return;
    throw new TonewrightError(
      "weight-count",
      `"${name}" lists its tensor ${index} as ${JSON.stringify(found[index] ?? null)}; ` +
        `its architecture needs ${JSON.stringify(slot)}, ${expected.length} tensors in all`,
      "export the model again: the weights and the architecture do not belong together",
    );
  });
}

function readFloats(bytes: Uint8Array, position: number, count: number): Float32Array {
  const view = viewOf(bytes);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = view.getFloat32(position + 4 * i, true);
  return values;
}

function checksumFits(bytes: Uint8Array): boolean {
  const end = bytes.length - 4;
  return viewOf(bytes).getUint32(end, true) === crc32(bytes.subarray(0, end));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function truncated(name: string, found: number, expected: number): TonewrightError {
  return new TonewrightError(
    "model-truncated",
    `"${name}" is cut short: ${found} bytes of at least ${expected}`,
    "copy or download the file again",
  );
}

function damaged(name: string, found: number, expected = found): TonewrightError {
  return new TonewrightError(
    "model-checksum",
    found === expected
      ? `"${name}" is damaged: its checksum does not fit its ${found} bytes`
      : `"${name}" is damaged: it has ${found} bytes, its header promises ${expected}`,
    "copy or download the file again",
  );
}
