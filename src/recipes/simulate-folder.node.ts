import { copyFile, link, mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { splitFolders } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { explainWriteError, readFileBytes, requireFree, writeFileAtomic } from "./files.node.ts";
import { sha256 } from "./run-folder.node.ts";
import { lockRun } from "./run-lock.node.ts";
import { decodeSimulationState, encodeSimulationState, type SimulationState } from "./simulate-state.ts";

/** The names in a dataset's folder. */
export const datasetFiles = {
  state: "simulation.json",
  card: "dataset.json",
  info: "effect_info.ini",
  /** What is needed only while the dataset is made. */
  work: ".simulation",
} as const;

/** Where a dataset's sounds lie. */
const soundFolders = [...Object.values(splitFolders), "Moving"];

/** What a new dataset needs free. */
const ownNames = [...soundFolders, datasetFiles.card, datasetFiles.info, datasetFiles.work];

/** The state of the dataset in a folder; nothing if there is none. */
export async function readSimulationState(folder: string): Promise<SimulationState | undefined> {
  const path = join(folder, datasetFiles.state);
  if (!(await exists(path))) return undefined;
  return decodeSimulationState(new TextDecoder().decode(await readFileBytes(path)), { name: path });
}

/** Stores the state in place of the one before. */
export async function saveSimulationState(folder: string, state: SimulationState): Promise<void> {
  await writeFileAtomic(join(folder, datasetFiles.state), encodeSimulationState(state));
}

/** Names a request: equal requests have equal hashes. */
export function requestHash(request: Readonly<Record<string, unknown>>): string {
  return sha256(new TextEncoder().encode(JSON.stringify(request)));
}

/** A folder for a dataset. */
export interface OpenedFolder {
  /** Absolute. */
  readonly folder: string;
  /** Of an earlier run. */
  readonly state: SimulationState | undefined;
  /** Folders that were not there before, the outermost first. */
  readonly made: readonly string[];
}

/**
 * The folder for a dataset: as given, else the first `<parent>/<name>-<n>` that is free or holds the same dataset, so that
 * the same command finds what it began.
 *
 * @throws TonewrightError `plan-changed` if the given folder holds another dataset, with what differs; `file-exists` if
 *   something in it is in the way; `run-in-use`, `unwritable-folder`, `disk-full`.
 */
export async function openDatasetFolder(
  where: { readonly folder: string } | { readonly parent: string; readonly name: string },
  { request }: { readonly request: Readonly<Record<string, unknown>> },
): Promise<OpenedFolder> {
  const hash = requestHash(request);
  if ("folder" in where) {
    const folder = resolve(where.folder);
    const state = await readSimulationState(folder);
    if (state !== undefined && state.hash !== hash) {
      // Nothing came of it, such as with a netlist that had a fault: begin again.
      const isEmpty = state.status !== "finished" && Object.keys(state.peaks).length === 0;
      if (!isEmpty) throw planChanged(where.folder, state, request);
      const release = await lockRun(folder);
      await emptyFolder(folder).finally(release);
      await requireFree(ownNames.map((name) => join(folder, name)));
      return { folder, state: undefined, made: [] };
    }
    const made = await makeFolder(folder);
    if (state === undefined) await requireFree(ownNames.map((name) => join(folder, name)));
    return { folder, state, made };
  }
  for (let n = 1; ; n++) {
    const folder = resolve(where.parent, `${where.name}-${n}`);
    if (!(await exists(folder))) return { folder, state: undefined, made: await makeFolder(folder) };
    // A damaged one does not stand in the way of a new one.
    const state = await readSimulationState(folder).catch(() => undefined);
    if (state?.hash === hash) return { folder, state, made: [] };
  }
}

/** Removes what is ours in a dataset's folder and is no file of the dataset. */
async function emptyFolder(folder: string): Promise<void> {
  await removeTemporaryFiles(folder);
  await rm(join(folder, datasetFiles.work), { recursive: true, force: true });
  for (const name of soundFolders) await rmdir(join(folder, name)).catch(() => {});
}

/**
 * Removes what a run has left behind that has no file to show and nothing to go on with.
 *
 * @returns Whether that was so.
 */
export async function discardIfEmpty(folder: string): Promise<boolean> {
  const state = await readSimulationState(folder);
  if (state?.status === "finished" || Object.keys(state?.peaks ?? {}).length > 0) return false;
  for (const name of await readdir(join(folder, datasetFiles.work)).catch(() => [])) {
    const isBegun = name.startsWith("render-") && (await stat(join(folder, datasetFiles.work, name))).size > 0;
    if (isBegun) return false;
  }
  await emptyFolder(folder);
  await rm(join(folder, datasetFiles.state), { force: true });
  return true;
}

/** Removes folders in which there is nothing, the last one first. */
export async function removeEmptyFolders(folders: readonly string[]): Promise<void> {
  for (const folder of [...folders].reverse()) await rmdir(folder).catch(() => {});
}

/** What a request's members are for people; the others are called as they are. */
const memberNames: Readonly<Record<string, string>> = {
  effect: "circuit or way of rendering",
  knobs: "knobs",
  fixed: "resting knobs",
  settings: "settings of the knobs",
  sounds: "dry sounds",
  "sample-rate": "sample rate",
  move: "moving knobs",
};

function planChanged(
  folder: string,
  { request: before, commandLine }: SimulationState,
  request: Readonly<Record<string, unknown>>,
): TonewrightError {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(request)])];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(request[key]));
  const files = changedFiles(before, request);
  const names = changed.map((key) =>
    key === "effect" && files.includes("netlist") ? "netlist" : (memberNames[key] ?? key),
  );
  const goOn =
    files.length > 0
      ? `choose another folder with --out: where the ${files.join(" or a ")} was edited since, the command that began that one (${commandLine}) no longer goes on with it`
      : `choose another folder with --out, or go on with that one by the command that began it: ${commandLine}`;
  const list = names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return new TonewrightError(
    "plan-changed",
    `"${folder}" holds another dataset: its ${list} ${names.length === 1 && !list.endsWith("s") ? "is" : "are"} not what is asked for now`,
    goOn,
  );
}

