import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { blobSource } from "./blob-source.browser.ts";
import { type ByteSource, bytesSource } from "./byte-source.ts";
import { createByteWindow, sourcePart } from "./byte-window.ts";
import { encodeWav } from "./encode-wav.ts";
import { openFileSource } from "./file-source.node.ts";
import { openRecording } from "./open-recording.ts";

const folder = mkdtempSync(join(tmpdir(), "tonewright-bytes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const content = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 31) & 255);
const path = join(folder, "bytes");
writeFileSync(path, content);

const sources: [string, () => Promise<ByteSource>][] = [
  ["bytesSource", async () => bytesSource(content)],
  ["blobSource", async () => blobSource(new Blob([content]))],
  ["openFileSource", () => openFileSource(path)],
  [
    "sourcePart",
    async () =>
      sourcePart(bytesSource(new Uint8Array(Buffer.concat([content.subarray(0, 2), content, content]))), {
        start: 2,
        end: 200_002,
      }),
  ],
];

describe.each(sources)("%s", (_, open) => {
  it("gives the bytes of a range, fewer only at the end", async () => {
    const source = await open();
    expect(source.size).toBe(200_000);
    for (const [start, end] of [
      [0, 3],
      [65_530, 150_000],
      [199_999, 300_000],
    ] as const) {
      expect(Buffer.from(await source.read(start, end)).equals(content.subarray(start, end))).toBe(true);
    }
    expect(await source.read(200_000, 200_010)).toHaveLength(0);
    expect(await source.read(5, 5)).toHaveLength(0);
    if ("close" in source) await (source as Awaited<ReturnType<typeof openFileSource>>).close();
  });

  it("gives them through a window as well, in any order", async () => {
    const source = await open();
    const window = createByteWindow(source, "bytes");
    for (const [start, length] of [
      [0, 10],
      [65_530, 20],
      [100, 5],
      [150_000, 49_999],
      [199_998, 10],
      [200_001, 4],
    ] as const) {
      const bytes = Buffer.from(await window.bytes(start, length));
      expect(bytes.equals(content.subarray(start, start + length))).toBe(true);
    }
    if ("close" in source) await (source as Awaited<ReturnType<typeof openFileSource>>).close();
  });
});

describe("a file that becomes shorter while it is read", () => {
  it("is an error with the place, and not a shorter recording", async () => {
    const channels = [Float32Array.from({ length: 150_000 }, (_, n) => Math.sin(n))];
    const shrinking = join(folder, "shrinking.wav");
    writeFileSync(shrinking, await encodeWav({ channels, sampleRate: 48_000 }));
    const source = await openFileSource(shrinking);
    const stream = await openRecording(source, { name: "shrinking.wav" });
    const read = async () => {
      for await (const _ of stream.blocks()) truncateSync(shrinking, 300_000);
    };
    await expect(read()).rejects.toMatchObject({
      code: "truncated-file",
      message: '"shrinking.wav" is cut short: it ended at byte 300000 while it was read',
    });
    await source.close();
  });
});
