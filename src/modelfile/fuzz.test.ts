import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../errors/index.ts";
import { decodeAnyModel } from "./any-model.ts";
import { crc32 } from "./crc32.ts";
import { decodeModel, encodeModel } from "./document-file.ts";
import type { ModelDocument } from "./model-document.ts";
import { decodeNam } from "./nam-decode.ts";
import { encodeNam } from "./nam-encode.ts";
import { parameterCount } from "./parameter-layout.ts";
import { presetArchitecture } from "./presets.ts";
import { decodeRtneural } from "./rtneural-decode.ts";
import { encodeRtneural } from "./rtneural-encode.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

/** Every reader, for any bytes: a result or a TonewrightError, within a second of computing time. The seed is fixed, so are the bytes. */
const seed = 20_260_901;
const slowMicroseconds = 1_000_000;

function documentOf(name: string): ModelDocument {
  const architecture = presetArchitecture(name);
  const weights = Float32Array.from({ length: parameterCount(architecture) }, (_, index) => (index % 7) / 8);
  const testVector = { input: Float32Array.of(0, 1), output: Float32Array.of(1, 0) };
  return { architecture, sampleRate: 48_000, weights, metadata: { name, training: { steps: 3 } }, testVector };
}

const tensors = new Map([
  ["a", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
  ["b", { shape: [1], data: BigInt64Array.of(5n) }],
]);

/** A tiny gated WaveNet with every key of the present form. */
const presentNam = {
  version: "0.7.0",
  architecture: "SlimmableContainer",
  config: {
    submodels: [
      {
        max_value: 1,
        model: {
          version: "0.7.0",
          architecture: "WaveNet",
          config: {
            layers: [
              {
                input_size: 1,
                condition_size: 1,
                channels: 1,
                bottleneck: 1,
                kernel_sizes: [2, 2],
                dilations: [1, 2],
                activation: [
                  { type: "LeakyReLU", negative_slope: 0.1 },
                  { type: "LeakyReLU", negative_slope: 0.1 },
                ],
                gating_mode: ["gated", "gated"],
                secondary_activation: ["Sigmoid", "Sigmoid"],
                head: { out_channels: 1, kernel_size: 3, bias: true },
                layer1x1: { active: true, groups: 1 },
                head1x1: { active: false, groups: 1 },
                conv_pre_film: { active: false },
              },
            ],
            head: null,
            head_scale: 0.5,
          },
          weights: Array.from({ length: 26 }, (_, index) => index / 32),
          metadata: { date: { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 }, training: {} },
        },
      },
    ],
  },
  weights: [],
  sample_rate: 48_000,
};

type Reader = (bytes: Uint8Array) => unknown;
const name = "fuzz.bin";
const readers: Record<string, { read: Reader; samples: Uint8Array[] }> = {
  decodeModel: {
    read: (bytes) => decodeModel(bytes, { name }),
    samples: [encodeModel(documentOf("lstm-2")), encodeModel(documentOf("wavenet-nano"))],
  },
  decodeNam: {
    read: (bytes) => decodeNam(bytes, { name }),
    samples: [encodeNam(documentOf("lstm-2")), encodeNam(documentOf("wavenet-nano")), textOf(presentNam)],
  },
  decodeRtneural: {
    read: (bytes) => decodeRtneural(bytes, { name }),
    samples: [encodeRtneural(documentOf("gru-2x2")), encodeRtneural(documentOf("lstm-2"))],
  },
  decodeSafetensors: {
    read: (bytes) => decodeSafetensors(bytes, { name }),
    samples: [encodeSafetensors({ tensors, metadata: { a: "b" } })],
  },
};

function textOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function expectManners(read: Reader, bytes: Uint8Array): void {
  const start = process.cpuUsage().user;
  try {
    read(bytes);
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    expect(error.message).toContain(name);
    expect(error.message.length).toBeLessThan(600);
    expect(error.hint.length).toBeGreaterThan(10);
  }
  expect(process.cpuUsage().user - start).toBeLessThan(slowMicroseconds);
}

const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 });

