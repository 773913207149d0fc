import { describe, expect, it } from "vitest";
import { splitPages } from "../../../fixtures/signal/lossy/ogg-pages.ts";
import { readLossyFile } from "../../../fixtures/signal/lossy/references.ts";
import { createVorbisBits } from "./vorbis-bits.ts";
import { bitLength, readVorbisModes } from "./vorbis-setup.ts";

/** The setup packet of a file by oggenc: the second on its second page, which holds nothing else. */
function setupOf(file: string): Uint8Array {
  const [, page = new Uint8Array()] = splitPages(readLossyFile(file));
  const segments = page[26] ?? 0;
  const lacing = page.subarray(27, 27 + segments);
  const comments = lacing.subarray(0, lacing.findIndex((length) => length < 255) + 1);
  return page.subarray(27 + segments + comments.reduce((sum, length) => sum + length, 0));
}

describe("readVorbisModes", () => {
  it.each([
    ["oggenc-44100-stereo.ogg", 2, [false, true]],
    ["oggenc-48000-six-channels.ogg", 6, [false, true]],
    ["oggenc-8000-mono.ogg", 1, [false]], // all its blocks have 512 samples
  ])("finds the modes behind all tables of %s: short, long", (file, channels, modes) => {
    expect(readVorbisModes(setupOf(file), channels)).toEqual(modes);
  });

  it("refuses any beginning of a setup packet, and other packets", () => {
    const setup = setupOf("oggenc-8000-mono.ogg");
    for (let end = 0; end < setup.length; end += 7) expect(readVorbisModes(setup.subarray(0, end), 1)).toBeUndefined();
    const comment = setup.slice();
    comment[0] = 3;
    expect(readVorbisModes(comment, 1)).toBeUndefined();
  });
});

it("createVorbisBits reads the least significant bit first: the example of the specification, section 2.1.4", () => {
  // 12 in 4 bits, 7 in 3, 17 in 7 and 6969 in 13.
  const bits = createVorbisBits(Uint8Array.of(0b1111_1100, 0b0100_1000, 0b1100_1110, 0b0000_0110));
  expect([bits.read(4), bits.read(3), bits.read(7), bits.read(13)]).toEqual([12, 7, 17, 6969]);
  expect(bits.isOverrun()).toBe(false);
  bits.skip(6);
  expect(bits.isOverrun()).toBe(true);
});

it("bitLength is the number of bits up to the highest one", () => {
  expect([0, 1, 2, 3, 4, 7, 255, 256].map(bitLength)).toEqual([0, 1, 2, 2, 3, 3, 8, 9]);
});
