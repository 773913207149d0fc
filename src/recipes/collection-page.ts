import type { CollectionReport } from "../datasets/index.ts";
import { drawPageFigures } from "./collection-page-figures.ts";
import { findingsHtml, missingValuesHtml, passedHtml, playerHtml } from "./collection-page-findings.ts";
import { type PageSound, pageLimits, soundKey } from "./collection-page-sounds.ts";
import { collectionPageStyle } from "./collection-page-style.ts";
import { durationText, escapeHtml } from "./collection-page-text.ts";
import { reportStyle } from "./report-style.ts";

/** Everything that a page about a folder shows. */
export interface CollectionPageInput {
  /** Name of the folder. */
  readonly title: string;
  readonly report: CollectionReport;
  /** By `soundKey`. */
  readonly sounds: ReadonlyMap<string, PageSound>;
  /** A spectrogram per class. */
  readonly pictures: readonly {
    readonly label: string;
    readonly path: string;
    readonly url: string;
    readonly seconds: number;
    readonly lowHz: number;
    readonly highHz: number;
  }[];
  /** Said above everything, if the work was stopped. */
  readonly incomplete?: string | undefined;
  /** What was typed. */
  readonly commandLine: string;
  readonly createdAt: string;
  readonly toolVersion: string;
}

/**
 * A page about a folder of sounds: what to put right, with players; classes, distributions and a map.
 *
 * It needs nothing but itself: it opens from a disk, without a network, light or dark.
 *
 * @returns The whole page as HTML.
 */
