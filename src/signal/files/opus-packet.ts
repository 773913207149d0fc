/**
 * Samples at 48 kHz that an Opus packet holds, `undefined` if it is not one.
 *
 * @param packet - Several streams may be packed in it, one behind the other; all must be equally long.
 * @param streams - How many.
 * @see RFC 6716, section 3 and appendix B, of which every "MUST" is checked; opus_multistream_packet_validate of
 *   libopus, which does the same.
 */
export function opusPacketSamples(packet: Uint8Array, streams: number): number | undefined {
  let at = 0;
  let samples: number | undefined;
  for (let k = 0; k < streams; k++) {
    const part = readFrames(packet, at, { isLast: k === streams - 1 });
    if (part === undefined || (samples !== undefined && part.samples !== samples)) return undefined;
    samples = part.samples;
    at = part.end;
  }
  return samples;
}

/**
 * The frames of a packet of a single stream, each as a packet of its own.
 *
 * Decoding them one after another gives the same sound as decoding the packet.
 *
 * @param packet - One whose samples `opusPacketSamples` tells.
 */
export function splitOpusPacket(packet: Uint8Array): Uint8Array[] {
  const frames = readFrames(packet, 0, { isLast: true });
  if (frames === undefined) throw new Error("bug: an Opus packet that was not checked");
  let at = frames.start;
  return frames.lengths.map((length) => {
    const frame = new Uint8Array(1 + length);
    frame[0] = (packet[0] ?? 0) & 0xfc; // the same kind of frame, a single one
    frame.set(packet.subarray(at, at + length), 1);
    at += length;
    return frame;
  });
}

/** 120 ms. */
const MAX_SAMPLES = 5760;
const MAX_FRAME_BYTES = 1275;

interface Frames {
  readonly samples: number;
  /** Offset of the first frame. */
  readonly start: number;
  readonly lengths: readonly number[];
  /** Offset behind the last frame and its padding. */
  readonly end: number;
}

/** Samples of a frame; the first five bits of a packet name its kind. */
function frameSamples(kind: number): number {
  if (kind < 12) return [480, 960, 1920, 2880][kind & 3] ?? 0;
  if (kind < 16) return [480, 960][kind & 1] ?? 0;
  return [120, 240, 480, 960][kind & 3] ?? 0;
}

/** The frames of one stream in a packet. All but the last stream tell the length of their last frame, too. */
function readFrames(packet: Uint8Array, from: number, { isLast }: { readonly isLast: boolean }): Frames | undefined {
  let at = from;
  const takeByte = () => packet[at++] ?? Number.NaN;
  const takeLength = (): number => {
    const first = takeByte();
    return first < 252 ? first : first + 4 * takeByte();
  };
  const toc = takeByte();
  const code = toc & 3;
  let count = code === 0 ? 1 : 2;
  let isVariable = code === 2;
  let padding = 0;
  if (code === 3) {
    const flags = takeByte();
    count = flags & 63;
    isVariable = (flags & 0x80) !== 0;
    for (let more = (flags & 0x40) !== 0; more; ) {
      const bytes = takeByte();
      more = bytes === 255;
      padding += more ? 254 : bytes;
    }
  }
  const samples = count * frameSamples(toc >> 3);
  if (Number.isNaN(toc) || samples === 0 || samples > MAX_SAMPLES) return undefined;
  const lengths: number[] = [];
  if (isVariable) {
    for (let k = 0; k < (isLast ? count - 1 : count); k++) lengths.push(takeLength());
    if (isLast) lengths.push(packet.length - padding - at - sum(lengths));
  } else {
    const length = isLast ? (packet.length - padding - at) / count : takeLength();
    for (let k = 0; k < count; k++) lengths.push(length);
  }
  const end = at + sum(lengths) + padding;
  const isValid = lengths.every((length) => Number.isInteger(length) && length >= 0 && length <= MAX_FRAME_BYTES);
  return isValid && end <= packet.length ? { samples, start: at, lengths, end } : undefined;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}
