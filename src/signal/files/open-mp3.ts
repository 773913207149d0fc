import type { RecordingStream } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, createByteWindow } from "./byte-window.ts";
import { corrupt, noSamples } from "./file-refusal.ts";
import { mp3Frames } from "./mp3-frames.ts";
import { type Mp3Layout, readMp3Layout } from "./mp3-layout.ts";
import { readOnce } from "./read-once.ts";

/**
 * An MP3 file as a stream of blocks, aligned to the sample with what `mpg123 -w` writes.
 *
 * A file without a Xing or Info tag does not say how long it is nor what silence its encoder added: nothing is trimmed,
 * and a last frame that is not whole is left out with a warning; with a tag the same is an error. A flipped bit in the
 * sound data of a frame makes a noise and no error: the format has no checksum there (a tag by LAME or FFmpeg has one
 * over the whole file; then there is a warning at the end).
 *
 * The library decodes frames that were checked here, one at a time and with its own trimming switched off: left to
 * itself it searches for the next header after damage and gives a shorter recording without an error, and turns frames
 * it cannot decode into silence.
 *
 * @param source - The whole file: MPEG-1, 2 or 2.5 Layer III, mono or stereo, constant or variable bit rate, tags of any
 *   kind around it. Free format is refused.
 * @param options.name - File name for messages.
 * @throws TonewrightError `empty-file`, `not-an-mp3`, `unsupported-encoding`, `truncated-file`, `corrupt-file`; while it
 *   is read also `unsupported-encoding` where rate or channels change.
 * @see mpg123 1.31, whose decoder this is (mpg123-decoder 1.0.3, WebAssembly): start and length equal its gapless
 *   decoding, values agree within 2e-6 of full scale (the order of its float operations differs).
 */
export async function openMp3(source: ByteSource, { name }: { readonly name: string }): Promise<RecordingStream> {
  const window = createByteWindow(source, name);
  const layout = await readMp3Layout(window, name);
  const span = soundSpan(layout);
  const samples = span.to === undefined ? undefined : span.to - span.from;
  if (samples !== undefined && samples <= 0) throw noSamples(name);
  return {
    format: "mp3",
    encoding: "mp3",
    sampleRate: layout.format.sampleRate,
    channelCount: layout.format.channels,
    samples,
    warnings: layout.warnings,
    blocks: readOnce(() => mp3Blocks(window, layout, { name, ...span })),
  };
}

/** Samples by which a decoder lags behind the encoder: 528 of the filter bank and one more. */
const DECODER_DELAY = 529;

/** Frames in a block. */
const BLOCK_FRAMES = 32;

interface SoundSpan {
  /** Decoded samples in front that are not of the recording. */
  readonly from: number;
  /** Where the recording ends, counted in decoded samples; `undefined` for "with the last frame". */
  readonly to: number | undefined;
}

function soundSpan({ format, info }: Mp3Layout): SoundSpan {
  if (info?.frames === undefined) return { from: 0, to: undefined };
  const total = info.frames * format.samples;
  // The decoder's delay eats into the padding at the end; where that is shorter, the last samples cannot be had.
  return { from: info.padding.start + DECODER_DELAY, to: total - Math.max(0, info.padding.end - DECODER_DELAY) };
}

async function* mp3Blocks(
  window: ByteWindow,
  layout: Mp3Layout,
  { name, from, to = Number.POSITIVE_INFINITY }: SoundSpan & { readonly name: string },
): AsyncGenerator<Float32Array[]> {
  const { samples, sampleRate, channels } = layout.format;
  const secondsOf = (frame: number) => Math.max(0, frame * samples - from) / sampleRate;
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder({ enableGapless: false });
  let block = createBlock(channels, samples);
  let failure: unknown;
  try {
    await decoder.ready;
    const hasGoneMute = createMuteCheck();
    let n = 0;
    try {
      for await (const { bytes, leansOnMissing } of mp3Frames(window, layout, { name, secondsOf })) {
        const decoded = decodeFrame(decoder, bytes, { channels, samples, sampleRate });
        const where = `at ${secondsOf(n).toFixed(3)} s`;
        if (typeof decoded === "string") throw corrupt(name, `${where}, the decoder refuses a frame (${decoded})`);
        if (hasGoneMute(decoded) && !leansOnMissing) {
          throw corrupt(name, `${where}, a frame holds no decodable sound`);
        }
        const start = n * samples;
        block.append(decoded, Math.max(0, from - start), Math.min(samples, to - start));
        n++;
        if (block.isFull()) {
          yield block.take();
          block = createBlock(channels, samples);
        }
      }
    } catch (error) {
      failure = error;
    }
    if (!block.isEmpty()) yield block.take();
    if (failure !== undefined) throw failure;
  } finally {
    release(decoder);
  }
}

interface Mp3Decoder {
  decodeFrame(bytes: Uint8Array): {
    readonly channelData: Float32Array[];
    readonly samplesDecoded: number;
    readonly sampleRate: number;
    readonly errors: readonly { readonly message: string }[];
  };
  free(): void;
}

type FrameFormat = Pick<Mp3Layout["format"], "channels" | "samples" | "sampleRate">;

/** The channels of a frame, or in words why there are none. A trap of the WebAssembly counts as a refusal. */
function decodeFrame(decoder: Mp3Decoder, bytes: Uint8Array, format: FrameFormat): Float32Array[] | string {
  try {
    const { channelData, samplesDecoded, sampleRate, errors } = decoder.decodeFrame(bytes);
    if (errors[0] !== undefined) return errors[0].message;
    if (samplesDecoded !== format.samples || sampleRate !== format.sampleRate) {
      return `it gave ${samplesDecoded} samples at ${sampleRate} Hz`;
    }
    return channelData.slice(0, format.channels); // it makes two channels of one
  } catch (error) {
    return String(error);
  }
}

function release(decoder: Mp3Decoder): void {
  try {
    decoder.free();
  } catch {
    // After a trap its memory cannot be tidied; it goes with the instance.
  }
}

/**
 * Tells a frame that the decoder gave up and filled with zeros. The filter bank rings for 480 samples after its input
 * ends, so true silence never begins at the start of a granule right after sound.
 */
function createMuteCheck(): (channels: readonly Float32Array[]) => boolean {
  let wasSounding = false;
  const isZero = (channel: Float32Array) => channel.every((value) => value === 0);
  return (channels) => {
    let hasGoneMute = false;
    for (let start = 0; start < (channels[0]?.length ?? 0); start += GRANULE) {
      const isMute = channels.every((channel) => isZero(channel.subarray(start, start + GRANULE)));
      if (isMute && wasSounding) hasGoneMute = true;
      wasSounding = channels.some((channel) => !isZero(channel.subarray(start + RINGING, start + GRANULE)));
    }
    return hasGoneMute;
  };
}

const GRANULE = 576;
const RINGING = 480;

/** Collects frames, since a consumer should not wake up for every 1152 samples. */
function createBlock(channelCount: number, frameSamples: number) {
  const channels = Array.from({ length: channelCount }, () => new Float32Array(BLOCK_FRAMES * frameSamples));
  let filled = 0;
  return {
    isEmpty: () => filled === 0,
    isFull: () => filled + frameSamples > BLOCK_FRAMES * frameSamples,
    append(frame: readonly Float32Array[], start: number, end: number) {
      if (start >= end) return;
      for (const [c, channel] of channels.entries()) {
        channel.set((frame[c] ?? new Float32Array(0)).subarray(start, end), filled);
      }
      filled += end - start;
    },
    take: () => channels.map((channel) => channel.subarray(0, filled)),
  };
}
