import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitwiseChecksum, splitPages } from "../../../fixtures/signal/lossy/ogg-pages.ts";
import { readLossyFile } from "../../../fixtures/signal/lossy/references.ts";
import { oggChecksum } from "./ogg-checksum.ts";

describe("oggChecksum", () => {
  it.each(["oggenc-44100-stereo.ogg", "opusenc-48000-stereo.opus"])("is what the encoder wrote: %s", (file) => {
    const pages = splitPages(readLossyFile(file));
    const stored = pages.map((page) => new DataView(page.buffer).getUint32(22, true));
    expect(pages.map(oggChecksum)).toEqual(stored);
  });

  it("is the checksum bit by bit, whatever the length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 27, maxLength: 80 }), (page) => {
        const zeroed = page.slice().fill(0, 22, 26);
        expect(oggChecksum(page)).toBe(bitwiseChecksum(zeroed));
      }),
    );
  });
});
