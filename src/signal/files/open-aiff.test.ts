import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { knownIntegers } from "../../../fixtures/signal/files/known-integers.ts";
import { isTonewrightError } from "../../errors/index.ts";
import type { DecodedRecording } from "../recording.ts";
import { bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openAiff } from "./open-aiff.ts";

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (value: number) => [(value >>> 8) & 255, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
const chunk = (id: string, content: number[], size = content.length) => [
  ...ascii(id),
  ...u32(size),
  ...content,
  ...(content.length % 2 === 1 ? [0] : []),
];

/** 80-bit extended: 1.xxx times 2^e is stored as e + 16383 and the mantissa shifted up to bit 63. */
function extended(value: number): number[] {
  const exponent = Math.floor(Math.log2(value));
  const mantissa = value / 2 ** (exponent - 31);
  const high = Math.floor(mantissa);
  return [...u16(exponent + 16383), ...u32(high), ...u32(Math.floor((mantissa - high) * 2 ** 32))];
}

interface Aiff {
  readonly channels?: number;
  readonly frames?: number;
  readonly bits?: number;
  readonly rate?: number;
  readonly compression?: string;
  readonly offset?: number;
  readonly blockSize?: number;
  readonly soundSize?: number;
  readonly before?: number[];
  readonly after?: number[];
  readonly soundFirst?: boolean;
}

/** An AIFF file byte by byte, written from the format's description and not with the code under test. */
function aiff(sound: number[], header: Aiff = {}): Uint8Array {
  const { channels = 1, bits = 16, rate = 48000, compression, offset = 0, blockSize = 0 } = header;
  const frames = header.frames ?? sound.length / channels / Math.ceil(bits / 8);
  const common = chunk("COMM", [
    ...u16(channels),
    ...u32(frames),
    ...u16(bits),
    ...extended(rate),
    ...(compression === undefined ? [] : [...ascii(compression), 3, ...ascii("any")]),
  ]);
  const content = [...u32(offset), ...u32(blockSize), ...Array<number>(offset).fill(99), ...sound];
  const data = chunk("SSND", content, header.soundSize);
  const chunks = header.soundFirst ? [...data, ...common] : [...(header.before ?? []), ...common, ...data];
  const body = [...ascii(compression === undefined ? "AIFF" : "AIFC"), ...chunks, ...(header.after ?? [])];
  return Uint8Array.from([...ascii("FORM"), ...u32(body.length), ...body]);
}

const decode = async (bytes: Uint8Array): Promise<DecodedRecording> =>
  collectRecording(await openAiff(bytesSource(bytes), { name: "take.aiff" }), { name: "take.aiff" });
const refusal = async (bytes: Uint8Array) => {
  const error = await decode(bytes).catch((reason: unknown) => reason);
  if (!isTonewrightError(error)) throw new Error(`expected a refusal, got ${JSON.stringify(error)}`);
  expect(error.message).toContain('"take.aiff"');
  return error;
};

const bytesOf = (value: number, width: number) =>
  Array.from({ length: width }, (_, k) => Math.floor(value / 2 ** (8 * k)) & 255).reverse();

describe("openAiff reads known integers exactly", () => {
  for (const bits of [8, 16, 24, 32]) {
    for (const channels of [1, 3, 6, 8]) {
      it(`${bits} bits, ${channels} channels, both byte orders`, async () => {
        const known = knownIntegers({ bits, channels, frames: 40 });
        const samples = known[0]!.flatMap((_, n) => known.map((channel) => bytesOf(channel[n]!, bits / 8)));
        const expected = known.map((channel) => Float32Array.from(channel, (v) => v / 2 ** (bits - 1)));
        for (const compression of [undefined, "NONE", "twos", "sowt"]) {
          const stored = compression === "sowt" ? samples.map((sample) => sample.toReversed()) : samples;
          const recording = await decode(aiff(stored.flat(), { channels, bits, ...(compression && { compression }) }));
          expect(recording.channels).toEqual(expected);
          expect(recording.encoding).toBe(`pcm${bits}`);
          expect(recording.warnings).toEqual([]);
        }
      });
    }
  }

  const others: [string, number, number[], number[]][] = [
    ["raw ", 8, [0, 128, 255], [-1, 0, 127 / 128]],
    ["in24", 24, [0x80, 0, 0, 0, 0, 1], [-1, 2 ** -23]],
    ["42ni", 24, [0, 0, 0x80, 1, 0, 0], [-1, 2 ** -23]],
    ["in32", 32, [0x80, 0, 0, 0, 0, 0, 1, 0], [-1, 2 ** -23]],
    ["23ni", 32, [0, 0, 0, 0x80, 0, 1, 0, 0], [-1, 2 ** -23]],
    ["FL32", 32, [0x3f, 0xc0, 0, 0, 0xbf, 0x80, 0, 0], [1.5, -1]],
    ["FL64", 64, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xbf, 0xf0, 0, 0, 0, 0, 0, 0], [1.5, -1]],
  ];
  it.each(others)("compression type %s", async (compression, bits, bytes, expected) => {
    const frames = expected.length;
    expect((await decode(aiff(bytes, { compression, bits, frames }))).channels).toEqual([Float32Array.from(expected)]);
  });

  it("a width between whole bytes: 12 bits stand at the upper end of 2 bytes", async () => {
    const { channels, encoding } = await decode(aiff([0x80, 0, 0x7f, 0xf0], { bits: 12, frames: 2 }));
    expect(channels).toEqual([Float32Array.of(-1, 2047 / 2048)]);
    expect(encoding).toBe("pcm16");
  });

  it("a file whose sound comes first, behind an offset, between other chunks of odd size", async () => {
    const odd = chunk("NAME", [1, 2, 3]);
    const first = await decode(aiff([0, 5], { offset: 7, soundFirst: true, after: odd }));
    expect(Array.from(first.channels[0]!, (v) => v * 32768)).toEqual([5]);
    const later = await decode(aiff([0, 6], { offset: 2, before: odd, after: odd }));
    expect(Array.from(later.channels[0]!, (v) => v * 32768)).toEqual([6]);
  });

  it("sound that is padded to whole blocks", async () => {
    const { channels } = await decode(aiff([0, 1, 0, 2, 9, 9, 9, 9], { frames: 2, blockSize: 8 }));
    expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([1, 2]);
  });

  it("rates that are no whole number are rounded, with a warning", async () => {
    expect((await decode(aiff([0, 1], { rate: 44100 }))).sampleRate).toBe(44100);
    const old = await decode(aiff([0, 1], { rate: 22254.545454 }));
    expect(old.sampleRate).toBe(22255);
    expect(old.warnings.join()).toContain("22254.545454");
  });
});

