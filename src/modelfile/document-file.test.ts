import { describe, expect, it } from "vitest";
import { frontEnd } from "../signal/index.ts";
import { crc32 } from "./crc32.ts";
import { decodeModel, encodeModel } from "./document-file.ts";
import type { ModelDocument } from "./model-document.ts";
import { encodeNam } from "./nam-encode.ts";
import { parameterCount } from "./parameter-layout.ts";
import { presetArchitecture } from "./presets.ts";
import { runReference } from "./reference-runner.ts";
import { encodeRtneural } from "./rtneural-encode.ts";
import { readFixture } from "./test-files.node.ts";

/** The weights that fixtures/modelfile/make-v1.mjs wrote. */
const fixtureWeights = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => (((index * 37) % 101) - 50) / 64);

const small: ModelDocument = {
  architecture: presetArchitecture("gru-2"),
  sampleRate: 48_000,
  weights: fixtureWeights(parameterCount(presetArchitecture("gru-2"))),
  metadata: { name: "small" },
  testVector: { input: Float32Array.of(0, 1), output: Float32Array.of(0.5, -0.5) },
};

function faultOf(bytes: Uint8Array): { code: string; message: string } {
  try {
    decodeModel(bytes, { name: "m.tonewright" });
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("bug: the bytes were accepted");
}

/** A file with another header, and with its length and checksum made right again. */
function withHeader(change: (header: Record<string, unknown>) => void, extraBytes = 0): Uint8Array {
  const bytes = encodeModel(small);
  const end = 12 + new DataView(bytes.buffer).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(12, end)));
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const changed = new Uint8Array(12 + text.length + bytes.length - end + extraBytes);
  const view = new DataView(changed.buffer);
  changed.set(bytes.subarray(0, 8));
  view.setUint32(8, text.length, true);
  changed.set(text, 12);
  changed.set(bytes.subarray(end), 12 + text.length);
  view.setUint32(changed.length - 4, crc32(changed.subarray(0, -4)), true);
  return changed;
}

describe("version 1, as written by a program that shares no code with this one", () => {
  it("is read to the last value, and written again byte by byte (lstm)", () => {
    const bytes = readFixture("v1-lstm.tonewright");
    const document = decodeModel(bytes, { name: "v1-lstm.tonewright" });
    expect(document.architecture).toEqual({ ...presetArchitecture("lstm-2"), initialState: true });
    expect(document.sampleRate).toBe(44_100);
    expect(document.metadata).toEqual({
      name: "Größe zwei",
      createdAt: "2026-09-01T12:00:00Z",
      toolVersion: "0.1.0",
      architecture: "lstm-2",
      training: { steps: 100, budget: "60s", nested: [1, null, { deep: true }] },
      scores: { test: { esr: 0.0125 } },
      inputLevelDbu: 12.2,
    });
    expect(document.weights).toEqual(fixtureWeights(39));
    expect(encodeModel(document)).toEqual(bytes);
    const output = runReference(document, document.testVector?.input ?? []);
    // float64 here, float64 there, stored as float32 of values below 1
    expect(Math.max(...output.map((y, n) => Math.abs(y - (document.testVector?.output[n] ?? 9))))).toBeLessThan(1e-7);
  });

  it("is read to the last value, and written again byte by byte (wavenet)", () => {
    const bytes = readFixture("v1-wavenet.tonewright");
    const document = decodeModel(bytes, { name: "v1-wavenet.tonewright" });
    expect(document.architecture).toMatchObject({ kind: "wavenet", headScale: 0.5, arrays: [{ kernelSizes: [3, 2] }] });
    expect(document.weights).toEqual(fixtureWeights(79));
    expect(document.testVector).toBeUndefined();
    expect(encodeModel(document)).toEqual(bytes);
  });
});

