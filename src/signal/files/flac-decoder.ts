import { createLibflac } from "./libflac.ts";

/** One decoded frame. The samples are views that are valid only during the call: copy them. */
export interface FlacFrame {
  /** Position of its first sample in the stream. */
  readonly firstSample: number;
  readonly samples: number;
  readonly sampleRate: number;
  readonly bits: number;
  /** Shape `[channels][samples]`, integers of `bits` bits. */
  readonly channels: readonly Int32Array[];
}

/** What libFLAC complains about. */
export type FlacFault = "lost sync" | "a bad frame header" | "a wrong frame checksum" | "a reserved field in use";

/** Where the decoder stands after a step. */
export type FlacState = "more" | "end" | "stopped";

/** What a decoder asks for and reports, always during `step`. */
export interface FlacDecoderEvents {
  /** Fills the start of `target` and says how much; 0 at the end of the stream. The decoder never waits. */
  read(target: Uint8Array): number;
  frame(frame: FlacFrame): void;
  /** The decoder stops behind the first fault. */
  fault(what: FlacFault): void;
}

export interface FlacDecoder {
  /** Decodes one frame (or the header) and says whether there is more. */
  step(): FlacState;
  /**
   * Ends decoding and says whether the sound has the MD5 sum of the header; true where the header has none. Call it once,
   * and not after `step` threw.
   */
  finish(): boolean;
}

/** A libFLAC decoder of its own for one stream. */
export async function createFlacDecoder(events: FlacDecoderEvents): Promise<FlacDecoder> {
  const flac = await createLibflac();
  const view = () => new DataView(flac.memory.buffer);
  let hasFault = false;

  const read = flac.functionPointer((_decoder = 0, buffer = 0, sizeAddress = 0) => {
    if (hasFault) return READ_ABORT;
    const wanted = view().getUint32(sizeAddress, true);
    const given = events.read(new Uint8Array(flac.memory.buffer, buffer, wanted));
    view().setUint32(sizeAddress, given, true);
    return given === 0 ? READ_END : READ_CONTINUE;
  }, 4);

  const write = flac.functionPointer((_decoder = 0, frame = 0, buffers = 0) => {
    if (hasFault) return WRITE_ABORT; // libFLAC hands out silence in place of a damaged frame
    const field = (offset: number) => view().getUint32(frame + offset, true);
    const samples = field(0);
    const channelCount = field(8);
    // libFLAC always reports the number of the first sample, also for streams that count frames.
    events.frame({
      samples,
      sampleRate: field(4),
      bits: field(16),
      firstSample: field(24) + 2 ** 32 * field(28),
      channels: Array.from({ length: channelCount }, (_, c) => {
        const address = view().getUint32(buffers + 4 * c, true);
        return new Int32Array(flac.memory.buffer, address, samples);
      }),
    });
    return WRITE_CONTINUE;
  }, 4);

  const fault = flac.procedurePointer((_decoder = 0, code = 0) => {
    if (!hasFault) events.fault(FAULTS[code] ?? FAULTS[0]);
    hasFault = true;
  }, 3);
  const ignore = flac.procedurePointer(() => undefined, 3);

  const decoder = flac.FLAC__stream_decoder_new();
  if (decoder === 0) throw new Error("bug: libFLAC has no memory for a decoder");
  flac.FLAC__stream_decoder_set_md5_checking(decoder, 1);
  const status = flac.FLAC__stream_decoder_init_stream(decoder, read, 0, 0, 0, 0, write, ignore, fault, 0);
  if (status !== 0) throw new Error(`bug: libFLAC refuses to start (status ${status})`);
  return {
    step() {
      const isWell = flac.FLAC__stream_decoder_process_single(decoder) !== 0;
      const state = flac.FLAC__stream_decoder_get_state(decoder);
      if (state === STATE_MEMORY) throw new Error("bug: libFLAC has no memory for a frame");
      if (hasFault) return "stopped";
      if (state === STATE_END) return "end";
      return isWell ? "more" : "stopped";
    },
    finish() {
      const hasRightChecksum = flac.FLAC__stream_decoder_finish(decoder) !== 0;
      flac.FLAC__stream_decoder_delete(decoder);
      flac.release();
      return hasRightChecksum;
    },
  };
}

const READ_CONTINUE = 0;
const READ_END = 1;
const READ_ABORT = 2;
const WRITE_CONTINUE = 0;
const WRITE_ABORT = 1;
const STATE_END = 4;
const STATE_MEMORY = 8;
const FAULTS = ["lost sync", "a bad frame header", "a wrong frame checksum", "a reserved field in use"] as const;
