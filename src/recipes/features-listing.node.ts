import { TonewrightError } from "../errors/index.ts";
import { walkFolder } from "./inspect-collection-walk.node.ts";

/** The sound files of a folder. */
export interface SoundListing {
  /** Below the folder, with `/`, in the order of their code units. */
  readonly paths: readonly string[];
  /** Links that lead nowhere and folders that may not be read. */
  readonly problems: readonly { readonly path: string; readonly kind: string }[];
}

/** Endings of sound files, those that no reader here takes included, so that they are named. */
const SOUND_ENDING =
  /\.(wav|wave|w64|rf64|bwf|flac|mp3|mp2|ogg|oga|opus|aif|aiff|aifc|m4a|aac|wma|caf|au|snd|amr|ape|wv)$/i;

/**
 * The sound files in a folder and below, by their endings; files without one are left out.
 *
 * @param options.onEntries - Hears now and then how many entries were seen.
 * @throws TonewrightError `folder-not-found`, `not-a-folder`, `unreadable-folder`, `no-sounds`.
 */
export async function listSounds(
  folder: string,
  { stop, onEntries }: { readonly stop: AbortSignal; readonly onEntries: (count: number) => void },
): Promise<SoundListing> {
  const paths: string[] = [];
  const problems: { path: string; kind: string }[] = [];
  let [others, seen] = [0, 0];
  for await (const step of walkFolder(folder)) {
    if (step.type === "file" && SOUND_ENDING.test(step.path)) paths.push(step.path);
    else if (step.type === "file") others++;
    else if (step.type === "problem" && (step.problem.kind === "unreadable" || SOUND_ENDING.test(step.problem.path))) {
      problems.push(step.problem);
    }
    if (++seen % 1000 === 0) onEntries(seen);
    if (stop.aborted) break;
  }
  if (paths.length === 0 && problems.length === 0 && !stop.aborted) {
    throw new TonewrightError(
      "no-sounds",
      others === 0
        ? `there is no file in "${folder}"`
        : `none of the ${others} files in "${folder}" is a sound file (WAV, FLAC, MP3, Ogg, AIFF)`,
      "give the folder that holds the sounds, in it or in folders below it",
    );
  }
  return { paths: paths.sort((p, q) => (p < q ? -1 : 1)), problems };
}
