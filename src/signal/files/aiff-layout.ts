import type { SampleEncoding } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, createByteWindow } from "./byte-window.ts";
import { badHeader, checkChannelsAndRate, cutShort, noSamples, unsupportedEncoding } from "./file-refusal.ts";
import { type IffChunk, listIffChunks, onlyChunksFollow } from "./iff-chunks.ts";
import { bytesPerSample } from "./pcm-blocks.ts";

/** Where the samples of an AIFF or AIFF-C file lie and how they are stored, after every claim was checked. */
export interface AiffLayout {
  readonly encoding: SampleEncoding;
  /** How the stored bytes differ from those of a WAV file. */
  readonly order: SampleOrder;
  readonly channels: number;
  /** Hz, rounded to a whole number. */
  readonly sampleRate: number;
  /** Byte offset of the first sample. */
  readonly dataStart: number;
  /** Samples per channel that are there to be read. */
  readonly frames: number;
  readonly warnings: string[];
}

/** Bytes of a sample last first, as they are, or signed where WAV has unsigned (8 bits). */
export type SampleOrder = "big-endian" | "little-endian" | "signed-byte";

/**
 * The layout of an AIFF or AIFF-C file, from its chunk headers alone.
 *
 * Its two lengths (frames in COMM, bytes in SSND) and the bytes that are there must agree. A length left open by an
 * interrupted recorder or a pipe is read to the end with a warning. Samples of a width between whole bytes are stored
 * at the upper end of their bytes, so they are read as the next whole width.
 *
 * @param source - The whole file, which begins with "FORM".
 * @param name - File name for messages.
 * @throws TonewrightError `empty-file`, `truncated-file`, `bad-header`, `unsupported-encoding`.
 * @see Apple, Audio Interchange File Format 1.3 (1989) and AIFF-C draft (1991).
 */
export async function readAiffLayout(source: ByteSource, name: string): Promise<AiffLayout> {
  const window = createByteWindow(source, name);
  const isCompressed = String.fromCharCode(...(await window.bytes(8, 4))) === "AIFC";
  const warnings: string[] = [];
  const chunks = await listIffChunks(window, { littleEndian: false });
  const common = chunks.find((chunk) => chunk.id === "COMM");
  if (common === undefined) throw cutShort(name, `it has no format chunk (COMM) in its ${source.size} bytes`);
  const format = await readCommon(window, common, { isCompressed, name, warnings });

  const sound = chunks.find((chunk) => chunk.id === "SSND");
  const frameBytes = format.channels * bytesPerSample(format.encoding);
  if (sound === undefined) {
    if (format.frames === 0) throw noSamples(name);
    throw cutShort(name, `its header declares ${format.frames} samples, the file ends before them`);
  }
  const preamble = await window.bytes(sound.start, 8);
  if (preamble.length < 8) throw cutShort(name, "it ends where its samples begin");
  const offset = view(preamble).getUint32(0);
  const blockSize = view(preamble).getUint32(4);
  const dataStart = sound.start + 8 + offset;
  const available = Math.max(0, source.size - dataStart);
  const declared = sound.size - 8 - offset;
  const promised = format.frames * frameBytes;

  const after = { littleEndian: false, soundEnd: sound.start + sound.size };
  const sizeIsOpen = sound.size >= OPEN_LENGTH || (declared <= 0 && !(await onlyChunksFollow(window, after)));
  if (!sizeIsOpen && declared > available) {
    throw cutShort(name, `its header declares ${declared} bytes of samples, the file holds ${available}`);
  }
  const size = sizeIsOpen ? available : declared;
  let { frames } = format;
  if (frames === 0 || (sizeIsOpen && promised + frameBytes > OPEN_LENGTH - 8)) {
    frames = Math.floor(size / frameBytes);
    if (frames < 1) throw noSamples(name);
    warnings.push(
      `"${name}" does not say how long it is (${format.frames} samples in ${sound.size} bytes, as an interrupted ` +
        `recording leaves it): everything to the end is read, ${size} bytes`,
    );
  } else if (sizeIsOpen && promised > available) {
    throw cutShort(name, `its header declares ${promised} bytes of samples, the file holds ${available}`);
  } else if (promised > size) {
    throw badHeader(name, `${frames} samples do not fit in the ${size} bytes it declares for them`);
  } else if (!sizeIsOpen && size - promised >= Math.max(frameBytes, blockSize)) {
    throw badHeader(name, `it declares ${frames} samples and ${size - promised} bytes of sound beyond them`);
  }
  return { ...format, dataStart, frames, warnings };
}