describe("version 2, as written by a program that shares no code with this one", () => {
  it("is read to the last value, and written again byte by byte", () => {
    const bytes = readFixture("v2-lstm.tonewright");
    const document = decodeModel(bytes, { name: "v2-lstm.tonewright" });
    expect(document.architecture).toEqual({ ...presetArchitecture("lstm-2"), inputSize: 3 });
    expect(document.weights).toEqual(fixtureWeights(51));
    const expected = frontEnd({
      sampleRate: 16_000,
      fftSize: 512,
      hop: 160,
      windowLength: 400,
      features: [{ kind: "log-mel", mels: 2, logarithm: { kind: "db", topDb: null } }, { kind: "rms" }],
      normalisation: { mean: [-40.5, -52.25, 0.125], deviation: [12, 8.5, 0.0625], frames: 1000 },
    });
    expect(document.frontEnd).toEqual(expected);
    expect(encodeModel(document)).toEqual(bytes);
  });
});

describe("encodeModel and decodeModel", () => {
  it.each(["lstm-3", "gru-2x4", "wavenet-nano"])("%s comes back as it went", (name) => {
    const architecture = presetArchitecture(name);
    const weights = fixtureWeights(parameterCount(architecture));
    const document = { ...small, architecture, weights };
    expect(decodeModel(encodeModel(document), { name })).toEqual(document);
  });

  it("reads a view into a larger buffer, and returns arrays of its own", () => {
    const bytes = encodeModel(small);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    const document = decodeModel(larger.subarray(3, 3 + bytes.length), { name: "view" });
    larger.fill(0);
    expect(document).toEqual(small);
  });

  it("refuses to write what it could not read", () => {
    const weights = small.weights.slice();
    weights[5] = Number.NaN;
    expect(() => encodeModel({ ...small, weights })).toThrow(/NaN at index 5 of 33/);
    expect(() => encodeModel({ ...small, weights: weights.subarray(1) })).toThrow(
      /has 32 weights, its architecture needs 33/,
    );
    expect(() => encodeModel({ ...small, sampleRate: 0 })).toThrow(/sample rate of 0 Hz/);
    expect(() => encodeModel({ ...small, metadata: { name: "x", scores: { esr: Number.NaN } } })).toThrow(
      /scores\.esr is NaN/,
    );
    const misspelt = { name: "x", gearmake: "y" } as ModelDocument["metadata"];
    expect(() => encodeModel({ ...small, metadata: misspelt })).toThrow(/gearmake/);
    const testVector = { input: new Float32Array(3), output: new Float32Array(2) };
    expect(() => encodeModel({ ...small, testVector })).toThrow(/3 input and 2 output values/);
  });
});

describe("a front end", () => {
  const part = frontEnd({
    sampleRate: 48_000,
    features: [{ kind: "rms" }, { kind: "zero-crossing-rate" }],
    normalisation: { mean: [0.1, 1 / 3], deviation: [2, 1e-7], frames: 9 },
  });
  const versionOf = (bytes: Uint8Array) => {
    const end = 12 + new DataView(bytes.buffer).getUint32(8, true);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(12, end))).version;
  };

  it("goes with its model and comes back as it went", () => {
    const document = { ...small, frontEnd: part };
    const bytes = encodeModel(document);
    expect(decodeModel(bytes, { name: "small" })).toEqual(document);
    expect(encodeModel(decodeModel(bytes, { name: "small" }))).toEqual(bytes);
  });

  it("is what makes a file version 2; one without it stays what older programs read", () => {
    expect(versionOf(encodeModel({ ...small, frontEnd: part }))).toBe(2);
    expect(versionOf(encodeModel(small))).toBe(1);
    const { testVector: _, ...plain } = small;
    expect(decodeModel(encodeModel(plain), { name: "plain" })).not.toHaveProperty("frontEnd");
    const without = withHeader((header) => Object.assign(header, { version: 2, frontEnd: null }));
    expect(decodeModel(without, { name: "without" })).toEqual(small);
    expect(faultOf(withHeader((header) => Object.assign(header, { version: 2 })))).toMatchObject({
      code: "model-header",
      message: expect.stringContaining("frontEnd"),
    });
  });

  it("keeps a model out of formats that cannot hold it", () => {
    const document = { ...small, frontEnd: part };
    for (const encode of [encodeNam, encodeRtneural]) {
      expect(() => encode(document)).toThrow(/sees rms, zero-crossing-rate, and .* holds models of samples only/);
    }
  });

  it("that does not fit is named with the model", () => {
    const file = (value: object) => withHeader((header) => Object.assign(header, { version: 2, frontEnd: value }));
    expect(faultOf(file({ ...part, hop: 0 }))).toMatchObject({
      code: "bad-front-end",
      message: expect.stringMatching(/"m\.tonewright".*hop/),
    });
    expect(faultOf(file({ ...part, version: 2 }))).toMatchObject({ code: "future-version" });
    expect(() => encodeModel({ ...small, frontEnd: { ...part, sampleRate: 44_100 } })).toThrow(
      /rate of 48000 Hz, its front end 44100 Hz/,
    );
  });
});

