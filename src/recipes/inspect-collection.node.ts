import { join } from "node:path";
import {
  type CollectionReport,
  FingerprintStore,
  type FolderProblem,
  fingerprintBytesPerSecond,
  fingerprintWordsPerFile,
  type HeardFile,
  inspectCollection,
  matchFingerprints,
  type NearPair,
  type GivenRoles,
  type UnreadableFile,
  withoutFingerprint,
} from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import type { Hearing } from "./inspect-collection-hear.node.ts";
import { openHearers } from "./inspect-collection-pool.node.ts";
import { findTable } from "./inspect-collection-table.node.ts";
import { walkFolder } from "./inspect-collection-walk.node.ts";

/** What can be told to `inspectFolder`. */
export interface InspectFolderOptions {
  readonly threads: number;
  readonly stop: AbortSignal;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Path of a table about the sounds; "none" for no table; left out, one is looked for in the folder. */
  readonly table?: string | undefined;
  /** Columns of the table, where their names do not say what they are. */
  readonly columns?: GivenRoles | undefined;
  /** Where in a path the label stands; the first group, or all of the match. */
  readonly labelPattern?: RegExp | undefined;
  readonly splitPattern?: RegExp | undefined;
  readonly groupPattern?: RegExp | undefined;
}

/** How far the work is. */
export interface InspectFolderEvent {
  readonly stage: "listing" | "hearing" | "comparing";
  /** Files. */
  readonly done: number;
  /** 0 while it is not known. */
  readonly of: number;
  /** While hearing, once it can be told. */
  readonly secondsLeft?: number;
}

/** What is known of a folder. */
export interface InspectedFolder {
  readonly report: CollectionReport;
  /** If the work was stopped: how many of the sound files were heard, and whether they were compared with each other. */
  readonly stopped: { readonly done: number; readonly of: number; readonly compared: boolean } | null;
  /** What the search for the same recording in two files was based on. */
  readonly fingerprint: { readonly secondsPerFile: number; readonly bytesPerSecond: number; readonly bytes: number };
  readonly seconds: number;
}

/**
 * Looks through a folder of sounds: reads every file once, block by block, and judges what is there.
 *
 * Takes about two kilobytes of memory per file and 320 bytes per second of sound for the search for duplicates, 128 MB for
 * that at most; so of 100,000 files the first five seconds each are searched. The report does not depend on the number of
 * threads.
 *
 * @param folder - Where the sounds are, in it and in folders below it.
 * @returns A generator of progress whose result is the report.
 * @throws TonewrightError `folder-not-found`, `not-a-folder`, `unreadable-folder`, `no-sounds`; those of a table that
 *   was named: `file-not-found`, `empty-table`, `bad-table`, `no-such-column`, `no-path-column`, `no-table`.
 */
export async function* inspectFolder(
  folder: string,
  options: InspectFolderOptions,
): AsyncGenerator<InspectFolderEvent, InspectedFolder> {
  const { stop, clock } = options;
  const started = clock();
  const listing = yield* list(folder, stop);
  const { paths, others, problems, hidden } = listing;
  if (paths.length === 0 && problems.length === 0) refuseSilence(folder, others.length);
  const table = await findTable(folder, { table: options.table, columns: options.columns ?? {}, paths, others });

  const words = fingerprintWordsPerFile(paths.length);
  const { heard, unreadable, named, store } = yield* hear(folder, { ...options, paths, words });
  const pairs = yield* compare(store, { heard, stop });
  const report = inspectCollection({
    ...{ heard, unreadable, problems, hidden, table },
    pairs: pairs ?? [],
    others: [...others, ...named].sort(),
    labelPattern: options.labelPattern,
    splitPattern: options.splitPattern,
    groupPattern: options.groupPattern,
  });
  const done = heard.length + unreadable.length + named.length;
  return {
    report,
    stopped: stop.aborted ? { done, of: paths.length, compared: pairs !== undefined } : null,
    fingerprint: {
      secondsPerFile: (4 * words) / fingerprintBytesPerSecond,
      bytesPerSecond: fingerprintBytesPerSecond,
      bytes: 4 * (store.all().starts.at(-1) ?? 0),
    },
    seconds: (clock() - started) / 1000,
  };
}

interface Listing {
  /** Files that hold sound, by their names, or have no ending that says what they are; sorted. */
  readonly paths: string[];
  readonly others: string[];
  readonly problems: FolderProblem[];
  readonly hidden: number;
}

/** Endings of sound files, those that no reader here takes included: they should hold sound. */
const SOUND_ENDING =
  /\.(wav|wave|w64|rf64|bwf|flac|mp3|mp2|ogg|oga|opus|aif|aiff|aifc|m4a|aac|wma|caf|au|snd|amr|ape|wv)$/i;

