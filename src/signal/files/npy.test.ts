import { describe, expect, it } from "vitest";
import { decodeNpy, encodeNpy } from "./npy.ts";

describe("npy", () => {
  it("comes back with its shape, in both widths", () => {
    for (const values of [Float32Array.of(1, 2.5, -3, 4, 5, 6), Float64Array.of(1e-300, 2, 3, 4, 5, 6)]) {
      const bytes = encodeNpy(values, { shape: [2, 3] });
      expect(bytes.length % 8).toBe(0);
      const back = decodeNpy(bytes, { name: "x.npy" });
      expect(back.shape).toEqual([2, 3]);
      expect(Array.from(back.values)).toEqual(Array.from(values));
    }
    expect(decodeNpy(encodeNpy(Float64Array.of(1, 2), { shape: [2] }), { name: "x" }).shape).toEqual([2]);
  });

  it("begins with the bytes that numpy writes", () => {
    // python3 -c "import numpy; numpy.save('x.npy', numpy.zeros((2, 3)))"; head -c 70 x.npy
    const header = "\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
    const bytes = encodeNpy(new Float64Array(6), { shape: [2, 3] });
    expect(String.fromCharCode(...bytes.subarray(0, header.length))).toBe(header);
    expect(bytes.length).toBe(128 + 48);
  });

  it("refuses other files, other types and short files", () => {
    const name = "x.npy";
    expect(() => decodeNpy(new Uint8Array(20), { name })).toThrow('"x.npy" is no .npy file');
    const bytes = encodeNpy(new Float64Array(6), { shape: [6] });
    expect(() => decodeNpy(bytes.subarray(0, 120), { name })).toThrow("ends before");
    const text = String.fromCharCode(...bytes).replace("<f8", "|O8");
    const objects = Uint8Array.from(text, (c) => c.charCodeAt(0));
    expect(() => decodeNpy(objects, { name })).toThrow("type O8");
    expect(() => encodeNpy(new Float64Array(5), { shape: [2, 3] })).toThrow("bug:");
  });
});
