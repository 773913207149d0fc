import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { createByteWindow } from "./byte-window.ts";
import { findMp3Span } from "./mp3-tags.ts";

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const zeros = (count: number) => new Array<number>(count).fill(0);
const sound = [0xff, 0xfb, ...zeros(500)];
const span = (...parts: number[][]) =>
  findMp3Span(createByteWindow(bytesSource(Uint8Array.from(parts.flat())), "a"), "a");

describe("findMp3Span", () => {
  it.each([
    ["no tags", [], [], 0, 502],
    ["ID3v2 with a size of seven bits each", [...ascii("ID3"), 4, 0, 0, 0, 0, 1, 2, ...zeros(130)], [], 140, 642],
    ["ID3v2 with a foot", [...ascii("ID3"), 4, 0, 0x10, 0, 0, 0, 3, ...zeros(13)], [], 23, 525],
    ["ID3v1 and its enhanced kind", [], [...ascii("TAG+"), ...zeros(223), ...ascii("TAG"), ...zeros(125)], 0, 502],
    [
      "APE with a head",
      [],
      [...zeros(32), ...zeros(8), ...ascii("APETAGEX"), ...zeros(4), 40, 0, 0, 0, ...zeros(7), 0x80, ...zeros(8)],
      0,
      502,
    ],
    ["Lyrics3, the older kind", [], [...ascii("LYRICSBEGINLa la laLYRICSEND")], 0, 502],
    ["Lyrics3, the newer kind", [], [...ascii("LYRICSBEGININD00003110000022LYRICS200")], 0, 502],
    [
      "ID3v2 at the end",
      [],
      [...ascii("ID3"), 4, 0, 0x10, 0, 0, 0, 3, 1, 2, 3, ...ascii("3DI"), 4, 0, 0x10, 0, 0, 0, 3],
      0,
      502,
    ],
    ["the letters of a tag inside the sound", [], [...ascii("TAG"), ...zeros(126)], 0, 631],
  ])("%s", async (_, before, after, start, end) => {
    expect(await span(before, sound, after)).toEqual({ start, end });
  });

  it("refuses a tag that is longer than the file", async () => {
    const before = [...ascii("ID3"), 4, 0, 0, 0, 0, 127, 127];
    await expect(span(before, sound)).rejects.toMatchObject({ code: "truncated-file" });
  });

  it("does not take a tag at the end for longer than the file", async () => {
    const after = [...ascii("APETAGEX"), ...zeros(4), 255, 255, 255, 255, ...zeros(16)];
    expect(await span(sound, after)).toEqual({ start: 0, end: 534 });
  });
});
