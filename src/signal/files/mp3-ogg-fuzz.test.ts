import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editPage, joinBytes, splitPages } from "../../../fixtures/signal/lossy/ogg-pages.ts";
import { readLossyFile } from "../../../fixtures/signal/lossy/references.ts";
import { isTonewrightError } from "../../errors/index.ts";
import type { RecordingStream } from "../recording.ts";
import { type ByteSource, bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openMp3 } from "./open-mp3.ts";
import { openOgg } from "./open-ogg.ts";

type Open = (source: ByteSource, options: { readonly name: string }) => Promise<RecordingStream>;

const name = "fuzzed";
const readers: readonly { readonly reader: string; readonly open: Open; readonly files: readonly string[] }[] = [
  {
    reader: "openMp3",
    open: openMp3,
    files: ["lame-cbr-8000-mono.mp3", "lame-abr-checksums-22050-mono.mp3", "ffmpeg-24000-mono.mp3"],
  },
  {
    reader: "openOgg",
    open: openOgg,
    files: ["oggenc-8000-mono.ogg", "opusenc-speech-16000-mono.opus", "opusenc-six-channels.opus"],
  },
];

/** The recording, or `undefined` after a proper refusal; anything else fails the test. */
async function attempt(open: Open, bytes: Uint8Array) {
  try {
    return await collectRecording(await open(bytesSource(bytes), { name }), { name });
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    expect(error.message).toContain(`"${name}"`);
    expect(error.hint).not.toBe("");
    return undefined;
  }
}

const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 });
const runs = { numRuns: 40 };

describe.each(readers)("$reader", ({ open, files }) => {
  it("refuses random bytes", async () => {
    const random = fc.uint8Array({ maxLength: 3000 });
    const starts = fc.constantFrom([], [0xff, 0xfb, 0x90, 0], [0x4f, 0x67, 0x67, 0x53, 0], [0x49, 0x44, 0x33, 4, 0, 0]);
    const property = fc.asyncProperty(starts, random, async (start, rest) => {
      const recording = await attempt(open, joinBytes(Uint8Array.from(start), rest));
      if (recording !== undefined) expect(recording.warnings).not.toEqual([]);
    });
    await fc.assert(property, runs);
  });

  it.each(files)("gives the right samples of %s or none, or warns: a flipped bit", async (file) => {
    const original = readLossyFile(file);
    const expected = await attempt(open, original);
    const property = fc.asyncProperty(fc.nat(8 * original.length - 1), async (bit) => {
      const bytes = original.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const recording = await attempt(open, bytes);
      if (recording?.warnings.length === 0) expect(recording.channels).toEqual(expected?.channels);
    });
    await fc.assert(property, runs);
  });

  it.each(files)("refuses any beginning of %s", async (file) => {
    const original = readLossyFile(file);
    const property = fc.asyncProperty(fc.nat(original.length - 1), async (end) => {
      expect(await attempt(open, original.subarray(0, end))).toBeUndefined();
    });
    await fc.assert(property, runs);
  });

  it.each(files)("survives several wrong bytes in %s", async (file) => {
    const original = readLossyFile(file);
    const property = fc.asyncProperty(edits, async (changes) => {
      const bytes = original.slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      await attempt(open, bytes);
    });
    await fc.assert(property, runs);
  });

  it.each(files)("survives absurd headers of %s", async (file) => {
    const original = readLossyFile(file);
    const property = fc.asyncProperty(edits, async (changes) => {
      const bytes = original.slice();
      for (const [at, value] of changes) bytes[at % 60] = value;
      await attempt(open, bytes);
    });
    await fc.assert(property, runs);
  });
});

it.each(readers[1]?.files ?? [])(
  "openOgg survives what only a forger writes, wrong bytes under right checksums: %s",
  async (file) => {
    const pages = splitPages(readLossyFile(file));
    const property = fc.asyncProperty(fc.nat(), edits, async (which, changes) => {
      const forged = pages.map((page, k) => {
        if (k !== which % pages.length) return page;
        return editPage(page.slice(), (view) => {
          const start = 27 + view.getUint8(26); // the packets, so that the pages themselves stay whole
          for (const [at, value] of changes)
            view.setUint8(start + (at % Math.min(view.byteLength - start, 400)), value);
        });
      });
      await attempt(openOgg, joinBytes(...forged));
    });
    await fc.assert(property, { numRuns: 50 });
  },
);

it("openMp3 reads a long file in pieces of 64 KiB, each about once", async () => {
  const frames = readLossyFile("lame-no-tag-32000-stereo.mp3");
  const long = joinBytes(...new Array<Uint8Array>(60).fill(frames)); // 32 s
  let largest = 0;
  let total = 0;
  const source: ByteSource = {
    size: long.length,
    read: async (start, end) => {
      largest = Math.max(largest, end - start);
      total += end - start;
      return long.slice(start, end);
    },
  };
  let longestBlock = 0;
  for await (const [left] of (await openMp3(source, { name })).blocks()) {
    longestBlock = Math.max(longestBlock, left?.length ?? 0);
  }
  expect(largest).toBe(65_536);
  expect(total).toBeLessThan(1.3 * long.length);
  expect(longestBlock).toBe(32 * 1152);
});
