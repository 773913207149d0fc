import { AudioSampleSink, BufferSource, Input, WAVE } from "mediabunny";
import { TonewrightError } from "../../errors/index.ts";
import type { SampleEncoding } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { cutShort } from "./file-refusal.ts";
import { wavHeader } from "./wav-header.ts";

/** Uncompressed samples in a file, channels interleaved. */
export interface PcmData {
  readonly name: string;
  readonly encoding: SampleEncoding;
  readonly channels: number;
  readonly sampleRate: number;
  /** Byte offset of the first sample. */
  readonly dataStart: number;
  /** Samples per channel. */
  readonly frames: number;
  /** The same samples as a WAV file stores them, little-endian; only for files that store them otherwise. */
  readonly repack?: (stored: Uint8Array) => Uint8Array;
}

/**
 * The samples in blocks `[channels][n]`, every one exactly `v / 2^(bits - 1)`; at most 65536 per channel at a time.
 *
 * @throws TonewrightError `truncated-file` if the source ends early, `non-finite-samples`.
 */
export async function* pcmBlocks(source: ByteSource, data: PcmData): AsyncGenerator<Float32Array[]> {
  const frameBytes = data.channels * bytesPerSample(data.encoding);
  const blockFrames = Math.max(1, Math.min(65_536, Math.floor(MAX_BLOCK_VALUES / data.channels)));
  for (let position = 0; position < data.frames; position += blockFrames) {
    const frames = Math.min(blockFrames, data.frames - position);
    const start = data.dataStart + position * frameBytes;
    const bytes = await source.read(start, start + frames * frameBytes);
    if (bytes.length !== frames * frameBytes) {
      throw cutShort(data.name, `it ended at byte ${start + bytes.length} while it was read`);
    }
    const block = await decodePcm(data.repack?.(bytes) ?? bytes, data);
    if (data.encoding.startsWith("float")) refuseNonFinite(block, position, data);
    yield block;
  }
}

/** Bytes that a sample takes in a file. */
export function bytesPerSample(encoding: SampleEncoding): number {
  return Number(encoding.replace(/^\D+/, "")) / 8;
}

/** A block of 64 channels must not need 64 times the memory. */
const MAX_BLOCK_VALUES = 8 * 65_536;

type SampleFormat = Pick<PcmData, "encoding" | "channels" | "sampleRate">;

/**
 * Interleaved little-endian samples as channels `[channels][frames]`.
 *
 * The library reads headers leniently (it takes a data size of 0 for the end, clamps a truncated file without a word,
 * trips over damaged tags), so it only sees the samples of one block behind a header written here.
 */
async function decodePcm(bytes: Uint8Array, format: SampleFormat): Promise<Float32Array[]> {
  const frames = bytes.length / (format.channels * bytesPerSample(format.encoding));
  const header = wavHeader(format, bytes.length);
  const file = new Uint8Array(header.length + bytes.length);
  file.set(header);
  file.set(bytes, header.length);
  const channels = Array.from({ length: format.channels }, () => new Float32Array(frames));
  const input = new Input({ source: new BufferSource(file), formats: [WAVE] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw new Error("bug: the WAV library found no audio track behind a header of ours");
  let position = 0;
  for await (const block of new AudioSampleSink(track).samples()) {
    const end = position + block.numberOfFrames;
    if (end > frames) throw new Error(`bug: decoded more than the ${frames} samples of a block`);
    for (const [c, channel] of channels.entries()) {
      block.copyTo(channel.subarray(position, end), { planeIndex: c, format: "f32-planar" });
    }
    block.close();
    position = end;
  }
  input.dispose();
  if (position !== frames) throw new Error(`bug: decoded ${position} of ${frames} samples`);
  return channels;
}

function refuseNonFinite(block: readonly Float32Array[], position: number, { name, sampleRate }: PcmData): void {
  for (const [c, channel] of block.entries()) {
    const n = channel.findIndex((value) => !Number.isFinite(value));
    if (n < 0) continue;
    const where = `channel ${c + 1} at ${((position + n) / sampleRate).toFixed(4)} s (sample ${position + n})`;
    throw new TonewrightError(
      "non-finite-samples",
      `"${name}" holds ${channel[n]} in ${where}`,
      "export the file again; a plug-in in the chain has probably failed at that moment",
    );
  }
}
