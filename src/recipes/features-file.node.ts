import { TonewrightError } from "../errors/index.ts";
import { type FrontEndDocument, openRecording, parseFrontEnd } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";
import { singleRows } from "./feature-plot-panels.ts";
import { createFeatureWorker, type FeatureJob, type FeatureWork } from "./features-job.node.ts";
import { listSounds } from "./features-listing.node.ts";
import { createPictureFit, type FeaturePicture } from "./features-picture.ts";
import type { FeatureFacts, ReadOptions } from "./features-read.node.ts";
import { normalisationOf, type RowStatistics } from "./features-statistics.ts";

/** The features of one file, as far as they are not in the file that was written. */
export interface FileFeatures {
  /** With the normalisation, if one was measured. */
  readonly document: FrontEndDocument;
  readonly facts: FeatureFacts;
  readonly statistics: RowStatistics;
  /** In a few columns, for a look. */
  readonly picture: FeaturePicture;
}

/** How the features of one file are computed. */
export interface FileRequest {
  readonly work: FeatureWork;
  /** Where they are written; needs a format of the work. */
  readonly target?: string | undefined;
  /** Measure mean and deviation of every row first, and normalise with them. */
  readonly normalise?: boolean;
  readonly stop: AbortSignal;
  readonly onProgress?: ReadOptions["onProgress"];
  /** Of the picture. */
  readonly columns?: number;
}

/**
 * Computes the features of one sound file and writes them, if a target is given.
 *
 * @returns Nothing if it was stopped; nothing is written then.
 * @throws TonewrightError those of the file, the features and the target.
 */
export async function extractFileFeatures(file: string, request: FileRequest): Promise<FileFeatures | undefined> {
  const { normalise = false, target, columns = 72 } = request;
  let { work } = request;
  if (normalise) {
    const measured = await run({ file, name: file }, { ...request, work: { ...work, format: undefined } });
    if (measured === undefined) return undefined;
    work = { ...work, document: normalised(work.document, measured.statistics) };
  }
  const { document } = work;
  let picture: ReturnType<typeof createPictureFit> | undefined;
  const frame = (features: Float64Array) => {
    picture ??= createPictureFit(features.length, { columns, single: singleRows(document) });
    picture.add(features);
  };
  const found = await run({ file, name: file, target }, { ...request, work }, frame);
  if (found === undefined || picture === undefined) return undefined;
  return { document, ...found, picture: picture.result() };
}

/** A front end with what makes these rows have mean 0 and deviation 1. */
export function normalised(document: FrontEndDocument, statistics: RowStatistics): FrontEndDocument {
  return parseFrontEnd({ ...document, normalisation: normalisationOf(statistics) });
}

async function run(
  job: FeatureJob,
  { work, stop, onProgress }: FileRequest,
  frame?: (features: Float64Array) => void,
): Promise<{ readonly facts: FeatureFacts; readonly statistics: RowStatistics } | undefined> {
  const listener = frame === undefined ? undefined : { frame };
  const reply = await createFeatureWorker(work).run(job, { isStopped: () => stop.aborted, onProgress, listener });
  if (reply === undefined || "facts" in reply) return reply;
  const { code, message, hint } = "fatal" in reply ? reply.fatal : reply;
  throw new TonewrightError(code, message, hint);
}

/**
 * The sample rate of a sound file, or of the first one in a folder that can be read, in Hz.
 *
 * @throws TonewrightError those of the file or the folder; `no-sounds` if no file can be read.
 */
export async function readSampleRate(
  path: string,
  { isFolder, stop }: { readonly isFolder: boolean; readonly stop: AbortSignal },
): Promise<number> {
  if (!isFolder) return rateOf(path);
  const { paths } = await listSounds(path, { stop, onEntries: () => {} });
  for (const inside of paths) {
    const rate = await rateOf(`${path}/${inside}`).catch(() => undefined);
    if (rate !== undefined) return rate;
  }
  throw new TonewrightError(
    "no-sounds",
    `none of the ${paths.length} sound files in "${path}" can be read`,
    "run tonewright inspect on the folder to see why",
  );
}

async function rateOf(file: string): Promise<number> {
  const source = await openFileSource(file).catch((error: NodeJS.ErrnoException) => {
    const message = `"${file}" cannot be read: the system says ${error.code ?? error.message}`;
    throw new TonewrightError("unreadable-file", message, "give a file that is there and that you may read");
  });
  try {
    return (await openRecording(source, { name: file })).sampleRate;
  } finally {
    await source.close();
  }
}
