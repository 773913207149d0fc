import { type FrontEndDocument, featureRows, reasonsNotLive } from "../../src/signal/index.ts";
import {
  deviations,
  durationText,
  type FeatureSketch,
  featureRowNames,
  featureSketches,
  type RowStatistics,
} from "../../src/recipes/index.ts";
import type { CollectionEvent, CollectionFeatures, FileFeatures } from "../../src/recipes/index.node.ts";
import { clockTime, facts, table, wrapped } from "./score-text.ts";

const number = (value: number): string => value.toLocaleString("en");
const digits = (value: number): string => String(Number(value.toPrecision(4)));

/** The progress line of the work on a folder. */
export function collectionProgressText({ stage, done, of, secondsLeft }: CollectionEvent): string {
  if (stage === "listing") return "looking through the folder";
  const left = secondsLeft === undefined ? "" : `   ${clockTime(secondsLeft)} left`;
  return `${stage === "measuring" ? "measuring" : "computing"} ${number(done)} of ${number(of)} files${left}`;
}

/** What was computed of one file, for people. */
export function fileFeaturesText({ document, facts: found, statistics, picture }: FileFeatures): string {
  const { seconds, format, sampleRate, channels } = found;
  const sound = `${durationText(seconds)}, ${format}, ${sampleRate} Hz, ${channels === 1 ? "mono" : `${channels} channels`}`;
  const sketches = featureSketches(document, picture).slice(0, MOST_SKETCHES);
  return [
    facts([
      ["sound", sound],
      ...frontEndRows(document),
      ["table", `${number(found.rows)} rows, ${number(found.frames)} frames`],
    ]),
    ...found.warnings.map((warning) => `\nwarning: ${warning}`),
    "",
    ...sketches.flatMap((sketch) => [sketchText(sketch), ""]),
    statisticsTable(document, statistics),
  ].join("\n");
}

/** What was computed of a folder, for people. */
export function folderFeaturesText(found: CollectionFeatures): string {
  const { document, done, seconds, frames, statistics, failed, warnings, stopped } = found;
  return [
    ...(stopped === null ? [] : [stoppedText(stopped), ""]),
    facts([
      ["sounds", `${number(done)} files, ${durationText(seconds)} in all${failedText(failed.length)}`],
      ...frontEndRows(document),
      ["table", `${number(rowsOf(document))} rows, ${number(frames)} frames`],
    ]),
    ...list("without features", failed),
    ...list("warnings", warnings),
    ...(statistics === undefined ? [] : ["", statisticsTable(document, statistics)]),
  ].join("\n");
}

const MOST_SKETCHES = 4;
const MOST_ROWS = 24;
const MOST_FILES = 10;

const failedText = (count: number): string => (count === 0 ? "" : `, and ${number(count)} without features`);

function stoppedText({ stage, done, of }: NonNullable<CollectionFeatures["stopped"]>): string {
  const files = `${number(done)} of ${number(of)} files`;
  if (stage === "measuring") return `Stopped while measuring the normalisation, after ${files}: nothing was written.`;
  return `Stopped after ${files}: what was written by then is there and whole.`;
}

function list(title: string, files: readonly { readonly path: string; readonly message: string }[]): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, MOST_FILES).map(({ path, message }) => {
    return `  ${message.includes(path) ? message : `${path}: ${message}`}`;
  });
  const left = files.length - shown.length;
  return ["", `${title} (${number(files.length)}):`, ...shown, ...(left > 0 ? [`  … and ${number(left)} more`] : [])];
}

function rowsOf(document: FrontEndDocument): number {
  return featureRows(document).reduce((sum, { rows }) => sum + rows, 0);
}

function frontEndRows(document: FrontEndDocument): [string, string][] {
  const { features, deltas, fftSize, hop, window, sampleRate, precision, normalisation } = document;
  const changes = ["", " and their changes", " and their changes twice"][deltas];
  // Kaldi's features have a window of their own.
  const windows = new Set(features.map((feature) => ("window" in feature ? feature.window : window)));
  const shape = [...windows].map((one) => (typeof one === "string" ? one : one.kind)).join(" and ");
  const normal = normalisation === null ? "" : `, normalised over ${number(normalisation.frames)} frames`;
  const perSecond = Number((sampleRate / hop).toPrecision(4));
  const reasons = reasonsNotLive(document);
  return [
    ["features", `${features.map(({ kind }) => kind).join(", ")}${changes}${normal}`],
    [
      "front end",
      `${sampleRate} Hz, frames of ${fftSize} samples (${shape}), hop ${hop}: ${perSecond} a second; ${precision}`,
    ],
    [
      "live",
      reasons.length === 0
        ? "yes"
        : wrapped(`no: ${reasons.join("; ").replaceAll("set topDb to null", "--top-db none lifts it")}`).replaceAll(
            "\n",
            "\n            ",
          ),
    ],
  ];
}

function sketchText({ title, lines, low, high, unit }: FeatureSketch): string {
  const range = `${digits(low)} to ${digits(high)}${unit === "" ? "" : ` ${unit}`}`;
  return [`${title}: ${range}`, ...lines.map((line) => `  ${line}`)].join("\n");
}

function statisticsTable(document: FrontEndDocument, statistics: RowStatistics): string {
  const deviation = deviations(statistics);
  const names = featureRowNames(document);
  const shown = names.slice(0, MOST_ROWS).map((name, k) => {
    return [
      name,
      ...[statistics.mean[k], deviation[k], statistics.min[k], statistics.max[k]].map((v) => digits(v ?? 0)),
    ];
  });
  const left = names.length - shown.length;
  return [
    table([["row", "mean", "deviation", "smallest", "largest"], ...shown]),
    ...(left > 0 ? [`  … and ${number(left)} rows more`] : []),
  ].join("\n");
}
