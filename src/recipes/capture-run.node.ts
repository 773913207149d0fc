import { join, resolve } from "node:path";
import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { encodeModel } from "../modelfile/index.ts";
import { decodeRecording } from "../signal/index.ts";
import { openWorkerPool } from "../training/index.node.ts";
import { type CaptureEvent, type CaptureResult, capture } from "./capture.ts";
import type { CaptureSettings } from "./capture-settings.ts";
import type { NamedRecording, PreparedPair } from "./prepare.ts";
import { readFileBytes, writeFileAtomic } from "./files.node.ts";
import { lockRun } from "./run-lock.node.ts";
import { reportHtml } from "./report.ts";
import {
  loadCheckpoint,
  logEvent,
  type Run,
  removeLeftovers,
  runFiles,
  saveCheckpoint,
  saveRun,
  sha256,
} from "./run-folder.node.ts";
import type { RunRecord } from "./run-record.ts";

/** A run with its recordings in memory. */
export interface CaptureRun extends Run {
  readonly dry: NamedRecording;
  readonly wet: NamedRecording;
  /** What `prepareCapture` made of them, if that was done already. */
  readonly prepared?: PreparedPair | undefined;
}

/** The platform's part in a run. */
export interface RunOptions {
  readonly threads: number;
  readonly stop?: AbortSignal;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** The date and time in ISO 8601. */
  readonly now: () => string;
}

/**
 * A capture that lives in a run's folder: goes on from its checkpoint if there is one, keeps checkpoints and a log while
 * it trains, and leaves model, scores and report.
 *
 * Events of `capture` pass through. Between events other work gets its turn, so that `stop` can be set from outside.
 *
 * @param run - Made by `makeRunFolder` or opened by `openRun`, with its recordings.
 * @returns The result, or `null` if `stop` ended the training; the same call continues it then.
 * @throws TonewrightError `run-in-use`; what `capture` throws, and `disk-full`, `unwritable-folder`, `corrupt-checkpoint`. The run's
 *   record tells it too.
 */
export async function* captureInFolder(
  run: CaptureRun,
  { threads, stop, clock, now }: RunOptions,
): AsyncGenerator<CaptureEvent, CaptureResult | null> {
  const { folder } = run;
  const release = await lockRun(folder);
  let record: RunRecord = { ...run.record, status: "running", error: null };
  const update = async (changes: Partial<RunRecord>) => {
    record = { ...record, ...changes };
    await saveRun({ folder, record }, now());
  };
  try {
    await update({});
    await removeLeftovers(folder);
    const resume = await loadCheckpoint(folder);
    const job = capture({
      ...run,
      name: record.name,
      settings: record.settings,
      createdAt: record.createdAt,
      toolVersion: record.toolVersion,
      threads,
      openPool: openWorkerPool,
      clock,
      stop,
      resume,
      save: (checkpoint) => saveCheckpoint(folder, checkpoint),
    });
    let next = await job.next();
    for (; !next.done; next = await job.next()) {
      const event = next.value;
      if (event.type === "prepared") {
        await update({ dataset: event.card, checks: event.checks.map((check) => ({ ...check })) });
      } else await logEvent(folder, { at: now(), ...event });
      yield event;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const result = next.value;
    if (result === null) {
      await update({ status: "stopped" });
      return null;
    }
    await writeResult({ ...run, record }, result);
    await update({ status: "finished" });
    return result;
  } catch (error) {
    if (isTonewrightError(error)) {
      const { code, message, hint } = error;
      // The reason may be the disk itself; what is thrown is what matters.
      await update({ status: "failed", error: { code, message, hint } }).catch(() => {});
    }
    throw error;
  } finally {
    await release();
  }
}

/** A recording from a sound file of any format that is read here; `name` is its path as given. */
export async function readRecording(path: string): Promise<NamedRecording & { readonly bytes: Uint8Array }> {
  const bytes = await readFileBytes(path);
  return { name: path, bytes, recording: await decodeRecording(bytes, { name: path }) };
}

/**
 * One of the recordings that a run was started with.
 *
 * @param options.kind - Which of the two.
 * @param options.path - Where it is now; default: where it was.
 * @throws TonewrightError `recording-changed` if the file is another one, and what `readRecording` throws.
 */
export async function readRunRecording(
  { folder, record }: Run,
  { kind, path }: { kind: "dry" | "wet"; path?: string | undefined },
): Promise<NamedRecording> {
  const stored = record.files[kind];
  const from = path ?? resolve(folder, stored.path);
  const file = await readRecording(from);
  if (sha256(file.bytes) === stored.sha256) return file;
  throw new TonewrightError(
    "recording-changed",
    `"${from}" is not the ${kind} recording that the run in "${folder}" was started with`,
    "put the same file there again, or start a new run with this one",
  );
}

async function writeResult({ folder, record, dry, wet }: CaptureRun, result: CaptureResult): Promise<void> {
  const { summary, evaluation, history, checks } = result;
  const page = await reportHtml({
    title: record.name,
    summary,
    evaluation,
    history,
    checks,
    files: { dry: dry.name, wet: wet.name },
    commandLine: record.commandLine,
    settings: settingsInWords(record.settings),
    createdAt: record.createdAt,
    toolVersion: record.toolVersion,
  });
  await writeFileAtomic(join(folder, runFiles.model), encodeModel(result.document));
  await writeFileAtomic(join(folder, runFiles.scores), `${JSON.stringify({ run: folder, ...summary }, null, 2)}\n`);
  await writeFileAtomic(join(folder, runFiles.report), page);
}

function settingsInWords(settings: CaptureSettings): [string, string][] {
  const { length, segment, segmentSkip } = settings;
  const entries: [string, string | number | undefined][] = [
    ["model", settings.model],
    ["length", "epochs" in length ? `${length.epochs} epochs` : `a budget of ${length.budgetSeconds} s`],
    ["seed", settings.seed],
    ["loss", settings.loss],
    ["kernels", settings.build],
    ["learning rate", settings.learningRate ?? "the model's own"],
    ["batch", settings.batch ?? "the model's own"],
    ["channel", settings.channel],
    ["segments", segment === undefined ? undefined : `${segment} samples, the first ${segmentSkip ?? 0} are context`],
    ["delay", settings.delay === undefined ? "measured" : `${settings.delay} samples, as given`],
  ];
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
}
