import { rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { type KnobDatasetCard, parseKnobDatasetCard } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { readFileBytes } from "./files.node.ts";
import { lockRun } from "./run-lock.node.ts";
import {
  type CircuitRenderer,
  openCircuitRenderer,
  type PreparedSound,
  type SettingRenderer,
} from "./simulate-circuit.node.ts";
import { asksForTime } from "./simulate-circuit-facts.ts";
import { netlistOf } from "./simulate-effect.ts";
import { finishDataset } from "./simulate-finish.node.ts";
import {
  datasetFiles,
  discardIfEmpty,
  makeFoldersFor,
  removeEmptyFolders,
  removeTemporaryFiles,
} from "./simulate-folder.node.ts";
import { openPluginRenderer } from "./simulate-plugin.node.ts";
import { type SimulationEvent, SimulationMeter } from "./simulate-progress.ts";
import {
  knobsByName,
  type PlannedPair,
  plannedPairs,
  sameRecording,
  type SimulationRequest,
} from "./simulate-request.ts";
import { pieceBoundaries } from "./simulate-seams.ts";
import { prepareSound, soundFile } from "./simulate-sounds.node.ts";
import { StateRecord } from "./simulate-record.node.ts";
import type { SimulationFailure, SimulationState } from "./simulate-state.ts";
import {
  bytesNeeded,
  createTaskRunner,
  isOfSetting,
  isTaskDone,
  orderOfSound,
  type RenderTask,
  renderTasks,
  tooLittleRoom,
} from "./simulate-work.node.ts";

/** The platform's part in making a dataset. */
export interface SimulationOptions {
  /** Absolute; from `openDatasetFolder`, as is `state`. */
  readonly folder: string;
  readonly state: SimulationState | undefined;
  /** From `openDatasetFolder` too: if the work fails with nothing to show, these go again. */
  readonly made: readonly string[];
  /** From `describeRequest`. */
  readonly description: Readonly<Record<string, unknown>>;
  /** Of the netlist, for the card. */
  readonly sourceHash: string;
  readonly threads: number;
  readonly stop: AbortSignal;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** The date and time in ISO 8601. */
  readonly now: () => string;
  readonly toolVersion: string;
  /** What was typed, for people. */
  readonly commandLine: string;
}

/** What came of it. */
export interface SimulationResult {
  readonly folder: string;
  /** Nothing if it was stopped. */
  readonly card: KnobDatasetCard | null;
  /** It was all there before. */
  readonly already: boolean;
  readonly failed: readonly SimulationFailure[];
  /** Files that are there, and that there will be. */
  readonly targets: { readonly done: number; readonly of: number };
  readonly seconds: number;
}

/**
 * Makes a dataset of an effect at several settings, in SignalTrain's layout with our card, or goes on with one.
 *
 * Files are finished one after the other, each under a temporary name first; a run that was stopped or killed keeps them, and
 * the same call goes on. A run that fails before its first file leaves nothing. A setting that cannot be rendered is reported
 * in the result, and the others are made. Memory does not grow with settings or, for circuits that settle within 8 s and do not
 * ask for the time, with the length of sounds. The files do not depend on the number of threads.
 *
 * @returns A generator of progress whose result says what there is.
 * @throws TonewrightError `run-in-use`, `disk-full`, `unwritable-folder`, `cannot-split`; `nothing-rendered` if no setting
 *   works; `same-recording`; those of `readNetlist`, `simulateCircuit` and `openRecording` that are about all settings.
 */
export async function* simulateDataset(
  request: SimulationRequest,
  options: SimulationOptions,
): AsyncGenerator<SimulationEvent, SimulationResult> {
  const { folder, clock } = options;
  const started = clock();
  const release = await lockRun(folder);
  let isDiscarded = false;
  try {
    const seconds = () => (clock() - started) / 1000;
    if (options.state?.status === "finished") return { ...(await finishedBefore(options)), seconds: seconds() };
    const found = yield* makeDataset(request, options);
    return { folder, already: false, ...found, seconds: seconds() };
  } catch (error) {
    if (!options.stop.aborted) isDiscarded = await discardIfEmpty(folder).catch(() => false);
    throw error;
  } finally {
    await release();
    if (isDiscarded) await removeEmptyFolders(options.made);
  }
}

async function finishedBefore({ folder, state }: SimulationOptions): Promise<Omit<SimulationResult, "seconds">> {
  const path = join(folder, datasetFiles.card);
  const text = new TextDecoder().decode(await readFileBytes(path));
  const card = parseKnobDatasetCard(JSON.parse(text), { name: path });
  const count = card.pairs.length;
  const failed = Object.values(state?.failed ?? {});
  return { folder, card, already: true, failed, targets: { done: count, of: count } };
}

type Made = Pick<SimulationResult, "card" | "failed" | "targets">;

async function* makeDataset(
  request: SimulationRequest,
  options: SimulationOptions,
): AsyncGenerator<SimulationEvent, Made> {
  const { folder, stop, clock, threads } = options;
  const { sampleRate } = request;
  const halt = new AbortController();
  const record = new StateRecord(options);
  const meter = new SimulationMeter({ sampleRate, clock });
  yield meter.event();
  await removeTemporaryFiles(folder);
  await makeFoldersFor(folder, [join(datasetFiles.work, "x")]);
  await record.save();
  const isNew = Object.keys(record.state.peaks).length === 0;
  const expected = expectedLengths(request);
  if (isNew && expected !== undefined) await requireRoomFor(request, { lengths: expected, folder, threads });
  const sounds: PreparedSound[] = [];
  let renderer: SettingRenderer | CircuitRenderer | undefined;
  try {
    const warnings: string[] = [...request.warnings];
    const hashes: string[] = [];
    for (const [k, sound] of request.sounds.entries()) {
      const path = soundFile(join(folder, datasetFiles.work), k);
      const made = await prepareSound(sound, { path, sampleRate, order: orderOfSound(request.split) });
      sounds.push(made);
      const other = request.sounds[hashes.indexOf(made.sha256)];
      if (other?.kind === "file" && sound.kind === "file") throw sameRecording(other.path, sound.path);
      hashes.push(made.sha256);
      warnings.push(...made.warnings);
      // Signals such as Ctrl-C are delivered between events only.
      await new Promise((resolve) => setImmediate(resolve));
    }
    record.state = withSounds(record.state, { hashes, folder });
    const lengths = sounds.map(({ samples }) => samples);
    const pairs = plannedPairs(request, { lengths });
    if (isNew && expected === undefined) await requireRoomFor(request, { lengths, folder, threads });
    await makeFoldersFor(
      folder,
      pairs.map(({ target }) => target),
    );

    const signal = AbortSignal.any([stop, halt.signal]);
    const { effect, fixed } = request;
    const circuit =
      effect.kind === "circuit" ? openCircuitRenderer(effect, { sampleRate, threads, stop: signal }) : undefined;
    renderer =
      circuit ??
      (effect.kind === "plugin" ? await openPluginRenderer(effect, { sampleRate, fixed, stop: signal }) : undefined);
    if (renderer === undefined) throw new Error("bug: an effect without a renderer");
    if (circuit !== undefined) await settleWarmUp(circuit, { request, sounds, record });

    const tasks = renderTasks(pairs, sounds);
    const runner = createTaskRunner({ folder, request, sounds, renderer });
    const work = renderAll(tasks, { runner, record, meter, threads, stop: signal, folder });
    work.catch(() => halt.abort());
    yield* watched(work, meter);
    if (!stop.aborted) await dropFailed(pairs, { record, folder });
    const state = record.state;
    const failed = Object.values(state.failed);
    const targets = { done: pairs.filter(({ target }) => state.peaks[target] !== undefined).length, of: pairs.length };
    if (stop.aborted) return { card: null, failed, targets };
    if (targets.done === 0) throw nothingRendered(failed);
    const finish = finishDataset({
      folder,
      request,
      record,
      pairs,
      sounds,
      circuit,
      warnings,
      sourceHash: options.sourceHash,
      meter,
    });
    const card = yield* watched(finish, meter);
    return { card: card ?? null, failed, targets };
  } finally {
    halt.abort();
    await renderer?.close();
    await Promise.all(sounds.map(({ raw }) => raw.close()));
    await record.end().catch(() => {});
    if (record.state.status === "finished") await rm(join(folder, datasetFiles.work), { recursive: true, force: true });
  }
}

/**
 * The state with the hashes of the dry sounds.
 *
 * @throws TonewrightError `plan-changed` if they are not those of an earlier run: another version makes other signals.
 */
function withSounds(
  state: SimulationState,
  { hashes, folder }: { readonly hashes: readonly string[]; readonly folder: string },
): SimulationState {
  if (state.sounds.length === 0 || state.sounds.join() === hashes.join()) return { ...state, sounds: [...hashes] };
  throw new TonewrightError(
    "plan-changed",
    `the dry sound is not the one that "${folder}" was begun with`,
    "the training signal or a file has changed since; choose another folder with --out",
  );
}

/** Events while a promise is under way, a few each second; what it fails with is thrown. */
async function* watched<T>(work: Promise<T>, meter: SimulationMeter): AsyncGenerator<SimulationEvent, T> {
  let working = true;
  const ended = work.then(
    () => {},
    () => {},
  );
  void ended.then(() => {
    working = false;
  });
  while (working) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      ended,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, 250);
      }),
    ]);
    clearTimeout(timer);
    yield meter.event();
  }
  return work;
}

