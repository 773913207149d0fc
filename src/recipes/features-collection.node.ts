import { join } from "node:path";
import type { FrontEndDocument } from "../signal/index.ts";
import { fileCsvLine, filesCsvHead } from "./features-csv.ts";
import { normalised } from "./features-file.node.ts";
import { computeFolder, type FeatureEvent, type FolderWork } from "./features-folder.node.ts";
import { checkFrontEnd } from "./features-front-end.ts";
import type { FeatureWork } from "./features-job.node.ts";
import { listSounds } from "./features-listing.node.ts";
import { mergeStatistics, type RowStatistics } from "./features-statistics.ts";
import { featureTargets } from "./features-targets.ts";
import { openAtomicFile } from "./features-writer.node.ts";

/** How the features of a folder are computed. */
export interface CollectionRequest {
  /** Its format is that of the files in a folder to write to, and is left out otherwise. */
  readonly work: FeatureWork;
  /** A folder for a file of features per sound, a table with a line per sound, or nothing. */
  readonly out?: { readonly type: "folder" | "table"; readonly path: string } | undefined;
  /** Measure mean and deviation of every row over all files first, and normalise with them. */
  readonly normalise?: boolean;
  /** Whether the result lists all files. */
  readonly listFiles?: boolean;
  readonly threads: number;
  readonly stop: AbortSignal;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/** How far the work on a folder is. */
export interface CollectionEvent extends FeatureEvent {
  readonly stage: "listing" | "measuring" | "computing";
}

/** A file whose features were computed. */
export interface CollectionFile {
  readonly path: string;
  readonly seconds: number;
  readonly frames: number;
  /** Where they are, if each file has its own. */
  readonly out?: string;
}

/** A file that has no features, and why. */
export interface FailedFile {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What is known of the features of a folder. */
export interface CollectionFeatures {
  /** With the normalisation, if one was measured. */
  readonly document: FrontEndDocument;
  readonly done: number;
  readonly seconds: number;
  readonly frames: number;
  /** Of all frames together; nothing if there are none. */
  readonly statistics: RowStatistics | undefined;
  /** All files, if they were asked for. */
  readonly files: readonly CollectionFile[];
  readonly failed: readonly FailedFile[];
  /** Warnings about files that were read all the same. */
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
  /** If the work was stopped: what was going on, and how many files of how many were done. */
  readonly stopped: { readonly stage: CollectionEvent["stage"]; readonly done: number; readonly of: number } | null;
}

/**
 * Computes the features of all sound files in a folder and below.
 *
 * Files that cannot be read are named with the reason and do not stop the others. Memory does not grow with the number of
 * files but for their names. What was written before a stop stays.
 *
 * @returns A generator of progress whose result tells what was found.
 * @throws TonewrightError `folder-not-found`, `not-a-folder`, `unreadable-folder`, `no-sounds`, `disk-full`,
 *   `unwritable-folder`; what the front end's features refuse; `empty-input` if there is nothing to measure.
 */
export async function* extractFolderFeatures(
  folder: string,
  request: CollectionRequest,
): AsyncGenerator<CollectionEvent, CollectionFeatures> {
  const { out, normalise = false, stop } = request;
  checkFrontEnd(request.work.document);
  yield { stage: "listing", done: 0, of: 0 };
  const { paths, problems } = await listSounds(folder, { stop, onEntries: () => {} });
  let { work } = request;
  if (normalise) {
    const summary = createSummary({ ...request, listFiles: false });
    const done = yield* staged(
      "measuring",
      folder,
      { ...request, paths, work: { ...work, format: undefined } },
      summary,
    );
    if (stop.aborted) {
      return { document: work.document, ...summary.result(), stopped: { stage: "measuring", done, of: paths.length } };
    }
    const { statistics } = summary.result();
    if (statistics !== undefined) work = { ...work, document: normalised(work.document, statistics) };
  }
  const { document } = work;
  const targets = out?.type === "folder" ? featureTargets(paths, { format: work.format ?? "npy" }) : undefined;
  const targetOf = targets === undefined ? undefined : (path: string) => join(out?.path ?? "", targets.of(path));
  const summary = createSummary({ ...request, targetOf });
  for (const { path, kind } of problems) summary.fail(path, kind);
  const table = out?.type === "table" ? await openAtomicFile(out.path) : undefined;
  try {
    await table?.write(filesCsvHead(document));
    const done = yield* staged(
      "computing",
      folder,
      { ...request, work, paths, targetOf },
      summary,
      async (path, one) => {
        await table?.write(fileCsvLine(path, { statistics: one, precision: work.precision }));
      },
    );
    if (summary.result().done > 0) await table?.commit();
    else await table?.discard();
    const stopped = stop.aborted ? { stage: "computing" as const, done, of: paths.length } : null;
    return { document, ...summary.result(), stopped };
  } catch (error) {
    await table?.discard();
    throw error;
  }
}

type Staged = Omit<CollectionRequest, "out"> & Pick<FolderWork, "paths" | "targetOf">;

async function* staged(
  stage: CollectionEvent["stage"],
  folder: string,
  { work, paths, targetOf, threads, stop, clock }: Staged,
  summary: Summary,
  onStatistics: (path: string, statistics: RowStatistics) => void | Promise<void> = () => {},
): AsyncGenerator<CollectionEvent, number> {
  const steps = computeFolder(folder, {
    ...{ work, paths, targetOf, threads, stop, clock },
    async onFile(path, reply) {
      summary.add(path, reply);
      if ("statistics" in reply) await onStatistics(path, reply.statistics);
    },
  });
  let step = await steps.next();
  for (; step.done !== true; step = await steps.next()) yield { stage, ...step.value };
  return step.value;
}

type Summary = ReturnType<typeof createSummary>;

function createSummary({
  listFiles = false,
  targetOf,
}: {
  readonly listFiles?: boolean;
  readonly targetOf?: FolderWork["targetOf"];
}) {
  const files: CollectionFile[] = [];
  const failed: FailedFile[] = [];
  const warnings: { path: string; message: string }[] = [];
  let [done, seconds, frames] = [0, 0, 0];
  let statistics: RowStatistics | undefined;
  return {
    add(path: string, reply: Parameters<FolderWork["onFile"]>[1]) {
      if ("code" in reply) {
        failed.push({ path, ...reply });
        return;
      }
      const { facts } = reply;
      done++;
      seconds += facts.seconds;
      frames += facts.frames;
      statistics = statistics === undefined ? reply.statistics : mergeStatistics(statistics, reply.statistics);
      for (const message of facts.warnings) warnings.push({ path, message });
      const place = targetOf === undefined ? {} : { out: targetOf(path) };
      if (listFiles) files.push({ path, seconds: facts.seconds, frames: facts.frames, ...place });
    },
    fail(path: string, kind: string) {
      const message = kind === "broken-link" ? "the link leads nowhere" : `it cannot be read (${kind})`;
      failed.push({ path, code: kind, message: `"${path}": ${message}`, hint: "look at the file" });
    },
    result: () => ({ done, seconds, frames, statistics, files, failed, warnings }),
  };
}