describe("openAiff compares its lengths with the file", () => {
  it("reads to the end what was left open, with a warning", async () => {
    for (const [frames, soundSize] of [
      [0, 0],
      [0, 0xffffffff],
      [0x3f800000, 0x7f000008], // as SoX pipes it
      [0, 12], // only the frames are open
    ] as const) {
      const { channels, warnings } = await decode(aiff([0, 1, 0, 2], { frames, soundSize }));
      expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([1, 2]);
      expect(warnings.join()).toContain("4 bytes");
    }
  });

  it("believes the number of frames where only the size is open", async () => {
    const { channels, warnings } = await decode(aiff([0, 1, 0, 2, 0, 3], { frames: 2, soundSize: 0xffffffff }));
    expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([1, 2]);
    expect(warnings).toEqual([]);
  });

  it("refuses a file that was cut, wherever", async () => {
    const file = aiff([0, 1, 0, 2, 0, 3], { offset: 2 });
    for (let length = 12; length < file.length; length++) {
      expect((await refusal(file.subarray(0, length))).code, `cut at ${length}`).toBe("truncated-file");
    }
  });

  it("refuses lengths that contradict each other", async () => {
    expect((await refusal(aiff([0, 1, 0, 2], { frames: 3 }))).code).toBe("bad-header");
    expect((await refusal(aiff([0, 1, 0, 2, 0, 3], { frames: 2 }))).code).toBe("bad-header");
  });

  it("refuses a file without samples", async () => {
    expect((await refusal(aiff([]))).code).toBe("empty-file");
    expect((await refusal(aiff([], { after: chunk("NAME", [65, 66]) }))).code).toBe("empty-file");
  });
});

describe("openAiff refuses", () => {
  const headers: [string, Aiff, string, string][] = [
    ["no channels", { channels: 0, frames: 1 }, "bad-header", "0 channels"],
    ["65535 channels", { channels: 65535, frames: 1 }, "unsupported-channels", "65535 channels"],
    ["a rate of 1 Hz", { rate: 1 }, "unsupported-rate", "1 Hz"],
    ["a rate of 1 MHz", { rate: 1e6 }, "unsupported-rate", "1000000 Hz"],
    ["40-bit samples", { bits: 40, frames: 1 }, "unsupported-encoding", "40-bit"],
    ["0-bit samples", { bits: 0, frames: 1 }, "unsupported-encoding", "0-bit"],
    ["IMA ADPCM", { compression: "ima4" }, "unsupported-encoding", "ima4"],
  ];
  it.each(headers)("%s", async (_, header, code, found) => {
    const error = await refusal(aiff([0, 1, 0, 2], header));
    expect(error.code).toBe(code);
    expect(error.message).toContain(found);
  });

  it("mu-law, as ffmpeg writes it", async () => {
    const file = new URL("../../../fixtures/signal/files/refused-mu-law.aifc", import.meta.url);
    const error = await refusal(new Uint8Array(readFileSync(file)));
    expect(error.code).toBe("unsupported-encoding");
    expect(error.message).toContain("ulaw");
  });

  it("samples that are no numbers", async () => {
    const error = await refusal(aiff([0, 0, 0, 0, 0x7f, 0xc0, 0, 0], { compression: "fl32", bits: 32, rate: 1000 }));
    expect(error.code).toBe("non-finite-samples");
    expect(error.message).toContain("NaN in channel 1 at 0.0010 s (sample 1)");
  });
});
