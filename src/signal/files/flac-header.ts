import type { ByteSource } from "./byte-source.ts";
import { createByteWindow } from "./byte-window.ts";
import { badHeader, checkChannelsAndRate, cutShort, unsupportedEncoding } from "./file-refusal.ts";

/** What a FLAC file says about itself before its sound. */
export interface FlacHeader {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bits: number;
  /** Samples per channel; 0 where the encoder did not know. */
  readonly samples: number;
  /** Samples per channel in the largest frame. */
  readonly maxBlock: number;
  readonly hasChecksum: boolean;
  /** Byte offset of the first frame. */
  readonly audioStart: number;
  /** Byte offset behind the last frame. */
  readonly audioEnd: number;
  /** A FLAC header with the same facts and nothing else, and without the number of samples. */
  readonly plain: Uint8Array;
}

/**
 * The header of a FLAC file. Tags and pictures are stepped over.
 *
 * @param source - The whole file, which begins with "fLaC".
 * @param name - File name for messages.
 * @throws TonewrightError `truncated-file`, `bad-header`, `unsupported-encoding`.
 * @see RFC 9639, section 8.
 */
export async function readFlacHeader(source: ByteSource, name: string): Promise<FlacHeader> {
  const window = createByteWindow(source, name);
  let position = 4;
  let isLast = false;
  let info: Uint8Array | undefined;
  for (let blocks = 0; !isLast; blocks++) {
    const header = await window.bytes(position, 4);
    if (header.length < 4) throw cutShort(name, `it ends inside its header (${source.size} bytes)`);
    const [kind = 0, high = 0, middle = 0, low = 0] = header;
    const size = 65_536 * high + 256 * middle + low;
    isLast = kind >= 0x80;
    if ((kind & 0x7f) === 127 || blocks >= MAX_BLOCKS) throw badHeader(name, "its list of tags has no end");
    if (blocks === 0) {
      if (kind % 128 !== 0 || size !== INFO_BYTES)
        throw badHeader(name, "it does not begin with its stream description");
      info = (await window.bytes(position + 4, INFO_BYTES)).slice();
    }
    position += 4 + size;
    if (position > source.size) throw cutShort(name, `it ends inside its header (${source.size} bytes)`);
  }
  if (info === undefined) throw new Error("bug: a FLAC header without blocks");
  const facts = readInfo(info, name);
  return { ...facts, audioStart: position, audioEnd: await endOfAudio(source, position), plain: plainHeader(info) };
}

const INFO_BYTES = 34;
const MAX_BLOCKS = 4096;

function readInfo(info: Uint8Array, name: string) {
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  const minBlock = view.getUint16(0);
  const maxBlock = view.getUint16(2);
  const packed = view.getUint32(10);
  const sampleRate = packed >>> 12;
  const channels = ((packed >>> 9) & 7) + 1;
  const bits = ((packed >>> 4) & 31) + 1;
  const samples = (packed & 15) * 2 ** 32 + view.getUint32(14);
  checkChannelsAndRate(name, channels, sampleRate);
  if (maxBlock < 16 || maxBlock < minBlock)
    throw badHeader(name, `it declares frames of ${minBlock} to ${maxBlock} samples`);
  if (bits < 4) throw badHeader(name, `it declares ${bits} bits per sample`);
  if (bits > MAX_BITS) throw unsupportedEncoding(name, `${bits}-bit FLAC (4 to ${MAX_BITS} bits can be read)`);
  return {
    sampleRate,
    channels,
    bits,
    samples,
    maxBlock,
    hasChecksum: info.subarray(18, 34).some((byte) => byte !== 0),
  };
}

/** libFLAC 1.3 knows no more, and neither would a float32. */
const MAX_BITS = 24;

/** Some programs append an ID3v1 tag, which is no part of the sound: 128 bytes that begin with "TAG". */
async function endOfAudio(source: ByteSource, audioStart: number): Promise<number> {
  const tagStart = source.size - 128;
  if (tagStart < audioStart) return source.size;
  const magic = await source.read(tagStart, tagStart + 3);
  return String.fromCharCode(...magic) === "TAG" ? tagStart : source.size;
}

/** Without the number of samples libFLAC reads to the end instead of stopping there: more than promised is found. */
function plainHeader(info: Uint8Array): Uint8Array {
  const header = Uint8Array.of(0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, INFO_BYTES, ...info);
  const samples = header.subarray(8 + 13, 8 + 18);
  samples[0] = (samples[0] ?? 0) & 0xf0;
  samples.fill(0, 1);
  return header;
}
