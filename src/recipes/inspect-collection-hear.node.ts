import { createListener, type SoundFacts } from "../datasets/index.ts";
import { isTonewrightError } from "../errors/index.ts";
import { openRecording } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";

/** One file to hear. */
export interface HearingJob {
  /** Where it is. */
  readonly file: string;
  /** What to call it in messages. */
  readonly name: string;
  /** Most words of the fingerprint. */
  readonly fingerprintWords: number;
}

/** What came of it: facts, or the reader's error. */
export type Hearing =
  | { readonly bytes: number; readonly facts: SoundFacts; readonly fingerprint: Uint32Array }
  | { readonly bytes: number; readonly code: string; readonly message: string };

/**
 * Reads a sound file block by block and says what is in it.
 *
 * What is wrong with the file is told, never thrown.
 *
 * @param options.isStopped - Asked after each block; the file is left then and nothing returned.
 */
export async function hearFile(
  { file, name, fingerprintWords }: HearingJob,
  { isStopped = () => false }: { readonly isStopped?: () => boolean } = {},
): Promise<Hearing | undefined> {
  let bytes = 0;
  try {
    const source = await openFileSource(file);
    bytes = source.size;
    try {
      const recording = await openRecording(source, { name });
      const { format, encoding, sampleRate, channelCount } = recording;
      const listener = createListener({ format, encoding, sampleRate, channels: channelCount }, { fingerprintWords });
      for await (const block of recording.blocks()) {
        listener.push(block);
        if (isStopped()) return undefined;
      }
      const { facts, fingerprint } = listener.end(recording.warnings);
      if (facts.samples === 0) return { bytes, code: "empty-file", message: `"${name}" holds no samples` };
      return { bytes, facts, fingerprint };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (isTonewrightError(error)) return { bytes, code: error.code, message: error.message };
    const { code } = error as NodeJS.ErrnoException;
    // The system's errors have a code; anything else is a mistake of the program's and must be seen.
    if (code === undefined) throw error;
    return { bytes, code: "unreadable-file", message: `"${name}" cannot be read: the system says ${code}` };
  }
}
