import {
  type CollectionReport,
  collectionSourcesText,
  collectionVerdictText,
  durationText,
  type Finding,
  type FindingItem,
} from "../../src/recipes/index.ts";
import type { InspectedFolder, InspectFolderEvent } from "../../src/recipes/index.node.ts";
import { clockTime, facts, wrapped } from "./score-text.ts";

/** The progress line of the work on a folder. */
export function folderProgressText({ stage, done, of, secondsLeft }: InspectFolderEvent): string {
  const number = (value: number) => value.toLocaleString("en");
  if (stage === "listing") return `looking through the folder: ${number(done)} entries`;
  if (stage === "comparing") return `searching for duplicates: ${number(done)} of ${number(of)} files`;
  const left = secondsLeft === undefined ? "" : `   ${clockTime(secondsLeft)} left`;
  return `reading ${number(done)} of ${number(of)} files${left}`;
}

/** What is known of a folder, for people: the worst first. */
export function folderText({ report, stopped, fingerprint }: InspectedFolder): string {
  const { findings } = report;
  const passed = findings.filter(({ verdict }) => verdict === "pass");
  const searched = `The first ${durationText(fingerprint.secondsPerFile)} of each file were searched for duplicates.`;
  return [
    ...(stopped === null ? [] : [stoppedText({ stopped }), ""]),
    facts(summaryRows(report)),
    "",
    ...findings.filter(({ verdict }) => verdict !== "pass").map(findingText),
    `  pass    ${wrapped(`${passed.length} more checks: ${passed.map(({ id }) => id).join(", ")}`).replaceAll("\n", "\n          ")}`,
    "",
    wrapped(collectionVerdictText(report)),
    ...(report.summary.duration.longest > fingerprint.secondsPerFile ? [wrapped(searched)] : []),
  ].join("\n");
}

/** How far the work came before it was stopped. */
export function stoppedText({ stopped }: { readonly stopped: NonNullable<InspectedFolder["stopped"]> }): string {
  const { done, of, compared } = stopped;
  const number = (value: number) => value.toLocaleString("en");
  if (done < of) return `Stopped after ${number(done)} of ${number(of)} files: what follows is about these alone.`;
  return compared
    ? "Stopped when all files were read: nothing is missing."
    : "Stopped while searching for duplicates: those that only sound alike are missing.";
}

function summaryRows(report: CollectionReport): [string, string][] {
  const { summary } = report;
  const { duration, level } = summary;
  const counts = (list: readonly { readonly value: string | number; readonly files: number }[], unit = "") =>
    list.length === 1
      ? `${list[0]?.value}${unit}`
      : list
          .slice(0, 4)
          .map(({ value, files }) => `${value}${unit} (${files.toLocaleString("en")})`)
          .join(", ") + (list.length > 4 ? " …" : "");
  const silent = `${(100 * summary.silentShare).toFixed(1)} % of the time silent`;
  const unreadable = summary.unreadable === 0 ? "" : `, ${summary.unreadable.toLocaleString("en")} unreadable`;
  const classes = summary.classes.slice(0, 6).map(({ label, files }) => `${label} ${files.toLocaleString("en")}`);
  const more = summary.classes.length > 6 ? `, and ${summary.classes.length - 6} more classes` : "";
  const rows: [string, string][] = [
    ["sounds", `${summary.files.toLocaleString("en")} files, ${durationText(duration.total)} in all${unreadable}`],
    [
      "duration",
      `median ${durationText(duration.median)}, from ${durationText(duration.shortest)} to ${durationText(duration.longest)}`,
    ],
    ["level", level === null ? "silence only" : `median ${level.medianRmsDb.toFixed(1)} dBFS rms, ${silent}`],
    [
      "stored as",
      `${counts(summary.encodings)}; ${counts(summary.sampleRates, " Hz")}; channels ${counts(summary.channels)}`,
    ],
    ["classes", classes.length === 0 ? "none" : `${classes.join(", ")}${more}`],
    ["known from", collectionSourcesText(report)],
  ];
  return summary.files === 0 ? rows.slice(0, 1) : rows;
}

const ITEMS_SHOWN = 3;

function findingText({ verdict, message, hint, items, count }: Finding): string {
  const mark = verdict === "refuse" ? "REFUSE" : "warn  ";
  const shown = items.slice(0, ITEMS_SHOWN);
  return [
    `  ${mark}  ${message}`,
    ...(hint === undefined ? [] : [`          ${hint}`]),
    ...shown.flatMap(itemLines),
    ...(count > shown.length && shown.length > 0
      ? [`            … and ${(count - shown.length).toLocaleString("en")} more`]
      : []),
    "",
  ].join("\n");
}

function itemLines({ files, note }: FindingItem): string[] {
  const [first, ...others] = files;
  if (first === undefined) return [`            ${note}`];
  if (others.length === 0) return [`            ${first}: ${note}`];
  const more = others.length > 2 ? [`              and ${others.length - 1} more`] : [];
  return [
    `            ${first}`,
    ...others.slice(0, more.length === 0 ? 2 : 1).map((path) => `            ${path}`),
    ...more,
    `              ${note}`,
  ];
}
