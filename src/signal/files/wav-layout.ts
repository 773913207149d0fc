import { TonewrightError } from "../../errors/index.ts";
import type { SampleEncoding } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, createByteWindow } from "./byte-window.ts";
import { badHeader, checkChannelsAndRate, cutShort, noSamples, unsupportedEncoding } from "./file-refusal.ts";
import { recogniseForeignFile } from "./foreign-file.ts";
import { type IffChunk, listIffChunks, onlyChunksFollow } from "./iff-chunks.ts";

/** Where the samples of a WAV file lie and how they are stored, after every claim of its header was checked. */
export interface WavLayout {
  readonly encoding: SampleEncoding;
  readonly channels: number;
  readonly sampleRate: number;
  /** Byte offset of the first sample. */
  readonly dataStart: number;
  /** Samples per channel that are there to be read. */
  readonly frames: number;
  readonly warnings: string[];
}

/**
 * The layout of a WAV file (RIFF or RF64, plain or WAVE_FORMAT_EXTENSIBLE), from its chunk headers alone.
 *
 * It believes the chunk sizes and not the outer RIFF size, and compares them with the bytes that are there: a file that
 * is shorter than it says is refused, a length left open by an interrupted recorder is read to the end with a warning.
 *
 * @param source - The whole file.
 * @param name - File name for messages.
 * @throws TonewrightError `empty-file`, `not-a-wav`, `truncated-file`, `bad-header`, `unsupported-encoding`.
 */
export async function readWavLayout(source: ByteSource, name: string): Promise<WavLayout> {
  if (source.size === 0) {
    throw new TonewrightError("empty-file", `"${name}" is empty (0 bytes)`, "export or record the file again");
  }
  const window = createByteWindow(source, name);
  await refuseForeignFile(window, name);
  const warnings: string[] = [];
  const chunks = await listIffChunks(window, { littleEndian: true });

  const format = chunks.find((chunk) => chunk.id === "fmt ");
  if (format === undefined || format.start + Math.min(format.size, 40) > source.size)
    throw headerCut(name, source.size);
  const { encoding, channels, sampleRate, bytesPerSample } = await readFormat(window, format, name);

  const data = chunks.find((chunk) => chunk.id === "data");
  if (data === undefined) throw headerCut(name, source.size);
  if (chunks.filter((chunk) => chunk.id === "data").length > 1) {
    warnings.push(`"${name}" has more than one data chunk; only the first is read`);
  }
  const available = source.size - data.start;
  const declared = await declaredDataSize(window, chunks[0], data);
  const rest = available - declared;
  const restIsChunks = await onlyChunksFollow(window, { littleEndian: true, soundEnd: data.start + declared });
  let size = declared;
  if (OPEN_LENGTHS.has(declared) || (declared === 0 && available > 0 && !restIsChunks)) {
    size = available;
    warnings.push(
      `"${name}" does not say how long it is (data size ${declared}, as an interrupted recording leaves it): ` +
        `everything to the end of the file is read, ${available} bytes`,
    );
  } else if (declared > available) {
    throw cutShort(name, `its header declares ${declared} bytes of samples, the file holds ${available}`);
  } else if (!restIsChunks && rest > WRAPPED_LENGTH) {
    size = available;
    warnings.push(
      `"${name}" is longer than 4 GiB, but its header can only say ${declared} bytes: everything to the end of the ` +
        `file is read, ${available} bytes`,
    );
  } else if (!restIsChunks) {
    warnings.push(
      `"${name}" has ${rest} bytes behind its samples that its header does not account for; they are left out`,
    );
  }

  const frameBytes = channels * bytesPerSample;
  const frames = Math.floor(size / frameBytes);
  if (frames === 0) throw noSamples(name);
  if (size % frameBytes !== 0) {
    warnings.push(`"${name}" ends in ${size % frameBytes} bytes that are no whole sample; they are left out`);
  }
  return { encoding, channels, sampleRate, dataStart: data.start, frames, warnings };
}

