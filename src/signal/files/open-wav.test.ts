import { describe, expect, it } from "vitest";
import { knownIntegers } from "../../../fixtures/signal/files/known-integers.ts";
import { bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openWav } from "./open-wav.ts";

const name = "take.wav";

/** A plain WAV file, written from the format's description and not with the code under test. */
function wav(samples: Uint8Array, { channels, bits, tag = 1 }: { channels: number; bits: number; tag?: number }) {
  const file = new Uint8Array(44 + samples.length);
  const view = new DataView(file.buffer);
  file.set(Buffer.from("RIFF....WAVEfmt ....................data", "latin1"));
  view.setUint32(4, 36 + samples.length, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 48000, true);
  view.setUint32(28, (48000 * channels * bits) / 8, true);
  view.setUint16(32, (channels * bits) / 8, true);
  view.setUint16(34, bits, true);
  view.setUint32(40, samples.length, true);
  file.set(samples, 44);
  return file;
}

const interleaved = (channels: readonly ArrayLike<number>[]) =>
  Array.from({ length: channels[0]!.length }, (_, n) => channels.map((channel) => channel[n]!)).flat();

describe("openWav reads known integers exactly", () => {
  for (const bits of [8, 16, 24, 32]) {
    for (const channels of [1, 2, 3, 5, 6, 8, 64]) {
      it(`${bits} bits, ${channels} channels`, async () => {
        const known = knownIntegers({ bits, channels, frames: 300 });
        const offset = bits === 8 ? 128 : 0;
        const bytes = interleaved(known).flatMap((value) =>
          Array.from({ length: bits / 8 }, (_, k) => Math.floor((value + offset) / 2 ** (8 * k)) & 255),
        );
        const stream = await openWav(bytesSource(wav(Uint8Array.from(bytes), { channels, bits })), { name });
        expect(stream).toMatchObject({ format: "wav", encoding: `pcm${bits}`, channelCount: channels, samples: 300 });
        expect((await collectRecording(stream, { name })).channels).toEqual(
          known.map((channel) => Float32Array.from(channel, (v) => v / 2 ** (bits - 1))),
        );
      });
    }
  }

  it("gives blocks of at most 65536 samples, and of less memory with many channels", async () => {
    for (const [channels, longest] of [
      [1, 65_536],
      [64, 8192],
    ] as const) {
      const samples = new Uint8Array(Int16Array.from({ length: 70_000 * channels }, (_, n) => n).buffer);
      const stream = await openWav(bytesSource(wav(samples, { channels, bits: 16 })), { name });
      const lengths: number[] = [];
      for await (const block of stream.blocks()) {
        const start = lengths.reduce((sum, length) => sum + length, 0);
        const expected = new Int16Array([(start + 5) * channels + channels - 1])[0]! / 32_768;
        expect(block.at(-1)![5]).toBe(expected);
        lengths.push(block[0]!.length);
      }
      expect(Math.max(...lengths)).toBe(longest);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(70_000);
    }
  });

  it("says when a sample in a later block is no number", async () => {
    const samples = new Float32Array(100_000);
    samples[90_000] = Number.NaN;
    const file = wav(new Uint8Array(samples.buffer), { channels: 1, bits: 32, tag: 3 });
    const stream = await openWav(bytesSource(file), { name });
    await expect(collectRecording(stream, { name })).rejects.toMatchObject({
      code: "non-finite-samples",
      message: '"take.wav" holds NaN in channel 1 at 1.8750 s (sample 90000)',
    });
  });

  it("is read once only", async () => {
    const stream = await openWav(bytesSource(wav(new Uint8Array(8), { channels: 1, bits: 16 })), { name });
    await collectRecording(stream, { name });
    expect(() => stream.blocks()).toThrow("bug");
  });
});
