import { featureRows, type FeatureRows, type FeatureSpec, type FrontEndDocument } from "../signal/index.ts";
import {
  bandAxis,
  classAxis,
  countedAxis,
  logHzAxis,
  melAxis,
  namedAxis,
  noteAxis,
  type RowAxis,
  tempoAxis,
} from "./feature-plot-axis.ts";
import type { FeaturePicture } from "./features-picture.ts";

/** Values over time, drawn as a line. */
export interface LinePanel {
  readonly type: "line";
  readonly title: string;
  /** Of the vertical axis; empty for a plain number. */
  readonly unit: string;
  /** Shape `[columns]`; NaN where there is nothing to draw. */
  readonly values: Float32Array;
}

/** Values over time and something else, drawn as colours. */
export interface ImagePanel {
  readonly type: "image";
  readonly title: string;
  readonly rows: number;
  /** Shape `[columns, rows]`. */
  readonly values: Float32Array;
  readonly axis: RowAxis;
  readonly colour: ColourRange;
}

/** Which colours stand for which values. */
export interface ColourRange {
  /** `rising` from dark to bright, `signed` around 0. */
  readonly scheme: "rising" | "signed";
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

/** One of the plots that stand one under the other. */
export type Panel = LinePanel | ImagePanel;

/** The plots of a front end's features, in the order of its rows. */
export function featurePanels(document: FrontEndDocument, picture: FeaturePicture): Panel[] {
  return featureRows(document).flatMap((place) => panelsOf(place, document, picture));
}

/** The rows of which a mean over frames says nothing, shape `[rows]`: pitches. */
export function singleRows(document: FrontEndDocument): boolean[] {
  return featureRows(document).flatMap(({ feature: { kind }, order, rows }) =>
    Array.from({ length: rows }, () => order === 0 && (kind === "yin" || kind === "pyin")),
  );
}

const decibelRange = 80;
const highestColumnRows = 256;

function panelsOf(place: FeatureRows, document: FrontEndDocument, picture: FeaturePicture): Panel[] {
  const { feature, order, from, rows } = place;
  const values = rowsOf(picture, from, rows);
  const normalised = document.normalisation !== null;
  const change = ["", ", change per frame", ", change of the change"][order] ?? "";
  const title = `${titles[feature.kind]}${change}`;
  if (rows === 1) return [{ type: "line", title, unit: normalised ? "deviations" : unitOf(feature), values }];
  if (feature.kind === "pyin") return pitchPanels(values, { title, change, isPlain: order === 0 && !normalised });
  const axis = axisOf(feature, rows, document);
  if (normalised || order > 0) {
    const unit = normalised ? "standard deviations" : "";
    return [{ type: "image", title, rows, values, axis, colour: signedRange(values, unit) }];
  }
  return imagePanels({ feature, title, rows, values, axis }, document);
}

interface Image {
  readonly feature: FeatureSpec;
  readonly title: string;
  readonly rows: number;
  readonly values: Float32Array;
  readonly axis: RowAxis;
}

function imagePanels({ feature, title, rows, values, axis }: Image, document: FrontEndDocument): Panel[] {
  const image = (shown: Float32Array, colour: ColourRange): ImagePanel => ({
    ...{ type: "image", title, rows, values: shown, axis, colour },
  });
  switch (feature.kind) {
    case "spectrogram":
      return [spectrogramPanel(decibels(values, 20 / feature.power), rows, { title, document })];
    case "mel":
      return [levels(image, decibels(values, 20 / feature.power))];
    case "constant-q":
      return [levels(image, decibels(values, 20))];
    case "kaldi-fbank":
      return [image(values, risingRange(values, feature.useLog ? "ln" : ""))];
    case "log-mel":
      return [
        feature.logarithm.kind === "db" ? levels(image, values) : image(values, risingRange(values, unitOf(feature))),
      ];
    case "mfcc":
    case "kaldi-mfcc":
      return coefficientPanels({ feature, title, rows, values, axis });
    case "tempogram":
      return [tempogramPanel(values, rows, { title, framesPerSecond: document.sampleRate / document.hop })];
    case "tonnetz":
      return [image(values, signedRange(values, ""))];
    case "chroma":
    case "chroma-cqt":
    case "chroma-cens":
      return [image(values, { scheme: "rising", low: 0, high: Math.max(1e-9, largest(values)), unit: "" })];
    case "spectral-contrast":
      return [image(values, risingRange(values, "dB"))];
    default:
      return [image(values, risingRange(values, ""))];
  }
}

/** Decibels below the loudest one. */
function levels(image: (values: Float32Array, colour: ColourRange) => ImagePanel, values: Float32Array): ImagePanel {
  const high = largest(values);
  const low = Math.max(high - decibelRange, smallest(values));
  return image(values, { scheme: "rising", low: low < high ? low : high - 1, high, unit: "dB" });
}

/** The first coefficient is the level and dwarfs the others: it gets a plot of its own. */
function coefficientPanels({ feature, title, rows, values }: Image): Panel[] {
  const isLast = feature.kind === "kaldi-mfcc" && feature.htkCompat;
  const levelRow = isLast ? rows - 1 : 0;
  const columns = values.length / rows;
  const level = Float32Array.from({ length: columns }, (_, c) => values[c * rows + levelRow]!);
  const rest = new Float32Array(columns * (rows - 1));
  for (let c = 0; c < columns; c++) {
    const first = c * rows + (isLast ? 0 : 1);
    rest.set(values.subarray(first, first + rows - 1), c * (rows - 1));
  }
  const axis = countedAxis(rows - 1, { first: isLast ? 0 : 1 });
  return [
    { type: "line", title: `${title}: coefficient ${levelRow}, the level`, unit: "", values: level },
    {
      ...{ type: "image", title: `${title}: the other coefficients`, rows: rows - 1, values: rest },
      ...{ axis, colour: signedRange(rest, "") },
    },
  ];
}

function pitchPanels(
  values: Float32Array,
  { title, change, isPlain }: { readonly title: string; readonly change: string; readonly isPlain: boolean },
): Panel[] {
  const columns = values.length / 3;
  const at = (k: number) => Float32Array.from({ length: columns }, (_, c) => values[3 * c + k]!);
  const voiced = at(1);
  const pitch = isPlain ? at(0).map((hz, c) => (voiced[c]! >= 0.5 ? hz : Number.NaN)) : at(0);
  return [
    { type: "line", title: isPlain ? `${title}, where there is one` : title, unit: isPlain ? "Hz" : "", values: pitch },
    { type: "line", title: `Probability of a pitch${change}`, unit: "", values: at(2) },
  ];
}

const tempi = { low: 30, high: 480, rows: 160 };

/** Tempi on a logarithmic axis, rising upwards, instead of periods. */
function tempogramPanel(
  values: Float32Array,
  periods: number,
  { title, framesPerSecond }: { readonly title: string; readonly framesPerSecond: number },
): ImagePanel {
  const columns = values.length / periods;
  const shown = new Float32Array(columns * tempi.rows);
  for (let row = 0; row < tempi.rows; row++) {
    const bpm = tempi.low * (tempi.high / tempi.low) ** ((row + 0.5) / tempi.rows);
    const period = Math.min(periods - 1, Math.round((60 * framesPerSecond) / bpm));
    for (let c = 0; c < columns; c++) shown[c * tempi.rows + row] = values[c * periods + period]!;
  }
  const colour = { scheme: "rising" as const, low: 0, high: Math.max(1e-9, largest(shown)), unit: "" };
  return { type: "image", title, rows: tempi.rows, values: shown, axis: tempoAxis(tempi.low, tempi.high), colour };
}

/** The bins on a logarithmic axis: the strongest of each step, or, below, the one in which the step lies. */
function spectrogramPanel(
  levelsOfBins: Float32Array,
  bins: number,
  { title, document }: { readonly title: string; readonly document: FrontEndDocument },
): ImagePanel {
  const { sampleRate, fftSize } = document;
  const highHz = sampleRate / 2;
  const lowHz = Math.min(highHz / 8, Math.max(30, sampleRate / fftSize));
  const rows = Math.min(highestColumnRows, bins);
  const columns = levelsOfBins.length / bins;
  const values = new Float32Array(columns * rows);
  const edge = (row: number) => (lowHz * (highHz / lowHz) ** (row / rows) * fftSize) / sampleRate;
  for (let row = 0; row < rows; row++) {
    const first = Math.min(bins - 1, Math.round(edge(row)));
    const last = Math.min(bins - 1, Math.max(first, Math.round(edge(row + 1)) - 1));
    for (let c = 0; c < columns; c++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = first; k <= last; k++) most = Math.max(most, levelsOfBins[c * bins + k]!);
      values[c * rows + row] = most;
    }
  }
  const axis = logHzAxis(lowHz, highHz);
  return levels((shown, colour) => ({ type: "image", title, rows, values: shown, axis, colour }), values);
}

