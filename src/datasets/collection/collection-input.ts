import type { NearPair } from "./match-fingerprints.ts";
import type { HeardFile } from "./sound-facts.ts";
import type { SoundTable } from "./sound-table.ts";

/** A file that should hold sound, but does not say it. */
export interface UnreadableFile {
  readonly path: string;
  readonly bytes: number;
  /** Of the reader's error, such as `empty-file` or `truncated-file`. */
  readonly code: string;
  readonly message: string;
}

/** Something in the folder that could not be entered. */
export interface FolderProblem {
  readonly path: string;
  readonly kind: "unreadable" | "loop" | "linked-twice" | "broken-link";
}

/** Everything that was found in a folder. */
export interface CollectionInput {
  /** In the order of their paths. */
  readonly heard: readonly HeardFile[];
  readonly unreadable: readonly UnreadableFile[];
  /** Paths of the files that are no sound. */
  readonly others: readonly string[];
  readonly problems: readonly FolderProblem[];
  /** Hidden files and folders, which were left out. */
  readonly hidden: number;
  /** What `matchFingerprints` found among `heard`. */
  readonly pairs: readonly NearPair[];
  readonly table?: SoundTable | undefined;
  /** Finds the label in a path; the first group, or all of the match. The same for the two below. */
  readonly labelPattern?: RegExp | undefined;
  readonly splitPattern?: RegExp | undefined;
  /** What must not be in two splits: a speaker, a source recording. */
  readonly groupPattern?: RegExp | undefined;
}

/** A file with what the table, the folders or a pattern say of it. */
export interface LabelledFile extends HeardFile {
  readonly label?: string | undefined;
  readonly split?: string | undefined;
  readonly group?: string | undefined;
}
