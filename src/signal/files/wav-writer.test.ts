import { describe, expect, it } from "vitest";
import { knownIntegers } from "../../../fixtures/signal/files/known-integers.ts";
import { decodeWav } from "./decode-wav.ts";
import { encodeWav, type WavEncoding } from "./encode-wav.ts";
import { openWav } from "./open-wav.ts";
import { longWavHeader } from "./wav-header.ts";
import { createWavWriter } from "./wav-writer.ts";

const name = "written.wav";
const known = (channels: number, frames: number) =>
  knownIntegers({ bits: 16, channels, frames }).map((channel) => Float32Array.from(channel, (v) => v / 32768));

/** What a program does with a writer, in memory; `blocks` are lengths. */
async function write(sound: Float32Array[], blocks: readonly number[], encoding: WavEncoding) {
  const writer = createWavWriter({ sampleRate: 44100, channelCount: sound.length, encoding });
  const parts = [writer.header];
  let start = 0;
  for (const length of blocks) {
    parts.push(await writer.encode(sound.map((channel) => channel.subarray(start, start + length))));
    start += length;
  }
  const interrupted = new Uint8Array(Buffer.concat(parts));
  const { tail, header } = writer.finish();
  expect(header).toHaveLength(writer.header.length);
  const file = new Uint8Array(Buffer.concat([interrupted, tail]));
  file.set(header);
  return { file, interrupted };
}

describe("createWavWriter", () => {
  for (const encoding of ["float32", "pcm16", "pcm24", "pcm32"] as const) {
    it(`writes in blocks what encodeWav writes at once: ${encoding}`, async () => {
      for (const channels of [1, 2, 8]) {
        const sound = known(channels, 1001);
        const { file } = await write(sound, [1, 600, 400], encoding);
        const whole = await encodeWav({ channels: sound, sampleRate: 44100 }, { encoding });
        const dataBytes = 1001 * channels * (Number(encoding.slice(-2)) / 8);
        expect(file.subarray(80, 80 + dataBytes)).toEqual(whole.subarray(44, 44 + dataBytes));
        expect(file.length % 2).toBe(0);
        const recording = await decodeWav(file, { name });
        expect(recording.channels).toEqual(sound);
        expect(recording).toMatchObject({ encoding, sampleRate: 44100, warnings: [] });
        expect(new DataView(file.buffer).getUint32(4, true)).toBe(file.length - 8);
      }
    });
  }

  it("leaves a readable file when the program ends early", async () => {
    const sound = known(2, 500);
    const { interrupted } = await write(sound, [500], "pcm16");
    const { channels, warnings } = await decodeWav(interrupted, { name });
    expect(channels).toEqual(sound);
    expect(warnings.join()).toContain("interrupted recording");
  });

  it("refuses what encodeWav refuses", async () => {
    const writer = createWavWriter({ sampleRate: 48000, channelCount: 1 });
    await expect(writer.encode([Float32Array.of(Number.NaN)])).rejects.toMatchObject({ code: "non-finite-samples" });
    await expect(writer.encode([new Float32Array(1), new Float32Array(1)])).rejects.toThrow("bug");
  });
});

describe("longWavHeader", () => {
  const format = { encoding: "pcm24", channels: 3, sampleRate: 48000 } as const;
  const layout = async (dataBytes: number) => {
    const header = longWavHeader(format, dataBytes);
    const read = async (start: number, end: number) => {
      const bytes = new Uint8Array(Math.min(end, header.length + dataBytes) - start);
      bytes.set(header.subarray(start, end));
      return bytes;
    };
    const stream = await openWav({ size: header.length + dataBytes, read }, { name });
    return { kind: String.fromCharCode(...header.subarray(0, 4)), samples: stream.samples, warnings: stream.warnings };
  };

  it("stays plain as long as 32 bits hold the length of the file", async () => {
    const frames = Math.floor((0xfffffffe - 72) / 9);
    expect(await layout(9 * frames)).toEqual({ kind: "RIFF", samples: frames, warnings: [] });
  });

  it("becomes RF64 beyond that, which the reader takes", async () => {
    expect(await layout(9 * 2 ** 29)).toEqual({ kind: "RF64", samples: 2 ** 29, warnings: [] });
  });
});