function edited(bytes: Uint8Array, changes: [number, number][]): Uint8Array {
  const copy = bytes.slice();
  for (const [position, value] of changes) copy[position % copy.length] = value;
  return copy;
}

/** Values that readers should not trust. */
const surprise = fc.oneof(
  fc.constantFrom<unknown>(null, true, "", "Tanh", "lstm", [], {}, [[]], -1, 0, 1, 2, 0.5, 1e9, 1e15, 1e308, -1e308),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer(),
);

/** The JSON with the value at one place replaced or left out; `path` picks a member at each level. */
function replaced(value: unknown, path: number[], replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[step % keys.length] ?? "";
  const inner = replaced((value as Record<string, unknown>)[key], rest, replacement);
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? inner : item))
    : { ...value, [key]: inner };
}

const path = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 8 });

describe.each(Object.entries(readers))("%s", (readerName, { read, samples }) => {
  const sample = fc.constantFrom(...samples);
  const runs = { seed, numRuns: 300 };
  const bothReaders = [
    read,
    ...(readerName === "decodeSafetensors" ? [] : [(bytes: Uint8Array) => decodeAnyModel(bytes, { name })]),
  ];

  it("reads the samples themselves", () => {
    for (const bytes of samples) for (const reader of bothReaders) reader(bytes);
  });

  it("survives random bytes", () => {
    const start = fc.constantFrom<number[]>([], [0x7b], [0x89, 0x54, 0x4f, 0x4e, 0x45, 0x57, 0x52, 0x0a]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (first, rest) => {
        for (const reader of bothReaders) expectManners(reader, Uint8Array.of(...first, ...rest));
      }),
      runs,
    );
  });

  it("survives a file cut anywhere", () => {
    fc.assert(
      fc.property(sample, fc.nat(), (bytes, length) => {
        for (const reader of bothReaders) expectManners(reader, bytes.subarray(0, length % bytes.length));
      }),
      runs,
    );
  });

  it("survives changed bytes, also behind a right checksum", () => {
    fc.assert(
      fc.property(sample, edits, fc.boolean(), (bytes, changes, repair) => {
        const changed = edited(bytes, changes);
        if (repair) new DataView(changed.buffer).setUint32(changed.length - 4, crc32(changed.subarray(0, -4)), true);
        for (const reader of bothReaders) expectManners(reader, changed);
      }),
      runs,
    );
  });

  it("survives JSON with other values in it", () => {
    fc.assert(
      fc.property(sample, path, surprise, (bytes, place, replacement) => {
        for (const reader of bothReaders)
          expectManners(
            reader,
            withJson(bytes, (value) => replaced(value, place, replacement)),
          );
      }),
      runs,
    );
  });
});

/** The file with its JSON changed; for the binary formats the header, with its length and the checksum made right. */
function withJson(bytes: Uint8Array, change: (value: unknown) => unknown): Uint8Array {
  if (bytes[0] === 0x7b) return textOf(change(JSON.parse(new TextDecoder().decode(bytes))));
  const isModel = bytes[0] === 0x89;
  const [lengthAt, textAt] = isModel ? [8, 12] : [0, 8];
  const end = textAt + new DataView(bytes.buffer).getUint32(lengthAt, true);
  const text = textOf(change(JSON.parse(new TextDecoder().decode(bytes.subarray(textAt, end)))));
  const changed = new Uint8Array(textAt + text.length + bytes.length - end);
  changed.set(bytes.subarray(0, textAt));
  changed.set(text, textAt);
  changed.set(bytes.subarray(end), textAt + text.length);
  const view = new DataView(changed.buffer);
  view.setUint32(lengthAt, text.length, true);
  if (isModel) view.setUint32(changed.length - 4, crc32(changed.subarray(0, -4)), true);
  return changed;
}
