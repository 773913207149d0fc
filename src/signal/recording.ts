/** Sound in memory: one array per channel, all of one length, linear amplitude with full scale at -1 and 1. */
export interface Recording {
  /** Shape `[channels][samples]`. */
  readonly channels: Float32Array[];
  /** Hz. */
  readonly sampleRate: number;
}

/** How one sample is stored in a file that loses nothing. */
export type SampleEncoding = "pcm8" | "pcm16" | "pcm24" | "pcm32" | "float32" | "float64";

/** What kind of file a recording came from, told by its content and never by its name. */
export type AudioFormat = "wav" | "aiff" | "flac" | "mp3" | "ogg-vorbis" | "ogg-opus";

/** A recording that came from a file, with what the reader noticed on the way. */
export interface DecodedRecording extends Recording {
  readonly format: AudioFormat;
  /** A `SampleEncoding` (of FLAC also others, such as `pcm20`); for lossy files the format itself. */
  readonly encoding: string;
  /** Sentences for the user about things that were put right; empty for a clean file. */
  readonly warnings: string[];
}

/** A recording that is read block by block, so that its length does not matter. */
export interface RecordingStream {
  readonly format: AudioFormat;
  /** A `SampleEncoding` (of FLAC also others, such as `pcm20`); for lossy files the format itself. */
  readonly encoding: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Samples per channel that the file promises; `undefined` where it does not say. */
  readonly samples: number | undefined;
  /** Sentences for the user. It may grow while the blocks are read: show it after the last one. */
  readonly warnings: string[];
  /**
   * The sound in order, in blocks of shape `[channels][n]` with `n >= 1` that belong to the caller; once only.
   *
   * It throws a `TonewrightError` where the file is damaged, after the sound before that place was given. Leaving the
   * loop early frees the decoder.
   */
  blocks(): AsyncIterable<Float32Array[]>;
}