export async function collectionPage(input: CollectionPageInput): Promise<string> {
  const { title, report, sounds, incomplete } = input;
  const { findings } = report;
  const figures = await drawPageFigures(report);
  const found = findingsHtml(findings, sounds);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Tonewright inspection</title>
<style>${reportStyle}${collectionPageStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(sourcesText(report))}</p>
${incomplete === undefined ? "" : `<p class="verdict warn">${escapeHtml(incomplete)}</p>`}
<p class="verdict ${report.verdict}">${escapeHtml(verdictText(report))}</p>
${factsHtml(report)}
${found === "" ? "" : `<h2>What to put right</h2>\n${found}`}
${missingValuesHtml(report.missingValues)}
${figures.classes === "" ? "" : `<h2>Classes</h2>\n<div class="grid">${figures.classes}</div>`}
${picturesHtml(input)}
<h2>Distributions</h2>
<div class="grid">
${figures.distributions}
</div>
${figures.map === "" ? "" : `<h2>Map</h2>\n<div class="grid">${figures.map}</div>`}
<h2>Checked and in order</h2>
${passedHtml(findings)}
<h2>Do it again</h2>
<pre>${escapeHtml(input.commandLine)}</pre>
<footer>Made by Tonewright ${escapeHtml(input.toolVersion)} on ${escapeHtml(input.createdAt)}. To stay small, the page holds ${sounds.size} sounds:
${pageLimits.secondsPerPlayer} s each, ${pageLimits.players} at most and ${pageLimits.audioBytes / 1e6} MB together, as FLAC with one channel of 16 bits.</footer>
</main>
<script>${playerScript}</script>
</body>
</html>
`;
}

/** Starting one player stops the others. */
const playerScript = `
const players = [...document.querySelectorAll("audio")];
for (const player of players) player.addEventListener("play", () => {
  for (const other of players) if (other !== player) other.pause();
});
`;

/** What came of it all, in a sentence or two. */
export function verdictText({ verdict, findings }: CollectionReport): string {
  const count = (wanted: string) => findings.filter((finding) => finding.verdict === wanted).length;
  const things = (number: number) => (number === 1 ? "1 thing" : `${number} things`);
  const [refused, warned] = [count("refuse"), count("warn")];
  const also =
    warned === 0
      ? ""
      : ` ${things(warned)} ${refused > 0 ? "more " : ""}${warned === 1 ? "deserves" : "deserve"} a look.`;
  if (verdict === "pass") return `Nothing is wrong with these files, as far as ${count("pass")} checks can tell.`;
  if (verdict === "warn") return `These files can be learnt from.${also}`;
  return `Put ${things(refused)} right before you trust a score on these files.${also}`;
}

/** Where labels and splits come from, in a sentence. */
export function sourcesText({ sources, summary }: CollectionReport): string {
  const { table, label, split, group } = sources;
  const from = (source: "table" | "folders" | "pattern" | null, column: string | undefined) =>
    source === "table"
      ? `the column "${column}" of ${table?.name}`
      : source === "pattern"
        ? "the pattern"
        : "the folders";
  const parts = [
    label === null ? "no labels" : `labels from ${from(label, table?.roles.label)}`,
    split === null ? "no splits" : `${summary.splits.length} splits from ${from(split, table?.roles.split)}`,
    group === null ? "" : `${summary.groups} groups from ${from(group, table?.roles.group)}`,
  ].filter((part) => part !== "");
  const text = parts.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function factsHtml({ summary }: CollectionReport): string {
  const { duration, level, sampleRates, channels, formats } = summary;
  const list = (counts: readonly { readonly value: string | number }[], unit = "") =>
    counts.length === 0
      ? "none"
      : counts
          .slice(0, 3)
          .map(({ value }) => `${value}${unit}`)
          .join(", ") + (counts.length > 3 ? " …" : "");
  const channelNames = channels.map(({ value }) => ({
    value: value === 1 ? "mono" : value === 2 ? "stereo" : `${value} channels`,
  }));
  const facts: [string, string][] = [
    [
      summary.files.toLocaleString("en"),
      summary.unreadable === 0 ? "sound files" : `sound files, and ${summary.unreadable} unreadable`,
    ],
    [durationText(duration.total), "in all"],
    [durationText(duration.median), `median, ${durationText(duration.shortest)} to ${durationText(duration.longest)}`],
    [level === null ? "none" : `${level.medianRmsDb.toFixed(1)} dBFS`, "median level (rms)"],
    [list(sampleRates, " Hz"), "sample rate"],
    [list(channelNames), "channels"],
    [list(formats), "format"],
    [`${(100 * summary.silentShare).toFixed(1)} %`, "of the time silent"],
    ...(summary.classes.length === 0 ? [] : [[String(summary.classes.length), "classes"] as [string, string]]),
  ];
  const cells = facts.map(
    ([value, name]) => `<div class="fact"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></div>`,
  );
  return `<div class="facts-row">${cells.join("")}</div>`;
}

function picturesHtml({ pictures, sounds, report }: CollectionPageInput): string {
  if (pictures.length === 0) return "";
  const cards = pictures.map(({ label, path, url, seconds, lowHz, highHz }) => {
    const sound = sounds.get(soundKey({ path }));
    const alt = `Spectrogram of ${path}: ${seconds.toFixed(1)} s, ${lowHz.toFixed(0)} to ${highHz.toFixed(0)} Hz`;
    return `<figure class="card"><h3>${escapeHtml(label)}</h3><img src="${url}" width="240" height="96" alt="${escapeHtml(alt)}">
<figcaption class="file">${escapeHtml(path)}</figcaption>${sound === undefined ? "" : playerHtml(path, sound)}</figure>`;
  });
  const left = report.summary.classes.length - pictures.length;
  const [first] = pictures;
  const range = `${first!.lowHz.toFixed(0)} Hz at the bottom to ${(first!.highHz / 1000).toFixed(0)} kHz at the top, in octaves`;
  return `<h2>How the classes sound</h2>
<p class="soft">For each class the file that is most like all of it: up to 5 s from left to right, ${range}.${left > 0 ? ` ${left} smaller classes are not shown.` : ""}</p>
<div class="pictures">${cards.join("\n")}</div>`;
}
