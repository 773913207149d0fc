/** What the four bytes in front of every MP3 frame say. */
export interface Mp3FrameHeader {
  /** 1, 2 or 2.5. */
  readonly mpegVersion: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Samples per channel in the frame. */
  readonly samples: 1152 | 576;
  /** Bytes of the whole frame, its header included. */
  readonly bytes: number;
  /** A checksum of two bytes follows the header. */
  readonly hasChecksum: boolean;
  /** Bytes of the side information that follows header and checksum. */
  readonly sideBytes: number;
}

/** Bytes of the largest frame there is: MPEG-1 at 320 kbit/s and 32 kHz, or MPEG-2.5 at 160 kbit/s and 8 kHz, padded. */
export const MAX_FRAME_BYTES = 1441;

/**
 * The frame that starts at `at`, or `undefined` where none of Layer III with a listed bit rate does.
 *
 * The length of a frame follows from bit rate, sample rate and padding alone, so the next header must stand right
 * behind it: one header proves nothing, a chain of them does.
 *
 * @param bytes - At least four from `at` on, else `undefined`.
 * @see ISO/IEC 11172-3 and 13818-3, section 2.4.1.3; MPEG-2.5 as Fraunhofer's encoders write it.
 */
export function readMp3FrameHeader(bytes: Uint8Array, at = 0): Mp3FrameHeader | undefined {
  const fields = headerFields(bytes, at);
  if (fields === undefined || fields.layer !== 3) return undefined;
  const { mpegVersion, bitrateIndex, rateIndex } = fields;
  const bitrate = (mpegVersion === 1 ? MPEG_1_KBITS : MPEG_2_KBITS)[bitrateIndex];
  const rate = MPEG_1_RATES[rateIndex];
  if (bitrate === undefined || bitrate === 0 || rate === undefined) return undefined;
  const sampleRate = mpegVersion === 1 ? rate : mpegVersion === 2 ? rate / 2 : rate / 4;
  const channels = (bytes[at + 3] ?? 0) >> 6 === 3 ? 1 : 2;
  const samples = mpegVersion === 1 ? 1152 : 576;
  return {
    mpegVersion,
    sampleRate,
    channels,
    samples,
    bytes: Math.floor((samples * bitrate * 125) / sampleRate) + (((bytes[at + 2] ?? 0) >> 1) & 1),
    hasChecksum: ((bytes[at + 1] ?? 0) & 1) === 0,
    sideBytes: mpegVersion === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17,
  };
}

/**
 * The name of a relative of MP3 that starts at `at` and is not read here, to follow "stores"; `undefined` for anything
 * else. As little as a header looks like nearly anything: only for the message of a refusal.
 */
export function nameMp3Relative(bytes: Uint8Array, at = 0): string | undefined {
  const fields = headerFields(bytes, at);
  if (fields === undefined) return undefined;
  if (fields.layer === 4) return "AAC (an ADTS stream)";
  if (MPEG_1_RATES[fields.rateIndex] === undefined || fields.bitrateIndex === 15) return undefined;
  if (fields.layer < 3) return `MPEG audio Layer ${"I".repeat(fields.layer)} (MP${fields.layer})`;
  return fields.bitrateIndex === 0 ? 'MP3 without a listed bit rate ("free format")' : undefined;
}

const MPEG_1_KBITS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG_2_KBITS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG_1_RATES = [44_100, 48_000, 32_000];
const VERSIONS = [2.5, undefined, 2, 1];

/** The parts that decide what kind of frame it is; layer 4 stands for the value that AAC took over. */
function headerFields(bytes: Uint8Array, at: number) {
  const [b0 = 0, b1 = 0, b2 = 0] = bytes.subarray(at, at + 3);
  if (at + 4 > bytes.length || b0 !== 0xff || (b1 & 0xe0) !== 0xe0) return undefined;
  const mpegVersion = VERSIONS[(b1 >> 3) & 3];
  if (mpegVersion === undefined) return undefined;
  return { mpegVersion, layer: 4 - ((b1 >> 1) & 3), bitrateIndex: b2 >> 4, rateIndex: (b2 >> 2) & 3 };
}
