import { type FigureDrawer, xAxis, yAxis } from "./figure-svg.ts";

/** Values to be counted in bins. */
export interface HistogramInput {
  readonly values: readonly number[];
  /** Of the horizontal axis, with the unit. */
  readonly label: string;
  readonly scale: "linear" | "log";
  /** Says what is to be seen. */
  readonly description: string;
}

/** How many values lie from `low` up to `high`. */
export interface HistogramBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The drawing, and the same as numbers. */
export interface HistogramFigure {
  readonly svg: string;
  readonly bins: readonly HistogramBin[];
}

/** How often values come, as bars. */
export function drawHistogram({ Plot, svg }: FigureDrawer, input: HistogramInput): HistogramFigure {
  const bins = histogramBins(input.values, input.scale);
  const shown = bins.map(({ low, high, count }) => ({ low, high, count, title: `${count}` }));
  return {
    bins,
    svg: svg({
      height: 210,
      ariaLabel: input.description,
      x: { type: input.scale, ...xAxis(input.label), ...(input.scale === "log" ? logTicks(bins) : { ticks: 6 }) },
      y: { ...yAxis("files"), ticks: 4, tickFormat: (value: number) => (Number.isInteger(value) ? String(value) : "") },
      marks: [
        Plot.rectY(shown, { x1: "low", x2: "high", y: "count", fill: "var(--target)", title: "title", insetLeft: 1 }),
        Plot.ruleY([0], { stroke: "var(--ink)", strokeOpacity: 0.4 }),
      ],
    }),
  };
}

const MOST_BINS = 30;

/** Bins of one width (on a logarithmic scale, of one ratio) from the smallest value to the largest. */
export function histogramBins(values: readonly number[], scale: "linear" | "log"): HistogramBin[] {
  const [to, from] = scale === "log" ? [Math.log, Math.exp] : [(value: number) => value, (value: number) => value];
  const positions = values.map(to).filter(Number.isFinite);
  if (positions.length === 0) return [];
  let [low, high] = [positions[0]!, positions[0]!];
  for (const position of positions) [low, high] = [Math.min(low, position), Math.max(high, position)];
  // All alike: one bar that is as wide as something can be seen.
  const least = scale === "log" ? 0.05 : Math.max(1e-9, 0.05 * Math.abs(high));
  if (high - low < least) [low, high] = [low - least / 2, high + least / 2];
  const count = Math.max(5, Math.min(MOST_BINS, Math.ceil(2 * Math.sqrt(positions.length))));
  const width = (high - low) / count;
  const counts = new Uint32Array(count);
  for (const position of positions) counts[Math.min(count - 1, Math.floor((position - low) / width))]!++;
  return Array.from(counts, (files, k) => ({
    low: from(low + k * width),
    high: from(low + (k + 1) * width),
    count: files,
  }));
}

/** Ticks at 1, 2, 5, 10 … within the bins, which a logarithmic axis over less than a decade would not have. */
function logTicks(bins: readonly HistogramBin[]): object {
  const [low, high] = [bins[0]?.low ?? 1, bins.at(-1)?.high ?? 10];
  const steps = high / low > 100 ? [1, 3] : high / low > 4 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    ticks.push(...steps.map((step) => step * 10 ** power).filter((tick) => tick >= low && tick <= high));
  }
  const tickFormat = (tick: number) => (tick >= 1000 ? `${tick / 1000}k` : String(Number(tick.toPrecision(3))));
  return { ticks, tickFormat };
}
