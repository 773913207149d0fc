import { escapeHtml } from "./collection-page-text.ts";
import { colourBarPicture, colourTable, tablePicture } from "./feature-plot-image.ts";
import { type ColourRange, featurePanels, type ImagePanel, type LinePanel, type Panel } from "./feature-plot-panels.ts";
import { timeTicks } from "./feature-plot-time.ts";
import type { Envelope, FeaturePicture } from "./features-picture.ts";
import { frameSeconds } from "./features-time.ts";
import { createFigureDrawer, type FigureDrawer } from "./figure-svg.ts";
import type { FrontEndDocument } from "../signal/index.ts";

/** What a plot of features shows. */
export interface FeaturePlotInput {
  readonly title: string;
  /** Smaller, below the title. */
  readonly subtitle: string;
  /** Whether these stand above the plot. */
  readonly hasHeading: boolean;
  readonly document: FrontEndDocument;
  readonly picture: FeaturePicture;
  readonly envelope: Envelope;
}

/** A plot as SVG text, and where in it time runs. */
export interface FeaturePlot {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** Of the area in which time runs from 0 to the end. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const width = 1000;
const margins = { left: 108, right: 92, top: 26, gap: 10, bottom: 44 };
const heights = { head: 56, wave: 74, line: 92, image: 190 };
const colours = { wave: "#6b7a86", line: "#3f7fc4" };

/**
 * The waveform and the features of a sound, one under the other over one time axis.
 *
 * Text and axes have the colour that is around the plot (`currentColor`) and its font. Nothing is fetched.
 */
export async function drawFeaturePlot(input: FeaturePlotInput): Promise<FeaturePlot> {
  const { title, subtitle, hasHeading, document, picture, envelope } = input;
  const drawer = await createFigureDrawer({});
  const seconds = Math.max(envelope.samples / document.sampleRate, 1e-6);
  const time = { seconds, document, picture };
  const panels = featurePanels(document, picture);
  const parts: string[] = [];
  const head = hasHeading ? heights.head : 0;
  let top = head;
  const add = (panel: Panel | "wave", isLast: boolean) => {
    const inner = panel === "wave" ? heights.wave : heights[panel.type];
    const height = margins.top + inner + (isLast ? margins.bottom : margins.gap);
    const svg = panel === "wave" ? drawWave(drawer, envelope, time) : drawPanel(drawer, panel, time);
    parts.push(placed(svg({ height, isLast }), top));
    top += height;
  };
  add("wave", panels.length === 0);
  for (const [k, panel] of panels.entries()) add(panel, k === panels.length - 1);
  const height = Math.round(top);
  const heading = [
    `<text x="${margins.left}" y="26" font-size="18" font-weight="600">${escapeHtml(shortened(title, 90))}</text>`,
    `<text x="${margins.left}" y="46" font-size="12.5" opacity="0.75">${escapeHtml(shortened(subtitle, 130))}</text>`,
  ];
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="${escapeHtml(describe(title, panels, seconds))}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="currentColor">${hasHeading ? heading.join("") : ""}${parts.join("")}</svg>`,
    ...{ width, height, left: margins.left, right: width - margins.right },
    ...{ top: head + margins.top, bottom: height - margins.bottom },
  };
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

function describe(title: string, panels: readonly Panel[], seconds: number): string {
  const names = panels.map((panel) => panel.title).join("; ");
  return `${title}: waveform, ${names}, over ${seconds.toFixed(2)} s`;
}

interface Time {
  readonly seconds: number;
  readonly document: FrontEndDocument;
  readonly picture: FeaturePicture;
}

type Draw = (place: { readonly height: number; readonly isLast: boolean }) => string;

/** The drawing within another: without a font and style of its own. */
function placed(svg: string, top: number): string {
  const bare = svg
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/^<svg [^>]*?viewBox="([^"]*)"[^>]*>/, (_, box: string) => {
      const [, , w, h] = box.split(" ");
      return `<svg x="0" y="${top}" width="${w}" height="${h}" viewBox="${box}" text-anchor="middle" font-size="12">`;
    });
  return bare;
}

