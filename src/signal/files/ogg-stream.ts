import type { AudioFormat } from "../recording.ts";

/** What the headers of one stream in an Ogg file say, and how its packets become sound. */
export interface OggStream {
  readonly format: AudioFormat;
  /** Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Decoded samples in front that are not of the recording. */
  readonly preSkip: number;
  /** The first position may be less than the samples up to there: what is too many is cut off in front. */
  readonly mayStartLate: boolean;
  readonly warnings: readonly string[];
  /**
   * Samples that the next packet adds, `undefined` if it is no packet of sound. To be asked once for each packet in
   * order, since a packet may overlap the one before.
   */
  packetSamples(packet: Uint8Array): number | undefined;
  /** A decoder of its own. */
  createDecoder(): Promise<OggDecoder>;
}

/** Turns packets of one stream into sound. */
export interface OggDecoder {
  /**
   * The sound of some packets in order, `[channels][samples]`, in arrays that belong to the caller; or in words why
   * there is none.
   */
  decode(packets: readonly Uint8Array[]): Promise<Float32Array[] | string>;
  free(): void;
}

/**
 * For channel c of a WAV or FLAC file, which channel of a Vorbis or Opus stream it is; by number of channels.
 *
 * Both order up to eight channels by one list. In the order of WAV: front left, front right, center, low frequencies,
 * back left, back right, side left, side right, as far as they are there (7 channels: one back center instead of two).
 *
 * @see Vorbis I specification, section 4.3.9; RFC 7845, section 5.1.1.2; WAVEFORMATEXTENSIBLE, dwChannelMask.
 */
export const WAV_CHANNELS: readonly (readonly number[])[] = [
  [],
  [0],
  [0, 1],
  [0, 2, 1],
  [0, 1, 2, 3],
  [0, 2, 1, 3, 4],
  [0, 2, 1, 5, 3, 4],
  [0, 2, 1, 6, 5, 3, 4],
  [0, 2, 1, 7, 5, 6, 3, 4],
];
