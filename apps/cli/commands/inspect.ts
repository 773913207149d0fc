import type { Command } from "commander";
import { inspectRecordings } from "../../../src/recipes/index.ts";
import { readRecording } from "../../../src/recipes/index.node.ts";
import { addPairOptions, checkPairOptions, type PairOptions } from "../capture-options.ts";
import { addCommand, type Call, type Outcome, runCommand } from "../command.ts";
import { requireSeparateOut, saveOutcome } from "../outcome-file.ts";

/** `inspect`: are these recordings fit to train on? */
export function addInspect(program: Command): void {
  const command = addCommand(program, "inspect <dry.wav> [wet.wav]", {
    summary: "check recordings before training: rate, length, clipping, silence, noise, delay",
    details: "Each check passes, warns or refuses; capture goes on unless one refuses. The exit code is 0 either way.",
    examples: ["inspect dry.wav wet.wav"],
    out: "also write the JSON document to this file",
  });
  addPairOptions(command).action(runCommand<PairOptions>("inspect", runInspect));
}

async function runInspect(call: Call<PairOptions>): Promise<Outcome> {
  const [dryPath = "", wetPath] = call.operands;
  checkPairOptions(call.options);
  await requireSeparateOut(call, call.operands);
  const dry = await readRecording(dryPath);
  const wet = wetPath === undefined ? undefined : await readRecording(wetPath);
  const { checks, sampleRate, seconds, alignment } = inspectRecordings({ dry, wet }, call.options);
  const found = new Set(checks.map(({ verdict }) => verdict));
  const verdict = found.has("refuse") ? "refuse" : found.has("warn") ? "warn" : "pass";
  const marks = { pass: "pass  ", warn: "warn  ", refuse: "REFUSE" } as const;
  const lines = checks.flatMap(({ verdict: one, message, hint }) => [
    `  ${marks[one]}  ${message}`,
    ...(one === "pass" || hint === undefined ? [] : [`          ${hint}`]),
  ]);
  const words = {
    pass: "These recordings are fit to train on.",
    warn: "These recordings can be trained on; read the warnings.",
    refuse: "These recordings cannot be trained on as they are.",
  } as const;
  const data = {
    sampleRate,
    seconds,
    ...(alignment === undefined
      ? {}
      : { delaySamples: alignment.delaySamples, polarity: alignment.polarity, correlation: alignment.correlation }),
  };
  return saveOutcome(call, {
    document: { verdict, data, checks },
    text: [lines.join("\n"), "", words[verdict]].join("\n"),
  });
}
