import { type KnobDatasetReport, type KnobFinding, knobValueText } from "../datasets/index.ts";
import { collectionPageStyle } from "./collection-page-style.ts";
import { durationText, escapeHtml, htmlTable, sentence } from "./collection-page-text.ts";
import { reportStyle } from "./report-style.ts";
import { drawKnobFigures, type KnobFiguresInput } from "./simulate-inspect-figures.ts";
import { knobRangeText, knobVerdictText } from "./simulate-inspect-text.ts";

/** Everything that a page about a dataset with knobs shows. */
export interface KnobDatasetPageInput extends KnobFiguresInput {
  /** Name of the folder. */
  readonly title: string;
  /** Said above everything, if the work was stopped. */
  readonly incomplete?: string | undefined;
  /** What was typed. */
  readonly commandLine: string;
  readonly createdAt: string;
  readonly toolVersion: string;
}

/**
 * A page about a dataset with knobs: what to put right, how the settings cover the knobs, what the test asks, delay and
 * polarity of every target.
 *
 * It needs nothing but itself: it opens from a disk, without a network, light or dark.
 *
 * @returns The whole page as HTML.
 */
export async function knobDatasetPage(input: KnobDatasetPageInput): Promise<string> {
  const { title, dataset, report, incomplete } = input;
  const figures = await drawKnobFigures(input);
  const found = report.findings.filter(({ verdict }) => verdict !== "pass").map(findingHtml);
  const passed = report.findings.filter(({ verdict }) => verdict === "pass");
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
<p class="soft">Recordings of ${escapeHtml(dataset.name)} at ${report.coverage.settings.toLocaleString("en")} settings of its knobs</p>
${incomplete === undefined ? "" : `<p class="verdict warn">${escapeHtml(incomplete)}</p>`}
<p class="verdict ${report.verdict}">${escapeHtml(knobVerdictText(report))}</p>
${found.length === 0 ? "" : `<h2>What to put right</h2>\n${found.join("\n")}`}
<h2>Where the knobs stand</h2>
<div class="card">${rangesTable(input)}</div>
${figures.space}
<h2>What is for what</h2>
<div class="grid"><div class="card">${splitsTable(report)}</div><div class="card">${cellsTable(report)}</div></div>
${figures.lags === "" ? "" : `<h2>Delay and polarity</h2>\n<div class="grid">${figures.lags}</div>`}
<h2>The pairs</h2>
<p class="soft">Delays are in samples.</p>
<div class="card">${pairsTable(input)}</div>
<h2>Checked and in order</h2>
<ul class="passed">${passed.map(({ message }) => `<li>${escapeHtml(sentence(message))}</li>`).join("")}</ul>
<h2>Do it again</h2>
<pre>${escapeHtml(input.commandLine)}</pre>
<footer>Made by Tonewright ${escapeHtml(input.toolVersion)} on ${escapeHtml(input.createdAt)}.</footer>
</main>
</body>
</html>
`;
}

const [ITEMS_SHOWN, ITEMS_LISTED] = [5, 300];

function findingHtml({ id, verdict, message, hint, count, items }: KnobFinding): string {
  const line = ({ files, note }: KnobFinding["items"][number]) => {
    const names = files.slice(0, 4).map((path) => `<div class="file">${escapeHtml(path)}</div>`);
    const more = files.length > 4 ? `<div class="soft">and ${files.length - 4} more files</div>` : "";
    return `${names.join("")}${more}<div class="note">${escapeHtml(note)}</div>`;
  };
  const rest = items.slice(ITEMS_SHOWN, ITEMS_LISTED).map((item) => `<p>${line(item)}</p>`);
  const hidden = count - Math.min(items.length, ITEMS_LISTED);
  const left =
    hidden > 0 ? `<p class="soft">and ${hidden.toLocaleString("en")} more: see the JSON document (--json)</p>` : "";
  const details =
    rest.length === 0
      ? ""
      : `<details><summary>${(count - ITEMS_SHOWN).toLocaleString("en")} more</summary><div class="rest">${rest.join("")}${left}</div></details>`;
  return `<section class="finding ${verdict}" id="${id}">
<h3><span class="tag">${verdict === "refuse" ? "put right" : "look at"}</span>${escapeHtml(sentence(message))}</h3>
${hint === undefined ? "" : `<p class="soft">${escapeHtml(sentence(hint))}</p>`}
<ol>${items
    .slice(0, ITEMS_SHOWN)
    .map((item) => `<li>${line(item)}</li>`)
    .join("")}</ol>
${details}
</section>`;
}

function rangesTable({ dataset: { knobs }, report }: KnobDatasetPageInput): string {
  const rows = report.coverage.knobs.map((range, k) => {
    const { from, to, share } = range.widestGap;
    const gap =
      range.values.length < 2 ? "" : `${knobValueText(from)} to ${knobValueText(to)} (${Math.round(100 * share)} %)`;
    return [range.knob, range.values.length, knobRangeText(range, knobs[k]), gap];
  });
  return htmlTable(["knob", "values", "where", "widest gap, of its range"], rows);
}

function splitsTable({ splits }: KnobDatasetReport): string {
  const names = { train: "training", validation: "validation", test: "test", unassigned: "no split" } as const;
  const rows = (["train", "validation", "test", "unassigned"] as const)
    .filter((split) => splits[split].pairs > 0 || split !== "unassigned")
    .map((split) => [names[split], splits[split].pairs, durationText(splits[split].seconds)]);
  return htmlTable(["split", "pairs", "time"], rows);
}

/** The 2 x 2 of what is new to a model in the test. */
function cellsTable({ cells }: KnobDatasetReport): string {
  const rows = (["seen", "unseen"] as const).map((knobs) => [
    `${knobs} knobs`,
    ...(["seen", "unseen"] as const).map((audio) => {
      const cell = cells.find((one) => one.knobs === knobs && one.audio === audio);
      return cell === undefined || cell.pairs === 0 ? "none" : `${cell.pairs} (${durationText(cell.seconds)})`;
    }),
  ]);
  return htmlTable(["test pairs with", "seen audio", "unseen audio"], rows);
}

const PAIRS_SHOWN = 500;

function pairsTable({ dataset: { pairs, knobs }, facts }: KnobDatasetPageInput): string {
  const rows = pairs.slice(0, PAIRS_SHOWN).map(({ target, knobs: values }, k) => {
    const own = facts[k] ?? null;
    const setting = values.map((value, d) => knobs[d]?.positions?.[value] ?? knobValueText(value));
    if (own === null) return [target, ...setting, "unreadable", "", "", "", ""];
    const { targetSamples, targetRate, targetPeak, lag } = own;
    const level = targetPeak === 0 ? "silent" : `${(20 * Math.log10(targetPeak)).toFixed(1)} dBFS`;
    const place = lag === null ? ["", "", ""] : [lag.samples, lag.polarity > 0 ? "+" : "−", lag.correlation.toFixed(3)];
    return [target, ...setting, durationText(targetSamples / targetRate), level, ...place];
  });
  const head = ["target", ...knobs.map(({ name }) => name), "time", "peak", "delay", "polarity", "correlation"];
  const left = pairs.length - PAIRS_SHOWN;
  const more =
    left > 0 ? `<p class="soft">and ${left.toLocaleString("en")} more: see the JSON document (--json)</p>` : "";
  return `<div class="rest" style="max-height: 30rem">${htmlTable(head, rows)}</div>${more}`;
}
