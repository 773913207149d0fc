import { join } from "node:path";
import {
  durationText,
  type EffectKnob,
  type ListedCircuit,
  type SimulationEvent,
  type SimulationFailure,
} from "../../src/recipes/index.ts";
import type { SimulationResult } from "../../src/recipes/index.node.ts";
import { programName, shortPath } from "./command.ts";
import { clockTime, facts, wrapped } from "./score-text.ts";

/** The library, a circuit per paragraph. */
export function circuitListText(circuits: readonly ListedCircuit[]): string {
  const width = Math.max(...circuits.map(({ name }) => name.length));
  return circuits
    .map(({ name, summary, knobs }) =>
      [
        `${name.padEnd(width)}   ${summary}`,
        ...(knobs.length === 0 ? [] : [`${" ".repeat(width)}   ${namesOf(knobs)}`]),
      ].join("\n"),
    )
    .join("\n");
}

/** One circuit or plug-in with its knobs. */
export function effectText({
  name,
  title,
  knobs,
}: {
  readonly name: string;
  readonly title: string;
  readonly knobs: readonly EffectKnob[];
}): string {
  if (knobs.length === 0) return `${name}: ${title}\n  no knobs`;
  const rows = knobs.map((knob): [string, string] => {
    const label = knob.label.toLowerCase() === knob.name ? "" : `   ${knob.label}`;
    return [`  ${knob.name}`, `${rangeText(knob)}, ${valueText(knob.default, knob)} unless set${label}`];
  });
  return `${name}: ${title}\n${facts(rows)}`;
}

function namesOf(knobs: readonly EffectKnob[]): string {
  return knobs
    .map(({ name, positions }) => (positions === undefined ? name : `${name} (${positions.join(", ")})`))
    .join(", ");
}

function rangeText({ min, max, unit, positions, spacing }: EffectKnob): string {
  if (positions !== undefined) return positions.join(" | ");
  const kind = spacing === "whole" ? ", whole numbers" : "";
  return `${digits(min)} to ${digits(max)}${unit === "" ? "" : ` ${unit}`}${kind}`;
}

function valueText(value: number, { positions }: EffectKnob): string {
  return positions?.[value] ?? digits(value);
}

const digits = (value: number): string => String(Number(value.toPrecision(4)));

/** The progress line of a simulation. */
export function simulationProgressText({ stage, done, of, failed, secondsLeft }: SimulationEvent): string {
  if (stage === "preparing") return "making the dry sound";
  if (stage === "moving") return "rendering knobs that move";
  if (stage === "finishing") return "writing the last files";
  const left = secondsLeft === undefined ? "" : `   ${clockTime(secondsLeft)} left`;
  const trouble = failed === 0 ? "" : `   ${failed} failed`;
  return `rendered ${clockTime(done)} of ${clockTime(of)}${left}${trouble}`;
}

/** A setting that could not be rendered. */
export function failureText({ knobs, message, hint }: SimulationFailure): string {
  const setting = Object.entries(knobs).map(([name, value]) => `${name}=${digits(value)}`);
  return `failed at ${setting.join(" ")}: ${message} (${hint})`;
}

/** What was made, for people, and what to do with it. */
export function simulationText(result: SimulationResult): string {
  const { folder, card, failed, seconds, already } = result;
  if (card === null) throw new Error("bug: a text about nothing");
  const { pairs, knobs, sampleRate, fixed } = card;
  const total = pairs.reduce((sum, { samples }) => sum + samples / sampleRate, 0);
  const stays = Object.entries(fixed).map(([name, value]) => `${name}=${digits(value)}`);
  const splits = (["train", "validation", "test"] as const).flatMap((split) => {
    const own = pairs.filter((pair) => pair.split === split);
    const time = own.reduce((sum, { samples }) => sum + samples / sampleRate, 0);
    return own.length === 0 ? [] : [`${own.length} for ${split} (${durationText(time)})`];
  });
  const cells = new Map<string, number>();
  for (const { split, cell } of pairs) {
    const name = `${cell.knobs} knobs, ${cell.audio} audio`;
    if (split === "test") cells.set(name, (cells.get(name) ?? 0) + 1);
  }
  const inputs = card.sounds.map(({ name }) => name).join(", ");
  return [
    facts([
      ["dataset", shortPath(folder)],
      ["effect", `${card.name}${card.source.kind === "plugin" ? ` (by ${card.source.host})` : ""}`],
      ...(knobs.length === 0 ? [] : [["knobs", knobsText(card)] as [string, string]]),
      ...(stays.length === 0 ? [] : [["at rest", stays.join(", ")] as [string, string]]),
      ["sound", `${inputs}, ${durationText(total)} in all at ${sampleRate} Hz`],
      ["pairs", splits.join(", ")],
      ...(cells.size === 0
        ? []
        : [["test", [...cells].map(([name, count]) => `${count} with ${name}`).join("; ")] as [string, string]]),
      [
        "peak",
        `${digits(card.peak * card.gain)}${card.gain === 1 ? "" : ` after a gain of ${digits(card.gain)} for all`}`,
      ],
      ...(already
        ? []
        : [["took", `${durationText(seconds)}, ${digits(total / seconds)} times real time`] as [string, string]]),
    ]),
    ...(failed.length === 0
      ? []
      : [
          "",
          wrapped(`${failed.length} of ${card.plan.settings} settings could not be rendered; the others are complete.`),
        ]),
    "",
    "Next:",
    `  ${pairs.length === 1 ? captureLine(result) : `${programName()} inspect ${shortPath(folder)}`}`,
  ].join("\n");
}

/** The command that learns a dataset with one pair. */
export function captureLine({ folder, card }: Pick<SimulationResult, "folder" | "card">): string {
  const [pair] = card?.pairs ?? [];
  if (card === null || pair === undefined) throw new Error("bug: no pair to capture");
  const [dry, wet] = [pair.input, pair.target].map((path) => shortPath(join(folder, path)));
  return `${programName()} capture ${dry} ${wet} --name ${card.name}`;
}

function knobsText({ knobs, pairs }: NonNullable<SimulationResult["card"]>): string {
  return knobs
    .map((knob, k) => {
      const values = [...new Set(pairs.map((pair) => pair.knobs[k]!))].sort((a, b) => a - b);
      const texts = values.map((value) => valueText(value, knob));
      if (texts.length <= 6) return `${knob.name}=${texts.join("|")}`;
      return `${knob.name} from ${texts[0]} to ${texts.at(-1)} (${texts.length} values)`;
    })
    .join(", ");
}
