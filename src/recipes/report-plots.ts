import type { HistoryPoint } from "../training/index.ts";
import { dbFromAmplitude, dcBlock, powerSpectrum, rms } from "../signal/index.ts";
import type { Evaluation } from "./evaluation.ts";

/** The signals that plots are made from, and their rate in Hz. */
export type JudgedSignals = Evaluation["signals"] & { readonly sampleRate: number };

/** One plot: what it shows, how to read it, and the drawing as SVG text. */
export interface Figure {
  readonly title: string;
  readonly caption: string;
  readonly legend: readonly (readonly [name: string, color: string])[];
  readonly svg: string;
}

/** Draws with a plotting library that needs a document; neither is loaded before a report is wanted. */
export async function drawFigures(signals: JudgedSignals, history: readonly HistoryPoint[]): Promise<Figure[]> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<html><body></body></html>");
  const common = { document, width: 540, marginLeft: 56, marginBottom: 44, marginTop: 26, style: { fontSize: "13px" } };
  const svg = (options: object): string =>
    Plot.plot({ ...common, ...options } as Parameters<typeof Plot.plot>[0])
      .outerHTML // Coordinates to a hundredth of a pixel: a third of the bytes.
      .replace(/-?\d+\.\d{3,}/g, (number: string) => String(Math.round(Number(number) * 100) / 100));
  return [
    waveFigure(Plot, svg, signals, "loud"),
    waveFigure(Plot, svg, signals, "quiet"),
    spectrumFigure(Plot, svg, signals),
    transferFigure(Plot, svg, signals),
    levelFigure(Plot, svg, signals),
    ...(history.length > 1 ? [historyFigure(Plot, svg, history)] : []),
  ];
}

type PlotModule = typeof import("@observablehq/plot");
type Draw = (options: object) => string;

const waveSeconds = 0.015;

/** An axis below the plot with its name in the middle, clear of the numbers. */
const xAxis = (label: string) => ({ label, labelAnchor: "center", labelArrow: "none", labelOffset: 38 });
const yAxis = (label: string) => ({ label, labelArrow: "none", grid: true });

function waveFigure(Plot: PlotModule, svg: Draw, signals: JudgedSignals, kind: "loud" | "quiet"): Figure {
  const { wet, model, sampleRate } = signals;
  const length = Math.min(Math.round(waveSeconds * sampleRate), Math.max(...signals.segments));
  const start = tellingSpot(signals, { length, kind });
  const points = Array.from({ length }, (_, n) => {
    const [target, output] = [wet[start + n] ?? 0, model[start + n] ?? 0];
    return { ms: (1000 * n) / sampleRate, target, output, error: output - target };
  });
  const largestError = Math.max(...points.map(({ error }) => Math.abs(error)), 1e-9);
  const largest = Math.max(...points.map(({ target }) => Math.abs(target)), 1e-9);
  // A power of ten that makes the error visible, and is said.
  const magnified = 10 ** Math.max(0, Math.floor(Math.log10((0.5 * largest) / largestError)));
  return {
    title: kind === "loud" ? "Waveforms, loud" : "Waveforms, quiet",
    caption: `${Math.round(1000 * waveSeconds)} ms of the test audio where it is ${kind}. The thin line should lie on the thick one.`,
    legend: [
      ["device", "target"],
      ["model", "model"],
      [magnified > 1 ? `error, ${magnified} times magnified` : "error", "error"],
    ],
    svg: svg({
      height: 260,
      x: xAxis("time (ms)"),
      y: yAxis("amplitude"),
      marks: [
        Plot.ruleY([0], { strokeOpacity: 0.3 }),
        Plot.lineY(points, { x: "ms", y: "target", stroke: "var(--target)", strokeWidth: 4, strokeOpacity: 0.55 }),
        Plot.lineY(points, { x: "ms", y: "output", stroke: "var(--model)", strokeWidth: 1.5 }),
        Plot.lineY(points, {
          x: "ms",
          y: ({ error }: { error: number }) => magnified * error,
          stroke: "var(--error)",
          strokeWidth: 1,
        }),
      ],
    }),
  };
}

const rangeDb = 96;

