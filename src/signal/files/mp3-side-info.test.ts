import { describe, expect, it } from "vitest";
import { readMp3FrameHeader } from "./mp3-frame-header.ts";
import { readMp3SideInfo } from "./mp3-side-info.ts";

/** Numbers of given widths, packed from the most significant bit on. */
function pack(...fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.map(([value, width]) => value.toString(2).padStart(width, "0")).join("");
  return Uint8Array.from(bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [], (byte) =>
    Number.parseInt(byte, 2),
  );
}

const header = (...bytes: number[]) => {
  const found = readMp3FrameHeader(Uint8Array.from(bytes));
  if (found === undefined) throw new Error("no header");
  return found;
};
const mono1 = header(0xff, 0xfb, 0x90, 0xc0);
const stereo2 = header(0xff, 0xf3, 0x90, 0x00);

/** A granule of one channel in MPEG-1: 59 bits. */
const granule = ({ bits = 0, pairs = 0, isSwitched = 0, window = 0 } = {}) =>
  [
    [bits, 12],
    [pairs, 9],
    [0, 12],
    [isSwitched, 1],
    [window, 2],
    [0, 20],
    [0, 3],
  ] as const;

describe("readMp3SideInfo", () => {
  it("adds up the bits of both granules and rounds them up to bytes", () => {
    const side = pack([300, 9], [0, 9], ...granule({ bits: 1000, pairs: 288 }), ...granule({ bits: 17 }));
    expect(side).toHaveLength(mono1.sideBytes);
    expect(readMp3SideInfo(side, mono1)).toEqual({ mainDataBegin: 300, mainDataBytes: 128, fault: undefined });
  });

  it("reads the shorter kind of the lower rates", () => {
    const channel = (bits: number) =>
      [
        [bits, 12],
        [0, 9],
        [0, 17],
        [0, 1],
        [0, 22],
        [0, 2],
      ] as const;
    const side = pack([255, 8], [0, 2], ...channel(80), ...channel(81));
    expect(side).toHaveLength(stereo2.sideBytes);
    expect(readMp3SideInfo(side, stereo2)).toEqual({ mainDataBegin: 255, mainDataBytes: 21, fault: undefined });
  });

  it("names what no encoder writes", () => {
    const tooMany = pack([0, 9], [0, 9], ...granule({ pairs: 289 }), ...granule());
    expect(readMp3SideInfo(tooMany, mono1).fault).toBe("a granule of 578 spectral lines, 576 is the limit");
    const noWindow = pack([0, 9], [0, 9], ...granule(), ...granule({ isSwitched: 1 }));
    expect(readMp3SideInfo(noWindow, mono1).fault).toBe("a switched window of no type");
    const long = pack([0, 9], [0, 9], ...granule(), ...granule({ isSwitched: 1, window: 2 }));
    expect(readMp3SideInfo(long, mono1).fault).toBeUndefined();
  });
});
