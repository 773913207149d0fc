import type { TrainingSignal } from "../../src/datasets/index.ts";
import { durationText, type SignalFacts, signalRoles } from "../../src/recipes/index.ts";
import { facts as factLines, table } from "./score-text.ts";

/** What was made, for people. */
export function signalText(
  { warnings }: TrainingSignal,
  facts: SignalFacts,
  { what, stored }: { readonly what: string; readonly stored: string },
): string {
  const decibels = (value: number, unit: string) => `${value.toFixed(1)} ${unit}`;
  const { rmsDb, peakDb, truePeakDb, crestDb, loudness, roles } = facts;
  const levels = [
    `RMS ${decibels(rmsDb, "dBFS")}`,
    `peak ${decibels(peakDb, "dBFS")} (${decibels(truePeakDb, "dBTP")})`,
    `crest factor ${decibels(crestDb, "dB")}`,
    loudness === null ? "no loudness" : decibels(loudness, "LUFS"),
  ];
  const used = signalRoles.filter((role) => roles[role] > 0).map((role) => `${role} ${durationText(roles[role])}`);
  return [
    factLines([
      ["signal", what],
      ["audio", `${durationText(facts.seconds)}, ${facts.sampleRate} Hz, ${stored}`],
      ["level", levels.join(", ")],
      ["roles", used.join(", ")],
    ]),
    ...warnings.map((warning) => `\nwarning: ${warning}`),
    "",
    partsTable(facts),
    "",
    ...sideBySide(spectrumLines(facts), levelLines(facts)),
  ].join("\n");
}

function partsTable({ kinds, seconds }: SignalFacts): string {
  const width = Math.max(...kinds.map(({ summary }) => summary.length));
  return table([
    ["", "parts", "seconds", "share", ""],
    ...kinds.map(({ generator, summary, parts, seconds: own }) => [
      generator,
      String(parts),
      own.toFixed(1),
      `${((100 * own) / seconds).toFixed(0)} %`,
      summary.padEnd(width),
    ]),
  ]);
}

const barWidth = 20;

/** A bar of eighths of a sign. */
function bar(share: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * barWidth * 8);
  const rest = [..." ▏▎▍▌▋▊▉"][eighths % 8] ?? "";
  return `${"█".repeat(Math.floor(eighths / 8))}${rest === " " ? "" : rest}`;
}

function spectrumLines({ octaves }: SignalFacts): string[] {
  const top = Math.max(...octaves.map(({ levelDb }) => levelDb));
  const rangeDb = 40;
  const name = (hertz: number) => (hertz >= 1000 ? `${Number((hertz / 1000).toPrecision(2))}k` : hertz.toFixed(0));
  return [
    "spectrum, octaves (dB of all)",
    ...octaves.map(({ frequencyHz, levelDb }) => {
      const level = levelDb.toFixed(0).padStart(4);
      return `${name(frequencyHz).padStart(5)} Hz ${level}  ${bar(1 + (levelDb - top) / rangeDb)}`;
    }),
  ];
}

function levelLines({ levels }: SignalFacts): string[] {
  const most = Math.max(...levels.map(({ share }) => share));
  const shown = levels.slice(0, 11);
  const below = levels.slice(11).reduce((sum, { share }) => sum + share, 0);
  const line = (name: string, share: number) =>
    `${name.padEnd(10)} ${(100 * share).toFixed(0).padStart(3)} %  ${bar(share / Math.max(most, below))}`;
  return [
    "levels in 20 ms (dBFS, share of the time)",
    ...shown.map(({ fromDb, toDb, share }) => line(`${toDb} to ${fromDb}`, share)),
    line(`below ${shown.at(-1)?.fromDb ?? 0}`, below),
  ];
}

function sideBySide(left: readonly string[], right: readonly string[]): string[] {
  const width = Math.max(...left.map((line) => line.length)) + 4;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, k) =>
    `  ${(left[k] ?? "").padEnd(width)}${right[k] ?? ""}`.trimEnd(),
  );
}
