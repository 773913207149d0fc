import { expect, it } from "vitest";
import { readLossyFile } from "../../../fixtures/signal/lossy/references.ts";
import { lameChecksum, mp3FrameChecksum } from "./mp3-checksum.ts";

it("lameChecksum is CRC-16/ARC, whose check value over 123456789 is bb3d", () => {
  const digits = Uint8Array.from("123456789", (digit) => digit.charCodeAt(0));
  expect(lameChecksum(0, digits)).toBe(0xbb3d);
  expect(lameChecksum(lameChecksum(0, digits.subarray(0, 4)), digits.subarray(4))).toBe(0xbb3d);
});

it("mp3FrameChecksum is what LAME wrote into a protected frame", () => {
  const bytes = readLossyFile("lame-abr-checksums-22050-mono.mp3");
  const frame = bytes.subarray(208); // behind the one that holds the tag
  expect(frame[1]).toBe(0xf2);
  expect(mp3FrameChecksum(frame, 9)).toBe(256 * (frame[4] ?? 0) + (frame[5] ?? 0));
});
