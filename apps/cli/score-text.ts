import type { CaptureSummary } from "../../src/recipes/index.ts";
import { percent } from "../../src/recipes/index.ts";

type ScoreRow = CaptureSummary["scores"]["test"];

/** Scores of a model and of the baselines as a table. */
export function scoreTable({ test, baselines }: { test: ScoreRow; baselines: CaptureSummary["baselines"] }): string {
  const rows: (readonly [string, ScoreRow])[] = [
    ["this model", test],
    [`best linear filter (${baselines.fir.taps} taps)`, baselines.fir],
    ["best gain", baselines.gain],
  ];
  const number = (value: number) => Number(value.toPrecision(3)).toString();
  return table([
    ["", "ESR, DC blocked", "ESR, plain", "mean abs. error", "spectral distance"],
    ...rows.map(([name, scores]) => [
      name,
      percent(scores.esrDcBlocked),
      percent(scores.esr),
      number(scores.mae),
      number(scores.mrstft),
    ]),
  ]);
}

/** Rows as aligned columns: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("   ")
      .trimEnd(),
  );
  return lines.map((line) => `  ${line}`).join("\n");
}

/** Named facts, one per line. */
export function facts(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}   ${value}`.trimEnd()).join("\n");
}

/** A long text in lines of at most 100 signs. */
export function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length >= 100) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join("\n");
}

/** A large number in few signs: `1.23 M`, `456 k`. */
export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(0)} k` : value.toFixed(0);
}

/** A time as `0:42` or `1:02:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
