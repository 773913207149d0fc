import type { Mp3FrameHeader } from "./mp3-frame-header.ts";

/** What the side information of a frame says about the bytes that hold its sound. */
export interface Mp3SideInfo {
  /** The sound of the frame begins this many bytes of sound data before the frame: the "bit reservoir". */
  readonly mainDataBegin: number;
  /** Bytes of sound data that the frame needs, from there on. */
  readonly mainDataBytes: number;
  /** A value that no encoder writes, in words; decoders turn such a frame into silence without a word. */
  readonly fault: string | undefined;
}

/**
 * The side information of a frame, as far as damage shows in it.
 *
 * @param bytes - The side information, `header.sideBytes` of them.
 * @param header - The header of the frame.
 * @see ISO/IEC 11172-3, section 2.4.1.7, and 13818-3 for the lower rates.
 */
export function readMp3SideInfo(bytes: Uint8Array, header: Mp3FrameHeader): Mp3SideInfo {
  const isMpeg1 = header.mpegVersion === 1;
  const bits = createBitReader(bytes);
  const mainDataBegin = bits(isMpeg1 ? 9 : 8);
  if (isMpeg1)
    bits(header.channels === 1 ? 5 + 4 : 3 + 8); // private bits and scfsi
  else bits(header.channels === 1 ? 1 : 2);
  let mainDataBits = 0;
  let fault: string | undefined;
  for (let granule = 0; granule < (isMpeg1 ? 2 : 1); granule++) {
    for (let c = 0; c < header.channels; c++) {
      mainDataBits += bits(12);
      const pairs = bits(9);
      if (pairs > 288) fault = `a granule of ${2 * pairs} spectral lines, 576 is the limit`;
      bits(8 + (isMpeg1 ? 4 : 9)); // global gain and scale factor lengths
      if (bits(1) === 1) {
        if (bits(2) === 0) fault = "a switched window of no type";
        bits(1 + 10 + 9); // mixed blocks, tables, gains of the short blocks
      } else bits(15 + 7); // tables and regions
      bits(isMpeg1 ? 3 : 2); // pre-emphasis, scale factor step, table of the small values
    }
  }
  return { mainDataBegin, mainDataBytes: Math.ceil(mainDataBits / 8), fault };
}

/** Reads numbers of up to 24 bits, the most significant bit first; zeros after the end. */
function createBitReader(bytes: Uint8Array): (count: number) => number {
  let position = 0;
  return (count) => {
    let value = 0;
    for (let k = 0; k < count; k++, position++) {
      value = 2 * value + (((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1);
    }
    return value;
  };
}
