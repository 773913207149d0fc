import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type NamedTensor, type TensorFile } from "./safetensors.ts";

/** A file put together by hand, as the format's description says. */
function file(header: string, data: number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const read = (bytes: Uint8Array): TensorFile => decodeSafetensors(bytes, { name: "t.safetensors" });

describe("decodeSafetensors", () => {
  it("reads a file made by hand, whatever its alignment", () => {
    // float32 1.0 is 00 00 80 3f, -2.0 is 00 00 00 c0; int16 258 is 02 01
    const header =
      '{"__metadata__":{"a":"b"},"y":{"dtype":"I16","shape":[],"data_offsets":[8,10]},' +
      '"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}} ';
    const { tensors, metadata } = read(file(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 2, 1]));
    expect(metadata).toEqual({ a: "b" });
    expect([...tensors]).toEqual([
      ["x", { shape: [2, 1], data: Float32Array.of(1, -2) }],
      ["y", { shape: [], data: Int16Array.of(258) }],
    ]);
  });

  const x = (dtype: string, shape: number[], start: number, end: number): string =>
    `{"x":{"dtype":"${dtype}","shape":${JSON.stringify(shape)},"data_offsets":[${start},${end}]}}`;

  it.each([
    ["too short", new Uint8Array(7), /7 bytes/],
    [
      "header longer than the file",
      new Uint8Array(8).fill(0xff),
      /states a header of 18446744073709552000 bytes, 0 are possible/,
    ],
    ["no object", file("[]"), /does not start with \{/],
    ["no JSON", file("{"), /not valid JSON/],
    ["number as metadata", file('{"__metadata__":{"a":1}}'), /not all texts: a/],
    ["unknown field", file('{"x":{"dtype":"U8","shape":[],"data_offsets":[0,0],"stride":1}}'), /stride/],
    ["hole", file(x("U8", [1], 1, 2), [0, 0]), /at byte 1, 0 expected/],
    ["wrong size", file(x("F32", [2], 0, 4), [0, 0, 0, 0]), /gives "x" 4 bytes, F32 \[2\] needs 8/],
    ["cut short", file(x("U8", [4], 0, 4), [0, 0]), /ends at byte 4 of 2/],
    ["bytes left over", file(x("U8", [1], 0, 1), [0, 0]), /1 bytes after its last tensor/],
    ["overflowing shape", file(x("U8", [2 ** 52, 2 ** 52], 0, 4), [0, 0, 0, 0]), /needs 2\.02/],
  ])("refuses a file with a fault: %s", (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(
      expect.objectContaining({ code: "invalid-safetensors", message: expect.stringMatching(message) }),
    );
  });

  it("names a type it has no array for", () => {
    expect(() => read(file(x("BF16", [1], 0, 2), [0, 0]))).toThrow(
      expect.objectContaining({ code: "safetensors-type", message: expect.stringContaining('"BF16"') }),
    );
  });
});

describe("encodeSafetensors", () => {
  it("brings every type back", () => {
    const tensors = new Map<string, NamedTensor>([
      ["bytes", { shape: [3], data: Uint8Array.of(1, 2, 255) }],
      ["f32", { shape: [1, 2], data: Float32Array.of(0.5, -0) }],
      ["f64", { shape: [], data: Float64Array.of(Math.PI) }],
      ["i64", { shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) }],
      ["u32", { shape: [1], data: Uint32Array.of(2 ** 32 - 1) }],
      ["i8", { shape: [2, 0], data: new Int8Array() }],
    ]);
    const bytes = encodeSafetensors({ tensors, metadata: { step: "7", note: "ä" } });
    const back = read(bytes);
    expect(new Map(back.tensors)).toEqual(tensors);
    expect(back.metadata).toEqual({ step: "7", note: "ä" });
    expect([...back.tensors.keys()]).toEqual(["f64", "i64", "f32", "u32", "bytes", "i8"]);
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it("refuses a shape that does not fit, and the reserved name", () => {
    const data = Float32Array.of(1, 2, 3);
    const write = (name: string, shape: number[]) =>
      encodeSafetensors({ tensors: new Map([[name, { shape, data }]]), metadata: {} });
    expect(() => write("x", [2, 2])).toThrow(/shape \[2, 2\] and 3 values/);
    expect(() => write("__metadata__", [3])).toThrow(expect.objectContaining({ code: "invalid-tensor" }));
  });
});
