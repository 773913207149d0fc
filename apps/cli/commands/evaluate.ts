import type { Command } from "commander";
import { describeArchitecture, type ModelDocument, parameterCount } from "../../../src/modelfile/index.ts";
import { evaluateOnRecordings, evaluateOnRun, type RecordingsEvaluation, verdict } from "../../../src/recipes/index.ts";
import { loadModel, modelFiles, readRecording, readRunRecording } from "../../../src/recipes/index.node.ts";
import { addPairOptions, checkPairOptions, type PairOptions } from "../capture-options.ts";
import { addCommand, type Call, type Outcome, runCommand, shortPath, usageError } from "../command.ts";
import { requireSeparateOut, saveOutcome } from "../outcome-file.ts";
import { facts, scoreTable, wrapped } from "../score-text.ts";

interface EvaluateOptions extends PairOptions {
  readonly dry?: string;
  readonly wet?: string;
}

/** `evaluate`: how good a model is, beside the baselines. */
export function addEvaluate(program: Command): void {
  const command = addCommand(program, "evaluate <run|model>", {
    summary: "judge a model on audio it has not been trained on, beside the linear baselines",
    details:
      "A run is judged on its own test split. A model file (any format) needs --dry and --wet: the baselines are " +
      "fitted on the first 70 % of them, and everything is judged on the last 30 %.",
    examples: ["evaluate runs/wet-1", "evaluate model.nam --dry dry.wav --wet wet.wav"],
    out: "also write the JSON document to this file",
  });
  command.option("--dry <file>", "dry recording").option("--wet <file>", "the same through the device");
  addPairOptions(command).action(runCommand<EvaluateOptions>("evaluate", runEvaluate));
}

async function runEvaluate(call: Call<EvaluateOptions>): Promise<Outcome> {
  const { options } = call;
  const target = call.operands[0] ?? "";
  checkPairOptions(options);
  const { dry, wet } = options;
  if ((dry === undefined) !== (wet === undefined)) {
    throw usageError(`--${dry === undefined ? "wet" : "dry"} was given alone`, "give both --dry and --wet, or neither");
  }
  const { document, run } = await loadModel(target);
  await requireSeparateOut(call, [...modelFiles(target, { run }), dry, wet]);
  const clock = () => performance.now();
  if (dry !== undefined && wet !== undefined) {
    const recordings = { dry: await readRecording(dry), wet: await readRecording(wet) };
    const found = evaluateOnRecordings(document, { ...options, ...recordings, modelName: target, clock });
    return outcome(call, { target, document, found, judged: "the last 30 % of the recording" });
  }
  if (run === undefined) {
    throw usageError(`"${target}" is a model, not a run`, "say what to judge it on: --dry <file> --wet <file>");
  }
  refusePairOptions(call);
  const { settings } = run.record;
  const recordings = {
    dry: await readRunRecording(run, { kind: "dry" }),
    wet: await readRunRecording(run, { kind: "wet" }),
  };
  const found = evaluateOnRun(document, { ...recordings, settings, clock });
  return outcome(call, { target, document, found, judged: "the run's own test audio" });
}

/** A run is judged on its own recordings with its own settings: options about recordings would be left unheard. */
function refusePairOptions({ typed }: Call<EvaluateOptions>): void {
  const names = {
    channel: "--channel",
    segment: "--segment",
    segmentSkip: "--segment-skip",
    delay: "--delay",
  } as const;
  const given = Object.entries(names).flatMap(([key, name]) => (typed.has(key) ? [name] : []));
  if (given.length === 0) return;
  throw usageError(
    `${given.join(" and ")} ${given.length === 1 ? "has" : "have"} no effect on a run, which is judged with its own settings`,
    `leave ${given.length === 1 ? "it" : "them"} out, or say what else to judge it on: --dry <file> --wet <file>`,
  );
}

async function outcome(
  call: Call,
  {
    target,
    document,
    found,
    judged,
  }: { target: string; document: ModelDocument; found: RecordingsEvaluation; judged: string },
): Promise<Outcome> {
  const { evaluation, data, splits, timesRealtime } = found;
  const { architecture } = document;
  const { scores, baselines } = evaluation;
  const model = { architecture: describeArchitecture(architecture), parameters: parameterCount(architecture) };
  const result = { model, data, splits, scores: { test: scores }, baselines, realtime: { timesRealtime } };
  const text = [
    `${model.architecture} "${document.metadata.name}" on ${judged} (${splits.test.toFixed(1)} s)`,
    "",
    scoreTable({ test: scores, baselines }),
    "",
    wrapped(verdict({ scores, fir: baselines.fir }).sentence),
    "",
    facts([
      ["model", shortPath(target)],
      ["plays at", `${timesRealtime.toFixed(0)} times real time`],
    ]),
  ].join("\n");
  return saveOutcome(call, { document: result, text });
}