/** How much of the past pieces of a sound need: found out once, where the first sound that is long enough is cut. */
async function settleWarmUp(
  circuit: CircuitRenderer,
  {
    request,
    sounds,
    record,
  }: { readonly request: SimulationRequest; readonly sounds: readonly PreparedSound[]; readonly record: StateRecord },
): Promise<void> {
  const { effect, settings } = request;
  let known = record.state.warmUpSeconds;
  // A piece would begin at the circuit's second 0, wherever it lies in the sound.
  const positions = settings.map((values) => knobsByName(values, request));
  if (effect.kind === "circuit" && asksForTime(netlistOf(effect.source), positions)) known = 0;
  for (const sound of sounds) {
    if (known !== null) break;
    const { raw, samples } = sound;
    const options = { samples, sampleRate: request.sampleRate };
    const [, at = samples] = await pieceBoundaries((from, to) => raw.read(from, to), options);
    if (at === samples) continue;
    for (const values of request.settings.slice(0, 3)) {
      try {
        const needed = await circuit.findWarmUp({ knobs: knobsByName(values, request), sound }, at);
        if (needed === undefined) return;
        known = needed === null || needed > longestWarmUpSeconds ? 0 : needed;
        break;
      } catch (error) {
        // That setting's own trouble, which will be met again and told.
        if (!isOfSetting(error)) throw error;
      }
    }
    break;
  }
  circuit.setWarmUp(known ?? 0);
  record.state = { ...record.state, warmUpSeconds: known ?? 0 };
}

