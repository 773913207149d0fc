import type { Finding, FindingItem, MissingColumn } from "../datasets/index.ts";
import { type PageSound, soundKey } from "./collection-page-sounds.ts";
import { escapeHtml, htmlTable, sentence } from "./collection-page-text.ts";

/** What is to be put right, each thing with its files and something to listen to. */
export function findingsHtml(findings: readonly Finding[], sounds: ReadonlyMap<string, PageSound>): string {
  return findings
    .filter(({ verdict }) => verdict !== "pass")
    .map((finding) => findingHtml(finding, sounds))
    .join("\n");
}

/** What was looked at and found in order. */
export function passedHtml(findings: readonly Finding[]): string {
  const passed = findings.filter(({ verdict }) => verdict === "pass");
  return `<ul class="passed">${passed.map(({ message }) => `<li>${escapeHtml(sentence(message))}</li>`).join("")}</ul>`;
}

/** Columns with gaps and the ways to fill them, or nothing. */
export function missingValuesHtml(columns: readonly MissingColumn[]): string {
  if (columns.length === 0) return "";
  const short = (value: number | string) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
  const rows = columns.flatMap(({ column, missing, rows: all, ways }) =>
    ways.map(({ method, fills, error }, k) => [
      k === 0 ? column : "",
      k === 0 ? `${missing} of ${all}` : "",
      METHODS[method],
      fills.slice(0, 4).map(short).join(", ") + (fills.length > 4 ? " …" : ""),
      Number.isNaN(error) ? "" : Number(error.toPrecision(3)),
    ]),
  );
  const table = htmlTable(["column", "missing", "way", "would fill in", "error where the value is known"], rows);
  return `<h2>Missing values</h2>
<div class="card">${table}</div>
<p class="soft">The error is the mean distance from values that are known, or for text the share that is wrong. Fit whatever you
choose on the training rows alone.</p>`;
}

const METHODS = {
  mean: "mean",
  median: "median",
  "most-frequent": "most frequent value",
  neighbours: "mean of the 5 nearest rows",
} as const;

const ITEMS_SHOWN = 5;
const ITEMS_LISTED = 300;

function findingHtml(
  { id, verdict, message, hint, count, items }: Finding,
  sounds: ReadonlyMap<string, PageSound>,
): string {
  const shown = items.slice(0, ITEMS_SHOWN).map((item) => `<li>${itemHtml(item, sounds)}</li>`);
  const rest = items.slice(ITEMS_SHOWN, ITEMS_LISTED);
  const hidden = Math.max(0, count - Math.min(items.length, ITEMS_LISTED));
  const more =
    rest.length === 0
      ? ""
      : `<details><summary>${(count - shown.length).toLocaleString("en")} more</summary><div class="rest">
${rest.map((item) => `<p>${lineHtml(item)}</p>`).join("\n")}
${hidden > 0 ? `<p class="soft">and ${hidden.toLocaleString("en")} more: see the JSON document (--json)</p>` : ""}</div></details>`;
  return `<section class="finding ${verdict}" id="${id}">
<h3><span class="tag">${verdict === "refuse" ? "put right" : "look at"}</span>${escapeHtml(sentence(message))}</h3>
${hint === undefined ? "" : `<p class="soft">${escapeHtml(sentence(hint))}</p>`}
${shown.length === 0 ? "" : `<ol>${shown.join("\n")}</ol>`}
${more}
</section>`;
}

const FILES_SHOWN = 4;

function itemHtml({ files, note, at }: FindingItem, sounds: ReadonlyMap<string, PageSound>): string {
  const said = `<div class="note">${escapeHtml(note)}</div>`;
  const lines = files.slice(0, FILES_SHOWN).map((path, k) => {
    const sound = sounds.get(soundKey({ path, at: at?.[k] }));
    // What is said of a single file stands under its name, beside the player.
    const name = `<div><span class="file">${escapeHtml(path)}</span>${files.length === 1 ? said : ""}</div>`;
    return `<div class="heard">${name}${sound === undefined ? "" : playerHtml(path, sound)}</div>`;
  });
  const more = files.length > FILES_SHOWN ? `<div class="soft">and ${files.length - FILES_SHOWN} more files</div>` : "";
  return `${lines.join("")}${more}${files.length === 1 ? "" : said}`;
}

const lineHtml = ({ files, note }: FindingItem): string => {
  const names = files.slice(0, FILES_SHOWN).map((path) => `<span class="file">${escapeHtml(path)}</span>`);
  return `${names.join(", ")}${files.length > FILES_SHOWN ? ` and ${files.length - FILES_SHOWN} more` : ""} ${escapeHtml(note)}`;
};

/** A player that says what it plays to those who cannot see where it stands. */
export function playerHtml(path: string, { url, seconds, start }: PageSound): string {
  const label = `${path}, ${seconds.toFixed(1)} s from ${start.toFixed(1)} s`;
  return `<audio controls preload="metadata" aria-label="${escapeHtml(label)}" title="${escapeHtml(label)}" src="${url}"></audio>`;
}