function axisOf(feature: FeatureSpec, rows: number, { sampleRate }: FrontEndDocument): RowAxis {
  switch (feature.kind) {
    case "mel":
    case "log-mel":
    case "pcen":
      return melAxis(feature, sampleRate);
    case "kaldi-fbank":
      return melAxis({ ...feature, htk: true }, sampleRate);
    case "constant-q":
      return noteAxis(feature);
    case "chroma":
    case "chroma-cqt":
    case "chroma-cens":
      return classAxis(rows);
    case "tonnetz":
      return namedAxis([
        "fifths, x",
        "fifths, y",
        "minor thirds, x",
        "minor thirds, y",
        "major thirds, x",
        "major thirds, y",
      ]);
    case "spectral-contrast":
      return bandAxis(feature);
    case "spectrogram":
      return countedAxis(rows);
    case "mfcc":
    case "kaldi-mfcc":
      return countedAxis(rows);
    default:
      return countedAxis(rows);
  }
}

const titles: Readonly<Record<FeatureSpec["kind"], string>> = {
  spectrogram: "Spectrogram",
  mel: "Mel spectrogram",
  "log-mel": "Log-mel spectrogram",
  mfcc: "MFCC",
  pcen: "PCEN mel spectrogram",
  rms: "Root mean square",
  "zero-crossing-rate": "Zero-crossing rate",
  "spectral-centroid": "Spectral centroid",
  "spectral-bandwidth": "Spectral bandwidth",
  "spectral-rolloff": "Spectral rolloff",
  "spectral-flatness": "Spectral flatness",
  "spectral-contrast": "Spectral contrast",
  "spectral-flux": "Spectral flux",
  chroma: "Chroma",
  "chroma-cqt": "Chroma (constant Q)",
  "chroma-cens": "Chroma (CENS)",
  tonnetz: "Tonal centroids",
  "constant-q": "Constant-Q spectrum",
  "onset-strength": "Onset strength",
  tempogram: "Tempogram",
  yin: "Pitch, YIN",
  pyin: "Pitch, pYIN",
  "kaldi-fbank": "Mel filter bank (Kaldi)",
  "kaldi-mfcc": "MFCC (Kaldi)",
};