/** A circuit that remembers longer is rendered in one piece: pieces would be little but warm-up. */
const longestWarmUpSeconds = 8;

async function renderAll(
  tasks: readonly RenderTask[],
  {
    runner,
    record,
    meter,
    threads,
    stop,
    folder,
  }: {
    readonly runner: ReturnType<typeof createTaskRunner>;
    readonly record: StateRecord;
    readonly meter: SimulationMeter;
    readonly threads: number;
    readonly stop: AbortSignal;
    readonly folder: string;
  },
): Promise<void> {
  const waiting: RenderTask[] = [];
  for (const task of tasks) if (!(await isTaskDone(task, { folder, peaks: record.state.peaks }))) waiting.push(task);
  const sum = (some: readonly RenderTask[]) => some.reduce((samples, task) => samples + task.samples, 0);
  meter.expect(sum(tasks), { before: sum(tasks) - sum(waiting) });
  meter.stage = "rendering";
  let next = 0;
  /** The first sound that failed of each setting: it is always tried, whatever the threads do. */
  const firstFailed = new Map<number, number>();
  const lanes = Array.from({ length: Math.max(1, threads) }, async () => {
    while (next < waiting.length && !stop.aborted) {
      const task = waiting[next++]!;
      if (record.state.failed[task.setting] !== undefined) {
        meter.advance(task.samples);
        continue;
      }
      let done = 0;
      const outcome = await runner.run(task, (samples) => {
        done += samples;
        meter.advance(samples);
      });
      if (outcome === undefined) return;
      meter.advance(task.samples - done);
      const { state } = record;
      if ("peaks" in outcome) {
        const [peaks, means] = [Object.assign(state.peaks, outcome.peaks), Object.assign(state.means, outcome.means)];
        record.state = { ...state, peaks, means };
      } else if (task.sound < (firstFailed.get(task.setting) ?? Number.POSITIVE_INFINITY)) {
        firstFailed.set(task.setting, task.sound);
        record.state = { ...state, failed: { ...state.failed, [task.setting]: outcome.failure } };
      }
      meter.failed = Object.keys(record.state.failed).length;
      await record.saveNowAndThen();
      await rm(join(folder, datasetFiles.work, `render-${task.setting}-${task.sound}.f32`), { force: true });
    }
  });
  await Promise.all(lanes);
}

/** Takes back what other sounds gave at settings that failed: how many came first depends on the threads. */
async function dropFailed(
  pairs: readonly PlannedPair[],
  { record, folder }: { readonly record: StateRecord; readonly folder: string },
): Promise<void> {
  const { failed, peaks, means } = record.state;
  const dropped = pairs.filter(({ setting }) => failed[setting] !== undefined);
  const gone = new Set(dropped.map(({ target }) => target));
  const kept = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(values).filter(([target]) => !gone.has(target)));
  record.state = { ...record.state, peaks: kept(peaks), means: kept(means) };
  for (const { input, target } of dropped) {
    for (const path of [input, target]) await rm(join(folder, path), { force: true });
  }
}

/** Samples of all sounds, if that can be told before they are made. */
function expectedLengths({ sounds, sampleRate }: SimulationRequest): number[] | undefined {
  const lengths = sounds.flatMap((sound) =>
    sound.kind === "generated" ? [Math.round(sound.seconds * sampleRate)] : [],
  );
  return lengths.length === sounds.length ? lengths : undefined;
}

async function requireRoomFor(
  request: SimulationRequest,
  {
    lengths,
    folder,
    threads,
  }: { readonly lengths: readonly number[]; readonly folder: string; readonly threads: number },
): Promise<void> {
  const needed = bytesNeeded(plannedPairs(request, { lengths }), { lengths, threads });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) throw tooLittleRoom(folder, { needed, free: bavail * bsize });
}

function nothingRendered(failed: readonly SimulationFailure[]): TonewrightError {
  const [first] = failed;
  return new TonewrightError(
    "nothing-rendered",
    `no setting could be rendered: ${first?.message ?? "there was nothing to do"}`,
    first?.hint ?? "look at the plan",
  );
}