function frameOf({ seconds }: Time, title: string, { height, isLast }: { height: number; isLast: boolean }) {
  const { ticks, format, label } = timeTicks(seconds);
  return {
    options: {
      ...{ width, height, marginLeft: margins.left, marginRight: margins.right },
      ...{ marginTop: margins.top, marginBottom: isLast ? margins.bottom : margins.gap },
      x: { type: "linear", domain: [0, seconds], axis: null },
      style: { fontSize: "12px" },
    },
    marks: ({ Plot }: FigureDrawer) => [
      Plot.text([title], { frameAnchor: "top-left", dy: -20, fontWeight: 600, fontSize: 13, textAnchor: "start" }),
      ...(isLast
        ? [Plot.axisX(ticks, { tickFormat: format, label, labelAnchor: "center", labelArrow: "none", labelOffset: 38 })]
        : []),
    ],
    ticks,
  };
}

function drawWave(drawer: FigureDrawer, envelope: Envelope, time: Time): Draw {
  return (place) => {
    const { Plot, svg } = drawer;
    const { options, marks, ticks } = frameOf(time, "Waveform", place);
    const { low, high, samplesPerColumn } = envelope;
    const { sampleRate } = time.document;
    const points = Array.from(low, (least, c) => ({
      ...{ seconds: ((c + 0.5) * samplesPerColumn) / sampleRate, least, most: high[c]! },
    }));
    const peak = points.reduce((most, point) => Math.max(most, Math.abs(point.least), Math.abs(point.most)), 1e-4);
    const isLine = samplesPerColumn === 1;
    return svg({
      ...options,
      y: { domain: [-peak, peak], ticks: 3, label: null },
      marks: [
        ...marks(drawer),
        ...guides(drawer, ticks),
        Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.35, strokeWidth: 0.7 }),
        isLine
          ? Plot.lineY(points, { x: "seconds", y: "most", stroke: colours.wave, strokeWidth: 1 })
          : Plot.areaY(points, {
              ...{ x: "seconds", y1: "least", y2: "most", fill: colours.wave, stroke: colours.wave, strokeWidth: 0.5 },
            }),
      ],
    });
  };
}

/** Faint lines through all plots, so that a moment can be followed down. */
function guides({ Plot }: FigureDrawer, ticks: readonly number[]) {
  return [Plot.gridX(ticks, { stroke: "currentColor", strokeOpacity: 0.12 })];
}

function drawPanel(drawer: FigureDrawer, panel: Panel, time: Time): Draw {
  return panel.type === "line" ? drawLine(drawer, panel, time) : drawImage(drawer, panel, time);
}

function drawLine(drawer: FigureDrawer, { title, unit, values }: LinePanel, time: Time): Draw {
  return (place) => {
    const { Plot, svg } = drawer;
    const { options, marks, ticks } = frameOf(time, unit === "" ? title : `${title} (${unit})`, place);
    const { document, picture } = time;
    const points = Array.from(values, (value, c) => ({ seconds: columnMiddle(c, picture, document), value }));
    const finite = points.filter(({ value }) => Number.isFinite(value));
    const [low, high] = rangeOf(finite.map(({ value }) => value));
    const isolated = finite.length < 40 || finite.length < points.length;
    return svg({
      ...options,
      y: { domain: [low, high], nice: true, ticks: 4, label: null, grid: true, tickFormat: tickText },
      marks: [
        ...marks(drawer),
        ...guides(drawer, ticks),
        Plot.lineY(points, { x: "seconds", y: "value", stroke: colours.line, strokeWidth: 1.6 }),
        ...(isolated ? [Plot.dot(finite, { x: "seconds", y: "value", fill: colours.line, r: 1.8 })] : []),
      ],
    });
  };
}

function rangeOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [values[0]!, values[0]!],
  );
  if (high > low) return [low, high];
  const half = Math.abs(high) / 2 || 0.5;
  return [low - half, high + half];
}

/** The middle of column `c` in seconds. */
function columnMiddle(c: number, { framesPerColumn, frames }: FeaturePicture, document: FrontEndDocument): number {
  const last = Math.min(frames, (c + 1) * framesPerColumn) - 1;
  return frameSeconds((c * framesPerColumn + last) / 2, document);
}

/** What Plot tells a mark of the area within the axes. */
interface Area {
  readonly marginLeft: number;
  readonly marginTop: number;
  readonly marginRight: number;
  readonly marginBottom: number;
  readonly width: number;
  readonly height: number;
}

/** The little of a document that a drawing needs. */
interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

interface SvgElement {
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  append(...elements: SvgElement[]): void;
}

function drawImage(drawer: FigureDrawer, panel: ImagePanel, time: Time): Draw {
  return (place) => {
    const { Plot, svg } = drawer;
    const { title, rows, values, axis, colour } = panel;
    const { options, marks } = frameOf(time, title, place);
    const table = colourTable(Plot, colour.scheme);
    const picture = tablePicture(values, { rows, colours: table, range: colour });
    const bar = colourBarPicture(table);
    const texts = new Map(axis.map(({ at, text }) => [at, text]));
    const { framesPerColumn, columns } = time.picture;
    const edge = (frame: number) => frameSeconds(frame - 0.5, time.document) / time.seconds;
    const [from, to] = [edge(0), edge(columns * framesPerColumn)];
    const image = (_: unknown, __: unknown, ___: unknown, area: Area, context: { document: SvgDocument }) => {
      const inner = {
        width: area.width - area.marginLeft - area.marginRight,
        height: area.height - area.marginTop - area.marginBottom,
      };
      const make = (name: string, attributes: Readonly<Record<string, string | number>>, text?: string) => {
        const element = context.document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
        if (text !== undefined) element.textContent = text;
        return element;
      };
      const whole = make("g", {});
      // A viewport of its own cuts off what lies before 0 and behind the end.
      const view = make("svg", { x: area.marginLeft, y: area.marginTop, ...inner });
      view.append(
        make("image", {
          ...{ x: from * inner.width, y: 0, width: (to - from) * inner.width, height: inner.height },
          ...{ href: picture, preserveAspectRatio: "none", "image-rendering": "optimizeSpeed" },
        }),
      );
      const barLeft = area.width - area.marginRight + 14;
      whole.append(
        view,
        make("image", {
          ...{ x: barLeft, y: area.marginTop, width: 12, height: inner.height },
          ...{ href: bar, preserveAspectRatio: "none" },
        }),
      );
      for (const value of colourTicks(colour)) {
        const y = area.marginTop + inner.height * (1 - (value - colour.low) / (colour.high - colour.low));
        whole.append(
          make("line", { x1: barLeft + 12, x2: barLeft + 16, y1: y, y2: y, stroke: "currentColor" }),
          make("text", { x: barLeft + 20, y: y + 4, "text-anchor": "start", "font-size": 11 }, tickText(value)),
        );
      }
      if (colour.unit !== "") {
        const isLong = colour.unit.length > 6;
        const at = { x: isLong ? area.width - 6 : barLeft, y: area.marginTop - 9, "font-size": 12 };
        whole.append(make("text", { ...at, "text-anchor": isLong ? "end" : "start" }, colour.unit));
      }
      return whole;
    };
    return svg({
      ...options,
      y: { type: "linear", domain: [0, 1], axis: null },
      marks: [
        image,
        ...marks(drawer),
        Plot.axisY(
          axis.map(({ at }) => at),
          { tickFormat: (at: number) => texts.get(at) ?? "", label: null },
        ),
      ],
    });
  };
}

/** Round values within a range of colours. */
function colourTicks({ low, high }: ColourRange): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

const tickText = (value: number): string => String(Number(value.toPrecision(4))).replace("-", "−");
