import type { FrontEndDocument } from "../signal/index.ts";
import { reasonsNotLive } from "../signal/index.ts";
import { dataUrl, escapeHtml, htmlTable, sentence } from "./collection-page-text.ts";
import type { FeaturePlot } from "./feature-plot.ts";
import { featureRowNames } from "./features-row-names.ts";
import { deviations, type RowStatistics } from "./features-statistics.ts";
import { reportStyle } from "./report-style.ts";

/** What a page tells about itself. */
export interface PageFacts {
  /** What was typed. */
  readonly commandLine: string;
  readonly createdAt: string;
  readonly toolVersion: string;
}

/** Everything that a page about the features of one sound shows. */
export interface FeaturePageInput {
  /** Name of the sound. */
  readonly name: string;
  /** What it is and how it was looked at. */
  readonly subtitle: string;
  readonly facts: {
    readonly seconds: number;
    readonly frames: number;
    readonly rows: number;
    readonly warnings: readonly string[];
  };
  readonly document: FrontEndDocument;
  readonly plot: FeaturePlot;
  readonly statistics: RowStatistics;
  /** FLAC of the sound, or of its beginning. */
  readonly sound: { readonly bytes: Uint8Array; readonly seconds: number };
  readonly page: PageFacts;
}

/**
 * A page with the features of one sound: the plot with a player whose place is shown in it, the numbers, the front end.
 *
 * It needs nothing but itself: it opens from a disk, without a network, light or dark.
 */
export function featurePage(input: FeaturePageInput): string {
  const { name, facts, document, plot, sound, page } = input;
  const part = sound.seconds < facts.seconds - 0.01 ? ` The player holds the first ${sound.seconds.toFixed(0)} s.` : "";
  const share = (value: number, of: number) => `${((100 * value) / of).toFixed(3)}%`;
  const place = `left: ${share(plot.left, plot.width)}; right: ${share(plot.width - plot.right, plot.width)}; top: ${share(plot.top, plot.height)}; bottom: ${share(plot.height - plot.bottom, plot.height)}`;
  const reasons = reasonsNotLive(document);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)} - Tonewright features</title>
<style>${reportStyle}${pageStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(name)}</h1>
<p class="soft">${escapeHtml(input.subtitle)}</p>
<div class="card">
<div class="plot" data-seconds="${facts.seconds}">${plot.svg}<div class="time" style="${place}"><i></i></div></div>
<audio controls preload="auto" src="${dataUrl("audio/flac", sound.bytes)}"></audio>
<p class="soft">What the features hear: one channel at ${document.sampleRate} Hz.${part} Click into the plot to listen from there.</p>
</div>
${facts.warnings.map((warning) => `<p class="verdict fair">${escapeHtml(sentence(warning))}</p>`).join("\n")}
<h2>Numbers</h2>
<div class="card">${facts.rows} rows, ${facts.frames} frames.
<details class="numbers"><summary>Mean, deviation and range of each row</summary>${numbersTable(input)}</details></div>
<h2>Front end</h2>
<div class="card">
<p>${reasons.length === 0 ? "This front end can run live." : `This front end needs the whole sound: ${escapeHtml(reasons.join("; "))}.`}</p>
<details><summary>The document, for models and programs</summary><pre>${escapeHtml(JSON.stringify(document, null, 2))}</pre></details>
</div>
<h2>Do it again</h2>
<pre>${escapeHtml(page.commandLine)}</pre>
<footer>Made by Tonewright ${escapeHtml(page.toolVersion)} on ${escapeHtml(page.createdAt)}.</footer>
</main>
<script>${pageScript}</script>
</body>
</html>
`;
}

function numbersTable({ document, statistics }: FeaturePageInput): string {
  const deviation = deviations(statistics);
  const digits = (value: number) => Number(value.toPrecision(5));
  const rows = featureRowNames(document).map((name, k) => [
    name,
    ...[statistics.mean[k]!, deviation[k]!, statistics.min[k]!, statistics.max[k]!].map(digits),
  ]);
  return htmlTable(["row", "mean", "deviation", "smallest", "largest"], rows);
}

const pageStyle = `
.plot { position: relative; } .plot svg { font-family: inherit; color: var(--ink); } .plot image { image-rendering: pixelated; }
.time { position: absolute; cursor: crosshair; }
.time i { position: absolute; top: 0; bottom: 0; left: 0; width: 0; border-left: 2px solid var(--model); pointer-events: none; }
details summary { cursor: pointer; color: var(--soft); font-size: .88rem; margin-top: .4rem; }
.numbers .scroll { max-height: 22rem; overflow: auto; margin-top: .4rem; }
`;

/** The line follows the player, and the player follows a click. */
const pageScript = `
const player = document.querySelector("audio");
const plot = document.querySelector(".plot");
const area = document.querySelector(".time");
const line = area.firstElementChild;
const seconds = Number(plot.dataset.seconds);
const show = () => {
  line.style.left = Math.min(100, (100 * player.currentTime) / seconds) + "%";
  if (!player.paused) requestAnimationFrame(show);
};
for (const event of ["play", "seeked", "timeupdate"]) player.addEventListener(event, show);
area.addEventListener("click", (event) => {
  const box = area.getBoundingClientRect();
  player.currentTime = Math.min(player.duration || seconds, (seconds * (event.clientX - box.left)) / box.width);
  player.play();
});
`;
