import { TonewrightError } from "../../errors/index.ts";
import { recogniseForeignFile } from "./foreign-file.ts";
import type { SampleEncoding } from "../recording.ts";

/** Where the samples of a WAV file lie and how they are stored, after every claim of its header was checked. */
export interface WavLayout {
  readonly encoding: SampleEncoding;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSample: number;
  /** Byte offset of the first sample. */
  readonly dataStart: number;
  /** Samples per channel that are there to be read. */
  readonly frames: number;
  readonly warnings: string[];
}

/**
 * The layout of a WAV file (RIFF or RF64, plain or WAVE_FORMAT_EXTENSIBLE).
 *
 * It believes the chunk sizes and not the outer RIFF size, and compares them with the bytes that are there: a file that
 * is shorter than it says is refused, a length left open by an interrupted recorder is read to the end with a warning.
 *
 * @param bytes - The whole file.
 * @param name - File name for messages.
 * @throws TonewrightError `empty-file`, `not-a-wav`, `truncated-file`, `bad-header`, `unsupported-encoding`.
 */
export function readWavLayout(bytes: Uint8Array, name: string): WavLayout {
  if (bytes.length === 0) {
    throw new TonewrightError("empty-file", `"${name}" is empty (0 bytes)`, "export or record the file again");
  }
  refuseForeignFile(bytes, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const warnings: string[] = [];
  const chunks = listChunks(view);

  const format = chunks.find((chunk) => chunk.id === "fmt ");
  if (format === undefined || format.start + Math.min(format.size, 40) > bytes.length) throw headerCut(name, bytes);
  const { encoding, channels, sampleRate, bytesPerSample } = readFormat(view, format, name);

  const data = chunks.find((chunk) => chunk.id === "data");
  if (data === undefined) throw headerCut(name, bytes);
  if (chunks.filter((chunk) => chunk.id === "data").length > 1) {
    warnings.push(`"${name}" has more than one data chunk; only the first is read`);
  }
  const available = bytes.length - data.start;
  const declared = declaredDataSize(view, chunks, data);
  let size = declared;
  if (isOpenLength(declared) || (declared === 0 && available > 0 && !endsCleanly(chunks, data, bytes.length))) {
    size = available;
    warnings.push(
      `"${name}" does not say how long it is (data size ${declared}, as an interrupted recording leaves it): ` +
        `everything to the end of the file is read, ${available} bytes`,
    );
  } else if (declared > available) {
    throw new TonewrightError(
      "truncated-file",
      `"${name}" is cut short: its header declares ${declared} bytes of samples, the file holds ${available}`,
      "copy or export the file again; if it is complete as it is, open and save it in an audio editor",
    );
  }

  const frameBytes = channels * bytesPerSample;
  const frames = Math.floor(size / frameBytes);
  if (frames === 0) {
    throw new TonewrightError("empty-file", `"${name}" holds no samples (0 s)`, "record or export the file again");
  }
  if (size % frameBytes !== 0) {
    warnings.push(`"${name}" ends in ${size % frameBytes} bytes that are no whole sample; they are left out`);
  }
  return { encoding, channels, sampleRate, bytesPerSample, dataStart: data.start, frames, warnings };
}

interface Chunk {
  readonly id: string;
  readonly start: number;
  readonly size: number;
}

/** No recorder runs slower or faster than these; outside them the header is damaged. Hz. */
const RATE_RANGE = { min: 1000, max: 768_000 };
const MAX_CHANNELS = 64;

/** Data sizes that programs write before they know the length: all ones, and what sox and others pipe. */
const OPEN_LENGTHS = new Set([0xffffffff, 0x7fffffff, 0x7ffff000, 0xffffffff - 36, 0x7fffffff - 36]);

/** Bytes 2 to 15 of every SubFormat that stands for a plain format tag. */
const EXTENSIBLE_TAIL = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

function refuseForeignFile(bytes: Uint8Array, name: string): void {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  const form = String.fromCharCode(...bytes.subarray(8, 12));
  if ("RIFF".startsWith(head) && bytes.length < 12) throw headerCut(name, bytes);
  if (head === "RIFX" && form === "WAVE") {
    throw unsupported(name, "big-endian samples (RIFX)");
  }
  if ((head !== "RIFF" && head !== "RF64" && head !== "BW64") || form !== "WAVE") {
    const { kind, hint } = recogniseForeignFile(bytes);
    throw new TonewrightError("not-a-wav", `"${name}" is not a WAV file: it looks like ${kind}`, hint);
  }
}

/** Every chunk whose header is there, in order; a chunk may reach past the end of the file. */
function listChunks(view: DataView): Chunk[] {
  const chunks: Chunk[] = [];
  let position = 12;
  while (position + 8 <= view.byteLength) {
    const id = String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + position, 4));
    const size = view.getUint32(position + 4, true);
    chunks.push({ id, start: position + 8, size });
    position += 8 + size + (size & 1);
  }
  return chunks;
}

