import type { FrontEndDocument } from "../signal/index.ts";
import { featureRowNames } from "./features-row-names.ts";
import { deviations, type RowStatistics } from "./features-statistics.ts";

type Precision = "float32" | "float64";

/** The first line of a table with one line per frame. */
export function framesCsvHead(document: FrontEndDocument): string {
  return `${["time", ...featureRowNames(document)].join(",")}\n`;
}

/**
 * A frame as a line: the time of its middle in seconds, then its numbers.
 *
 * @param frame - Shape `[rows]`.
 * @param options.seconds - From the start of the sound.
 */
export function frameCsvLine(
  frame: Float64Array,
  { seconds, precision }: { readonly seconds: number; readonly precision: Precision },
): string {
  let line = String(Number(seconds.toFixed(6)));
  for (let k = 0; k < frame.length; k++) line += `,${csvNumber(frame[k]!, precision)}`;
  return `${line}\n`;
}

/** The first line of a table with one line per file. */
export function filesCsvHead(document: FrontEndDocument): string {
  return `${["path", ...featureRowNames(document).flatMap((name) => [`${name}_mean`, `${name}_std`])].join(",")}\n`;
}

/** A file as a line: its path, then mean and deviation of each row. */
export function fileCsvLine(
  path: string,
  { statistics, precision }: { readonly statistics: RowStatistics; readonly precision: Precision },
): string {
  const deviation = deviations(statistics);
  let line = /[",\n\r]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path;
  for (let k = 0; k < deviation.length; k++) {
    line += `,${csvNumber(statistics.mean[k]!, precision)},${csvNumber(deviation[k]!, precision)}`;
  }
  return `${line}\n`;
}

/** Nine digits tell any two float32 numbers apart. */
function csvNumber(value: number, precision: Precision): string {
  return String(precision === "float64" ? value : Number(Math.fround(value).toPrecision(9)));
}