/** From this size on a program did not know the length yet: sox pipes 0x7f000000 and a little, others write all ones. */
const OPEN_LENGTH = 0x7f000000;

interface CommonOptions {
  readonly isCompressed: boolean;
  readonly name: string;
  readonly warnings: string[];
}

async function readCommon(window: ByteWindow, chunk: IffChunk, { isCompressed, name, warnings }: CommonOptions) {
  const needed = isCompressed ? 22 : 18;
  if (chunk.size < needed) throw badHeader(name, `its format chunk has ${chunk.size} bytes instead of ${needed}`);
  const bytes = await window.bytes(chunk.start, needed);
  if (bytes.length < needed) throw cutShort(name, "it ends inside its format chunk");
  const common = view(bytes);
  const channels = common.getUint16(0);
  const frames = common.getUint32(2);
  const bits = common.getUint16(6);
  const exactRate = extendedFloat(common, 8);
  const sampleRate = Math.round(exactRate);
  checkChannelsAndRate(name, channels, sampleRate);
  if (exactRate !== sampleRate) warnings.push(`"${name}" has ${exactRate} samples per second, read as ${sampleRate}`);
  const compression = isCompressed ? String.fromCharCode(...bytes.subarray(18, 22)) : "NONE";
  const stored = storageOf(compression, bits);
  if (stored === undefined) {
    throw unsupportedEncoding(name, isCompressed ? `"${compression}" with ${bits} bits` : `${bits}-bit integers`);
  }
  return { channels, frames, sampleRate, ...stored };
}

/** How AIFF-C's compression types that compress nothing store their samples. */
function storageOf(compression: string, bits: number): Pick<AiffLayout, "encoding" | "order"> | undefined {
  const integers = INTEGERS[Math.ceil(bits / 8) - 1];
  switch (compression) {
    case "NONE":
    case "twos":
      return integers && { encoding: integers, order: integers === "pcm8" ? "signed-byte" : "big-endian" };
    case "sowt":
      return integers && { encoding: integers, order: integers === "pcm8" ? "signed-byte" : "little-endian" };
    case "raw ":
      return bits === 8 ? { encoding: "pcm8", order: "little-endian" } : undefined;
    case "in24":
      return { encoding: "pcm24", order: "big-endian" };
    case "in32":
      return { encoding: "pcm32", order: "big-endian" };
    case "42ni":
      return { encoding: "pcm24", order: "little-endian" };
    case "23ni":
      return { encoding: "pcm32", order: "little-endian" };
    case "fl32":
    case "FL32":
      return { encoding: "float32", order: "big-endian" };
    case "fl64":
    case "FL64":
      return { encoding: "float64", order: "big-endian" };
    default:
      return undefined;
  }
}

const INTEGERS = ["pcm8", "pcm16", "pcm24", "pcm32"] as const;

/** An 80-bit extended float: sign and 15 bits of exponent, 64 bits of mantissa with the leading 1 written out. */
function extendedFloat(bytes: DataView, at: number): number {
  const exponent = bytes.getUint16(at) & 0x7fff;
  const sign = bytes.getUint16(at) & 0x8000 ? -1 : 1;
  const mantissa = bytes.getUint32(at + 2) * 2 ** 32 + bytes.getUint32(at + 6);
  return sign * mantissa * 2 ** (exponent - 16383 - 63);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
