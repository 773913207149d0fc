import type { SignalPart, TrainingSignal } from "../datasets/index.ts";
import { encodeFlac } from "../signal/index.ts";
import { collectionPageStyle } from "./collection-page-style.ts";
import { dataUrl, durationText, escapeHtml, numbersBelow, htmlTable, sentence } from "./collection-page-text.ts";
import { reportStyle } from "./report-style.ts";
import { measureSignal, type PartSummary, type SignalFacts, signalRoles } from "./signal-page-facts.ts";
import { drawSignalFigures, roleColours, timeArea } from "./signal-page-figures.ts";

/** Everything that a page about a training signal shows. */
export interface SignalPageInput {
  /** Name of the file. */
  readonly title: string;
  /** What it is: the mixture, the seed. */
  readonly subtitle: string;
  readonly signal: TrainingSignal;
  /** If they were measured already. */
  readonly facts?: SignalFacts | undefined;
  /** What was typed. */
  readonly commandLine: string;
  readonly createdAt: string;
  readonly toolVersion: string;
}

/** The page holds this much of the sound; from 30 s on it has every kind of part. */
const heardSeconds = 60;

/**
 * A page about a training signal: waveform, spectrogram and plan over time with a player, its spectrum, its levels, its
 * parts.
 *
 * It needs nothing but itself: it opens from a disk, without a network, light or dark.
 *
 * @returns The whole page as HTML.
 */
