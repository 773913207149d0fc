import { join } from "node:path";
import { type CaptureSummary, percent, type RunRecord, verdict } from "../../src/recipes/index.ts";
import { runFiles } from "../../src/recipes/index.node.ts";
import type { CaptureEvent } from "../../src/recipes/index.ts";
import { programName, shortPath } from "./command.ts";
import { clockTime, facts, scoreTable, short, wrapped } from "./score-text.ts";

/** The progress line after an event; `undefined` if it says nothing new. */
export function progressText(event: CaptureEvent): string | undefined {
  if (event.type === "judging") return "judging on the test audio";
  if (event.type !== "progress") return undefined;
  const { epoch, epochs, loss, validation, samplesPerSecond, secondsLeft } = event;
  return [
    `epoch ${epoch}/${epochs}`,
    `loss ${loss.toPrecision(3)}`,
    validation === undefined ? "" : `validation ESR ${percent(validation.esrDcBlocked)}`,
    `${short(samplesPerSecond)} samples/s`,
    `${clockTime(secondsLeft)} left`,
  ]
    .filter((part) => part !== "")
    .join("   ");
}

/** What a finished run is, for people. */
export function resultText({
  folder,
  record,
  summary,
}: {
  folder: string;
  record: RunRecord;
  summary: CaptureSummary;
}): string {
  const { model, data, splits, training, scores, baselines, realtime } = summary;
  const late = data.delaySamples;
  const file = (name: string) => shortPath(join(folder, name));
  const format = model.architecture.startsWith("gru") ? "rtneural" : "nam";
  const ending = format === "nam" ? "nam" : "json";
  const delay = late === 0 ? "no delay" : `wet ${Math.abs(late)} samples ${late > 0 ? "late" : "early"}, put right`;
  return [
    `${model.architecture} (${model.parameters.toLocaleString("en")} weights) as a model of "${record.name}"`,
    "",
    scoreTable({ test: scores.test, baselines }),
    "",
    wrapped(verdict({ scores: scores.test, fir: baselines.fir }).sentence),
    "",
    facts([
      [
        "data",
        `${data.sampleRate} Hz, ${data.seconds.toFixed(1)} s, ${delay}, ${data.polarity === 1 ? "same" : "inverted"} polarity`,
      ],
      [
        "splits",
        `${splits.train.toFixed(1)} s to train, ${splits.validation.toFixed(1)} s to validate, ${splits.test.toFixed(1)} s to test`,
      ],
      [
        "training",
        `${training.seconds.toFixed(1)} s, ${training.steps} updates in ${training.epochs} ${training.epochs === 1 ? "epoch" : "epochs"}, ` +
          `${short(training.samplesPerSecond)} samples/s on ${training.threads} ${training.threads === 1 ? "thread" : "threads"}, seed ${record.settings.seed}`,
      ],
      ["plays at", `${realtime.timesRealtime.toFixed(0)} times real time`],
      ["run", shortPath(folder)],
      ["model", file(runFiles.model)],
      ["report", file(runFiles.report)],
    ]),
    "",
    "Next:",
    `  ${programName()} play ${file(runFiles.model)}`,
    `  ${programName()} export ${shortPath(folder)} --format ${format} --out ${file(`model.${ending}`)}`,
  ].join("\n");
}
