import { describe, expect, it } from "vitest";
import type { Architecture } from "./architecture.ts";
import type { ModelDocument } from "./model-document.ts";
import { parameterCount } from "./parameter-layout.ts";
import { presetArchitecture } from "./presets.ts";
import { runReference } from "./reference-runner.ts";
import { decodeRtneural } from "./rtneural-decode.ts";
import { encodeRtneural } from "./rtneural-encode.ts";

function document(architecture: Architecture): ModelDocument {
  const weights = Float32Array.from(
    { length: parameterCount(architecture) },
    (_, index) => (((index * 37) % 101) - 50) / 64,
  );
  return { architecture, sampleRate: 44_100, weights, metadata: { name: "Fuzz" } };
}

const written = (model: ModelDocument) => JSON.parse(new TextDecoder().decode(encodeRtneural(model)));
const decode = (value: unknown) => decodeRtneural(new TextEncoder().encode(JSON.stringify(value)), { name: "f.json" });

function faultOf(value: unknown): { code: string; message: string } {
  try {
    decode(value);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("bug: the file was accepted");
}

const shape = { inputSize: 2, hiddenSize: 3, layers: 2, outputSize: 2 };

describe("encodeRtneural", () => {
  it("writes the shapes and keys that RTNeural's loader reads", () => {
    const sizes = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...sizes(value[0])] : []);
    const gru = written(document({ kind: "gru", ...shape, skip: false }));
    expect(gru.in_shape).toEqual([null, null, 2]);
    expect(gru.in_skip).toBe(0);
    expect(gru.metadata).toEqual({ name: "Fuzz", samplerate: "44100" });
    const layers = gru.layers.map((layer: Record<string, unknown>) => ({
      ...layer,
      weights: (layer.weights as unknown[]).map(sizes),
    }));
    expect(layers).toEqual([
      {
        type: "gru",
        activation: "tanh",
        shape: [null, null, 3],
        weights: [
          [2, 9],
          [3, 9],
          [2, 9],
        ],
      },
      {
        type: "gru",
        activation: "tanh",
        shape: [null, null, 3],
        weights: [
          [3, 9],
          [3, 9],
          [2, 9],
        ],
      },
      { type: "dense", activation: "", shape: [null, null, 2], weights: [[3, 2], [2]] },
    ]);
    const lstm = written(document({ kind: "lstm", ...shape, skip: true, initialState: false }));
    expect(lstm.in_skip).toBe(1);
    expect(lstm.layers[0].weights.map(sizes)).toEqual([[2, 12], [3, 12], [12]]);
  });

  it.each([true, false])("keeps every weight there and back with skip %s", (skip) => {
    for (const architecture of [
      { kind: "gru", ...shape, skip } as const,
      { kind: "lstm", ...shape, skip, initialState: false } as const,
    ]) {
      const model = document(architecture);
      const back = decodeRtneural(encodeRtneural(model), { name: "f.json" });
      expect(back.architecture).toEqual(architecture);
      expect(back.weights).toEqual(model.weights);
      expect(back.sampleRate).toBe(44_100);
      expect(back.metadata.name).toBe("Fuzz");
    }
  });

  it("leaves the start state out, since RTNeural starts from zeros", () => {
    const model = document({ kind: "lstm", ...shape, skip: false, initialState: true });
    const back = decodeRtneural(encodeRtneural(model), { name: "f.json" });
    expect(back.architecture).toMatchObject({ initialState: false });
    expect(back.weights.length).toBe(model.weights.length - 2 * 2 * 3);
  });

  it("refuses a WaveNet and names the way out", () => {
    expect(() => encodeRtneural(document(presetArchitecture("wavenet-nano")))).toThrow(
      expect.objectContaining({ code: "rtneural-no-wavenet", hint: expect.stringContaining("--format nam") }),
    );
  });
});

