import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { knownIntegers } from "../../../fixtures/signal/files/known-integers.ts";
import { decodeWav } from "./decode-wav.ts";
import { encodeFlac } from "./encode-flac.ts";
import { encodeWav } from "./encode-wav.ts";
import { decodeRecording } from "./open-recording.ts";

const known = ({ bits, ...rest }: Parameters<typeof knownIntegers>[0]) =>
  knownIntegers({ bits, ...rest }).map((channel) => Float32Array.from(channel, (v) => v / 2 ** (bits - 1)));
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

describe("encodeFlac", () => {
  for (const bits of [16, 24] as const) {
    for (const channels of [1, 2, 3, 6, 8]) {
      it(`gives back ${bits} bits and ${channels} channels bit for bit`, async () => {
        for (const smooth of [false, true]) {
          const sound = known({ bits, channels, frames: 5000, smooth });
          const file = await encodeFlac({ channels: sound, sampleRate: 44100 }, { bits });
          const recording = await decodeRecording(file, { name: "round-trip" });
          expect(recording.channels).toEqual(sound);
          expect(recording).toMatchObject({ format: "flac", encoding: `pcm${bits}`, sampleRate: 44100, warnings: [] });
        }
      });
    }
  }

  it("rounds and clips as encodeWav does", async () => {
    const sound = { channels: [Float32Array.of(0.4, 0.5, 0.6, -0.5, -1.5).map((v) => v / 32768)], sampleRate: 8000 };
    sound.channels.push(Float32Array.of(1, 2, -1, -2, 0.999999));
    const wav = await decodeWav(await encodeWav(sound, { encoding: "pcm16" }), { name: "wav" });
    const flac = await decodeRecording(await encodeFlac(sound, { bits: 16 }), { name: "flac" });
    expect(flac.channels).toEqual(wav.channels);
    expect(Array.from(flac.channels[1]!, (v) => v * 32768)).toEqual([32767, 32767, -32768, -32768, 32767]);
  });

  it("states length, frame sizes and the MD5 sum of the samples in its header", async () => {
    const file = await encodeFlac({ channels: [Float32Array.of(-1, 1 / 32768)], sampleRate: 48000 }, { bits: 16 });
    // fLaC, last block? no, 34 bytes; blocks of 4096; smallest and largest frame;
    // 48000 Hz (0bb80), 1 channel, 16 bits, 2 samples; MD5 of the bytes 00 80 01 00 (md5sum says so).
    const frame = hex(file.subarray(12, 15));
    expect(hex(file.subarray(0, 42))).toBe(
      `664c61430000002210001000${frame}${frame}0bb800f000000002c1ec081302d5c55377be0fda24c2871c`,
    );
    expect(Number.parseInt(frame, 16)).toBe(file.length - file.lastIndexOf(0xff));
  });

  it.each([16, 24] as const)(
    "writes the very bytes that flac decoded when the fixture was made: %i bits",
    async (bits) => {
      const sound = { channels: known({ bits, channels: 2, frames: 3000, smooth: true }), sampleRate: 44100 };
      const golden = new URL(`../../../fixtures/signal/files/ours-${bits}.flac`, import.meta.url);
      expect(await encodeFlac(sound, { bits })).toEqual(new Uint8Array(readFileSync(golden)));
    },
  );

  it("refuses what FLAC cannot hold", async () => {
    const silence = (channels: number, sampleRate = 48000) => ({
      channels: Array.from({ length: channels }, () => new Float32Array(4)),
      sampleRate,
    });
    const refused = (recording: ReturnType<typeof silence>) => expect(encodeFlac(recording, { bits: 24 })).rejects;
    await refused(silence(9)).toMatchObject({ code: "too-many-channels" });
    await refused(silence(0)).toMatchObject({ code: "empty-recording" });
    await refused(silence(1, 768_000)).toMatchObject({ code: "unsupported-rate" });
    await refused(silence(1, 96_001)).toMatchObject({ code: "unsupported-rate" });
    await refused({ channels: [Float32Array.of(Number.NaN)], sampleRate: 8000 }).toMatchObject({
      code: "non-finite-samples",
    });
  });

  it("takes every usual rate", async () => {
    for (const sampleRate of [8000, 11025, 22050, 44100, 48000, 65535, 88200, 96000, 192000, 384000, 655350]) {
      const file = await encodeFlac({ channels: [Float32Array.of(0, 0.5)], sampleRate }, { bits: 16 });
      expect((await decodeRecording(file, { name: "rate" })).sampleRate).toBe(sampleRate);
    }
  });
});

const tool = "/usr/bin/flac";
describe.skipIf(!existsSync(tool))("encodeFlac, judged by the reference decoder (skipped without flac)", () => {
  const folder = mkdtempSync(join(tmpdir(), "tonewright-flac-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const bits of [16, 24] as const) {
    for (const channels of [1, 2, 8]) {
      it(`${bits} bits, ${channels} channels`, async () => {
        const sound = { channels: known({ bits, channels, frames: 9000, smooth: channels === 2 }), sampleRate: 96000 };
        const path = join(folder, `${bits}-${channels}.flac`);
        writeFileSync(path, await encodeFlac(sound, { bits }));
        execFileSync(tool, ["--test", "--silent", "--warnings-as-errors", path]);
        execFileSync(tool, ["--decode", "--silent", "--force", "--output-name", `${path}.wav`, path]);
        const decoded = await decodeWav(new Uint8Array(readFileSync(`${path}.wav`)), { name: "decoded" });
        expect(decoded.channels).toEqual(sound.channels);
      });
    }
  }
});
