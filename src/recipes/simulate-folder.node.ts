import { copyFile, link, mkdir, readdir, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { splitFolders } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { explainWriteError, readFileBytes, requireFree, writeFileAtomic } from "./files.node.ts";
import { sha256 } from "./run-folder.node.ts";
import { decodeSimulationState, encodeSimulationState, type SimulationState } from "./simulate-state.ts";

/** The names in a dataset's folder. */
export const datasetFiles = {
  state: "simulation.json",
  card: "dataset.json",
  info: "effect_info.ini",
  /** What is needed only while the dataset is made. */
  work: ".simulation",
} as const;

/** What a new dataset needs free. */
const ownNames = ["Train", "Val", "Test", "Moving", datasetFiles.card, datasetFiles.info, datasetFiles.work];

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

/**
 * The folder for a dataset: as given, else the first `<parent>/<name>-<n>` that is free or holds the same dataset, so that
 * the same command finds what it began.
 *
 * @throws TonewrightError `plan-changed` if the given folder holds another dataset, with what differs; `file-exists` if
 *   something in it is in the way; `unwritable-folder`, `disk-full`.
 */
export async function openDatasetFolder(
  where: { readonly folder: string } | { readonly parent: string; readonly name: string },
  { request }: { readonly request: Readonly<Record<string, unknown>> },
): Promise<{ readonly folder: string; readonly state: SimulationState | undefined }> {
  const hash = requestHash(request);
  if ("folder" in where) {
    const folder = resolve(where.folder);
    const state = await readSimulationState(folder);
    if (state !== undefined && state.hash !== hash) {
      // Nothing came of it, such as with a netlist that had a fault: begin again.
      const isEmpty = state.status === "stopped" && Object.keys(state.peaks).length === 0;
      if (!isEmpty) throw planChanged(where.folder, state, request);
      await rm(join(folder, datasetFiles.work), { recursive: true, force: true });
      for (const name of Object.values(splitFolders)) await rmdir(join(folder, name)).catch(() => {});
      await requireFree(ownNames.map((name) => join(folder, name)));
      return { folder, state: undefined };
    }
    await makeFolder(folder);
    if (state === undefined) await requireFree(ownNames.map((name) => join(folder, name)));
    return { folder, state };
  }
  for (let n = 1; ; n++) {
    const folder = resolve(where.parent, `${where.name}-${n}`);
    if (!(await exists(folder))) {
      await makeFolder(folder);
      return { folder, state: undefined };
    }
    // A damaged one does not stand in the way of a new one.
    const state = await readSimulationState(folder).catch(() => undefined);
    if (state?.hash === hash) return { folder, state };
  }
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
  const names = changed.map((key) => memberNames[key] ?? key);
  const list = names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return new TonewrightError(
    "plan-changed",
    `"${folder}" holds another dataset: its ${list} ${names.length === 1 && !list.endsWith("s") ? "is" : "are"} not what is asked for now`,
    `choose another folder with --out, or go on with that one by the command that began it: ${commandLine}`,
  );
}

/** Makes the folders that paths below a dataset's folder need. */
export async function makeFoldersFor(folder: string, paths: readonly string[]): Promise<void> {
  for (const name of new Set(paths.map((path) => dirname(path)))) await makeFolder(join(folder, name));
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

/** Gives a file a second name; where the disk has no second names, a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await rm(to, { force: true });
    await link(from, to).catch(() => copyFile(from, to));
  } catch (error) {
    throw explainWriteError(error, to);
  }
}

/** Removes what a killed process left half-written below a dataset's folder. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    if (/(^|[\\/])\.[^\\/]*\.\d+\.tmp$/.test(name)) await rm(join(folder, name), { force: true });
  }
}

/** Whether there is something at a path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
