import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkRecording } from "../check-sound.ts";
import type { Recording } from "../recording.ts";
import { encodeWav } from "./encode-wav.ts";
import { createLibflac } from "./libflac.ts";
import { SHORT_HEADER_BYTES } from "./wav-header.ts";

/**
 * The bytes of a FLAC file, about half of what WAV needs, with the MD5 sum of the samples in its header.
 *
 * Samples are rounded and clipped at full scale as `encodeWav` does for the same width, without dither: FLAC has no
 * floats, so keep WAV `float32` for anything that goes beyond full scale. What was decoded from 16 or 24 bits comes back
 * bit for bit in the same width.
 *
 * @param recording - 1 to 8 channels of one length, at least one sample.
 * @param options.bits - Width of a stored sample.
 * @returns The whole file.
 * @throws TonewrightError `empty-recording`, `length-mismatch`, `non-finite-samples`, `too-many-channels`,
 *   `unsupported-rate` (above 655350 Hz, or above 65535 Hz and no multiple of 10).
 * @see RFC 9639; libFLAC 1.3.4 encodes at level 5 and decodes again to verify.
 */
export async function encodeFlac(recording: Recording, options: { readonly bits: 16 | 24 }): Promise<Uint8Array> {
  checkRecording("encodeFlac(recording, options)", recording);
  checkOptions("encodeFlac(recording, options)", options, { bits: true });
  const { bits } = options;
  const { sampleRate } = recording;
  const channels = recording.channels.length;
  if (channels > MAX_CHANNELS) {
    throw new TonewrightError(
      "too-many-channels",
      `FLAC holds at most ${MAX_CHANNELS} channels, the recording has ${channels}`,
      "write WAV, or write the channels to several files",
    );
  }
  if (sampleRate > 655_350 || (sampleRate > 65_535 && sampleRate % 10 !== 0)) {
    throw new TonewrightError(
      "unsupported-rate",
      `FLAC cannot state a rate of ${sampleRate} Hz`,
      "write WAV, or resample to a usual rate such as 48000 Hz",
    );
  }
  const integers = await quantise(recording, bits);
  const parts: Uint8Array[] = [];
  let description: StreamDescription | undefined;
  const flac = await createLibflac();
  const write = flac.functionPointer((_encoder = 0, buffer = 0, size = 0) => {
    parts.push(new Uint8Array(flac.memory.buffer, buffer, size).slice());
    return 0;
  }, 6);
  const metadata = flac.procedurePointer((_encoder = 0, block = 0) => {
    description = readDescription(new DataView(flac.memory.buffer), block + 16);
  }, 3);

  const encoder = flac.FLAC__stream_encoder_new();
  flac.FLAC__stream_encoder_set_verify(encoder, 1);
  flac.FLAC__stream_encoder_set_compression_level(encoder, 5);
  flac.FLAC__stream_encoder_set_channels(encoder, channels);
  flac.FLAC__stream_encoder_set_bits_per_sample(encoder, bits);
  flac.FLAC__stream_encoder_set_sample_rate(encoder, sampleRate);
  const status = flac.FLAC__stream_encoder_init_stream(encoder, write, 0, 0, metadata, 0);
  const fail = (when: string) => {
    const state = flac.FLAC__stream_encoder_get_state(encoder);
    return new Error(`bug: libFLAC fails ${when} (status ${status}, state ${state})`);
  };
  if (status !== 0) throw fail("to start");
  const address = flac.malloc(4 * channels * CHUNK_SAMPLES);
  if (address === 0) throw new Error("bug: libFLAC has no memory for a chunk of samples");
  for (let start = 0; start < integers.length; start += channels * CHUNK_SAMPLES) {
    const chunk = integers.subarray(start, start + channels * CHUNK_SAMPLES);
    new Int32Array(flac.memory.buffer, address, chunk.length).set(chunk);
    if (flac.FLAC__stream_encoder_process_interleaved(encoder, address, chunk.length / channels) === 0) {
      throw fail(`at sample ${start / channels}`);
    }
  }
  if (flac.FLAC__stream_encoder_finish(encoder) === 0) throw fail("at the end");
  if (description === undefined) throw new Error("bug: libFLAC did not describe its stream");
  flac.free(address);
  flac.FLAC__stream_encoder_delete(encoder);
  flac.release();
  return describe(join(parts), description, integers.length / channels);
}

const MAX_CHANNELS = 8;
const CHUNK_SAMPLES = 16_384;

/** The integers that `encodeWav` stores, channels interleaved. */
async function quantise(recording: Recording, bits: 16 | 24): Promise<Int32Array> {
  const wav = await encodeWav(recording, { encoding: bits === 16 ? "pcm16" : "pcm24" });
  const width = bits / 8;
  const count = recording.channels.length * (recording.channels[0]?.length ?? 0);
  const data = wav.subarray(SHORT_HEADER_BYTES, SHORT_HEADER_BYTES + count * width);
  if (data.length !== count * width) throw new Error(`bug: ${data.length} bytes for ${count} samples of ${bits} bits`);
  const integers = new Int32Array(count);
  for (let n = 0, at = 0; n < count; n++, at += width) {
    let value = 0;
    for (let k = 0; k < width; k++) value |= data[at + k]! << (32 - bits + 8 * k);
    integers[n] = value >> (32 - bits);
  }
  return integers;
}

interface StreamDescription {
  readonly minFrameBytes: number;
  readonly maxFrameBytes: number;
  readonly md5: Uint8Array;
}

/** The fields of libFLAC's C structure that it knows only at the end. */
function readDescription(memory: DataView, at: number): StreamDescription {
  return {
    minFrameBytes: memory.getUint32(at + 8, true),
    maxFrameBytes: memory.getUint32(at + 12, true),
    md5: new Uint8Array(memory.buffer, at + 40, 16).slice(),
  };
}

/** Writes into the header (of `file`, which is overwritten) what libFLAC could not go back to write. */
function describe(file: Uint8Array, description: StreamDescription, samples: number): Uint8Array {
  const view = new DataView(file.buffer);
  const info = 8;
  view.setUint8(info + 4, description.minFrameBytes >> 16);
  view.setUint16(info + 5, description.minFrameBytes & 0xffff);
  view.setUint8(info + 7, description.maxFrameBytes >> 16);
  view.setUint16(info + 8, description.maxFrameBytes & 0xffff);
  view.setUint8(info + 13, (view.getUint8(info + 13) & 0xf0) | Math.floor(samples / 2 ** 32));
  view.setUint32(info + 14, samples % 2 ** 32);
  file.set(description.md5, info + 18);
  return file;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    file.set(part, position);
    position += part.length;
  }
  return file;
}
