import { describe, expect, it } from "vitest";
import { opusPacketSamples, splitOpusPacket } from "./opus-packet.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const frame = (length: number, value = 7) => new Array<number>(length).fill(value);

// The first byte: kind of frame in five bits, stereo, and how the frames are packed in two bits.
const SPEECH_60_MS = 3 << 3;
const HYBRID_20_MS = 13 << 3;
const MUSIC_2_5_MS = 16 << 3;
const MUSIC_20_MS = 31 << 3;

describe("opusPacketSamples, by the table of RFC 6716", () => {
  it.each([
    ["one frame of 60 ms", bytes(SPEECH_60_MS, ...frame(9)), 2880],
    ["one frame of 20 ms", bytes(HYBRID_20_MS, ...frame(9)), 960],
    ["one frame of 2.5 ms", bytes(MUSIC_2_5_MS, ...frame(9)), 120],
    ["one frame without a byte, as in a pause", bytes(MUSIC_20_MS), 960],
    ["two equal frames", bytes(MUSIC_20_MS | 1, ...frame(10)), 1920],
    ["two frames of 3 and 4 bytes", bytes(MUSIC_20_MS | 2, 3, ...frame(7)), 1920],
    ["a frame of 252 bytes in front, whose length takes two", bytes(MUSIC_20_MS | 2, 252, 0, ...frame(260)), 1920],
    ["three equal frames", bytes(MUSIC_20_MS | 3, 3, ...frame(9)), 2880],
    ["three frames with lengths and padding", bytes(MUSIC_20_MS | 3, 0xc3, 2, 1, 2, ...frame(6), 0, 0), 2880],
    ["48 frames of 2.5 ms", bytes(MUSIC_2_5_MS | 3, 48, ...frame(96)), 5760],
  ])("%s", (_, packet, samples) => {
    expect(opusPacketSamples(packet, 1)).toBe(samples);
  });

  it.each([
    ["no byte", bytes()],
    ["two equal frames of 9 bytes together", bytes(MUSIC_20_MS | 1, ...frame(9))],
    ["a first frame longer than the packet", bytes(MUSIC_20_MS | 2, 8, ...frame(7))],
    ["a length cut in two", bytes(MUSIC_20_MS | 2, 252)],
    ["no frames", bytes(MUSIC_20_MS | 3, 0, ...frame(9))],
    ["no number of frames", bytes(MUSIC_20_MS | 3)],
    ["more than 120 ms", bytes(MUSIC_20_MS | 3, 7, ...frame(70))],
    ["more padding than packet", bytes(MUSIC_20_MS | 3, 0x41, 20, ...frame(9))],
    ["a frame of 1276 bytes", bytes(MUSIC_20_MS, ...frame(1276))],
  ])("is no packet: %s", (_, packet) => {
    expect(opusPacketSamples(packet, 1)).toBeUndefined();
  });

  it("several streams in one packet: all but the last tell their length, and all last equally long", () => {
    const first = [MUSIC_20_MS, 4, ...frame(4)];
    expect(opusPacketSamples(bytes(...first, MUSIC_20_MS, ...frame(8)), 2)).toBe(960);
    const twoOf10 = [(30 << 3) | 1, 2, ...frame(4)];
    expect(opusPacketSamples(bytes(...first, ...twoOf10, HYBRID_20_MS, ...frame(8)), 3)).toBe(960);
    expect(opusPacketSamples(bytes(...first, MUSIC_2_5_MS, ...frame(8)), 2)).toBeUndefined();
    expect(opusPacketSamples(bytes(MUSIC_20_MS, 40, ...frame(8)), 2)).toBeUndefined();
    expect(opusPacketSamples(bytes(...first), 2)).toBeUndefined();
  });
});

it("splitOpusPacket makes a packet of each frame", () => {
  const packet = bytes(MUSIC_20_MS | 4 | 3, 0xc3, 2, 1, 2, ...frame(1, 1), ...frame(2, 2), ...frame(3, 3), 0, 0);
  const first = MUSIC_20_MS | 4;
  expect(splitOpusPacket(packet)).toEqual([bytes(first, 1), bytes(first, 2, 2), bytes(first, 3, 3, 3)]);
  expect(() => splitOpusPacket(bytes())).toThrow("bug");
});
