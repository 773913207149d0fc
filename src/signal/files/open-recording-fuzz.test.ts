import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import type { DecodedRecording } from "../recording.ts";
import { decodeRecording } from "./open-recording.ts";

const folder = new URL("../../../fixtures/signal/files/", import.meta.url);
const fixture = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)));
const outcomeOf = async (bytes: Uint8Array): Promise<DecodedRecording | undefined> => {
  try {
    return await decodeRecording(bytes, { name: "take" });
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    expect(error.message).toContain('"take"');
    expect(error.hint).not.toBe("");
    return undefined;
  }
};

/** What must hold for whatever is accepted: no header makes more sound than the bytes can hold, or none at all. */
function expectSound({ channels, sampleRate }: DecodedRecording, file: Uint8Array): void {
  expect(sampleRate).toBeGreaterThanOrEqual(1000);
  expect(channels.length).toBeGreaterThan(0);
  for (const channel of channels) {
    expect(channel).toHaveLength(channels[0]!.length);
    expect(channel.every(Number.isFinite)).toBe(true);
  }
  expect(channels[0]!.length).toBeGreaterThan(0);
  expect(channels.length * channels[0]!.length).toBeLessThanOrEqual(file.length);
}

const uncompressed = [
  "sox-8-1ch.wav",
  "sox-16-2ch.wav",
  "sox-24-6ch.wav",
  "ffmpeg-16-rf64.wav",
  "ffmpeg-24-8ch-extensible.wav",
  "ffmpeg-f32.wav",
  "sox-16-2ch.aiff",
  "sox-24-8ch.aifc",
  "ffmpeg-16-sowt.aifc",
  "ffmpeg-f64.aifc",
  "ffmpeg-8-odd-length.aiff",
];

describe("decodeRecording of a file cut short", () => {
  it.each(uncompressed)("%s: all of the sound or an error, wherever it is cut", async (file) => {
    const whole = fixture(file);
    const { channels } = await decodeRecording(whole, { name: file });
    // Every offset in the header and at the end, every 37th between them.
    for (let length = 0; length < whole.length; length += length < 150 || length > whole.length - 40 ? 1 : 37) {
      const outcome = await outcomeOf(whole.subarray(0, length));
      if (outcome !== undefined) expect(outcome.channels, `cut at ${length}`).toEqual(channels);
    }
  });
});

describe("decodeRecording, whatever the bytes", () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant("set" as const), at: fc.nat(120), value: fc.nat(255) }),
    fc.record({ kind: fc.constant("delete" as const), at: fc.nat(2000), count: fc.nat(40) }),
    fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(2000), count: fc.nat(40) }),
  );
  const mutated = fc
    .tuple(fc.constantFrom(...uncompressed.map(fixture)), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([file, changes]) => {
      let bytes = [...file];
      for (const step of changes) {
        if (step.kind === "set") bytes[step.at] = step.value;
        else {
          const part = bytes.slice(step.at, step.at + step.count);
          bytes = bytes.toSpliced(
            step.at,
            step.kind === "delete" ? step.count : 0,
            ...(step.kind === "repeat" ? part : []),
          );
        }
      }
      return Uint8Array.from(bytes);
    });

  it("gives sound that the bytes can hold, or a TonewrightError", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        const outcome = await outcomeOf(bytes);
        if (outcome !== undefined) expectSound(outcome, bytes);
      }),
      { seed: 20261121, numRuns: 1500, timeout: 10_000 },
    );
  });

  const beginnings = ["RIFF", "RF64", "FORM", "fLaC", "OggS", "ID3"].map((text) =>
    Array.from(text, (letter) => letter.charCodeAt(0)),
  );
  it("refuses noise behind the first letters of a format", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), async (start, noise) => {
        expect(await outcomeOf(Uint8Array.from([...start, ...noise]))).toBeUndefined();
      }),
      { seed: 7, numRuns: 500, timeout: 10_000 },
    );
  });

  it("is not talked into memory by a header", async () => {
    const claims: [string, number, number[]][] = [
      ["sox-24-6ch.aiff", 0, []],
      ["flac-16-mono.flac", 21, [0xff, 0xff, 0xff, 0xff, 0xff]], // 2^36 - 1 samples
      ["flac-16-mono.flac", 8, [0xff, 0xff, 0xff, 0xff]], // frames of 65535 samples
      ["flac-24-eight-channels-96k.flac", 8, [0xff, 0xff, 0xff, 0xff]],
      ["sox-16-2ch.wav", 40, [0xf0, 0xff, 0xff, 0xff]], // 4 GiB of samples
      ["ffmpeg-16-rf64.wav", 28, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0]], // 2^52 bytes
    ];
    for (const [file, at, values] of claims) {
      const bytes = fixture(file);
      bytes.set(values, at);
      const before = process.memoryUsage().arrayBuffers;
      await outcomeOf(bytes);
      expect(process.memoryUsage().arrayBuffers - before, file).toBeLessThan(32 * 2 ** 20);
    }
  });
});
