import type { SignalPart, TrainingSignal } from "../datasets/index.ts";
import { dataUrl } from "./collection-page-text.ts";
import { timeTicks } from "./feature-plot-time.ts";
import { createEnvelopeFit } from "./features-picture.ts";
import { drawSpectrogram } from "./figure-spectrogram.ts";
import { createFigureDrawer, type FigureDrawer, xAxis, yAxis } from "./figure-svg.ts";
import { levelHistogram, samplesOfRole, signalRoles, type SignalFacts, spectrumBands } from "./signal-page-facts.ts";

/** Where in the drawings over time the time runs, as parts of their width. */
export const timeArea = { width: 1040, left: 132, right: 16 } as const;

/** Drawings of a training signal as SVG text. */
export interface SignalFigures {
  /** Waveform, spectrogram and plan, one under the other over one time axis. */
  readonly overTime: readonly string[];
  readonly spectrum: string;
  readonly levels: string;
}

/** Colours of the roles, as the style of reports names them. */
export const roleColours = { train: "target", validation: "model", test: "error" } as const;

/** Draws a training signal. */
export async function drawSignalFigures(signal: TrainingSignal, facts: SignalFacts): Promise<SignalFigures> {
  const drawer = await createFigureDrawer();
  return {
    overTime: [drawWave(drawer, signal), drawPicture(drawer, signal), drawPlan(drawer, signal, facts)],
    spectrum: drawSpectrum(drawer, signal),
    levels: drawLevels(drawer, signal),
  };
}

const frame = { width: timeArea.width, marginLeft: timeArea.left, marginRight: timeArea.right };

function drawWave({ Plot, svg }: FigureDrawer, { samples, sampleRate }: TrainingSignal): string {
  const fit = createEnvelopeFit({ columns: 1200 });
  fit.add(samples);
  const { low, high, samplesPerColumn } = fit.result();
  const points = Array.from(low, (least, k) => ({ time: (k * samplesPerColumn) / sampleRate, least, most: high[k]! }));
  return svg({
    ...frame,
    height: 110,
    marginBottom: 6,
    ariaLabel: "Waveform of the signal",
    x: { domain: [0, samples.length / sampleRate], axis: null },
    y: { ...yAxis("amplitude"), domain: [-1, 1], ticks: [-1, 0, 1] },
    marks: [Plot.areaY(points, { x: "time", y1: "least", y2: "most", fill: "var(--linear)", curve: "step" })],
  });
}

function drawPicture({ Plot, svg }: FigureDrawer, { samples, sampleRate }: TrainingSignal): string {
  const [width, height] = [timeArea.width - timeArea.left - timeArea.right, 180];
  const { png, lowHz, highHz } = drawSpectrogram(samples, { sampleRate, width, height });
  const ticks = [100, 300, 1000, 3000, 10_000].filter((hertz) => hertz > lowHz && hertz < highHz);
  return svg({
    ...frame,
    height: height + 16 + 6,
    marginBottom: 6,
    ariaLabel: `Spectrogram of the signal, ${lowHz.toFixed(0)} to ${highHz.toFixed(0)} Hz`,
    x: { domain: [0, samples.length / sampleRate], axis: null },
    y: { type: "log", domain: [lowHz, highHz], ...yAxis("Hz"), ticks, tickFormat: hertzText, grid: false },
    marks: [
      Plot.image([dataUrl("image/png", png)], {
        ...{ src: (url: string) => url, frameAnchor: "middle", preserveAspectRatio: "none" },
        ...{ width, height },
      }),
    ],
  });
}

/** Rectangles of one colour beyond this number are no longer to be told apart. */
const mostParts = 6000;

