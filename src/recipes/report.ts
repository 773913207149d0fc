import type { Check } from "../datasets/index.ts";
import type { Scores } from "../metrics/index.ts";
import { encodeWav, peak } from "../signal/index.ts";
import type { HistoryPoint } from "../training/index.ts";
import type { CaptureSummary } from "./capture-summary.ts";
import type { Evaluation } from "./evaluation.ts";
import { drawFigures, type Figure } from "./report-plots.ts";
import { reportStyle } from "./report-style.ts";
import { percent, verdict } from "./verdict.ts";

/** Everything a report shows. */
export interface ReportInput {
  readonly title: string;
  readonly summary: CaptureSummary;
  readonly evaluation: Evaluation;
  readonly history: readonly HistoryPoint[];
  readonly checks: readonly Check[];
  /** Names of the recordings. */
  readonly files: { readonly dry: string; readonly wet: string };
  /** What was typed. */
  readonly commandLine: string;
  /** Settings in words, in the order to show. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly createdAt: string;
  readonly toolVersion: string;
}

/** Longest audio excerpt. */
const excerptSeconds = 10;

/**
 * A report on a capture as one HTML page: the verdict, scores beside the baselines, plots, and audio to compare.
 *
 * The page needs nothing but itself: it opens from a disk, without a network, light or dark.
 *
 * @returns The whole page.
 */
export async function reportHtml(input: ReportInput): Promise<string> {
  const { title, summary, evaluation, history } = input;
  const files = { dry: lastPart(input.files.dry), wet: lastPart(input.files.wet) };
  const { sampleRate } = summary.data;
  const judged = verdict({ scores: evaluation.scores, fir: evaluation.baselines.fir });
  const figures = await drawFigures({ ...evaluation.signals, sampleRate }, history);
  const players = await audioPlayers(evaluation.signals, sampleRate);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Tonewright report</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(summary.model.architecture)}, ${summary.model.parameters.toLocaleString("en")} weights, trained on
${escapeHtml(files.dry)} and ${escapeHtml(files.wet)}</p>
<p class="verdict ${judged.grade}">${escapeHtml(judged.sentence)}</p>
<h2>Scores on audio the model has never heard</h2>
<div class="card scroll">${scoreTable(evaluation)}</div>
<p class="soft">ESR is the energy of the error over the energy of the device's output; 0 is perfect, 100 % is as bad as silence.
The baselines were fitted on the training audio and judged on the same ${summary.splits.test.toFixed(1)} s as the model.</p>
<h2>Listen</h2>
${players}
<h2>Look</h2>
<div class="grid">
${figures.map(figureHtml).join("\n")}
</div>
<h2>Data</h2>
<div class="grid">
<div class="card">${factsTable(dataFacts(input))}</div>
<div class="card"><ul class="checks">${input.checks.map((check) => checkItem(check, input.files)).join("")}</ul></div>
</div>
<h2>Training</h2>
<div class="grid">
<div class="card">${factsTable(trainingFacts(summary))}</div>
<div class="card">${factsTable(input.settings)}</div>
</div>
<h2>Do it again</h2>
<pre>${escapeHtml(input.commandLine)}</pre>
<footer>Made by Tonewright ${escapeHtml(input.toolVersion)} on ${escapeHtml(input.createdAt)}.</footer>
</main>
<script>${playerScript}</script>
</body>
</html>
`;
}

/** Starting one player stops the others and goes on at the same moment, so that the ear can compare. */
const playerScript = `
const players = [...document.querySelectorAll("audio")];
let last = null;
for (const player of players) player.addEventListener("play", () => {
  if (last !== null && last !== player) {
    if (!last.ended) player.currentTime = last.currentTime;
    last.pause();
  }
  last = player;
});
`;

function scoreTable({ scores, baselines }: Evaluation): string {
  const row = (name: string, { esr, esrDcBlocked, mae, mrstft }: Scores, kind = "") =>
    `<tr class="${kind}"><td>${name}</td><td>${percent(esrDcBlocked)}</td><td>${percent(esr)}</td><td>${number(mae)}</td><td>${number(mrstft)}</td></tr>`;
  return `<table>
<thead><tr><th></th><th>ESR, DC blocked</th><th>ESR, plain</th><th>mean absolute error</th><th>spectral distance</th></tr></thead>
<tbody>
${row("this model", scores, "best")}
${row(`best linear filter (${baselines.fir.taps} taps)`, baselines.fir)}
${row("best gain", baselines.gain)}
</tbody></table>`;
}

async function audioPlayers({ dry, wet, model, segments }: Evaluation["signals"], sampleRate: number): Promise<string> {
  const length = Math.min(dry.length, Math.round(excerptSeconds * sampleRate));
  const start = loudestStart(wet, length);
  // Wet and model share one gain, so that their levels can be compared; dry has its own.
  const loudest = Math.max(peak(wet.subarray(start, start + length)), peak(model.subarray(start, start + length)));
  const wetGain = loudest > 0.99 ? 0.99 / loudest : 1;
  const dryPeak = peak(dry.subarray(start, start + length));
  const player = async (name: string, signal: Float32Array, gain: number) => {
    const excerpt = signal.slice(start, start + length).map((value) => value * gain);
    const bytes = await encodeWav({ channels: [excerpt], sampleRate }, { encoding: "pcm16" });
    return `<div class="card"><h3>${name}</h3><audio controls preload="metadata" src="data:audio/wav;base64,${base64(bytes)}"></audio></div>`;
  };
  const list = [
    await player("dry: what went in", dry, dryPeak > 0.99 ? 0.99 / dryPeak : 1),
    await player("wet: the device", wet, wetGain),
    await player("model: this network", model, wetGain),
  ];
  const pieces =
    segments.length > 1 && (segments[0] ?? 0) < length ? " The test audio is many short pieces, so it stutters." : "";
  const note = `${(length / sampleRate).toFixed(1)} s of the test audio. Start another player and it goes on at the same moment.${pieces}`;
  return `<div class="players">${list.join("\n")}</div>\n<p class="soft">${note}</p>`;
}

function figureHtml({ title, caption, legend, svg }: Figure): string {
  const keys = legend.map(([name, color]) => `<li style="--key: var(--${color})">${escapeHtml(name)}</li>`).join("");
  return `<figure class="card"><h3>${title}</h3><figcaption>${caption}</figcaption><ul class="legend">${keys}</ul>${svg}</figure>`;
}

function dataFacts({ summary, files }: ReportInput): [string, string][] {
  const { data, splits } = summary;
  const late = data.delaySamples;
  return [
    ["dry", files.dry],
    ["wet", files.wet],
    ["sample rate", `${data.sampleRate} Hz`],
    ["used audio", `${data.seconds.toFixed(1)} s`],
    [
      "wet came",
      late === 0 ? "at the same time" : `${Math.abs(late)} samples ${late > 0 ? "later" : "earlier"} (put right)`,
    ],
    ["polarity", data.polarity === 1 ? "same as dry" : "inverted; the model inverts too, as the device does"],
    [
      "train / validation / test",
      `${[splits.train, splits.validation, splits.test].map((s) => s.toFixed(1)).join(" / ")} s`,
    ],
  ];
}

function trainingFacts({ training, realtime }: CaptureSummary): [string, string][] {
  return [
    ["time", `${training.seconds.toFixed(1)} s`],
    ["updates", `${training.steps.toLocaleString("en")} in ${training.epochs} epochs`],
    [
      "speed",
      `${Math.round(training.samplesPerSecond).toLocaleString("en")} samples/s on ${training.threads} ${training.threads === 1 ? "thread" : "threads"}`,
    ],
    ["shards", String(training.shards)],
    ["plays at", `${realtime.timesRealtime.toFixed(0)} times real time, blocks of 128 samples, one thread`],
  ];
}

function factsTable(facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(([name, value]) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(value)}</td></tr>`);
  return `<table class="facts"><tbody>${rows.join("")}</tbody></table>`;
}

function checkItem({ verdict: found, message, hint }: Check, { dry, wet }: ReportInput["files"]): string {
  const mark = { pass: "✓ pass", warn: "! warn", refuse: "✗ refuse" }[found];
  const text = message.replaceAll(`"${dry}"`, `"${lastPart(dry)}"`).replaceAll(`"${wet}"`, `"${lastPart(wet)}"`);
  const advice = found === "pass" || hint === undefined ? "" : ` <span class="soft">${escapeHtml(hint)}</span>`;
  return `<li class="${found}"><b>${mark}</b> ${escapeHtml(text)}${advice}</li>`;
}

/** A file's name without its folders. */
function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Start of the loudest excerpt, in steps of a second or so. */
function loudestStart(signal: Float32Array, length: number): number {
  let [best, bestEnergy] = [0, -1];
  for (let start = 0; start + length <= signal.length; start += Math.max(1, length >> 3)) {
    let energy = 0;
    for (let n = start; n < start + length; n++) energy += (signal[n] ?? 0) ** 2;
    if (energy > bestEnergy) [best, bestEnergy] = [start, energy];
  }
  return best;
}

function number(value: number): string {
  return value === 0 ? "0" : Number(value.toPrecision(3)).toString();
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