/** What commands name by a path and is another text or sound now: the same command need not be what it was. */
function changedFiles(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): ("netlist" | "dry file")[] {
  const netlist = ({ effect }: typeof now) => (effect as { readonly netlist?: unknown } | undefined)?.netlist;
  const files = ({ sounds }: typeof now) =>
    (Array.isArray(sounds) ? (sounds as { readonly sha256?: unknown }[]) : []).map(({ sha256 }) => sha256).join();
  const isFile = files(before) !== files(now);
  return [
    ...(netlist(before) === netlist(now) ? [] : (["netlist"] as const)),
    ...(isFile ? (["dry file"] as const) : []),
  ];
}

/** Makes the folders that paths below a dataset's folder need. */
export async function makeFoldersFor(folder: string, paths: readonly string[]): Promise<void> {
  for (const name of new Set(paths.map((path) => dirname(path)))) await makeFolder(join(folder, name));
}

/**
 * Makes a folder and those above it. Not `recursive`: Node's own never returns where nothing can be made (/proc).
 *
 * @returns Those that were not there, the outermost first.
 */
async function makeFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return [];
    if (code !== "ENOENT" || dirname(folder) === folder) throw explainWriteError(error, folder);
    const above = await makeFolder(dirname(folder));
    await mkdir(folder).catch((again: unknown) => {
      throw explainWriteError(again, folder);
    });
    return [...above, folder];
  }
}

/** Gives a file a second name; where the disk has no second names, a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await rm(to, { force: true });
    await link(from, to).catch(() => copyFile(from, to));
  } catch (error) {
    throw explainWriteError(error, to);
  }
}

/** Removes what a killed process left half-written in a dataset's folder and the folders that are its own. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for (const own of ["", ...soundFolders, datasetFiles.work]) {
    for (const name of await readdir(join(folder, own)).catch(() => [])) {
      if (/^\..*\.\d+\.tmp$/.test(name)) await rm(join(folder, own, name), { force: true });
    }
  }
}

/** Whether there is something at a path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