function spectrumFigure(Plot: PlotModule, svg: Draw, { wet, model, sampleRate }: JudgedSignals): Figure {
  const error = model.map((value, n) => value - (wet[n] ?? 0));
  const curves = [
    { color: "var(--target)", width: 4, opacity: 0.55, bands: bandLevels(wet, sampleRate) },
    { color: "var(--model)", width: 1.5, opacity: 1, bands: bandLevels(model, sampleRate) },
    { color: "var(--error)", width: 1.5, opacity: 1, bands: bandLevels(error, sampleRate) },
  ];
  const top = Math.max(...curves.flatMap(({ bands }) => bands.map(({ levelDb }) => levelDb)));
  return {
    title: "Spectra",
    caption:
      "Average level per sixth of an octave over the whole test audio. The further the error lies below, the better.",
    legend: [
      ["device", "target"],
      ["model", "model"],
      ["error", "error"],
    ],
    svg: svg({
      height: 260,
      x: {
        type: "log",
        ...xAxis("frequency (Hz)"),
        ticks: [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
        tickFormat: hertz,
      },
      y: { ...yAxis("level (dB)"), domain: [top - rangeDb, top + 3] },
      marks: curves.map(({ color, width, opacity, bands }) =>
        Plot.lineY(bands, {
          x: "frequencyHz",
          y: ({ levelDb }: { levelDb: number }) => Math.max(levelDb, top - rangeDb),
          stroke: color,
          strokeWidth: width,
          strokeOpacity: opacity,
        }),
      ),
    }),
  };
}

function transferFigure(Plot: PlotModule, svg: Draw, { dry, wet, model }: JudgedSignals): Figure {
  const count = 1500;
  const points = Array.from({ length: count }, (_, i) => {
    const n = Math.floor((i * dry.length) / count);
    return { input: dry[n] ?? 0, target: wet[n] ?? 0, output: model[n] ?? 0 };
  });
  return {
    title: "Transfer",
    caption:
      "Each dot is one moment: what went in, and what came out. A line would be a device without memory; a cloud has filters in it.",
    legend: [
      ["device", "target"],
      ["model", "model"],
    ],
    svg: svg({
      height: 320,
      x: { ...xAxis("dry amplitude"), grid: true },
      y: yAxis("wet amplitude"),
      marks: [
        Plot.dot(points, { x: "input", y: "target", r: 2.2, fill: "var(--target)", fillOpacity: 0.45 }),
        Plot.dot(points, { x: "input", y: "output", r: 1.1, fill: "var(--model)", fillOpacity: 0.9 }),
      ],
    }),
  };
}

function levelFigure(Plot: PlotModule, svg: Draw, signals: JudgedSignals): Figure {
  const levels = errorsByLevel(signals);
  return {
    title: "Error by level",
    caption:
      "How far the error lies below the device's output, for quiet and loud moments of the input (DC blocked). Lower is better.",
    legend: [
      ["model", "model"],
      ["best linear filter", "linear"],
    ],
    svg: svg({
      height: 260,
      x: { ...xAxis("input level (dB RMS in 20 ms)"), grid: true },
      y: yAxis("error relative to output (dB)"),
      marks: [
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        Plot.lineY(levels, { x: "levelDb", y: "firDb", stroke: "var(--linear)", marker: "circle-stroke" }),
        Plot.lineY(levels, { x: "levelDb", y: "modelDb", stroke: "var(--model)", marker: "circle" }),
      ],
    }),
  };
}

function historyFigure(Plot: PlotModule, svg: Draw, history: readonly HistoryPoint[]): Figure {
  const points = history.map(({ step, loss, validation }) => ({ step, loss, ...validation }));
  const values = points
    .flatMap(({ loss, esr, esrDcBlocked }) => [loss, esr, esrDcBlocked])
    .filter((value) => value > 0);
  const curve = (key: "loss" | "esr" | "esrDcBlocked", color: string, dash = "none") =>
    Plot.lineY(
      points.filter((point) => point[key] > 0),
      { x: "step", y: key, stroke: `var(--${color})`, strokeWidth: 1.5, strokeDasharray: dash },
    );
  return {
    title: "Training",
    caption: "Loss on the training audio and error on the validation audio, which the model never learns from.",
    legend: [
      ["training loss", "target"],
      ["validation, DC blocked", "model"],
      ["validation, plain (dashed)", "error"],
    ],
    svg: svg({
      height: 260,
      x: { ...xAxis("update"), ticks: 5 },
      y: { type: "log", ...yAxis("share of the signal's energy"), ticks: decadeTicks(values), tickFormat: "~%" },
      marks: [curve("loss", "target"), curve("esr", "error", "4 3"), curve("esrDcBlocked", "model")],
    }),
  };
}

const hertz = (frequencyHz: number): string => (frequencyHz >= 1000 ? `${frequencyHz / 1000}k` : String(frequencyHz));

/** 1, 3, 10, 30 … of the decades that the values cover. */
function decadeTicks(values: readonly number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) ticks.push(10 ** power, 3 * 10 ** power);
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/**
 * Start of a window that shows something: a tone of 130 Hz to 1 kHz or so, the loudest one, or one near 30 dB below it.
 * No window crosses a segment's end.
 */
function tellingSpot(
  { dry, wet, segments, sampleRate }: JudgedSignals,
  { length, kind }: { length: number; kind: "loud" | "quiet" },
): number {
  const seconds = length / sampleRate;
  const windows: { start: number; levelDb: number; tonal: boolean }[] = [];
  let segmentStart = 0;
  for (const samples of segments) {
    for (let start = segmentStart; start + length <= segmentStart + samples; start += length) {
      const target = wet.subarray(start, start + length);
      let crossings = 0;
      for (let n = 1; n < length; n++) if ((target[n] ?? 0) >= 0 !== (target[n - 1] ?? 0) >= 0) crossings++;
      const tonal = crossings >= 260 * seconds && crossings <= 2000 * seconds;
      windows.push({ start, levelDb: dbFromAmplitude(rms(dry.subarray(start, start + length))), tonal });
    }
    segmentStart += samples;
  }
  const candidates = windows.some(({ tonal }) => tonal) ? windows.filter(({ tonal }) => tonal) : windows;
  const loudestDb = Math.max(...candidates.map(({ levelDb }) => levelDb));
  const wantedDb = kind === "loud" ? loudestDb : loudestDb - 30;
  const best = candidates.reduce((a, b) => (Math.abs(b.levelDb - wantedDb) < Math.abs(a.levelDb - wantedDb) ? b : a));
  return best.start;
}

/** Mean power per sixth of an octave from 30 Hz up, in dB. */
function bandLevels(signal: Float32Array, sampleRate: number): { frequencyHz: number; levelDb: number }[] {
  const { frequencyHz, powerPerHz } = powerSpectrum(signal, { sampleRate, fftSize: 8192 });
  const bands: { frequencyHz: number; levelDb: number }[] = [];
  for (let center = 30; center < sampleRate / 2.1; center *= 2 ** (1 / 6)) {
    const [low, high] = [center * 2 ** (-1 / 12), center * 2 ** (1 / 12)];
    let [power, count] = [0, 0];
    for (let k = 1; k < frequencyHz.length; k++) {
      const inside = (frequencyHz[k] ?? 0) >= low && (frequencyHz[k] ?? 0) < high;
      if (inside) [power, count] = [power + (powerPerHz[k] ?? 0), count + 1];
    }
    if (count > 0) bands.push({ frequencyHz: center, levelDb: 10 * Math.log10(Math.max(1e-20, power / count)) });
  }
  return bands;
}

/** The DC-blocked error-to-signal ratio in dB of model and linear filter, in steps of 6 dB of input level. */
function errorsByLevel({ dry, wet, model, fir, segments, sampleRate }: JudgedSignals) {
  const blocked = (signal: Float32Array) => blockedSegments(signal, segments);
  const difference = (signal: Float32Array) => blocked(signal.map((value, n) => value - (wet[n] ?? 0)));
  const [target, modelError, firError] = [blocked(wet), difference(model), difference(fir)];
  const frame = Math.round(0.02 * sampleRate);
  const stepDb = 6;
  const bins = new Map<number, { target: number; model: number; fir: number; frames: number }>();
  for (let start = 0; start + frame <= dry.length; start += frame) {
    const levelDb = dbFromAmplitude(rms(dry.subarray(start, start + frame)));
    if (!(levelDb > -84)) continue;
    const key = Math.round(levelDb / stepDb) * stepDb;
    const bin = bins.get(key) ?? { target: 0, model: 0, fir: 0, frames: 0 };
    for (let n = start; n < start + frame; n++) {
      bin.target += (target[n] ?? 0) ** 2;
      bin.model += (modelError[n] ?? 0) ** 2;
      bin.fir += (firError[n] ?? 0) ** 2;
    }
    bin.frames++;
    bins.set(key, bin);
  }
  const ratioDb = (error: number, target: number) => 10 * Math.log10(Math.max(1e-12, error / target));
  return [...bins]
    .filter(([, bin]) => bin.target > 0 && bin.frames >= 3)
    .sort(([a], [b]) => a - b)
    .map(([levelDb, bin]) => ({
      levelDb,
      modelDb: ratioDb(bin.model, bin.target),
      firDb: ratioDb(bin.fir, bin.target),
    }));
}

/** A signal after a DC blocker that starts anew in each segment. */
function blockedSegments(signal: Float32Array, segments: readonly number[]): Float32Array {
  const blocked = new Float32Array(signal.length);
  let start = 0;
  for (const length of segments) {
    const segment = signal.subarray(start, start + length);
    blocked.set(dcBlock(segment, { before: segment[0] ?? 0 }), start);
    start += length;
  }
  return blocked;
}
