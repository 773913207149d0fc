import { describe, expect, it } from "vitest";
import type { Architecture } from "./architecture.ts";
import type { ModelDocument } from "./model-document.ts";
import { parameterLayout } from "./parameter-layout.ts";
import { runReference } from "./reference-runner.ts";
import { decodeRtneural } from "./rtneural-decode.ts";
import { encodeRtneural } from "./rtneural-encode.ts";
import { hasSharedData, readShared } from "./test-files.node.ts";

/**
 * RTNeural's own models and the outputs of the Python programs that made them. Most have dense layers that we do not
 * play around the recurrent part; the tests compute those by hand, so that the recurrent weights are put to the proof.
 */
interface DenseLayer {
  readonly weights: [number[][], number[]];
}

const text = new TextDecoder();
const readJson = (path: string): Record<string, unknown> => JSON.parse(text.decode(readShared(path)));

function readCsv(name: string): number[] {
  return text
    .decode(readShared(`rtneural/test_data/${name}.csv`))
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);
}

/** Layers `first` to `last` of a model, as a file of its own; the last one loses its activation. */
function cut(name: string, { first, inputSize }: { first: number; inputSize: number }): ModelDocument {
  const layers = readJson(`rtneural/models/${name}.json`).layers as Record<string, unknown>[];
  const kept = [layers[first], { ...layers[first + 1], activation: "" }];
  const file = { in_shape: [null, null, inputSize], layers: kept };
  return decodeRtneural(new TextEncoder().encode(JSON.stringify(file)), { name });
}

function dense(name: string, index: number): (frame: number[]) => number[] {
  const [kernel, bias] = (readJson(`rtneural/models/${name}.json`).layers as DenseLayer[])[index]?.weights ?? [[], []];
  return (frame) => bias.map((offset, o) => frame.reduce((sum, x, i) => sum + x * (kernel[i]?.[o] ?? 0), offset));
}

