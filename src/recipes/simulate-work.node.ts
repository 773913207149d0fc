import { join } from "node:path";
import type { KnobSplitMode } from "../datasets/index.ts";
import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import type { PreparedSound, SettingRenderer } from "./simulate-circuit.node.ts";
import { datasetFiles, exists, linkOrCopy } from "./simulate-folder.node.ts";
import { openRaw, saveStretch } from "./simulate-raw.node.ts";
import { knobsByName, type PlannedPair, type SimulationRequest } from "./simulate-request.ts";
import type { SimulationFailure } from "./simulate-state.ts";

/** One sound at one setting, and the files that will be cut from it. */
export interface RenderTask {
  readonly setting: number;
  readonly sound: number;
  readonly pairs: readonly PlannedPair[];
  readonly samples: number;
}

/** What is rendered at once: everything that comes of one sound at one setting. */
export function renderTasks(pairs: readonly PlannedPair[], sounds: readonly PreparedSound[]): RenderTask[] {
  const tasks = new Map<string, { setting: number; sound: number; pairs: PlannedPair[]; samples: number }>();
  for (const pair of pairs) {
    const { setting, sound } = pair;
    const key = `${setting} ${sound}`;
    const task = tasks.get(key) ?? { setting, sound, pairs: [], samples: sounds[sound]!.samples };
    task.pairs.push(pair);
    tasks.set(key, task);
  }
  return [...tasks.values()].sort((a, b) => a.setting - b.setting || a.sound - b.sound);
}

/** Errors that speak of one setting, so that others may go on; all others end the work. */
const codesOfSettings: ReadonlySet<string> = new Set([
  "circuit-not-converged",
  "no-operating-point",
  "singular-circuit",
  "floating-node",
  "voltage-loop",
  "current-cutset",
  "non-finite-samples",
  "plugin-failed",
]);

/** Whether an error speaks of one setting. Netlists are read before: what they say while playing is of values at a setting. */
export function isOfSetting(error: unknown): error is TonewrightError {
  return isTonewrightError(error) && (codesOfSettings.has(error.code) || error.code.startsWith("netlist-"));
}

/** Renders tasks and writes their files. */
export interface TaskRunner {
  /**
   * Renders one task.
   *
   * @returns Peaks and means of its targets by path; what was wrong with the setting; nothing if it was stopped.
   */
  run(
    task: RenderTask,
    onProgress: (samples: number) => void,
  ): Promise<
    | { readonly peaks: Readonly<Record<string, number>>; readonly means: Readonly<Record<string, number>> }
    | { readonly failure: SimulationFailure }
    | undefined
  >;
}

/** A runner that writes into a dataset's folder. */
export function createTaskRunner({
  folder,
  request,
  sounds,
  renderer,
}: {
  readonly folder: string;
  readonly request: SimulationRequest;
  readonly sounds: readonly PreparedSound[];
  readonly renderer: SettingRenderer;
}): TaskRunner {
  const { sampleRate } = request;
  const work = join(folder, datasetFiles.work);
  const inputs = new Map<string, Promise<string>>();
  /** Each stretch of a dry sound is written once; pairs with the same input share the file under several names. */
  const inputFile = ({ sound, start, end }: PlannedPair): Promise<string> => {
    const key = `${sound}-${start}-${end}`;
    const path = join(work, `input-${key}.wav`);
    const made = inputs.get(key) ?? saveStretch(sounds[sound]!.raw, { path, start, end, sampleRate }).then(() => path);
    inputs.set(key, made);
    return made;
  };
  return {
    async run({ setting, sound, pairs }, onProgress) {
      const knobs = knobsByName(request.settings[setting]!, request);
      const output = await openRaw(join(work, `render-${setting}-${sound}.f32`));
      try {
        if (!(await renderer.render({ knobs, sound: sounds[sound]!, output, onProgress }))) return undefined;
        const peaks: Record<string, number> = {};
        const means: Record<string, number> = {};
        for (const pair of pairs) {
          const { start, end } = pair;
          const level = await saveStretch(output, { path: join(folder, pair.target), start, end, sampleRate });
          peaks[pair.target] = level.peak;
          means[pair.target] = level.mean;
          await linkOrCopy(await inputFile(pair), join(folder, pair.input));
        }
        return { peaks, means };
      } catch (error) {
        if (!isOfSetting(error)) throw error;
        const { code, message, hint } = error;
        return { failure: { knobs, code, message, hint } };
      } finally {
        await output.close();
      }
    },
  };
}

/** Whether all files of a task are there, as far as the record tells and the disk confirms. */
export async function isTaskDone(
  { pairs }: RenderTask,
  { folder, peaks }: { readonly folder: string; readonly peaks: Readonly<Record<string, number>> },
): Promise<boolean> {
  for (const { input, target } of pairs) {
    if (peaks[target] === undefined) return false;
    if (!(await exists(join(folder, target))) || !(await exists(join(folder, input)))) return false;
  }
  return true;
}

/** Bytes that a dataset will take, its work files included. */
export function bytesNeeded(
  pairs: readonly PlannedPair[],
  { lengths, threads }: { readonly lengths: readonly number[]; readonly threads: number },
): number {
  const targets = pairs.reduce((sum, { start, end }) => sum + end - start, 0);
  const sounds = lengths.reduce((sum, length) => sum + length, 0);
  const longest = Math.max(...lengths);
  return 4 * (targets + 2 * sounds + 2 * threads * longest);
}

/** The error for a disk that is too small. */
export function tooLittleRoom(
  folder: string,
  { needed, free }: { readonly needed: number; readonly free: number },
): TonewrightError {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toPrecision(3)} GB`;
  return new TonewrightError(
    "disk-full",
    `the dataset needs about ${gigabytes(needed)}, and there are ${gigabytes(free)} free at "${folder}"`,
    "free some space, choose a folder on another disk with --out, or ask for fewer settings or minutes",
  );
}

/** Whether generated sounds are as played, or sorted by what their parts are for because they will be cut in time. */
export function orderOfSound(split: KnobSplitMode): "played" | "roles" {
  return split === "time" || split === "both" ? "roles" : "played";
}