export async function signalPage(input: SignalPageInput): Promise<string> {
  const { title, subtitle, signal, facts = measureSignal(signal), commandLine, createdAt, toolVersion } = input;
  const { samples, sampleRate, warnings } = signal;
  const figures = await drawSignalFigures(signal, facts);
  const heard = samples.subarray(0, Math.round(Math.min(heardSeconds * sampleRate, samples.length)));
  const flac = await encodeFlac({ channels: [heard], sampleRate: playableRate(sampleRate) }, { bits: 16 });
  const part = heard.length < samples.length ? ` The player holds the first ${heardSeconds} s.` : "";
  const legend = signalRoles
    .filter((role) => facts.roles[role] > 0)
    .map((role) => `<li style="--key: var(--${roleColours[role]})">${role}: ${durationText(facts.roles[role])}</li>`)
    .join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Tonewright training signal</title>
<style>${reportStyle}${collectionPageStyle}${pageStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(subtitle)}</p>
${warnings.map((warning) => `<p class="verdict warn">${escapeHtml(sentence(warning))}</p>`).join("\n")}
${factsRow(facts)}
<h2>Over time</h2>
<div class="card">
<ul class="legend">${legend}</ul>
<div class="time" data-seconds="${samples.length / sampleRate}">${figures.overTime.join("\n")}<i></i></div>
<audio controls preload="auto" src="${dataUrl("audio/flac", flac)}"></audio>
<p class="soft">Dense bars are loud parts, pale ones quiet.${part} Click into the drawing to listen from there.</p>
</div>
<h2>Spectrum and levels</h2>
<div class="grid">
<figure class="card"><h3>Long-term average spectrum</h3><figcaption>Power in thirds of an octave over all of each role. Pink noise would be level.</figcaption><ul class="legend">${legend}</ul>${figures.spectrum}</figure>
<figure class="card"><h3>Levels</h3><figcaption>How much of the time the signal spends at which level.</figcaption>${figures.levels}${numbersBelow(levelTable(facts))}</figure>
</div>
<h2>Parts</h2>
<div class="card scroll">${partsTable(facts.kinds, signal, heard.length)}</div>
<p class="soft">Material for validation and test is not in training: every part has a seed of its own. The three roles lie where
<code>capture</code> cuts recordings with its default shares.</p>
<h2>Do it again</h2>
<pre>${escapeHtml(commandLine)}</pre>
<footer>Made by Tonewright ${escapeHtml(toolVersion)} on ${escapeHtml(createdAt)}.</footer>
</main>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** FLAC cannot state every rate; a browser plays what is near. */
function playableRate(sampleRate: number): number {
  const whole = Math.round(sampleRate);
  return whole > 65_535 ? Math.min(655_350, Math.round(whole / 10) * 10) : whole;
}

function factsRow(facts: SignalFacts): string {
  const cells: [string, string][] = [
    [durationText(facts.seconds), `at ${facts.sampleRate} Hz`],
    [`${facts.peakDb.toFixed(1)} dBFS`, `peak; ${facts.truePeakDb.toFixed(1)} dBTP between samples`],
    [`${facts.rmsDb.toFixed(1)} dBFS`, "RMS"],
    [`${facts.crestDb.toFixed(1)} dB`, "crest factor"],
    [facts.loudness === null ? "none" : `${facts.loudness.toFixed(1)} LUFS`, "loudness"],
    [`${(100 * facts.silentShare).toFixed(1)} %`, "of the time exactly silent"],
  ];
  return `<div class="facts-row">${cells.map(([value, name]) => `<div class="fact"><b>${value}</b><span>${name}</span></div>`).join("")}</div>`;
}

function levelTable({ levels }: SignalFacts): string {
  const rows = levels.map(({ fromDb, toDb, share }) => [`${fromDb} to ${toDb} dBFS`, `${(100 * share).toFixed(1)} %`]);
  return htmlTable(["level", "share of the time"], rows);
}

function partsTable(kinds: readonly PartSummary[], signal: TrainingSignal, heardSamples: number): string {
  const rows = kinds.map(({ generator, summary, parts, seconds, roles }) => {
    const example = exampleOf(generator, signal, heardSamples);
    const { sampleRate } = signal;
    const button =
      example === undefined
        ? ""
        : `<button type="button" data-from="${example.start / sampleRate}" data-to="${example.end / sampleRate}">listen</button>`;
    const numbers = [parts, seconds.toFixed(1), ...signalRoles.map((role) => roles[role].toFixed(1))];
    return `<tr><td>${generator}</td><td class="left">${escapeHtml(summary)}</td>${numbers.map((number) => `<td>${number}</td>`).join("")}<td>${button}</td></tr>`;
  });
  const head = ["part", "what it is", "parts", "seconds", ...signalRoles, ""];
  return `<table><thead><tr>${head.map((name) => `<th>${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** The loudest part of a kind that the player holds. */
function exampleOf(generator: string, { parts }: TrainingSignal, heardSamples: number): SignalPart | undefined {
  const loudness = ({ level }: SignalPart) => (level === null ? Number.NEGATIVE_INFINITY : level.startDb + level.endDb);
  return parts
    .filter((part) => part.generator === generator && part.level !== null && part.end <= heardSamples)
    .reduce<SignalPart | undefined>(
      (best, part) => (best === undefined || loudness(part) > loudness(best) ? part : best),
      undefined,
    );
}

const pageStyle = `
.time { position: relative; cursor: pointer; } .time svg { overflow: visible; }
.time i { position: absolute; top: 0; bottom: 40px; width: 2px; margin-left: -1px; background: var(--ink); opacity: .7; pointer-events: none; display: none; }
td.left { text-align: left; color: var(--soft); white-space: normal; } th:nth-child(2) { text-align: left; }
button { font: inherit; font-size: .84rem; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px; padding: .1rem .6rem; cursor: pointer; }
button:hover { border-color: var(--soft); }
`;

/** The place in the drawing follows the player; a click there, or a button, plays from there. */
const pageScript = `
const time = document.querySelector(".time");
const cursor = time.querySelector("i");
const player = document.querySelector("audio");
const [left, span] = [${timeArea.left / timeArea.width}, ${(timeArea.width - timeArea.left - timeArea.right) / timeArea.width}];
const seconds = Number(time.dataset.seconds);
let stopAt = Infinity;
const show = () => {
  cursor.style.display = "block";
  cursor.style.left = 100 * (left + span * player.currentTime / seconds) + "%";
  if (player.currentTime >= stopAt) { stopAt = Infinity; player.pause(); }
  if (!player.paused) requestAnimationFrame(show);
};
for (const name of ["play", "seeked", "timeupdate"]) player.addEventListener(name, show);
const playFrom = (from, to) => { stopAt = to; player.currentTime = from; player.play(); };
time.addEventListener("click", (event) => {
  const box = time.getBoundingClientRect();
  const at = ((event.clientX - box.left) / box.width - left) / span * seconds;
  if (at >= 0 && at <= player.duration) playFrom(at, Infinity);
});
for (const button of document.querySelectorAll("button")) {
  button.addEventListener("click", () => playFrom(Number(button.dataset.from), Number(button.dataset.to)));
}
`;
