import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TonewrightError } from "../errors/index.ts";
import { decodeAnyModel, type ModelDocument } from "../modelfile/index.ts";
import { readFileBytes } from "./files.node.ts";
import { openRun, type Run, runFiles } from "./run-folder.node.ts";

/** A model, the file it is in, and the run it is from if a run was named. */
export interface LoadedModel {
  readonly document: ModelDocument;
  readonly path: string;
  readonly run: Run | undefined;
}

/**
 * The model in a file of any format, or the model of a run whose folder is named.
 *
 * @param target - Path of a model file or of a run's folder.
 * @throws TonewrightError `file-not-found`, `unreadable-file`, `not-a-run`, `unfinished-run`, and the codes of `decodeAnyModel`.
 */
export async function loadModel(target: string): Promise<LoadedModel> {
  const run = (await isFolder(target)) ? await openRun(target) : undefined;
  if (run !== undefined && run.record.status !== "finished") {
    throw new TonewrightError(
      "unfinished-run",
      `the run in "${target}" has no model yet: it is ${run.record.status}`,
      `finish it first: capture --resume ${target}`,
    );
  }
  const path = run === undefined ? target : join(target, runFiles.model);
  return { document: decodeAnyModel(await readFileBytes(path), { name: path }), path, run };
}

/** Every file that a target of `loadModel` stands for: the model's, or all of a run's with its recordings. */
export function modelFiles(target: string, { run }: Pick<LoadedModel, "run">): string[] {
  if (run === undefined) return [target];
  const { dry, wet } = run.record.files;
  return [
    ...Object.values(runFiles).map((name) => join(run.folder, name)),
    ...[dry, wet].map(({ path }) => resolve(run.folder, path)),
  ];
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
