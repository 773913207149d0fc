import type { ColourFacts } from "./measure-colour.ts";
import type { LevelFacts } from "./measure-level.ts";
import type { SilenceFacts } from "./measure-silence.ts";

/** What the header of a sound file says, and the reader of it. */
export interface SoundFormat {
  /** The kind of file: `wav`, `flac`, … */
  readonly format: string;
  /** How samples are stored, such as `pcm16`. */
  readonly encoding: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** What is known of a recording after every sample was heard once: a few hundred bytes. */
export interface SoundFacts extends SoundFormat, LevelFacts, SilenceFacts, ColourFacts {
  /** Per channel. */
  readonly samples: number;
  readonly seconds: number;
  /** Of the decoded samples, 16 hexadecimal digits. */
  readonly hash: string;
  /** What the reader noticed. */
  readonly warnings: readonly string[];
}

/** A file that holds sound. */
export interface HeardFile {
  /** Below the folder, with `/` between the parts. */
  readonly path: string;
  readonly bytes: number;
  readonly facts: SoundFacts;
}
