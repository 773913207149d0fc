import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { sniffFormat } from "./sniff-format.ts";

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const sniff = (...bytes: number[]) => sniffFormat(bytesSource(Uint8Array.from(bytes)), "take.wav");
const zeros = (count: number) => Array<number>(count).fill(0);
/** An ID3v2 tag of 200 bytes: 7 bits per byte of its size. */
const tag = (flags = 0) => [...ascii("ID3"), 4, 0, flags, 0, 0, 1, 72, ...zeros(200)];
/** MPEG-1 Layer III, 128 kbit/s, 44100 Hz: frames of 417 bytes. */
const mp3Frame = [0xff, 0xfb, 0x90, 0x64, ...zeros(413)];

describe("sniffFormat looks at the content and not at the name", () => {
  const known: [string, number[], string, number][] = [
    ["WAV", ascii("RIFF....WAVE"), "wav", 0],
    ["RF64", ascii("RF64....WAVE"), "wav", 0],
    ["BW64", ascii("BW64....WAVE"), "wav", 0],
    ["big-endian WAV, which its reader refuses", ascii("RIFX....WAVE"), "wav", 0],
    ["AIFF", ascii("FORM....AIFF"), "aiff", 0],
    ["AIFF-C", ascii("FORM....AIFC"), "aiff", 0],
    ["FLAC", ascii("fLaC"), "flac", 0],
    ["Ogg", ascii("OggS"), "ogg", 0],
    ["MP3", mp3Frame, "mp3", 0],
    ["a WAV file that was cut", ascii("RIFF"), "wav", 0],
    ["FLAC behind a tag", [...tag(), ...ascii("fLaC")], "flac", 210],
    ["FLAC behind two tags, one with a footer", [...tag(0x10), ...zeros(10), ...tag(), ...ascii("fLaC")], "flac", 430],
    ["MP3 behind a tag", [...tag(), ...mp3Frame], "mp3", 210],
    ["MP3 behind a tag and padding", [...tag(), ...zeros(300), ...mp3Frame, ...mp3Frame, ...mp3Frame], "mp3", 210],
    ["MP3 cut in the middle of a frame", [...zeros(100), ...mp3Frame, ...mp3Frame, ...mp3Frame], "mp3", 0],
    ["a tag and nothing else", tag(), "mp3", 210],
    ["a tag that claims more than there is", tag().slice(0, 100), "mp3", 100],
    ["AAC, which the reader of its relative MP3 refuses by name", [0xff, 0xf1, 0x50, 0x80, 0], "mp3", 0],
  ];
  it.each(known)("%s", async (_, bytes, container, start) => {
    expect(await sniff(...bytes)).toEqual({ container, start });
  });

  const foreign: [string, number[], RegExp, RegExp][] = [
    ["a web page", ascii("<!doctype html>"), /web page/, /login/],
    ["text", ascii("hello, world"), /text file/, /FLAC/],
    ["UTF-16 text", [0xff, 0xfe, 0x41, 0, 0x42, 0], /UTF-16/, /choose/],
    ["M4A", [0, 0, 0, 32, ...ascii("ftypM4A ")], /M4A/, /ffmpeg/],
    ["AVI", ascii("RIFF....AVI LIST"), /AVI/, /ffmpeg/],
    ["MIDI", ascii("MThd\0\0\0\x06"), /MIDI/, /render/],
    ["an IFF picture", ascii("FORM....ILBM"), /IFF/, /choose/],
    ["zeros", zeros(2000), /no audio format/, /choose/],
    ["one MP3 frame header in noise", [...zeros(50), ...mp3Frame, ...zeros(500)], /no audio format/, /choose/],
  ];
  it.each(foreign)("not %s", async (_, bytes, kind, hint) => {
    await expect(sniff(...bytes)).rejects.toMatchObject({
      code: "unknown-format",
      message: expect.stringMatching(kind),
      hint: expect.stringMatching(hint),
    });
  });

  it("not an empty file", async () => {
    await expect(sniff()).rejects.toMatchObject({ code: "empty-file" });
  });

  it("reads no more than 64 KiB of a large file at a time", async () => {
    const requests: number[] = [];
    const source = {
      size: 2 ** 40,
      async read(start: number, end: number) {
        requests.push(end - start);
        return new Uint8Array(end - start);
      },
    };
    await expect(sniffFormat(source, "large")).rejects.toMatchObject({ code: "unknown-format" });
    expect(requests).toEqual([65_536]);
  });
});
