import { checkOptions } from "../../errors/index.ts";
import { encodeWav, type WavEncoding } from "./encode-wav.ts";
import { bytesPerSample } from "./pcm-blocks.ts";
import { LONG_HEADER_BYTES, longWavHeader, SHORT_HEADER_BYTES } from "./wav-header.ts";

/** Writes a WAV file of any length, block by block. */
export interface WavWriter {
  /** The first 80 bytes of the file. If the program ends early, readers take the file as an interrupted recording. */
  readonly header: Uint8Array;
  /**
   * The bytes to append for the next block.
   *
   * @param channels - Shape `[channels][n]`, as many channels as were announced.
   * @throws TonewrightError `empty-recording`, `length-mismatch`, `non-finite-samples`.
   */
  encode(channels: Float32Array[]): Promise<Uint8Array>;
  /** What to do when every block was encoded: append `tail` (0 or 1 bytes), then write `header` over the first bytes. */
  finish(): { readonly tail: Uint8Array; readonly header: Uint8Array };
}

/** What `createWavWriter` has to know before the first sample. */
export interface WavWriterOptions {
  /** Hz, an integer. */
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding?: WavEncoding;
}

/**
 * A writer for a WAV file whose length is not known yet; it holds one block at a time.
 *
 * The samples are the same as those of `encodeWav`, and the header grows to RF64 where 4 GiB are not enough. The file is
 * complete only when the header that `finish` gives was written over the first one.
 *
 * @param options - The shape of the file.
 * @see EBU Tech 3306 for RF64 and the chunk kept free for it.
 */
export function createWavWriter(options: WavWriterOptions): WavWriter {
  checkOptions("createWavWriter(options)", options, { sampleRate: true, channelCount: true, encoding: false });
  const { sampleRate, channelCount, encoding = "float32" } = options;
  const frameBytes = channelCount * bytesPerSample(encoding);
  let dataBytes = 0;
  const header = () => longWavHeader({ encoding, channels: channelCount, sampleRate }, dataBytes);
  return {
    header: openHeader(header()),
    async encode(channels) {
      if (channels.length !== channelCount) {
        throw new Error(`bug: a block of ${channels.length} channels for a file of ${channelCount}`);
      }
      const file = await encodeWav({ channels, sampleRate }, { encoding });
      const bytes = file.subarray(SHORT_HEADER_BYTES, SHORT_HEADER_BYTES + frameBytes * (channels[0]?.length ?? 0));
      dataBytes += bytes.length;
      return bytes;
    },
    finish: () => ({ tail: new Uint8Array(dataBytes % 2), header: header() }),
  };
}

/** The header of a file whose length is open: all ones. */
function openHeader(header: Uint8Array): Uint8Array {
  const view = new DataView(header.buffer);
  view.setUint32(4, 0xffffffff, true);
  view.setUint32(LONG_HEADER_BYTES - 4, 0xffffffff, true);
  return header;
}