function maxDifference(found: ArrayLike<number>, expected: readonly number[]): number {
  return expected.reduce((max, value, n) => Math.max(max, Math.abs(value - (found[n] ?? Number.NaN))), 0);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The Python programs computed in float32 and wrote their weights so; outputs are within 1. */
const tolerance = 1e-6;

describe.skipIf(!hasSharedData)("RTNeural's models (skipped where ../shared/data is absent)", () => {
  it("lstm_1d gives the output of Keras", () => {
    const document = decodeRtneural(readShared("rtneural/models/lstm_1d.json"), { name: "lstm_1d.json" });
    expect(document.metadata.architecture).toBe("lstm-8");
    expect(
      maxDifference(runReference(document, readCsv("lstm_1d_x_python")), readCsv("lstm_1d_y_python")),
    ).toBeLessThan(tolerance);
  });

  it("the lstm with 8 inputs inside lstm.json gives the output of Keras", () => {
    const before = dense("lstm", 0);
    const input = readCsv("lstm_x_python").flatMap((x) => before([x]).map(Math.tanh));
    const output = runReference(cut("lstm", { first: 1, inputSize: 8 }), input);
    expect(maxDifference(output, readCsv("lstm_y_python"))).toBeLessThan(tolerance);
  });

  it("the gru inside gru_1d.json gives the output of Keras", () => {
    const output = runReference(cut("gru_1d", { first: 0, inputSize: 1 }), readCsv("gru_1d_x_python"));
    const after = dense("gru_1d", 2);
    const frames = readCsv("gru_1d_y_python").map((_, n) => Array.from(output.subarray(8 * n, 8 * n + 8), sigmoid));
    expect(maxDifference(frames.flatMap(after), readCsv("gru_1d_y_python"))).toBeLessThan(tolerance);
  });

  it("the gru with 8 inputs inside gru.json gives the output of Keras", () => {
    const before = dense("gru", 0);
    const after = dense("gru", 3);
    const input = readCsv("gru_x_python").flatMap((x) => before([x]).map(Math.tanh));
    const output = runReference(cut("gru", { first: 1, inputSize: 8 }), input);
    const frames = readCsv("gru_y_python").map((_, n) => Array.from(output.subarray(8 * n, 8 * n + 8), sigmoid));
    expect(maxDifference(frames.flatMap(after), readCsv("gru_y_python"))).toBeLessThan(tolerance);
  });

  it.each(["lstm", "gru"] as const)("torch's own %s weights, four layers deep, fit the layout as they are", (kind) => {
    const document = fromTorch(kind);
    const output = runReference(document, readCsv(`${kind}_torch_x_python`));
    expect(maxDifference(output, readCsv(`${kind}_torch_y_python`))).toBeLessThan(tolerance);
    const again = decodeRtneural(encodeRtneural(document), { name: "again.json" });
    expect(again.weights).toEqual(document.weights);
    expect(again.architecture).toEqual(document.architecture);
  });

  it("bad_lstm.json, which promises 16 units and holds 20, is refused with both numbers", () => {
    expect(() => decodeRtneural(readShared("rtneural/models/bad_lstm.json"), { name: "bad_lstm.json" })).toThrow(
      expect.objectContaining({
        code: "invalid-rtneural",
        message: expect.stringMatching(/has 80 numbers in row 0 .* 64 numbers expected/),
      }),
    );
  });

  it.each([
    { file: "klon-gru/centaur.json", layer: /layer 0 of 3, "time-distributed-dense"/ },
    { file: "rtneural/models/conv.json", layer: /layer 0 of 9, "dense" with activation "tanh"/ },
    { file: "rtneural/models/conv2d.json", layer: /layer 0 of 6, "conv2d"/ },
    { file: "rtneural/models/gru_1d.json", layer: /layer 1 of 3, "dense" with activation "sigmoid"/ },
  ])("$file is refused with the name of the first layer we do not play", ({ file, layer }) => {
    expect(() => decodeRtneural(readShared(file), { name: file })).toThrow(
      expect.objectContaining({ code: "unsupported-rtneural", message: expect.stringMatching(layer) }),
    );
  });

  it.each(["0", "25", "50", "75", "100"])(
    "the published Klon model at gain %s keeps every weight there and back",
    (gain) => {
      const document = decodeRtneural(readShared(`klon-gru/centaur_${gain}.json`), { name: `centaur_${gain}.json` });
      expect(document.metadata.architecture).toBe("gru-8");
      expect(decodeRtneural(encodeRtneural(document), { name: "again" }).weights).toEqual(document.weights);
    },
  );
});

/** One layer `kind`, then three of `kind2`, then dense, as torch names and stores them. */
function fromTorch(kind: "lstm" | "gru"): ModelDocument {
  const state = readJson(`rtneural/models/${kind}_torch.json`) as Record<string, number[] | number[][]>;
  const shape = { inputSize: 1, hiddenSize: 8, layers: 4, outputSize: 1, skip: false };
  const architecture: Architecture = kind === "lstm" ? { kind, ...shape, initialState: false } : { kind, ...shape };
  const flat = (key: string): number[] => (state[key] ?? []).flat();
  const values = parameterLayout(architecture).flatMap(({ name }) => {
    const [, layer, part] = name.split(".");
    if (part === undefined) return flat(`dense.${layer}`);
    const prefix = layer === "0" ? kind : `${kind}2`;
    const suffix = `l${layer === "0" ? 0 : Number(layer) - 1}`;
    if (part !== "bias") return flat(`${prefix}.${part}_${suffix}`);
    const recurrent = flat(`${prefix}.bias_hh_${suffix}`);
    return flat(`${prefix}.bias_ih_${suffix}`).map((value, k) => value + (recurrent[k] ?? 0));
  });
  return { architecture, sampleRate: 48_000, weights: Float32Array.from(values), metadata: { name: `${kind}_torch` } };
}