describe("a damaged file", () => {
  const bytes = encodeModel(small);

  it("that is something else is no model", () => {
    expect(faultOf(new TextEncoder().encode("RIFF…WAVE"))).toMatchObject({ code: "not-a-model" });
    expect(faultOf(new Uint8Array())).toMatchObject({
      code: "not-a-model",
      message: expect.stringContaining("0 bytes"),
    });
  });

  it("that ends anywhere too early is called cut short", () => {
    for (let length = 8; length < bytes.length; length++) {
      expect(faultOf(bytes.subarray(0, length)).code).toBe("model-truncated");
    }
    expect(faultOf(bytes.subarray(0, -1)).message).toContain(`${bytes.length - 1} bytes of at least ${bytes.length}`);
  });

  it("with any one bit changed is refused", () => {
    for (let position = 0; position < bytes.length; position++) {
      const changed = bytes.slice();
      changed[position] = (changed[position] ?? 0) ^ (1 << (position % 8));
      expect(faultOf(changed).code).toMatch(position < 8 ? /^not-a-model$/ : /^model-(checksum|truncated)$/);
    }
  });

  it("with bytes after its end is called damaged, with both lengths", () => {
    const longer = new Uint8Array(bytes.length + 2);
    longer.set(bytes);
    expect(faultOf(longer)).toMatchObject({
      code: "model-checksum",
      message: `"m.tonewright" is damaged: it has ${bytes.length + 2} bytes, its header promises ${bytes.length}`,
    });
  });

  it("of a newer version is called newer, not damaged", () => {
    const newer = withHeader((header) => Object.assign(header, { version: 3, tensors: "stored elsewhere" }));
    expect(faultOf(newer)).toMatchObject({ code: "model-version", message: expect.stringContaining("version 3") });
  });

  it("whose header is complete but wrong is told which field", () => {
    expect(faultOf(withHeader((header) => delete header.sampleRate))).toMatchObject({
      code: "model-header",
      message: expect.stringContaining("sampleRate"),
    });
    expect(faultOf(withHeader((header) => Object.assign(header, { version: 0 }))).code).toBe("model-header");
    const wrongKind = withHeader((header) => Object.assign(header, { architecture: { kind: "rnn" } }));
    expect(faultOf(wrongKind)).toMatchObject({
      code: "invalid-architecture",
      message: expect.stringContaining("kind"),
    });
  });

  it("whose tensors do not fit its architecture is told both", () => {
    const larger = presetArchitecture("gru-3");
    const wrongCount = withHeader((header) => Object.assign(header, { architecture: larger }));
    expect(faultOf(wrongCount)).toMatchObject({
      code: "weight-count",
      message: expect.stringContaining("33 weights, its architecture needs 58"),
    });
    const renamed = withHeader((header) =>
      Object.assign((header.tensors as object[])[1] ?? {}, { name: "gru.0.other" }),
    );
    expect(faultOf(renamed)).toMatchObject({ code: "weight-count", message: expect.stringContaining("gru.0.other") });
  });

  it("with a weight that is not finite is told where", () => {
    const changed = bytes.slice();
    const view = new DataView(changed.buffer);
    const firstFloat = 12 + view.getUint32(8, true);
    view.setFloat32(firstFloat + 4 * 7, Number.POSITIVE_INFINITY, true);
    view.setUint32(changed.length - 4, crc32(changed.subarray(0, -4)), true);
    expect(faultOf(changed)).toMatchObject({
      code: "non-finite-weights",
      message: expect.stringContaining("Infinity at index 7 of 33"),
    });
  });
});
