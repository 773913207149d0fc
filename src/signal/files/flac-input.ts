import type { ByteSource } from "./byte-source.ts";
import { cutShort } from "./file-refusal.ts";
import type { FlacHeader } from "./flac-header.ts";

/** The bytes of a FLAC stream for a decoder that cannot wait for them. */
export interface FlacInput {
  /** Reads ahead until a whole frame must be there, however badly it is compressed. */
  prepare(): Promise<void>;
  /** Fills the start of `target` and says how much; 0 at the end, and where a frame is larger than it can be. */
  hand(target: Uint8Array): number;
  /** Bytes of frames that the decoder has not been given yet. */
  readonly left: number;
}

/**
 * Bytes of frames behind the plain header.
 *
 * The last bytes are handed out one by one. The decoder asks for no more than it needs, so `left` tells exactly whether a
 * frame ended with the stream.
 *
 * @param source - The whole file.
 * @param header - Of that file.
 * @param name - File name for messages.
 */
export function createFlacInput(source: ByteSource, header: FlacHeader, name: string): FlacInput {
  const { maxBlock, channels, bits, audioEnd } = header;
  // The worst a sane encoder does is to store the samples as they are; one channel of two may need a bit more.
  const frameBytes = Math.ceil((1.25 * maxBlock * channels * (bits + 1)) / 8) + READ_BYTES;
  let pending = header.plain;
  let headerLeft = header.plain.length;
  let loaded = header.audioStart;
  const left = () => audioEnd - loaded + pending.length - headerLeft;
  return {
    get left() {
      return left();
    },
    async prepare() {
      if (pending.length >= frameBytes || loaded === audioEnd) return;
      const end = Math.min(audioEnd, loaded + Math.max(frameBytes, 4 * READ_BYTES));
      const more = await source.read(loaded, end);
      if (more.length !== end - loaded) {
        throw cutShort(name, `it ended at byte ${loaded + more.length} while it was read`);
      }
      const joined = new Uint8Array(pending.length + more.length);
      joined.set(pending);
      joined.set(more, pending.length);
      pending = joined;
      loaded = end;
    },
    hand(target) {
      const allowed = headerLeft > 0 ? headerLeft : left() > TAIL_BYTES ? left() - TAIL_BYTES : 1;
      const given = Math.min(target.length, pending.length, allowed);
      target.set(pending.subarray(0, given));
      pending = pending.subarray(given);
      headerLeft = Math.max(0, headerLeft - given);
      return given;
    },
  };
}

const READ_BYTES = 65_536;
const TAIL_BYTES = 64;
