import { fftFrequencies } from "../mel/frequencies.ts";
import { chromaFilterBank } from "../pitch/chroma-filter-bank.ts";
import { createContrastFrame, spectralContrast } from "../spectral/spectral-contrast.ts";
import type { FrameFeature } from "./frame-feature.ts";
import type { FeatureSpec, FrontEndDocument } from "./front-end-document.ts";

type ShapeSpec = Extract<
  FeatureSpec,
  {
    kind:
      | "spectrogram"
      | "chroma"
      | "spectral-centroid"
      | "spectral-bandwidth"
      | "spectral-rolloff"
      | "spectral-flatness"
      | "spectral-flux"
      | "spectral-contrast";
  }
>;

/** What the shape of a spectrum is like. */
export function createShapeFeature(spec: ShapeSpec, document: FrontEndDocument): FrameFeature {
  const { sampleRate, fftSize } = document;
  const frequencies = fftFrequencies({ sampleRate, fftSize });
  switch (spec.kind) {
    case "spectrogram":
      return spectrogramFeature(spec.power, frequencies.length);
    case "chroma":
      return chromaFeature(spec, document);
    case "spectral-centroid":
      return oneRow((magnitude, out, at) => {
        out[at] = centroidOf(magnitude, frequencies);
      });
    case "spectral-bandwidth":
      return oneRow((magnitude, out, at) => {
        out[at] = bandwidthOf(magnitude, frequencies, spec.p);
      });
    case "spectral-rolloff":
      return oneRow((magnitude, out, at) => {
        out[at] = rolloffOf(magnitude, frequencies, spec.share);
      });
    case "spectral-flatness":
      return oneRow((magnitude, out, at) => {
        out[at] = flatnessOf(magnitude, spec.floor);
      });
    case "spectral-flux":
      return fluxFeature(frequencies.length);
    case "spectral-contrast":
      return contrastFeature(spec, document, frequencies.length);
  }
}

/** The number is written, not returned: a number that leaves a function of many kinds is boxed, an allocation per frame. */
function oneRow(write: (magnitude: Float64Array, out: Float64Array, at: number) => void): FrameFeature {
  return {
    rows: 1,
    compute(frame, out, at) {
      write(frame.magnitude(), out, at);
    },
  };
}

function spectrogramFeature(power: number, bins: number): FrameFeature {
  return {
    rows: bins,
    compute(frame, out, at) {
      const magnitude = frame.magnitude();
      for (let k = 0; k < bins; k++) {
        const value = magnitude[k]!;
        out[at + k] = power === 1 ? value : power === 2 ? value * value : value ** power;
      }
    },
  };
}

function chromaFeature(spec: Extract<FeatureSpec, { kind: "chroma" }>, document: FrontEndDocument): FrameFeature {
  const { sampleRate, fftSize } = document;
  const { classes, centreOctave, octaveWidth, normalise } = spec;
  const tuning = spec.tuning ?? 0;
  const { values, frames: bins } = chromaFilterBank({
    sampleRate,
    fftSize,
    classes,
    tuning,
    centreOctave,
    octaveWidth,
  });
  return {
    rows: classes,
    compute(frame, out, at) {
      const magnitude = frame.magnitude();
      let largest = 0;
      for (let c = 0; c < classes; c++) {
        let sum = 0;
        for (let k = 0; k < bins; k++) sum += values[c * bins + k]! * magnitude[k]! * magnitude[k]!;
        out[at + c] = sum;
        largest = Math.max(largest, sum);
      }
      if (!normalise || largest < smallest) return;
      for (let c = 0; c < classes; c++) out[at + c]! /= largest;
    },
  };
}

/** Sums that are smaller count as silence: `numpy.finfo(float64).tiny`. */
const smallest = 2.2250738585072014e-308;

function sumOf(magnitude: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < magnitude.length; k++) sum += magnitude[k]!;
  return sum < smallest ? 1 : sum;
}

function centroidOf(magnitude: Float64Array, frequencies: Float64Array): number {
  const total = sumOf(magnitude);
  let sum = 0;
  for (let k = 0; k < magnitude.length; k++) sum += frequencies[k]! * (magnitude[k]! / total);
  return sum;
}

function bandwidthOf(magnitude: Float64Array, frequencies: Float64Array, p: number): number {
  const total = sumOf(magnitude);
  const centroid = centroidOf(magnitude, frequencies);
  let sum = 0;
  for (let k = 0; k < magnitude.length; k++) {
    const distance = Math.abs(frequencies[k]! - centroid);
    sum += (magnitude[k]! / total) * (p === 2 ? distance * distance : distance ** p);
  }
  return p === 2 ? Math.sqrt(sum) : sum ** (1 / p);
}

function rolloffOf(magnitude: Float64Array, frequencies: Float64Array, share: number): number {
  let total = 0;
  for (let k = 0; k < magnitude.length; k++) total += magnitude[k]!;
  let sum = 0;
  for (let k = 0; k < magnitude.length; k++) {
    sum += magnitude[k]!;
    if (sum >= share * total) return frequencies[k]!;
  }
  return frequencies[frequencies.length - 1]!;
}

function flatnessOf(magnitude: Float64Array, floor: number): number {
  let logarithms = 0;
  let sum = 0;
  for (let k = 0; k < magnitude.length; k++) {
    const energy = Math.max(floor, magnitude[k]! * magnitude[k]!);
    logarithms += Math.log(energy);
    sum += energy;
  }
  return Math.exp(logarithms / magnitude.length) / (sum / magnitude.length);
}

function fluxFeature(bins: number): FrameFeature {
  const before = new Float64Array(bins);
  let started = false;
  return {
    rows: 1,
    compute(frame, out, at) {
      const magnitude = frame.magnitude();
      let sum = 0;
      for (let k = 0; k < bins; k++) {
        sum += Math.max(0, magnitude[k]! - before[k]!);
        before[k] = magnitude[k]!;
      }
      out[at] = started ? sum : 0;
      started = true;
    },
    reset() {
      started = false;
    },
  };
}

/** Whole spectra are kept and judged at the end where the limit depends on the loudest; else one frame at a time. */
function contrastFeature(
  spec: Extract<FeatureSpec, { kind: "spectral-contrast" }>,
  { sampleRate, fftSize }: FrontEndDocument,
  bins: number,
): FrameFeature {
  const { fminHz, bands, quantile, topDb } = spec;
  const options = { sampleRate, fftSize, fminHz, bands, quantile, topDb };
  const kept = spectrogramFeature(1, bins);
  if (topDb !== null) return { ...kept, finish: (table) => spectralContrast(table, options) };
  const contrast = createContrastFrame(bins, options);
  const valley = new Float64Array(bands + 1);
  const peak = new Float64Array(bands + 1);
  return {
    rows: bands + 1,
    compute(frame, out, at) {
      contrast.process(frame.magnitude(), valley, peak);
      for (let b = 0; b <= bands; b++) out[at + b] = decibels(peak[b]!) - decibels(valley[b]!);
    },
  };
}

/** As `powerToDb` gives them without a limit. */
function decibels(power: number): number {
  return 10 * Math.log10(Math.max(1e-10, power));
}
