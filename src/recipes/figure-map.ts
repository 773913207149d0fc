import { type FigureDrawer, xAxis, yAxis } from "./figure-svg.ts";

/** A point for a file. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  /** Index into the groups. */
  readonly group: number;
  /** Shown when the pointer rests on it. */
  readonly title: string;
}

/** Points to be shown on a plane. */
export interface MapInput {
  readonly points: readonly MapPoint[];
  /** Colour of each group. */
  readonly colors: readonly string[];
  readonly labels: { readonly x: string; readonly y: string };
  readonly description: string;
}

/** Files as points, coloured by group. */
export function drawMap({ Plot, svg }: FigureDrawer, { points, colors, labels, description }: MapInput): string {
  const shown = points.map((point) => ({ ...point, color: colors[point.group] ?? "var(--soft)" }));
  return svg({
    width: 1040,
    height: 460,
    ariaLabel: description,
    x: { ...xAxis(labels.x), grid: true, ticks: 8 },
    y: { ...yAxis(labels.y), ticks: 6 },
    marks: [
      Plot.dot(shown, {
        x: "x",
        y: "y",
        r: points.length > 500 ? 2.5 : 4,
        fill: "color",
        fillOpacity: 0.75,
        stroke: "var(--card)",
        strokeWidth: 0.5,
        title: "title",
      }),
    ],
  });
}

/** Colours that can be told apart on light and on dark paper; classes beyond these share the last, a grey. */
export const groupColors = [
  "#4c8fd6",
  "#e07b39",
  "#3fa66b",
  "#c95dab",
  "#b59a1f",
  "#7b6fd0",
  "#d2524f",
  "#2aa6a6",
  "#96694c",
  "#8a939b",
] as const;