async function* list(folder: string, stop: AbortSignal): AsyncGenerator<InspectFolderEvent, Listing> {
  const [paths, others, problems]: [string[], string[], FolderProblem[]] = [[], [], []];
  let [hidden, seen] = [0, 0];
  for await (const step of walkFolder(folder)) {
    if (step.type === "hidden") hidden++;
    else if (step.type === "problem") problems.push(step.problem);
    else if (SOUND_ENDING.test(step.path) || hasNoEnding(step.path)) paths.push(step.path);
    else others.push(step.path);
    if (++seen % 1000 === 0) yield { stage: "listing", done: seen, of: 0 };
    if (stop.aborted) break;
  }
  const rising = (p: string, q: string) => (p < q ? -1 : 1);
  return { paths: paths.sort(rising), others, problems: problems.sort((p, q) => rising(p.path, q.path)), hidden };
}

const hasNoEnding = (path: string): boolean => !path.slice(path.lastIndexOf("/") + 1).includes(".");

function refuseSilence(folder: string, others: number): never {
  throw new TonewrightError(
    "no-sounds",
    others === 0
      ? `there is no file in "${folder}"`
      : `none of the ${others} files in "${folder}" is a sound file (WAV, FLAC, MP3, Ogg, AIFF)`,
    "give the folder that holds the sounds, in it or in folders below it",
  );
}

interface HeardFolder {
  readonly heard: HeardFile[];
  readonly unreadable: UnreadableFile[];
  /** Files without an ending that turned out to be no sound. */
  readonly named: string[];
  /** Of `heard`, in that order. */
  readonly store: FingerprintStore;
}

async function* hear(
  folder: string,
  {
    paths,
    words,
    threads,
    stop,
    clock,
  }: InspectFolderOptions & { readonly paths: readonly string[]; readonly words: number },
): AsyncGenerator<InspectFolderEvent, HeardFolder> {
  const hearers = openHearers({ threads: Math.min(threads, Math.ceil(paths.length / FILES_PER_THREAD)), stop });
  const result: HeardFolder = { heard: [], unreadable: [], named: [], store: new FingerprintStore() };
  // Hearings wait here until all before them are in, so that their order is that of the paths.
  const waiting = new Map<number, Hearing>();
  let [next, entered, done, failure]: [number, number, number, unknown] = [0, 0, 0, undefined];
  const started = clock();
  let wake = () => {};

  const work = hearers.map(async (hearer) => {
    while (next < paths.length && !stop.aborted && failure === undefined) {
      const index = next++;
      const name = paths[index]!;
      const hearing = await hearer.hear({ file: join(folder, name), name, fingerprintWords: words });
      if (hearing === undefined) return;
      waiting.set(index, hearing);
      done++;
      wake();
    }
  });
  let working = true;
  const finished = Promise.all(work)
    .catch((error: unknown) => {
      failure ??= error ?? new Error("bug: a thread failed without a reason");
    })
    .finally(() => {
      working = false;
      wake();
    });
  try {
    while (working) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        // What came in while the reader of progress was busy has called the old one.
        if (!working || waiting.has(entered)) resolve();
      });
      for (let hearing = waiting.get(entered); hearing !== undefined; hearing = waiting.get(entered)) {
        waiting.delete(entered);
        enter(result, paths[entered]!, hearing);
        entered++;
      }
      const secondsLeft = ((clock() - started) / 1000 / Math.max(1, done)) * (paths.length - done);
      yield { stage: "hearing", done, of: paths.length, ...(done < FEW_FOR_A_GUESS ? {} : { secondsLeft }) };
    }
    await finished;
    if (failure !== undefined) throw failure;
    // After a stop there may be holes.
    for (const [index, hearing] of [...waiting].sort(([p], [q]) => p - q)) enter(result, paths[index]!, hearing);
    return result;
  } finally {
    await Promise.all(hearers.map((hearer) => hearer.close()));
  }
}

/** A thread takes as long to start as a few files take to read. */
const FILES_PER_THREAD = 8;
const FEW_FOR_A_GUESS = 8;

function enter({ heard, unreadable, named, store }: HeardFolder, path: string, hearing: Hearing): void {
  if ("facts" in hearing) {
    heard.push({ path, bytes: hearing.bytes, facts: hearing.facts });
    store.add(hearing.fingerprint);
  } else if (hearing.code === "unknown-format" && hasNoEnding(path)) named.push(path);
  else unreadable.push({ path, bytes: hearing.bytes, code: hearing.code, message: hearing.message });
}

/** The pairs, or nothing if it was stopped; what was heard before a stop is compared all the same. */
async function* compare(
  store: FingerprintStore,
  { heard, stop }: { readonly heard: readonly HeardFile[]; readonly stop: AbortSignal },
): AsyncGenerator<InspectFolderEvent, NearPair[] | undefined> {
  const matching = matchFingerprints(store.all(), { skip: withoutFingerprint(heard) });
  const stoppedBefore = stop.aborted;
  for (;;) {
    const step = matching.next();
    if (step.done === true) return step.value;
    yield { stage: "comparing", done: step.value, of: heard.length };
    // Signals such as Ctrl-C are delivered between events only.
    await new Promise((resolve) => setImmediate(resolve));
    if (stop.aborted && !stoppedBefore) return undefined;
  }
}