describe("decodeRtneural", () => {
  const file = written(document(presetArchitecture("gru-3")));

  it("multiplies AIDA-X's gains into the weights", () => {
    const plain = decode(file);
    const loud = decode({ ...file, in_gain: -6, out_gain: 12 });
    const input = Float64Array.from({ length: 50 }, (_, n) => Math.sin(n));
    const inGain = 10 ** (-6 / 20);
    const outGain = 10 ** (12 / 20);
    const expected = runReference(
      plain,
      input.map((x) => x * inGain),
    ).map((y) => y * outGain);
    const found = runReference(loud, input);
    // the gains are rounded into float32 weights: 6e-8 of each, and outputs are around 4
    expect(Math.max(...found.map((y, n) => Math.abs(y - (expected[n] ?? 0))))).toBeLessThan(3e-6);
    expect(loud.metadata.notes?.[0]).toContain("in_gain -6 dB and out_gain 12 dB");
  });

  it("refuses gains beside a skip, unless they undo each other", () => {
    expect(faultOf({ ...file, in_skip: 1, out_gain: 3 })).toMatchObject({
      code: "unsupported-rtneural",
      message: expect.stringContaining("in_skip together with in_gain 0 dB and out_gain 3 dB"),
    });
    expect(decode({ ...file, in_skip: 1, in_gain: -3, out_gain: 3 }).architecture).toMatchObject({ skip: true });
  });

  it.each([
    [{ metadata: { samplerate: "96000" } }, 96_000, "f"],
    [{ metadata: { samplerate: 22_050, name: "Amp" } }, 22_050, "Amp"],
    [{ metadata: undefined, samplerate: "48000" }, 48_000, "f"],
  ])("reads the rate and the name from %j", (change, sampleRate, name) => {
    const document = decode({ ...file, ...change });
    expect([document.sampleRate, document.metadata.name]).toEqual([sampleRate, name]);
    expect(document.metadata.notes).toBeUndefined();
  });

  it("states that it assumed 48 000 Hz", () => {
    const { sampleRate, metadata } = decode({ ...file, metadata: "none" });
    expect(sampleRate).toBe(48_000);
    expect(metadata.notes).toEqual(["the file states no sample rate: 48000 Hz assumed"]);
  });

  const [layer, head] = file.layers;

  it.each([
    [{ layers: [head] }, /layer 0 of 1, "dense"/],
    [{ layers: [layer] }, /layer 0 of 1, "gru"/],
    [{ layers: [{ ...layer, type: "prelu" }, head] }, /layer 0 of 2, "prelu"/],
    [{ layers: [{ ...layer, activation: "relu" }, head] }, /"gru" with activation "relu"/],
    [{ layers: [layer, { ...layer, type: "lstm" }, head] }, /layer 1 of 3, "lstm"/],
    [{ layers: [layer, { ...layer, shape: [null, null, 4] }, head] }, /layers of different sizes \(3, 4\)/],
    [{ in_skip: 2 }, /in_skip 2/],
  ])("refuses what it does not play by name (case %#)", (change, feature) => {
    expect(faultOf({ ...file, ...change })).toMatchObject({
      code: "unsupported-rtneural",
      message: expect.stringMatching(feature),
    });
  });

  it.each([
    [{ layers: "none" }, "invalid-rtneural", /layers/],
    [{ in_shape: [null, null, null] }, "invalid-architecture", /inputSize/],
    [{ in_shape: [null, null, 2] }, "invalid-rtneural", /has 1 rows in weights\[0\] of layer 0 \("gru"\), 2 rows of 9/],
    [{ layers: [{ ...layer, weights: [[[1]]] }, head] }, "invalid-rtneural", /has 1 numbers in row 0 of weights\[0\]/],
    [
      { layers: [{ ...layer, weights: layer.weights.slice(0, 2) }, head] },
      "invalid-rtneural",
      /no array as weights\[2\]/,
    ],
    [
      { layers: [layer, { ...head, weights: [[["1"], [1], [1]], [1]] }] },
      "invalid-rtneural",
      /no number at row 0, column 0/,
    ],
    [{ layers: [layer, { ...head, weights: [[[1], [1], [1]], [1e39]] }] }, "non-finite-weights", /Infinity at index/],
  ])("tells what is broken (case %#)", (change, code, found) => {
    expect(faultOf({ ...file, ...change })).toMatchObject({ code, message: expect.stringMatching(found) });
  });
});
