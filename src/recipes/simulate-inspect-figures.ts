import {
  type EffectKnob,
  type KnobDataset,
  type KnobDatasetReport,
  type KnobPairFacts,
  settingText,
} from "../datasets/index.ts";
import { createFigureDrawer, type FigureDrawer, xAxis, yAxis } from "./figure-svg.ts";

/** What the pictures of a dataset with knobs are drawn from. */
export interface KnobFiguresInput {
  readonly dataset: KnobDataset;
  readonly report: KnobDatasetReport;
  /** One for each pair. */
  readonly facts: readonly (KnobPairFacts | null)[];
}

/** The pictures, as HTML. */
export interface KnobFigures {
  /** One for each two knobs that vary; empty if none does. */
  readonly space: string;
  /** Delay and polarity of every target. */
  readonly lags: string;
}

/** Draws all pictures. */
export async function drawKnobFigures(input: KnobFiguresInput): Promise<KnobFigures> {
  const drawer = await createFigureDrawer();
  return { space: spaceFigures(drawer, input), lags: lagFigure(drawer, input) };
}

/** Splits lie upon each other without hiding each other: a disc, a ring around it, a dot in it. */
const marks = {
  train: { name: "training", color: "#4c8fd6", r: 6 },
  validation: { name: "validation", color: "#3fa66b", r: 9 },
  test: { name: "test", color: "#e07b39", r: 3 },
  none: { name: "no split", color: "#8a939b", r: 6 },
} as const;
type MarkName = keyof typeof marks;

/** Six pictures show four knobs, two by two. */
const mostPlanes = 6;

function spaceFigures(drawer: FigureDrawer, { dataset, report }: KnobFiguresInput): string {
  const { pairs } = dataset;
  const varied = report.coverage.knobs.flatMap(({ values }, k) => (values.length > 1 ? [k] : []));
  if (varied.length === 0) return "";
  const splits: MarkName[] = (["train", "validation", "test", "none"] as const).filter((name) =>
    pairs.some(({ split }) => (split ?? "none") === name),
  );
  const legend = [
    ...splits.map((name) => [marks[name].color, marks[name].name]),
    ...((report.coverage.grid?.missing.length ?? 0) > 0 ? [["var(--bad)", "missing in the grid"]] : []),
    ...(showsHole(report) ? [["var(--warn)", "furthest from all settings"]] : []),
  ].map(([color, name]) => `<li style="--key: ${color}">${name}</li>`);
  const planes =
    varied.length === 1
      ? [[varied[0]!, undefined] as const]
      : varied.flatMap((x, i) => varied.slice(i + 1).map((y) => [x, y] as const)).slice(0, mostPlanes);
  const figures = planes.map(([x, y]) => planeFigure(drawer, { dataset, report, x, y, splits }));
  const narrow = varied.length === 2 ? ' style="max-width: 36rem"' : "";
  const hidden = (varied.length * (varied.length - 1)) / 2 - planes.length;
  const more = hidden > 0 ? `<p class="soft">${hidden} more combinations of knobs are not drawn.</p>` : "";
  return `<ul class="legend">${legend.join("")}</ul><div class="grid"${narrow}>${figures.join("\n")}</div>${more}`;
}

/** A picture of a gap that is no finding would make people look for what is not there. */
function showsHole({ coverage, findings }: KnobDatasetReport): boolean {
  return coverage.hole !== null && findings.some(({ id, verdict }) => id === "knob-coverage" && verdict !== "pass");
}