function unitOf(feature: FeatureSpec): string {
  switch (feature.kind) {
    case "spectral-centroid":
    case "spectral-bandwidth":
    case "spectral-rolloff":
    case "yin":
      return "Hz";
    case "log-mel":
      return feature.logarithm.kind === "ln" ? "ln" : "";
    case "zero-crossing-rate":
      return "per sample";
    case "onset-strength":
      return "dB";
    default:
      return "";
  }
}

/** Rows `from` to `from + rows` of a picture, shape `[columns, rows]`. */
function rowsOf({ rows: all, columns, values }: FeaturePicture, from: number, rows: number): Float32Array {
  const part = new Float32Array(columns * rows);
  for (let c = 0; c < columns; c++) part.set(values.subarray(c * all + from, c * all + from + rows), c * rows);
  return part;
}

function decibels(values: Float32Array, factor: number): Float32Array {
  return values.map((value) => factor * Math.log10(Math.max(1e-20, value)));
}

function risingRange(values: Float32Array, unit: string): ColourRange {
  const [low, high] = [smallest(values), largest(values)];
  return { scheme: "rising", low: low < high ? low : high - 1, high, unit };
}

/** So wide that one value of twenty has the end colours: a few large ones, or one large row, do not dim the rest. */
function signedRange(values: Float32Array, unit: string): ColourRange {
  const sizes = values.map(Math.abs).filter(Number.isFinite).sort();
  const high = sizes[Math.floor(0.95 * (sizes.length - 1))] || sizes.at(-1) || 1;
  return { scheme: "signed", low: -high, high, unit };
}

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, value), -1e38);
const smallest = (values: Float32Array): number => values.reduce((least, value) => Math.min(least, value), 1e38);