/** Data sizes that programs write before they know the length: all ones, and what sox and others pipe. */
const OPEN_LENGTHS = new Set([0xffffffff, 0x7fffffff, 0x7ffff000, 0xffffffff - 36, 0x7fffffff - 36]);

/** More than this behind the samples: a program counted beyond 32 bits and began at 0 again. */
const WRAPPED_LENGTH = 2 ** 32 - 2 ** 20;

/** Bytes 2 to 15 of every SubFormat that stands for a plain format tag. */
const EXTENSIBLE_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

async function refuseForeignFile(window: ByteWindow, name: string): Promise<void> {
  const bytes = await window.bytes(0, 512);
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  const form = String.fromCharCode(...bytes.subarray(8, 12));
  if ("RIFF".startsWith(head) && bytes.length < 12) throw headerCut(name, window.size);
  if (head === "RIFX" && form === "WAVE") {
    throw unsupportedEncoding(name, "big-endian samples (RIFX)");
  }
  if ((head !== "RIFF" && head !== "RF64" && head !== "BW64") || form !== "WAVE") {
    const { kind, hint } = recogniseForeignFile(bytes);
    throw new TonewrightError("not-a-wav", `"${name}" is not a WAV file: it looks like ${kind}`, hint);
  }
}

async function readFormat(window: ByteWindow, chunk: IffChunk, name: string) {
  if (chunk.size < 16) {
    throw badHeader(name, `its format chunk has ${chunk.size} bytes, at least 16 are needed`);
  }
  const bytes = await window.bytes(chunk.start, 40);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  if (tag === 0xfffe) {
    if (chunk.size < 40) throw badHeader(name, `its extensible format chunk has ${chunk.size} bytes instead of 40`);
    tag = view.getUint16(24, true);
    if (EXTENSIBLE_TAIL.some((byte, k) => view.getUint8(26 + k) !== byte)) {
      throw unsupportedEncoding(name, "a sub-format that is neither PCM nor float");
    }
  }
  checkChannelsAndRate(name, channels, sampleRate);
  const encoding = encodingOf(tag, bits);
  if (encoding === undefined) throw unsupportedEncoding(name, describeEncoding(tag, bits));
  const bytesPerSample = bits / 8;
  if (frameBytes !== channels * bytesPerSample) {
    throw badHeader(name, `${channels} channels of ${bits} bits do not make the ${frameBytes} bytes it declares`);
  }
  return { encoding, channels, sampleRate, bytesPerSample };
}

function encodingOf(tag: number, bits: number): SampleEncoding | undefined {
  if (tag === 1) {
    if (bits === 8) return "pcm8";
    if (bits === 16) return "pcm16";
    if (bits === 24) return "pcm24";
    if (bits === 32) return "pcm32";
  }
  if (tag === 3 && bits === 32) return "float32";
  if (tag === 3 && bits === 64) return "float64";
  return undefined;
}

function describeEncoding(tag: number, bits: number): string {
  if (tag === 1) return `${bits}-bit integers`;
  if (tag === 3) return `${bits}-bit floats`;
  const names: Record<number, string> = {
    2: "ADPCM",
    6: "A-law",
    7: "mu-law",
    0x11: "ADPCM",
    0x50: "MPEG",
    0x55: "MP3",
  };
  return `${names[tag] ?? "an unknown encoding"} (format tag ${tag})`;
}

async function declaredDataSize(window: ByteWindow, wide: IffChunk | undefined, data: IffChunk): Promise<number> {
  if (data.size !== 0xffffffff || wide?.id !== "ds64" || wide.start + 16 > window.size) return data.size;
  const bytes = await window.bytes(wide.start + 8, 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const size = view.getUint32(0, true) + 2 ** 32 * view.getUint32(4, true);
  return size >= 2 ** 53 ? 0xffffffff : size;
}

function headerCut(name: string, fileBytes: number): TonewrightError {
  return new TonewrightError(
    "truncated-file",
    `"${name}" (${fileBytes} bytes) ends before its format and data chunks`,
    "copy or export the file again",
  );
}
