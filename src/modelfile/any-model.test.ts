import { describe, expect, it } from "vitest";
import { decodeAnyModel } from "./any-model.ts";
import { encodeModel } from "./document-file.ts";
import type { ModelDocument } from "./model-document.ts";
import { encodeNam } from "./nam-encode.ts";
import { parameterCount } from "./parameter-layout.ts";
import { presetArchitecture } from "./presets.ts";
import { encodeRtneural } from "./rtneural-encode.ts";
import { encodeSafetensors } from "./safetensors.ts";

const architecture = presetArchitecture("lstm-4");
const document: ModelDocument = {
  architecture,
  sampleRate: 48_000,
  weights: new Float32Array(parameterCount(architecture)).fill(0.25),
  metadata: { name: "m" },
};
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("decodeAnyModel", () => {
  it("tells the formats apart by their content", () => {
    const read = (bytes: Uint8Array) => decodeAnyModel(bytes, { name: "anything.bin" });
    expect(read(encodeModel(document))).toEqual(document);
    expect(read(encodeNam(document)).metadata.source).toEqual({ format: "nam", version: "0.5.4" });
    expect(read(encodeRtneural(document)).metadata.source).toEqual({ format: "rtneural" });
    expect(read(text(`\ufeff\n ${new TextDecoder().decode(encodeNam(document))}`)).metadata.source?.format).toBe("nam");
  });

  it.each([
    ["", /an empty file/],
    ["RIFF....WAVEfmt ", /a sound \(WAV\) file/],
    ["PK\u0003\u0004....", /a zip archive/],
    ["hello", /neither a Tonewright model nor JSON/],
    ["[1, 2]", /neither a Tonewright model nor JSON/],
    ["{", /not valid JSON/],
    ["{}", /JSON with no keys/],
    ['{"version": 1, "weights": []}', /JSON with the keys "version", "weights"/],
    ['{"model_data": {}, "state_dict": {}}', /GuitarML/],
    ['{"variables": [], "dilations": []}', /SmartGuitarAmp/],
  ])("says what %j is instead", (content, message) => {
    expect(() => decodeAnyModel(text(content), { name: "f" })).toThrow(
      expect.objectContaining({ code: "unknown-model-format", message: expect.stringMatching(message) }),
    );
  });

  it("recognises safetensors, which hold no architecture", () => {
    const bytes = encodeSafetensors({
      tensors: new Map([["x", { shape: [1], data: Float32Array.of(1) }]]),
      metadata: {},
    });
    expect(() => decodeAnyModel(bytes, { name: "f" })).toThrow(/tensors but no architecture/);
  });

  it("passes on what a reader says of its own format", () => {
    expect(() => decodeAnyModel(encodeModel(document).subarray(0, -9), { name: "f" })).toThrow(/cut short/);
    expect(() => decodeAnyModel(text('{"architecture": "Linear", "config": {}}'), { name: "f" })).toThrow(/version/);
  });
});
