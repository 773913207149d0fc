import type { CollectionReport, LabelledFile } from "../datasets/index.ts";
import { mapCollection } from "./collection-map.ts";
import { escapeHtml, htmlTable, numbersBelow } from "./collection-page-text.ts";
import { type Bar, drawBars } from "./figure-bars.ts";
import { drawHistogram, type HistogramInput } from "./figure-histogram.ts";
import { drawMap, groupColors } from "./figure-map.ts";
import { createFigureDrawer, type FigureDrawer } from "./figure-svg.ts";

/** The plots of a page, as HTML. */
export interface PageFigures {
  /** Empty without labels. */
  readonly classes: string;
  readonly distributions: string;
  /** Empty for too few files. */
  readonly map: string;
}

/** Draws all plots of a page. */
export async function drawPageFigures({ summary, files }: CollectionReport): Promise<PageFigures> {
  const drawer = await createFigureDrawer();
  return {
    classes: classFigure(drawer, summary),
    distributions: distributions(drawer, files),
    map: mapFigure(drawer, files),
  };
}

const figure = (title: string, caption: string, inside: string, kind = ""): string =>
  `<figure class="card ${kind}"><h3>${title}</h3><figcaption>${caption}</figcaption>${inside}</figure>`;

const MOST_BARS = 40;

function classFigure(drawer: FigureDrawer, { classes, majorityBaseline }: CollectionReport["summary"]): string {
  if (classes.length === 0) return "";
  const total = classes.reduce((sum, { files }) => sum + files, 0);
  const mean = total / classes.length;
  const bars: Bar[] = classes.map(({ label, files }) => ({ name: label, count: files }));
  const left = bars.length > MOST_BARS + 1 ? bars.splice(MOST_BARS / 2, bars.length - MOST_BARS).length : 0;
  const svg = drawBars(drawer, {
    bars,
    mean,
    description: `Files per class: ${classes[0]?.files} in the largest, ${classes.at(-1)?.files} in the smallest of ${classes.length}`,
  });
  const rows = classes.map(({ label, files, share, seconds }) => [
    label,
    files,
    `${(100 * share).toFixed(1)} %`,
    seconds.toFixed(1),
  ]);
  const guess = `Always guessing the largest class is right ${(100 * (majorityBaseline ?? 0)).toFixed(1)} % of the time: a model must beat that.`;
  const caption = `The dashed line is the mean. ${guess}${left > 0 ? ` The ${left} classes in the middle are not drawn.` : ""}`;
  return figure(
    "Files per class",
    caption,
    svg + numbersBelow(htmlTable(["class", "files", "share", "seconds"], rows)),
    "wide",
  );
}

function distributions(drawer: FigureDrawer, files: readonly LabelledFile[]): string {
  const heard = files.filter(({ facts }) => facts.centroidHz !== null);
  const many = `${files.length} files`;
  const one = (title: string, caption: string, input: HistogramInput) => {
    if (input.values.length === 0) return "";
    const { svg, bins } = drawHistogram(drawer, input);
    const digits = (value: number) => Number(value.toPrecision(4));
    const rows = bins
      .filter(({ count }) => count > 0)
      .map(({ low, high, count }) => [`${digits(low)} to ${digits(high)}`, count]);
    return figure(title, caption, svg + numbersBelow(htmlTable([input.label, "files"], rows)));
  };
  return [
    one("Duration", "How long the files are.", {
      values: files.map(({ facts }) => facts.seconds),
      label: "duration (s)",
      scale: "log",
      description: `Histogram of the durations of ${many}`,
    }),
    one("Level", "Root mean square over the whole file.", {
      values: heard.map(({ facts }) => 20 * Math.log10(facts.rms)),
      label: "level (dBFS rms)",
      scale: "linear",
      description: `Histogram of the levels of ${many}`,
    }),
    one("Brightness", "Centroid of the mean spectrum.", {
      values: heard.map(({ facts }) => facts.centroidHz ?? Number.NaN),
      label: "spectral centroid (Hz)",
      scale: "log",
      description: `Histogram of the spectral centroids of ${many}`,
    }),
    one("Silence", "Share of each file that lies 60 dB below its loudest moment.", {
      values: files.map(({ facts }) => 100 * facts.silentShare),
      label: "silent (% of the time)",
      scale: "linear",
      description: `Histogram of the silent shares of ${many}`,
    }),
  ].join("\n");
}

function mapFigure(drawer: FigureDrawer, files: readonly LabelledFile[]): string {
  const map = mapCollection(files);
  if (map === undefined) return "";
  const counts = new Map<string, number>();
  for (const { label } of map.files) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  const names = [...counts].sort(([p, m], [q, n]) => n - m || (p < q ? -1 : 1)).map(([name]) => name);
  const most = groupColors.length - 1;
  const groups = names.length > most + 1 ? names.slice(0, most) : names;
  const groupOf = (label: string | undefined) => {
    const at = label === undefined ? -1 : groups.indexOf(label);
    return at < 0 ? most : at;
  };
  const points = map.files.map(({ path, label, facts }, k) => ({
    x: map.points[k]![0]!,
    y: map.points[k]![1]!,
    group: groupOf(label),
    title: `${path}${label === undefined ? "" : ` (${label})`}: ${facts.seconds.toFixed(2)} s, ${(20 * Math.log10(facts.rms)).toFixed(1)} dBFS, ${(facts.centroidHz ?? 0).toFixed(0)} Hz`,
  }));
  const svg = drawMap(drawer, {
    points,
    colors: groupColors,
    labels: { x: "first principal component", y: "second principal component" },
    description: `Map of ${points.length} files by the colour of their sound, one point each; the medians per class are in the table below`,
  });
  const keys = groups.map((name, k) => `<li style="--key: ${groupColors[k]}">${escapeHtml(name)}</li>`);
  if (names.length > groups.length)
    keys.push(`<li style="--key: ${groupColors[most]}">${names.length - groups.length} more classes</li>`);
  const legend = names.length < 2 ? "" : `<ul class="legend">${keys.join("")}</ul>`;
  const sample = map.files.length < files.length ? ` ${map.files.length} of ${files.length} files are shown.` : "";
  const caption =
    "Files that sound alike lie near each other: the two directions in which band levels and loudness movement differ most, " +
    `${(100 * map.share).toFixed(0)} % of all differences. A point among those of another class is worth a listen; its name shows when ` +
    `the pointer rests on it.${sample}`;
  return figure("Map of the sounds", caption, legend + svg + numbersBelow(medianTable(files)), "wide");
}

function medianTable(files: readonly LabelledFile[]): string {
  const groups = new Map<string, LabelledFile[]>();
  for (const file of files) {
    const name = file.label ?? "without label";
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [file]);
    else group.push(file);
  }
  const middle = (values: number[]) => values.sort((p, q) => p - q)[Math.floor(values.length / 2)] ?? 0;
  const rows = [...groups].map(([name, members]) => [
    name,
    members.length,
    middle(members.map(({ facts }) => facts.seconds)).toFixed(2),
    middle(members.map(({ facts }) => 20 * Math.log10(Math.max(1e-9, facts.rms)))).toFixed(1),
    middle(members.flatMap(({ facts }) => facts.centroidHz ?? [])).toFixed(0),
  ]);
  return htmlTable(["class", "files", "median duration (s)", "median level (dBFS)", "median centroid (Hz)"], rows);
}
