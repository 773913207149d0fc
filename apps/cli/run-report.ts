import { join } from "node:path";
import { TonewrightError } from "../../src/errors/index.ts";
import type { CaptureSummary } from "../../src/recipes/index.ts";
import { type CaptureRun, captureInFolder, readFileBytes, runFiles } from "../../src/recipes/index.node.ts";
import { progressText, resultText } from "./capture-text.ts";
import { type Call, interruptedExitCode, type Outcome, programName, shortPath, stopSignal } from "./command.ts";

/** Works on a run until it is finished or stopped, and says what came of it. */
export async function workOnRun(call: Call, run: CaptureRun): Promise<Outcome> {
  const { folder } = run;
  const stop = stopSignal(() => call.note("stopping at a checkpoint; press Ctrl-C again to stop at once"));
  try {
    const job = captureInFolder(run, {
      threads: call.options.threads,
      stop: stop.signal,
      clock: () => performance.now(),
      now: () => new Date().toISOString(),
    });
    let next = await job.next();
    for (; !next.done; next = await job.next()) {
      const event = next.value;
      if (event.type === "prepared") {
        for (const { id, verdict, message, hint, value } of event.checks) {
          if (id === "polarity" && value === -1) call.note(`note: ${message}`);
          if (verdict === "warn") call.note(`warning: ${message}${hint === undefined ? "" : ` (${hint})`}`);
        }
      }
      if (event.type === "start" && event.resumedAtStep > 0) {
        call.progress.line(`going on at update ${event.resumedAtStep} of ${event.totalSteps}`);
      }
      const text = progressText(event);
      if (text !== undefined) call.progress.update(text);
    }
    if (next.value === null) return stopped(folder);
    return finished(run, next.value.summary);
  } finally {
    stop.release();
    call.progress.clear();
  }
}

/** What a run that has ended found, read from its folder. */
export async function finishedOutcome(run: Pick<CaptureRun, "folder" | "record">): Promise<Outcome> {
  const text = new TextDecoder().decode(await readFileBytes(join(run.folder, runFiles.scores)));
  const { run: _, ...summary } = JSON.parse(text) as CaptureSummary & { run: string };
  return finished(run, summary);
}

function finished({ folder, record }: Pick<CaptureRun, "folder" | "record">, summary: CaptureSummary): Outcome {
  return { document: { run: folder, ...summary }, text: resultText({ folder, record, summary }) };
}

function stopped(folder: string): Outcome {
  const resume = `${programName()} capture --resume ${shortPath(folder)}`;
  const { code, message, hint } = new TonewrightError(
    "interrupted",
    `the run in "${folder}" was stopped, with a checkpoint`,
    `go on with: ${resume}`,
  );
  return {
    document: { error: { code, message, hint } },
    text: `Stopped. Go on with:\n  ${resume}`,
    exitCode: interruptedExitCode,
  };
}
