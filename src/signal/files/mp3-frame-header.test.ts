import { describe, expect, it } from "vitest";
import { nameMp3Relative, readMp3FrameHeader } from "./mp3-frame-header.ts";

describe("readMp3FrameHeader", () => {
  // Bytes by the table of the standard: 144 * bit rate / sample rate (72 for the lower rates), rounded down, + padding.
  it.each([
    [[0xff, 0xfb, 0x90, 0x00], { mpegVersion: 1, sampleRate: 44_100, channels: 2, samples: 1152, bytes: 417 }],
    [[0xff, 0xfb, 0x92, 0x64], { mpegVersion: 1, sampleRate: 44_100, channels: 2, samples: 1152, bytes: 418 }],
    [[0xff, 0xfb, 0xe8, 0xc0], { mpegVersion: 1, sampleRate: 32_000, channels: 1, samples: 1152, bytes: 1440 }],
    [[0xff, 0xfb, 0x14, 0xc0], { mpegVersion: 1, sampleRate: 48_000, channels: 1, samples: 1152, bytes: 96 }],
    [[0xff, 0xf3, 0x80, 0xc0], { mpegVersion: 2, sampleRate: 22_050, channels: 1, samples: 576, bytes: 208 }],
    [[0xff, 0xe3, 0xe8, 0x40], { mpegVersion: 2.5, sampleRate: 8000, channels: 2, samples: 576, bytes: 1440 }],
  ])("%j", (bytes, expected) => {
    expect(readMp3FrameHeader(Uint8Array.from(bytes))).toMatchObject(expected);
  });

  it("tells checksums and the length of the side information", () => {
    expect(readMp3FrameHeader(Uint8Array.of(0xff, 0xfa, 0x90, 0x00))).toMatchObject({
      hasChecksum: true,
      sideBytes: 32,
    });
    expect(readMp3FrameHeader(Uint8Array.of(0xff, 0xfb, 0x90, 0xc0))).toMatchObject({
      hasChecksum: false,
      sideBytes: 17,
    });
    expect(readMp3FrameHeader(Uint8Array.of(0xff, 0xf3, 0x90, 0x00))?.sideBytes).toBe(17);
    expect(readMp3FrameHeader(Uint8Array.of(0xff, 0xf3, 0x90, 0xc0))?.sideBytes).toBe(9);
  });

  it.each([
    ["no sync", [0xff, 0xdb, 0x90, 0x00], undefined],
    ["a reserved version", [0xff, 0xeb, 0x90, 0x00], undefined],
    ["a reserved rate", [0xff, 0xfb, 0x9c, 0x00], undefined],
    ["bit rate 15", [0xff, 0xfb, 0xf0, 0x00], undefined],
    ["three bytes", [0xff, 0xfb, 0x90], undefined],
    ["free format", [0xff, 0xfb, 0x00, 0x00], 'MP3 without a listed bit rate ("free format")'],
    ["Layer II", [0xff, 0xfd, 0x90, 0x00], "MPEG audio Layer II (MP2)"],
    ["Layer I", [0xff, 0xff, 0x90, 0x00], "MPEG audio Layer I (MP1)"],
    ["AAC", [0xff, 0xf1, 0x50, 0x80], "AAC (an ADTS stream)"],
  ])("is no frame: %s", (_, bytes, relative) => {
    expect(readMp3FrameHeader(Uint8Array.from(bytes))).toBeUndefined();
    expect(nameMp3Relative(Uint8Array.from(bytes))).toBe(relative);
  });
});