function drawPlan(
  { Plot, svg }: FigureDrawer,
  { parts, samples, sampleRate }: TrainingSignal,
  facts: SignalFacts,
): string {
  const names = facts.kinds.map(({ generator }) => generator);
  const seconds = samples.length / sampleRate;
  const { ticks, format, label } = timeTicks(seconds);
  const rows = parts.slice(0, mostParts).map((part) => ({
    from: part.start / sampleRate,
    to: part.end / sampleRate,
    name: part.generator,
    colour: `var(--${roleColours[part.role]})`,
    opacity: opacityOf(part),
    title: titleOf(part, sampleRate),
  }));
  return svg({
    ...frame,
    height: 16 + 19 * names.length + 44,
    ariaLabel: `Plan of the signal: ${parts.length} parts of ${names.length} kinds`,
    x: { domain: [0, seconds], ...xAxis(label), ticks, tickFormat: format },
    y: { type: "band", domain: names, label: null, padding: 0.18 },
    marks: [
      Plot.barX(rows, { x1: "from", x2: "to", y: "name", fill: "colour", fillOpacity: "opacity", title: "title" }),
    ],
  });
}

/** Loud parts are dense, quiet ones pale; silence is an outline of itself. */
function opacityOf({ level }: SignalPart): number {
  if (level === null) return 0.12;
  const loudest = Math.max(level.startDb, level.endDb);
  return Math.max(0.25, Math.min(1, 1 + loudest / 60));
}

function titleOf({ generator, role, level, start, end }: SignalPart, sampleRate: number): string {
  const at = `${(start / sampleRate).toFixed(2)} s, ${((end - start) / sampleRate).toFixed(2)} s long`;
  const levels =
    level === null
      ? ""
      : level.startDb === level.endDb
        ? `, ${level.startDb.toFixed(0)} dBFS`
        : `, ${level.startDb.toFixed(0)} to ${level.endDb.toFixed(0)} dBFS`;
  return `${generator}: ${at}${levels}, ${role}`;
}

function drawSpectrum({ Plot, svg }: FigureDrawer, signal: TrainingSignal): string {
  const { sampleRate } = signal;
  const curves = signalRoles
    .map((role) => ({ role, samples: samplesOfRole(signal, role) }))
    .filter(({ samples }) => samples.length > sampleRate / 10)
    .map(({ role, samples }) => ({ role, bands: spectrumBands(samples, { sampleRate, bandsPerOctave: 3 }) }));
  const top = Math.max(...curves.flatMap(({ bands }) => bands.map(({ levelDb }) => levelDb)));
  const lowest = top - 60;
  return svg({
    height: 260,
    ariaLabel: "Long-term average spectrum of the signal in thirds of an octave, for each role",
    x: {
      type: "log",
      ...xAxis("frequency (Hz)"),
      ticks: [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000].filter((hertz) => hertz < sampleRate / 2),
      tickFormat: hertzText,
    },
    y: { ...yAxis("power in a third of an octave (dB)"), domain: [lowest, top + 3] },
    marks: curves.map(({ role, bands }) =>
      Plot.lineY(bands, {
        x: "frequencyHz",
        y: ({ levelDb }: { levelDb: number }) => Math.max(levelDb, lowest),
        stroke: `var(--${roleColours[role]})`,
        strokeWidth: role === "train" ? 3 : 1.5,
        strokeOpacity: role === "train" ? 0.6 : 1,
      }),
    ),
  });
}

function drawLevels({ Plot, svg }: FigureDrawer, signal: TrainingSignal): string {
  const bins = levelHistogram(signal.samples, { sampleRate: signal.sampleRate, stepDb: 3 });
  const shown = bins.map(({ fromDb, toDb, share }) => ({
    ...{ fromDb, toDb, percent: 100 * share },
    title: `${fromDb} to ${toDb} dBFS: ${(100 * share).toFixed(1)} % of the time`,
  }));
  return svg({
    height: 260,
    ariaLabel: "Level histogram: share of the time at levels from -90 to 0 dBFS",
    x: { ...xAxis("level in 20 ms (dBFS RMS); the lowest bar holds silence"), domain: [-90, 0], ticks: 9 },
    y: { ...yAxis("share of the time (%)") },
    marks: [
      Plot.rectY(shown, {
        x1: "fromDb",
        x2: "toDb",
        y: "percent",
        fill: "var(--target)",
        title: "title",
        insetLeft: 1,
      }),
      Plot.ruleY([0], { stroke: "var(--ink)", strokeOpacity: 0.4 }),
    ],
  });
}

const hertzText = (hertz: number): string => (hertz >= 1000 ? `${hertz / 1000}k` : String(hertz));