function planeFigure(
  { Plot, svg }: FigureDrawer,
  {
    dataset: { knobs, pairs },
    report,
    x,
    y,
    splits,
  }: {
    readonly dataset: KnobDataset;
    readonly report: KnobDatasetReport;
    readonly x: number;
    readonly y: number | undefined;
    readonly splits: readonly MarkName[];
  },
): string {
  const place = (values: readonly number[], split: MarkName = "none") => ({
    x: values[x],
    y: y === undefined ? marks[split].name : values[y],
    title: settingText(values, knobs),
  });
  const dots = splits.map((name) => {
    const own = new Map(
      pairs.flatMap((pair) => ((pair.split ?? "none") === name ? [[pair.knobs.join(), pair.knobs] as const] : [])),
    );
    const { color, r } = marks[name];
    const points = [...own.values()].map((values) => ({
      ...place(values, name),
      title: `${settingText(values, knobs)} (${marks[name].name})`,
    }));
    const look =
      name === "validation" ? { stroke: color, strokeWidth: 1.5, fill: "none" } : { fill: color, fillOpacity: 0.8 };
    return Plot.dot(points, { x: "x", y: "y", r: own.size > 400 ? r / 2 : r, title: "title", clip: false, ...look });
  });
  const { hole, grid } = report.coverage;
  const crosses =
    y === undefined && splits.length > 1 ? [] : (grid?.missing ?? []).map((values) => place(values, splits[0]));
  const far = hole === null || !showsHole(report) ? [] : [place(hole.values, splits[0])];
  const names = y === undefined ? knobs[x]!.name : `${knobs[x]!.name} and ${knobs[y]!.name}`;
  const picture = svg({
    width: y === undefined ? 1040 : 540,
    height: y === undefined ? 90 + 40 * splits.length : 320,
    marginLeft: y === undefined ? 84 : 56,
    ariaLabel: `Settings of ${names}: ${report.coverage.settings} different ones; the values are in the text above`,
    x: { ...xAxis(axisName(knobs[x]!)), ...scaleOf(knobs[x]!), grid: true },
    y:
      y === undefined
        ? { label: null, domain: splits.map((name) => marks[name].name) }
        : { ...yAxis(axisName(knobs[y]!)), ...scaleOf(knobs[y]!) },
    marks: [
      ...dots,
      Plot.dot(crosses, {
        x: "x",
        y: "y",
        symbol: "times",
        r: 6,
        stroke: "var(--bad)",
        strokeWidth: 2,
        title: "title",
      }),
      Plot.dot(far, {
        x: "x",
        y: "y",
        symbol: "diamond2",
        r: 7,
        stroke: "var(--warn)",
        strokeWidth: 2,
        title: "title",
      }),
    ],
  });
  return `<figure class="card${y === undefined ? " wide" : ""}">${picture}</figure>`;
}

const axisName = ({ name, unit }: EffectKnob) => (unit === "" ? name : `${name} (${unit})`);

function scaleOf({ min, max, spacing, positions }: EffectKnob): object {
  if (!(max > min)) return {};
  const ticks =
    positions === undefined
      ? { ticks: 6 }
      : { ticks: positions.map((_, k) => k), tickFormat: (k: number) => positions[k] ?? "" };
  return { domain: [min, max], inset: 12, ...(spacing === "logarithmic" && min > 0 ? { type: "log" } : {}), ...ticks };
}

function lagFigure({ Plot, svg }: FigureDrawer, { dataset, facts }: KnobFiguresInput): string {
  const points = dataset.pairs.flatMap(({ target }, k) => {
    const lag = facts[k]?.lag;
    if (lag === undefined || lag === null) return [];
    const title = `${target}: ${lag.samples} samples, ${lag.polarity > 0 ? "not inverted" : "inverted"}, correlation ${lag.correlation.toFixed(3)}`;
    return [{ x: k + 1, y: lag.samples, color: lag.polarity > 0 ? marks.train.color : marks.test.color, title }];
  });
  if (points.length === 0) return "";
  const late = Math.max(...points.map(({ y }) => Math.abs(y)), 4);
  const picture = svg({
    width: 1040,
    height: 240,
    ariaLabel: `Delay of every target against its input, in samples: ${Math.min(...points.map(({ y }) => y))} to ${Math.max(...points.map(({ y }) => y))}`,
    x: { ...xAxis("pair"), ticks: Math.min(10, points.length), tickFormat: "d" },
    y: { ...yAxis("delay (samples)"), domain: [-late, late], nice: true, ticks: 5 },
    marks: [
      Plot.ruleY([0], { stroke: "var(--soft)" }),
      Plot.dot(points, { x: "x", y: "y", r: points.length > 500 ? 2 : 4, fill: "color", title: "title" }),
    ],
  });
  const legend = `<ul class="legend"><li style="--key: ${marks.train.color}">not inverted</li><li style="--key: ${marks.test.color}">inverted</li></ul>`;
  return `<figure class="card wide"><figcaption>Delay of every target against its input, measured on the loudest 20 s.</figcaption>${legend}${picture}</figure>`;
}
