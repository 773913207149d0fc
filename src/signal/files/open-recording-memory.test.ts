import { describe, expect, it } from "vitest";
import { plainFlacFrame, plainFlacHeader } from "../../../fixtures/signal/files/plain-flac.ts";
import type { ByteSource } from "./byte-source.ts";
import { openRecording } from "./open-recording.ts";
import { wavHeader } from "./wav-header.ts";

const sampleRate = 8000;
const hour = 3600 * sampleRate;
/** The 16-bit sample at position n: runs through all values, in an order that depends on the minute. */
const sampleAt = (n: number) => ((n + 7 * (n >> 16)) & 0xffff) - 32_768;

/** Keeps count of what a reader asks for. */
function watched(source: ByteSource): ByteSource & { largest: number; total: number } {
  const watch = {
    largest: 0,
    total: 0,
    size: source.size,
    async read(start: number, end: number) {
      const bytes = await source.read(start, Math.min(end, source.size));
      watch.largest = Math.max(watch.largest, bytes.length);
      watch.total += bytes.length;
      return bytes;
    },
  };
  return watch;
}

/** An hour of 16-bit mono WAV that exists only where it is read. */
function wavHour(): ByteSource {
  const header = wavHeader({ encoding: "pcm16", channels: 1, sampleRate }, 2 * hour);
  return {
    size: header.length + 2 * hour,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      for (let at = start; at < end; at++) {
        const n = (at - header.length) >> 1;
        bytes[at - start] = at < header.length ? header[at]! : (sampleAt(n) >> (8 * (at & 1))) & 255;
      }
      return bytes;
    },
  };
}

/** An hour of FLAC whose frames are made when they are read. */
function flacHour(): ByteSource {
  const block = 4000;
  const frames = hour / block;
  const header = plainFlacHeader({ block, sampleRate, channels: 1, bits: 16, samples: hour });
  const frame = (number: number) =>
    plainFlacFrame([Int32Array.from({ length: block }, (_, n) => sampleAt(block * number + n))], {
      number,
      bits: 16,
      sampleRate,
    });
  // The number of a frame takes 1, 2 or 3 bytes.
  const sizes = Array.from({ length: frames }, (_, n) => 2 * block + 11 + (n < 128 ? 0 : n < 2048 ? 1 : 2));
  const starts = [header.length];
  for (const size of sizes) starts.push(starts.at(-1)! + size);
  return {
    size: starts.at(-1)!,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      if (start < header.length) bytes.set(header.subarray(start, end));
      for (let number = 0; number < frames; number++) {
        const from = starts[number]!;
        if (from >= end || starts[number + 1]! <= start) continue;
        const part = frame(number).subarray(Math.max(0, start - from), end - from);
        bytes.set(part, Math.max(0, from - start));
      }
      return bytes;
    },
  };
}

describe("openRecording holds a small part of a long file", () => {
  for (const [format, makeSource] of [
    ["wav", wavHour],
    ["flac", flacHour],
  ] as const) {
    it(`an hour of ${format}: requests below 1 MiB, blocks of 256 KiB, each byte read about once`, async () => {
      const source = watched(makeSource());
      const stream = await openRecording(source, { name: "hour" });
      expect(stream.samples).toBe(hour);
      expect(source.total).toBeLessThan(300_000); // nothing but the header so far
      let position = 0;
      let wrong = 0;
      let longest = 0;
      for await (const [block] of stream.blocks()) {
        const count = block!.length;
        for (let n = 0; n < count; n++) if (block![n] !== sampleAt(position + n) / 32_768) wrong++;
        position += count;
        longest = Math.max(longest, count);
        // What a consumer drops can go: no view of the library's memory, no larger buffer behind it.
        if (position < hour) expect(block!.buffer.byteLength).toBe(4 * 65_536);
      }
      expect({ position, wrong, longest }).toEqual({ position: hour, wrong: 0, longest: 65_536 });
      expect(source.largest).toBeLessThan(2 ** 20);
      expect(source.total).toBeLessThan(1.02 * source.size);
    });
  }

  it("reads no more than it gave when it is left early", async () => {
    const source = watched(flacHour());
    const stream = await openRecording(source, { name: "hour" });
    for await (const _ of stream.blocks()) break;
    expect(source.total).toBeLessThan(2 ** 20);
  });
});
