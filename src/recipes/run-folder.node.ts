import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { TonewrightError } from "../errors/index.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../training/index.ts";
import { explainWriteError, readFileBytes, requireFree, writeFileAtomic } from "./files.node.ts";
import { decodeRunRecord, encodeRunRecord, type RunRecord } from "./run-record.ts";

/** The names of the files in a run's folder. */
export const runFiles = {
  record: "run.json",
  checkpoint: "checkpoint.safetensors",
  model: "model.tonewright",
  scores: "scores.json",
  report: "report.html",
  events: "events.jsonl",
  lock: "lock",
} as const;

/** A run's folder with its record. */
export interface Run {
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
}

/**
 * The folder for a new run, made now: `folder` if given, else the first free `<parent>/<name>-<n>`.
 *
 * @throws TonewrightError `run-exists` if the given folder holds a run, `file-exists` if a file in it has a name that a run
 *   needs, `unwritable-folder`, `disk-full`.
 */
export async function makeRunFolder(where: { folder: string } | { parent: string; name: string }): Promise<string> {
  if ("folder" in where) {
    const folder = resolve(where.folder);
    await makeFolder(folder);
    if (await exists(join(folder, runFiles.record))) {
      throw new TonewrightError(
        "run-exists",
        `"${where.folder}" already holds a run`,
        `continue it with --resume ${where.folder}, or choose another --out`,
      );
    }
    await requireFree(Object.values(runFiles).map((name) => join(folder, name)));
    return folder;
  }
  const parent = resolve(where.parent);
  await makeFolder(parent);
  for (let n = 1; ; n++) {
    const folder = join(parent, `${where.name}-${n}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw explainWriteError(error, folder);
    }
  }
}

/** Stores a run's record. */
export async function saveRun({ folder, record }: Run, now: string): Promise<void> {
  await writeFileAtomic(join(folder, runFiles.record), encodeRunRecord({ ...record, updatedAt: now }));
}

/**
 * The run in a folder.
 *
 * @throws TonewrightError `not-a-run` if the folder holds none, `corrupt-run`, `unreadable-file`.
 */
export async function openRun(folder: string): Promise<Run> {
  const path = join(folder, runFiles.record);
  if (!(await exists(path))) {
    const there = await exists(folder);
    throw new TonewrightError(
      "not-a-run",
      there ? `"${folder}" holds no run: it has no ${runFiles.record}` : `there is no folder "${folder}"`,
      "give the folder that a capture printed as its run",
    );
  }
  const text = new TextDecoder().decode(await readFileBytes(path));
  return { folder: resolve(folder), record: decodeRunRecord(text, { name: path }) };
}

/**
 * The run that was worked on last, was stopped or killed and has a checkpoint, in `parent` itself or one of the folders in it.
 *
 * @throws TonewrightError `nothing-to-resume`.
 */
export async function latestUnfinishedRun(parent: string): Promise<Run> {
  const names = await readdir(parent).catch(() => []);
  const folders = [parent, ...names.map((name) => join(parent, name))];
  const found: Run[] = [];
  for (const folder of folders) {
    if (!(await exists(join(folder, runFiles.record)))) continue;
    // One damaged record does not stand in the way of the others.
    const run = await openRun(folder).catch(() => undefined);
    const open = run !== undefined && ["stopped", "running"].includes(run.record.status);
    if (open && (await exists(join(folder, runFiles.checkpoint)))) found.push(run);
  }
  const latest = found.sort((a, b) => (a.record.updatedAt < b.record.updatedAt ? 1 : -1))[0];
  if (latest !== undefined) return latest;
  throw new TonewrightError(
    "nothing-to-resume",
    `there is no stopped run with a checkpoint in "${parent}"`,
    "name the run's folder: --resume runs/<name>; or start a new one without --resume",
  );
}

/** The run's checkpoint; `undefined` if it was stopped before there was one. */
export async function loadCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const path = join(folder, runFiles.checkpoint);
  if (!(await exists(path))) return undefined;
  return decodeCheckpoint(await readFileBytes(path), { name: path });
}

/** Stores the run's checkpoint in place of the one before. */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  await writeFileAtomic(join(folder, runFiles.checkpoint), encodeCheckpoint(checkpoint));
}

/** Adds one event to the run's log. */
export async function logEvent(folder: string, event: object): Promise<void> {
  const path = join(folder, runFiles.events);
  try {
    await appendFile(path, `${JSON.stringify(event)}\n`);
  } catch (error) {
    throw explainWriteError(error, path);
  }
}

/** Removes what a killed process left half-written. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^\..*\.\d+\.tmp$/.test(name)) await rm(join(folder, name), { force: true });
  }
}

/** SHA-256 in hexadecimal: how a run recognises its recordings. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Makes a folder and those above it. Not `recursive`: Node's own never returns where nothing can be made (/proc). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return;
    if (code !== "ENOENT" || dirname(folder) === folder) throw explainWriteError(error, folder);
    await makeFolder(dirname(folder));
    await mkdir(folder).catch((again: unknown) => {
      throw explainWriteError(again, folder);
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
