import { type FigureDrawer, xAxis } from "./figure-svg.ts";

/** A name and a number of files. */
export interface Bar {
  readonly name: string;
  readonly count: number;
}

/** Bars side by side, one line each, with their numbers. */
export function drawBars(
  { Plot, svg }: FigureDrawer,
  { bars, mean, description }: { readonly bars: readonly Bar[]; readonly mean: number; readonly description: string },
): string {
  const longest = Math.max(...bars.map(({ name }) => name.length));
  const most = Math.max(...bars.map(({ count }) => count));
  return svg({
    width: 1040,
    height: 60 + 24 * bars.length,
    marginLeft: Math.min(220, 20 + 7.5 * longest),
    marginRight: 44,
    ariaLabel: description,
    x: { ...xAxis("files"), ticks: Math.min(6, most), tickFormat: "d", domain: [0, most] },
    y: { label: null, domain: bars.map(({ name }) => name), tickFormat: shortened },
    marks: [
      Plot.barX(bars, { x: "count", y: "name", fill: "var(--target)", insetTop: 2, insetBottom: 2 }),
      Plot.text(bars, { x: "count", y: "name", text: (bar: Bar) => String(bar.count), textAnchor: "start", dx: 5 }),
      Plot.ruleX([mean], { stroke: "var(--model)", strokeDasharray: "4 3" }),
    ],
  });
}

const shortened = (name: string): string => (name.length <= 26 ? name : `${name.slice(0, 25)}…`);
