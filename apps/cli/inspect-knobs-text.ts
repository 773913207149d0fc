import { durationText, type KnobFinding, knobRangeText, knobVerdictText } from "../../src/recipes/index.ts";
import type { InspectedKnobFolder, InspectKnobFolderEvent } from "../../src/recipes/index.node.ts";
import { clockTime, facts, wrapped } from "./score-text.ts";

/** The progress line of the work on a dataset with knobs. */
export function knobProgressText({ done, of, secondsLeft }: InspectKnobFolderEvent): string {
  const left = secondsLeft === undefined ? "" : `   ${clockTime(secondsLeft)} left`;
  return `hearing ${done.toLocaleString("en")} of ${of.toLocaleString("en")} pairs${left}`;
}

/** How far the work came before it was stopped. */
export function knobStoppedText({ done, of }: NonNullable<InspectedKnobFolder["stopped"]>): string {
  return `Stopped after ${done.toLocaleString("en")} of ${of.toLocaleString("en")} pairs: what follows is about these alone.`;
}

/** What is known of a dataset with knobs, for people: the worst first. */
export function knobFolderText(found: InspectedKnobFolder): string {
  const { report, stopped } = found;
  const passed = report.findings.filter(({ verdict }) => verdict === "pass");
  return [
    ...(stopped === null ? [] : [knobStoppedText(stopped), ""]),
    facts(summaryRows(found)),
    "",
    ...report.findings.filter(({ verdict }) => verdict !== "pass").map(findingText),
    ...passed.map(({ message }) => `  pass    ${message}`),
    "",
    wrapped(knobVerdictText(report)),
  ].join("\n");
}

function summaryRows({ dataset, card, report }: InspectedKnobFolder): [string, string][] {
  const { splits, cells, coverage } = report;
  const names = { train: "train", validation: "validation", test: "test", unassigned: "no split" } as const;
  const parts = (["train", "validation", "test", "unassigned"] as const).flatMap((split) => {
    const { pairs, seconds } = splits[split];
    return pairs === 0 ? [] : [`${pairs.toLocaleString("en")} for ${names[split]} (${durationText(seconds)})`];
  });
  const tested = cells.filter(({ pairs }) => pairs > 0);
  const from = {
    card: "simulate's card",
    "effect-info": "effect_info.ini",
    "file-names": "the file names: there is no card and no effect_info.ini",
  } as const;
  return [
    ["effect", `${dataset.name}${dataset.inverse ? " (to be undone: input and target have changed places)" : ""}`],
    ["known from", from[dataset.knobsFrom]],
    ["settings", `${coverage.settings.toLocaleString("en")} different`],
    ...coverage.knobs.map((range, k): [string, string] => [
      k === 0 ? "knobs" : "",
      `${range.knob}   ${knobRangeText(range, dataset.knobs[k])}`,
    ]),
    ["pairs", parts.join(", ")],
    ...tested.map((cell, k): [string, string] => [
      k === 0 ? "tested on" : "",
      `${cell.knobs} knobs, ${cell.audio} audio: ${cell.pairs.toLocaleString("en")} ${cell.pairs === 1 ? "pair" : "pairs"} (${durationText(cell.seconds)})`,
    ]),
    ...(card === undefined || card.moving.length === 0
      ? []
      : [["moving", `knobs turn in ${card.moving.map(({ target }) => target).join(", ")}`] as [string, string]]),
  ];
}

const ITEMS_SHOWN = 5;

function findingText({ verdict, message, hint, items, count }: KnobFinding): string {
  const mark = verdict === "refuse" ? "REFUSE" : "warn  ";
  const shown = items.slice(0, ITEMS_SHOWN);
  const line = ({ files, note }: KnobFinding["items"][number]) => {
    // The target's name tells the setting too.
    const name = files.find((path) => /(^|\/)target_/i.test(path)) ?? files[0];
    if (name === undefined || note.includes(name)) return `            ${note}`;
    const others = files.filter((path) => /(^|\/)target_/i.test(path)).slice(1, 3);
    return `            ${[name, ...others].join(" and ")}: ${note}`;
  };
  return [
    `  ${mark}  ${message}`,
    ...(hint === undefined ? [] : [`          ${hint}`]),
    ...shown.map(line),
    ...(count > shown.length
      ? [`            … and ${(count - shown.length).toLocaleString("en")} more: see --json`]
      : []),
    "",
  ].join("\n");
}
