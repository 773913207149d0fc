import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";
import { describeIssues, parseJsonObject } from "./json-text.ts";

/** The element types that JavaScript has typed arrays for, by safetensors' names; F16, BF16 and F8 have none here. */
const arrayTypes = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const;

type DataType = keyof typeof arrayTypes;

/** Numbers of one tensor; the typed array's class is the element type. */
export type TensorData =
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** A tensor in a file: row-major `data` of `shape`; a scalar has the shape `[]`. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** The content of a safetensors file. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  /** Free texts; the format allows no other values. */
  readonly metadata: Readonly<Record<string, string>>;
}

const metadataKey = "__metadata__";
const maxHeaderBytes = 100_000_000; // the reference implementation's own limit

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(count).max(32),
  data_offsets: z.tuple([count, count]),
});
const metadataSchema = z.record(z.string(), z.string());

/**
 * The bytes of a safetensors file.
 *
 * Tensors are written by element size, largest first, then by name, so the same content gives the same bytes.
 *
 * @param content - Tensors by name, and texts.
 * @returns The whole file; the data start at a multiple of 8.
 * @throws TonewrightError `invalid-tensor` for a shape that does not fit its data, or the name `__metadata__`.
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const sorted = [...tensors].sort(([nameA, a], [nameB, b]) => {
    const bySize = b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT;
    return bySize !== 0 ? bySize : nameA < nameB ? -1 : 1;
  });
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[metadataKey, metadata]] : [];
  let offset = 0;
  for (const [name, { shape, data }] of sorted) {
    if (name === metadataKey || shape.reduce((product, size) => product * size, 1) !== data.length) {
      throw new TonewrightError(
        "invalid-tensor",
        `the tensor "${name}" has the shape [${shape.join(", ")}] and ${data.length} values`,
        name === metadataKey ? `give it another name than ${metadataKey}` : "give the shape that its values have",
      );
    }
    header.push([name, { dtype: dataTypeOf(data), shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + offset).fill(0x20, 8, 8 + headerBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(text, 8);
  let position = 8 + headerBytes;
  for (const [, { data }] of sorted) {
    bytes.set(littleEndian(data), position);
    position += data.byteLength;
  }
  return bytes;
}

/**
 * The tensors and texts in a safetensors file.
 *
 * The arrays are copies, so the file's bytes may be dropped.
 *
 * @param bytes - The whole file.
 * @param options - `name` of the file, for messages.
 * @returns Tensors in the order of their data.
 * @throws TonewrightError `invalid-safetensors` (what is wrong, with values), `safetensors-type` (F16, BF16, …).
 * @see https://github.com/huggingface/safetensors#format: the data have no holes and no overlaps, as checked here
 */
export function decodeSafetensors(bytes: Uint8Array, { name }: { name: string }): TensorFile {
  const fail = (found: string): never => {
    throw new TonewrightError("invalid-safetensors", `"${name}" ${found}`, "copy or download the file again");
  };
  if (bytes.length < 8) fail(`is too short for a safetensors file: ${bytes.length} bytes`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (headerBytes > maxHeaderBytes || headerBytes > bytes.length - 8) {
    fail(`states a header of ${headerBytes} bytes, ${Math.min(bytes.length - 8, maxHeaderBytes)} are possible`);
  }
  if (bytes[8] !== 0x7b) fail("has a header that does not start with {");
  const header = parseJsonObject(bytes.subarray(8, 8 + headerBytes), { name, code: "invalid-safetensors" });
  const metadata = metadataSchema.safeParse(header[metadataKey] ?? {});
  if (!metadata.success) return fail(`has metadata that are not all texts: ${describeIssues(metadata.error)}`);
  const data = bytes.subarray(8 + headerBytes);
  const entries = Object.entries(header)
    .filter(([key]) => key !== metadataKey)
    .map(([key, value]) => {
      const entry = entrySchema.safeParse(value);
      return entry.success
        ? { key, ...entry.data }
        : fail(`has a tensor "${key}" that is not valid: ${describeIssues(entry.error)}`);
    })
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  const tensors = new Map<string, NamedTensor>();
  let position = 0;
  for (const {
    key,
    dtype,
    shape,
    data_offsets: [start, end],
  } of entries) {
    if (!isDataType(dtype)) {
      throw new TonewrightError(
        "safetensors-type",
        `"${name}" has the tensor "${key}" of type ${JSON.stringify(dtype.slice(0, 16))}`,
        `convert it to one of ${Object.keys(arrayTypes).join(", ")}`,
      );
    }
    const length = shape.reduce((product, size) => product * size, 1);
    const byteLength = length * arrayTypes[dtype].BYTES_PER_ELEMENT;
    if (start !== position)
      fail(`has the tensor "${key}" at byte ${start}, ${position} expected (no holes, no overlaps)`);
    if (end - start !== byteLength)
      fail(`gives "${key}" ${end - start} bytes, ${dtype} [${shape.join(", ")}] needs ${byteLength}`);
    if (end > data.length) fail(`is cut short: "${key}" ends at byte ${end} of ${data.length}`);
    tensors.set(key, { shape, data: fromLittleEndian(data.subarray(start, end), dtype) });
    position = end;
  }
  if (position !== data.length) fail(`has ${data.length - position} bytes after its last tensor`);
  return { tensors, metadata: metadata.data };
}

function isDataType(name: string): name is DataType {
  return Object.hasOwn(arrayTypes, name);
}

function dataTypeOf(data: TensorData): DataType {
  for (const [name, type] of Object.entries(arrayTypes)) if (data instanceof type) return name as DataType;
  throw new Error("bug: a tensor's data is no typed array");
}

function littleEndian(data: TensorData): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return isLittleEndian ? bytes : swapBytes(bytes, data.BYTES_PER_ELEMENT);
}

function fromLittleEndian(bytes: Uint8Array, dtype: DataType): TensorData {
  // Not slice(): a Node Buffer's slice is a view.
  const own = new Uint8Array(bytes);
  const copy = isLittleEndian ? own : swapBytes(own, arrayTypes[dtype].BYTES_PER_ELEMENT);
  return new arrayTypes[dtype](copy.buffer);
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
  return bytes;
}
