import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knownIntegers } from "../../../fixtures/signal/files/known-integers.ts";
import { type PlainFlacHeader, plainFlacFrame, plainFlacHeader } from "../../../fixtures/signal/files/plain-flac.ts";
import { isTonewrightError } from "../../errors/index.ts";
import type { DecodedRecording } from "../recording.ts";
import { bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openFlac } from "./open-flac.ts";

const name = "take.flac";
const decode = async (bytes: Uint8Array): Promise<DecodedRecording> =>
  collectRecording(await openFlac(bytesSource(bytes), { name }), { name });
const refusal = async (bytes: Uint8Array) => {
  const error = await decode(bytes).catch((reason: unknown) => reason);
  if (!isTonewrightError(error)) throw new Error(`expected a refusal, got ${String(error)}`);
  expect(error.message).toContain('"take.flac"');
  return error;
};
const fixture = (file: string) =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/signal/files/${file}`, import.meta.url)));

const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

interface Plain extends Partial<PlainFlacHeader> {
  readonly frames?: number;
  readonly change?: (frames: Uint8Array[]) => Uint8Array[];
}

/** 5 frames of 32 stereo samples of 16 bits, or otherwise, without an MD5 sum. */
function plain(options: Plain = {}) {
  const { block = 32, sampleRate = 8000, channels = 2, bits = 16, frames = 5, change = (all) => all } = options;
  const known = knownIntegers({ bits, channels, frames: block * frames });
  const parts = Array.from({ length: frames }, (_, number) =>
    plainFlacFrame(
      known.map((channel) => channel.slice(block * number, block * (number + 1))),
      { number, bits, sampleRate },
    ),
  );
  const samples = options.samples ?? block * frames;
  const file = joined([plainFlacHeader({ block, sampleRate, channels, bits, samples }), ...change(parts)]);
  return { file, expected: known.map((channel) => Float32Array.from(channel, (v) => v / 2 ** (bits - 1))) };
}

describe("openFlac", () => {
  for (const bits of [8, 16, 24]) {
    for (const channels of [1, 2, 3, 6, 8]) {
      it(`reads ${bits} bits and ${channels} channels exactly`, async () => {
        const { file, expected } = plain({ bits, channels });
        const recording = await decode(file);
        expect(recording.channels).toEqual(expected);
        expect(recording.encoding).toBe(`pcm${bits}`);
        expect(recording.warnings).toEqual([]);
      });
    }
  }

  it("reads frames of the largest size, and more of them than a block holds", async () => {
    const { file, expected } = plain({ block: 65535, channels: 1, frames: 2 });
    const [channel] = (await decode(file)).channels;
    expect(Buffer.from(channel!.buffer).equals(Buffer.from(expected[0]!.buffer))).toBe(true);
  });

  it("hands out the sound before the damage, then says where it is", async () => {
    const { file, expected } = plain({
      change: (all) => all.map((frame, n) => (n === 3 ? flipped(frame, 60) : frame)),
    });
    const stream = await openFlac(bytesSource(file), { name });
    const blocks: Float32Array[][] = [];
    const reading = (async () => {
      for await (const block of stream.blocks()) blocks.push(block);
    })();
    await expect(reading).rejects.toMatchObject({
      code: "corrupt-file",
      message: '"take.flac" is damaged: a wrong frame checksum at 0.0120 s (sample 96)',
    });
    expect(blocks).toEqual([expected.map((channel) => channel.subarray(0, 96))]);
  });

  it("is read once only", async () => {
    const stream = await openFlac(bytesSource(plain().file), { name });
    stream.blocks();
    expect(() => stream.blocks()).toThrow("bug");
  });

  it("warns of a stream without length, and reads to its end", async () => {
    const { file, expected } = plain({ samples: 0 });
    const { channels, warnings } = await decode(file);
    expect(channels).toEqual(expected);
    expect(warnings.join()).toContain("does not say how long it is and has no checksum");
  });

  it("reads what was cut out of a longer stream, with a warning", async () => {
    const { file, expected } = plain({ samples: 0, change: (all) => all.slice(2) });
    const { channels, warnings } = await decode(file);
    expect(channels).toEqual(expected.map((channel) => channel.subarray(64)));
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toContain("first frame begins with sample 64");
  });

  it("leaves out what follows the last frame, with a warning", async () => {
    const { file, expected } = plain({ change: (all) => [...all, new Uint8Array(100)] });
    const { channels, warnings } = await decode(file);
    expect(channels).toEqual(expected);
    expect(warnings.join()).toContain("behind its last frame");
  });
});

describe("openFlac, of a file with a checksum and bytes behind its frames", () => {
  it.each([
    ["an APE tag", Array.from("APETAGEX\xd0\x07", (letter) => letter.charCodeAt(0))],
    ["what looks like the start of a frame", [0xff, 0xf8, 0x69, 0x18, 0, 0, 0, 0]],
    ["one byte", [0]],
  ])("%s is left out, with a warning", async (_, rest) => {
    const file = fixture("flac-16-mono.flac");
    const { channels, warnings } = await decode(joined([file, Uint8Array.from(rest)]));
    expect(channels).toEqual((await decode(file)).channels);
    expect(warnings.join()).toContain("behind its last frame");
  });
});

const flipped = (bytes: Uint8Array, at: number, mask = 1) => bytes.map((byte, n) => (n === at ? byte ^ mask : byte));

describe("openFlac refuses", () => {
  const changes: [string, Plain, string, string][] = [
    ["a missing frame", { change: (all) => all.toSpliced(2, 1), samples: 0 }, "corrupt-file", "frames are missing"],
    ["a frame twice", { change: (all) => [all[0]!, ...all], samples: 0 }, "corrupt-file", "begins with sample 0"],
    ["more samples than its header says", { samples: 150 }, "corrupt-file", "more than the 150 samples"],
    [
      "fewer samples than its header says",
      { samples: 161 },
      "truncated-file",
      "declares 161 samples, it ends at 0.0200 s",
    ],
    ["zeros in the middle", { change: (all) => all.toSpliced(2, 0, new Uint8Array(9)) }, "corrupt-file", "lost sync"],
    ["no frames", { frames: 0, samples: 0 }, "empty-file", "no samples"],
    ["no frames, only bytes", { change: () => [new Uint8Array(50)], samples: 0 }, "corrupt-file", "lost sync"],
    ["frames of another rate", { change: () => [frameOf(1, 16, 16000)] }, "corrupt-file", "changes to 1 channels"],
    ["0 samples per frame", { block: 0, frames: 0 }, "bad-header", "0 samples"],
    ["a rate of 1 Hz", { sampleRate: 1 }, "unsupported-rate", "1 Hz"],
    ["1 bit", { bits: 1, frames: 0, samples: 9 }, "bad-header", "1 bits"],
  ];
  const frameOf = (channels: number, bits: number, sampleRate: number) =>
    plainFlacFrame(knownIntegers({ bits, channels, frames: 32 }), { number: 0, bits, sampleRate });
  it.each(changes)("%s", async (_, options, code, found) => {
    const error = await refusal(plain(options).file);
    expect(error.message).toContain(found);
    expect(error.code).toBe(code);
  });

  it("a frame larger than the header allows", async () => {
    const { file } = plain({ block: 60_000, channels: 8, bits: 24, frames: 1 });
    new DataView(file.buffer).setUint32(8, 0x0010_0010); // at most 16 samples in a frame
    expect((await refusal(file)).message).toContain("larger than its header allows");
  });

  it("32-bit FLAC, as flac 1.4 writes it, with a way out", async () => {
    const error = await refusal(fixture("refused-32-bit.flac"));
    expect(error.code).toBe("unsupported-encoding");
    expect(error.message).toContain("32-bit FLAC");
    expect(error.hint).toContain("WAV");
  });

  it("a wrong MD5 sum", async () => {
    const file = flipped(fixture("flac-16-mono.flac"), 8 + 20);
    expect(await refusal(file)).toMatchObject({ code: "corrupt-file", message: expect.stringContaining("MD5") });
  });

  it("a list of tags without end", async () => {
    const tags = Array.from({ length: 5000 }, () => Uint8Array.of(1, 0, 0, 0));
    const { file } = plain();
    const open = flipped(file.subarray(0, 42), 4, 0x80);
    expect((await refusal(joined([open, ...tags]))).code).toBe("bad-header");
  });
});

describe("openFlac, whatever happened to the file", () => {
  it("notices every cut, also where neither length nor checksum are stated", async () => {
    for (const [file, frameEnds] of [
      [fixture("flac-16-mono.flac"), [] as number[]],
      [plain({ samples: 0 }).file, [0, 1, 2, 3, 4].map((frames) => 42 + frames * 142)],
    ] as const) {
      for (let length = 4; length < file.length; length += length > 46 && length < file.length - 70 ? 16 : 1) {
        const outcome = await decode(file.subarray(0, length)).catch((error: unknown) => error);
        if (frameEnds.includes(length) && length > 42) {
          // Nothing is left that could tell; the warning of the open length is given.
          expect((outcome as DecodedRecording).channels[0]).toHaveLength((32 * (length - 42)) / 142);
          continue;
        }
        expect(isTonewrightError(outcome), `cut at ${length}`).toBe(true);
      }
    }
  });

  it("gives the exact samples or an error when one byte is changed, anywhere", async () => {
    const file = fixture("flac-16-mono.flac");
    const { channels } = await decode(file);
    for (let at = 4; at < file.length; at += at < 64 || at > file.length - 9 ? 1 : 3) {
      const outcome = await decode(flipped(file, at, 1 << (at % 8))).catch((error: unknown) => error);
      if (isTonewrightError(outcome)) continue;
      expect((outcome as DecodedRecording).channels, `byte ${at}`).toEqual(channels);
      expect((outcome as DecodedRecording).sampleRate).toBe(48000);
    }
  });

  it("gives the exact samples or an error after several changes", async () => {
    const file = fixture("flac-16-smooth-level-8.flac");
    const { channels } = await decode(file);
    const position = fc.oneof(fc.nat(100), fc.nat(file.length - 1));
    const damage = fc.array(fc.tuple(position, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const copy = Uint8Array.from(file);
        for (const [at, mask] of changes) copy[at]! ^= mask;
        const outcome = await decode(copy).catch((error: unknown) => error);
        if (!isTonewrightError(outcome)) expect((outcome as DecodedRecording).channels).toEqual(channels);
      }),
      { seed: 20261121, numRuns: 100, timeout: 10_000 },
    );
  });

  it("reads several files at the same time, after others that were damaged or left early", async () => {
    const { file, expected } = plain({ block: 4096, channels: 1, frames: 40 });
    await decode(flipped(file, 9000)).catch(() => undefined);
    const iterators = await Promise.all(
      [1, 2, 3].map(async () => (await openFlac(bytesSource(file), { name })).blocks()[Symbol.asyncIterator]()),
    );
    await iterators.pop()?.return?.();
    for (const start of [0, 65_536, 131_072]) {
      for (const iterator of iterators) {
        const { value } = await iterator.next();
        expect(
          Buffer.from(value[0]!.buffer).equals(Buffer.from(expected[0]!.slice(start, start + 65_536).buffer)),
        ).toBe(true);
      }
    }
    for (const iterator of iterators) expect((await iterator.next()).done).toBe(true);
  });
});
