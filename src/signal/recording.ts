/** Sound in memory: one array per channel, all of one length, linear amplitude with full scale at -1 and 1. */
export interface Recording {
  /** Shape `[channels][samples]`. */
  readonly channels: Float32Array[];
  /** Hz. */
  readonly sampleRate: number;
}

/** How one sample is stored in a WAV file. */
export type SampleEncoding = "pcm8" | "pcm16" | "pcm24" | "pcm32" | "float32" | "float64";

/** A recording that came from a file, with what the reader noticed on the way. */
export interface DecodedRecording extends Recording {
  /** A `SampleEncoding` for WAV files. */
  readonly encoding: string;
  /** Sentences for the user about things that were put right; empty for a clean file. */
  readonly warnings: string[];
}
