import type { FrontEndDocument } from "../signal/index.ts";
import { featurePanels, type ImagePanel, type LinePanel } from "./feature-plot-panels.ts";
import type { FeaturePicture } from "./features-picture.ts";

/** A feature in a few lines of text. */
export interface FeatureSketch {
  readonly title: string;
  /** Time to the right; of several rows the highest first. All of one length. */
  readonly lines: readonly string[];
  /** What the weakest and the strongest sign stand for. */
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

const bars = [..."▁▂▃▄▅▆▇█"];
const shades = [..." ·░▒▓█"];
const mostLines = 8;

/** The features of a sound as text, for a look in a terminal: bars for single numbers, shades for tables. */
export function featureSketches(document: FrontEndDocument, picture: FeaturePicture): FeatureSketch[] {
  return featurePanels(document, picture).map((panel) =>
    panel.type === "line" ? lineSketch(panel) : imageSketch(panel),
  );
}

function lineSketch({ title, unit, values }: LinePanel): FeatureSketch {
  const finite = values.filter(Number.isFinite);
  const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  const line = Array.from(values, (value) => (Number.isFinite(value) ? signOf(bars, value, low, high) : " "));
  return { title, unit, low, high, lines: [line.join("")] };
}

function imageSketch({ title, rows, values, colour }: ImagePanel): FeatureSketch {
  const columns = values.length / rows;
  const count = Math.min(mostLines, rows);
  const lines = Array.from({ length: count }, (_, line) => {
    const [from, to] = [Math.floor((line * rows) / count), Math.floor(((line + 1) * rows) / count)];
    return Array.from({ length: columns }, (__, c) => {
      let sum = 0;
      for (let k = from; k < to; k++) sum += values[c * rows + k]!;
      const mean = sum / (to - from);
      // Around 0 what counts is the size.
      return colour.scheme === "signed"
        ? signOf(shades, Math.abs(mean), 0, colour.high)
        : signOf(shades, mean, colour.low, colour.high);
    }).join("");
  });
  return { title, unit: colour.unit, low: colour.low, high: colour.high, lines: lines.toReversed() };
}

function signOf(signs: readonly string[], value: number, low: number, high: number): string {
  const place = high > low ? Math.floor(((value - low) / (high - low)) * signs.length) : 0;
  return signs[Math.max(0, Math.min(signs.length - 1, place))]!;
}