function readFormat(view: DataView, chunk: Chunk, name: string) {
  if (chunk.size < 16) {
    throw badHeader(name, `its format chunk has ${chunk.size} bytes, at least 16 are needed`);
  }
  let tag = view.getUint16(chunk.start, true);
  const channels = view.getUint16(chunk.start + 2, true);
  const sampleRate = view.getUint32(chunk.start + 4, true);
  const frameBytes = view.getUint16(chunk.start + 12, true);
  const bits = view.getUint16(chunk.start + 14, true);
  if (tag === 0xfffe) {
    if (chunk.size < 40) throw badHeader(name, `its extensible format chunk has ${chunk.size} bytes instead of 40`);
    tag = view.getUint16(chunk.start + 24, true);
    if (EXTENSIBLE_TAIL.some((byte, k) => view.getUint8(chunk.start + 26 + k) !== byte)) {
      throw unsupported(name, "a sub-format that is neither PCM nor float");
    }
  }
  if (channels < 1 || channels > MAX_CHANNELS) {
    throw badHeader(name, `it declares ${channels} channels (1 to ${MAX_CHANNELS} can be read)`);
  }
  if (sampleRate < RATE_RANGE.min || sampleRate > RATE_RANGE.max) {
    throw badHeader(name, `it declares ${sampleRate} Hz (${RATE_RANGE.min} to ${RATE_RANGE.max} can be read)`);
  }
  const encoding = encodingOf(tag, bits);
  if (encoding === undefined) throw unsupported(name, describeEncoding(tag, bits));
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

function declaredDataSize(view: DataView, chunks: readonly Chunk[], data: Chunk): number {
  const wide = chunks[0];
  if (data.size !== 0xffffffff || wide?.id !== "ds64" || wide.start + 16 > view.byteLength) return data.size;
  const size = view.getUint32(wide.start + 8, true) + 2 ** 32 * view.getUint32(wide.start + 12, true);
  return size >= 2 ** 53 ? 0xffffffff : size;
}

function isOpenLength(size: number): boolean {
  return OPEN_LENGTHS.has(size);
}

/** True if what follows an empty data chunk is a list of chunks that ends with the file: then it really is empty. */
function endsCleanly(chunks: readonly Chunk[], data: Chunk, fileSize: number): boolean {
  const last = chunks.at(-1);
  if (last === undefined || last === data) return false;
  const printable = chunks.every((chunk) => /^[\x20-\x7e]{4}$/.test(chunk.id));
  return printable && Math.abs(last.start + last.size + (last.size & 1) - fileSize) <= 1;
}

function headerCut(name: string, bytes: Uint8Array): TonewrightError {
  return new TonewrightError(
    "truncated-file",
    `"${name}" (${bytes.length} bytes) ends before its format and data chunks`,
    "copy or export the file again",
  );
}

function badHeader(name: string, found: string): TonewrightError {
  return new TonewrightError("bad-header", `"${name}" has a damaged header: ${found}`, "export the file again as WAV");
}

function unsupported(name: string, found: string): TonewrightError {
  return new TonewrightError(
    "unsupported-encoding",
    `"${name}" stores ${found}`,
    "export it as WAV with 8, 16, 24 or 32-bit integers, or 32 or 64-bit floats",
  );
}
