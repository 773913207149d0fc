import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkBytes, checkSamples } from "../check-sound.ts";

/** Numbers of an `.npy` file. Complex numbers stand as pairs, so `values` is twice as long as the shape says. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly complex: boolean;
  /** Row after row. */
  readonly values: Float64Array;
}

const magic = "\x93NUMPY";

/**
 * The numbers of an `.npy` file (format 1 to 3).
 *
 * @param bytes - The whole file: bool, integers of 1 to 4 bytes, float32, float64, complex64 or complex128, little-endian.
 * @param options.name - File name for messages.
 * @throws TonewrightError `not-an-npy-file`, `unsupported-encoding`, `truncated-file`.
 * @see numpy.lib.format
 */
export function decodeNpy(bytes: Uint8Array, options: { readonly name: string }): NpyArray {
  checkBytes("decodeNpy(bytes, options)", bytes);
  checkOptions("decodeNpy(bytes, options)", options, { name: true });
  const { name } = options;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes.length < 12 || ascii(0, 6) !== magic) {
    throw new TonewrightError("not-an-npy-file", `"${name}" is no .npy file`, "choose a file that numpy.save wrote");
  }
  const wide = bytes[6]! >= 2;
  const start = wide ? 12 : 10;
  const headerEnd = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = ascii(start, Math.min(headerEnd, bytes.length, start + 4096));
  const type = /'descr': '([<|=])([a-zA-Z])(\d+)'/.exec(header);
  const shapeText = /'shape': \(([\d, ]*)\)/.exec(header);
  if (type === null || shapeText === null || header.includes("'fortran_order': True")) {
    throw new TonewrightError(
      "unsupported-encoding",
      `"${name}" has the header ${header.trim().slice(0, 120)}`,
      "save it with numpy.save(np.ascontiguousarray(a)) as plain little-endian numbers",
    );
  }
  const shape = shapeText[1]!
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  const [, , kind, width] = type;
  const complex = kind === "c";
  const itemBytes = complex ? Number(width) / 2 : Number(width);
  const read = readerOf(kind === "c" ? "f" : kind!, itemBytes, view, name);
  const count = shape.reduce((product, size) => product * size, 1) * (complex ? 2 : 1);
  if (headerEnd + count * itemBytes > bytes.length) {
    throw new TonewrightError(
      "truncated-file",
      `"${name}" should hold ${count} numbers of ${itemBytes} bytes and ends before`,
      "copy or save the file again",
    );
  }
  return { shape, complex, values: Float64Array.from({ length: count }, (_, n) => read(headerEnd + n * itemBytes)) };
}

/**
 * An `.npy` file that numpy.load reads.
 *
 * @param values - Shape `shape`, row after row; their own type (float32 or float64) is kept.
 * @param options.shape - Sizes; their product is the number of values.
 * @throws Error `bug: …` if the shape does not fit.
 */
export function encodeNpy(
  values: Float32Array | Float64Array,
  options: { readonly shape: readonly number[] },
): Uint8Array<ArrayBuffer> {
  checkSamples("encodeNpy(values, options)", values);
  checkOptions("encodeNpy(values, options)", options, { shape: true });
  const { shape } = options;
  if (shape.reduce((product, size) => product * size, 1) !== values.length) {
    throw new Error(`bug: ${values.length} numbers do not have the shape ${shape.join(" x ")}`);
  }
  const header = npyHeader({ shape, itemBytes: values instanceof Float32Array ? 4 : 8 });
  const itemBytes = values.BYTES_PER_ELEMENT;
  const headerBytes = header.length;
  const bytes = new Uint8Array(headerBytes + values.length * itemBytes);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < values.length; n++) {
    if (itemBytes === 4) view.setFloat32(headerBytes + 4 * n, values[n]!, true);
    else view.setFloat64(headerBytes + 8 * n, values[n]!, true);
  }
  return bytes;
}

/**
 * What stands before the numbers of an `.npy` file, for those who write these piece by piece, row after row, little-endian.
 *
 * @param options.itemBytes - 4 for float32, 8 for float64.
 */
export function npyHeader({
  shape,
  itemBytes,
}: {
  readonly shape: readonly number[];
  readonly itemBytes: 4 | 8;
}): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const description = `{'descr': '<f${itemBytes}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const headerBytes = Math.ceil((10 + description.length + 1) / 64) * 64;
  const bytes = new Uint8Array(headerBytes);
  const header = `${magic}\x01\x00\x00\x00${description.padEnd(headerBytes - 11)}\n`;
  for (let k = 0; k < headerBytes; k++) bytes[k] = header.charCodeAt(k);
  new DataView(bytes.buffer).setUint16(8, headerBytes - 10, true);
  return bytes;
}

function readerOf(kind: string, itemBytes: number, view: DataView, name: string): (at: number) => number {
  switch (`${kind}${itemBytes}`) {
    case "f4":
      return (at) => view.getFloat32(at, true);
    case "f8":
      return (at) => view.getFloat64(at, true);
    case "i1":
      return (at) => view.getInt8(at);
    case "i2":
      return (at) => view.getInt16(at, true);
    case "i4":
      return (at) => view.getInt32(at, true);
    case "u1":
    case "b1":
      return (at) => view.getUint8(at);
    case "u2":
      return (at) => view.getUint16(at, true);
    case "u4":
      return (at) => view.getUint32(at, true);
    default:
      throw new TonewrightError(
        "unsupported-encoding",
        `"${name}" holds numbers of type ${kind}${itemBytes}`,
        "save it as float32 or float64",
      );
  }
}
