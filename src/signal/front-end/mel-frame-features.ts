import { TonewrightError } from "../../errors/index.ts";
import { createPcen } from "../level/pcen.ts";
import { dctTable } from "../mel/dct.ts";
import { logarithmOfMel } from "../mel/log-mel.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { sparseMelFilterBank } from "../mel/mel-filter-bank.ts";
import { lifterOf, mfccOfLogMel } from "../mel/mfcc.ts";
import { onsetStrength } from "../rhythm/onset-strength.ts";
import type { FrameFeature } from "./frame-feature.ts";
import type { FrameSpectrum } from "./frame-spectrum.ts";
import type { FeatureSpec, FrontEndDocument } from "./front-end-document.ts";

type MelSpec = Extract<FeatureSpec, { kind: "mel" | "log-mel" | "mfcc" | "pcen" | "onset-strength" }>;
type Logarithm = Extract<FeatureSpec, { kind: "log-mel" }>["logarithm"];

/** Mel spectra and what is made of them. */
export function createMelFeature(spec: MelSpec, document: FrontEndDocument, spectrum: FrameSpectrum): FrameFeature {
  switch (spec.kind) {
    case "mel":
      return melFeature(spec, document, spectrum);
    case "log-mel":
      return logMelFeature(spec, document, spectrum);
    case "mfcc":
      return mfccFeature(spec, document, spectrum);
    case "pcen":
      return pcenFeature(spec, document, spectrum);
    case "onset-strength":
      return onsetFeature(spec, document, spectrum);
  }
}

function melFeature(spec: MelSpec, { sampleRate, fftSize }: FrontEndDocument, spectrum: FrameSpectrum): FrameFeature {
  const { mels, fminHz, htk, norm, power } = spec;
  const bank = sparseMelFilterBank({
    sampleRate,
    fftSize,
    mels,
    fminHz,
    fmaxHz: spec.fmaxHz ?? sampleRate / 2,
    htk,
    norm,
  });
  const energies = spectrum.filter(bank);
  const out1 = new Float64Array(mels);
  return {
    rows: mels,
    compute(frame, out, at) {
      if (power !== 2) {
        // Other exponents work on the spectrum before the filters; it is not used again within the frame.
        const { power: values } = frame.spectrum;
        const magnitude = frame.magnitude();
        for (let k = 0; k < values.length; k++) values[k] = magnitude[k]! ** power;
      }
      energies(out1);
      if (power !== 2) {
        const { power: values } = frame.spectrum;
        const magnitude = frame.magnitude();
        for (let k = 0; k < values.length; k++) values[k] = magnitude[k]! * magnitude[k]!;
      }
      for (let m = 0; m < mels; m++) out[at + m] = out1[m]!;
    },
  };
}

/** Whether the numbers of a frame depend on other frames. */
function needsAll(logarithm: Logarithm): boolean {
  if (logarithm.kind === "ln") return false;
  return logarithm.kind === "whisper" || logarithm.topDb !== null || logarithm.reference === "max";
}

/** Overwrites numbers with their logarithms, one frame alone. */
function takeLogarithm(logarithm: Logarithm, values: Float64Array, from: number, to: number): void {
  if (logarithm.kind === "ln") {
    for (let n = from; n < to; n++) values[n] = Math.log(Math.max(logarithm.floor, values[n]!) + logarithm.offset);
  } else if (logarithm.kind === "db") {
    const reference = logarithm.reference === "max" ? 1 : logarithm.reference;
    const offset = 10 * Math.log10(Math.max(logarithm.floor, reference));
    for (let n = from; n < to; n++) values[n] = 10 * Math.log10(Math.max(logarithm.floor, values[n]!)) - offset;
  }
}

function logMelFeature(
  spec: Extract<FeatureSpec, { kind: "log-mel" | "mfcc" | "onset-strength" }>,
  document: FrontEndDocument,
  spectrum: FrameSpectrum,
): FrameFeature {
  const mel = melFeature(spec, document, spectrum);
  const { logarithm } = spec;
  if (needsAll(logarithm)) {
    const shortened = logarithm.kind === "whisper" && logarithm.dropLastFrame;
    return { ...mel, finish: (table) => logarithmOfMel(shortened ? withoutLastFrame(table) : table, logarithm) };
  }
  return {
    rows: mel.rows,
    compute(frame, out, at) {
      mel.compute(frame, out, at);
      takeLogarithm(logarithm, out, at, at + mel.rows);
    },
  };
}

function withoutLastFrame({ rows, frames, values }: FeatureMatrix): FeatureMatrix {
  if (frames < 2) {
    throw new TonewrightError(
      "signal-too-short",
      "the sound has one frame, which is left out",
      "give a sound of more than one hop",
    );
  }
  const shorter = new Float64Array(rows * (frames - 1));
  for (let m = 0; m < rows; m++) {
    shorter.set(values.subarray(m * frames, (m + 1) * frames - 1), m * (frames - 1));
  }
  return { rows, frames: frames - 1, values: shorter };
}

function mfccFeature(
  spec: Extract<FeatureSpec, { kind: "mfcc" }>,
  document: FrontEndDocument,
  spectrum: FrameSpectrum,
): FrameFeature {
  const levels = logMelFeature(spec, document, spectrum);
  const { coefficients, dctType, dctNorm, lifter } = spec;
  const { finish } = levels;
  if (finish !== undefined) {
    return { ...levels, finish: (table) => mfccOfLogMel(finish(table), { coefficients, dctType, dctNorm, lifter }) };
  }
  const table = dctTable(levels.rows, { type: dctType, norm: dctNorm, coefficients });
  const lift = lifterOf(lifter, coefficients);
  const one = new Float64Array(levels.rows);
  return {
    rows: coefficients,
    compute(frame, out, at) {
      levels.compute(frame, one, 0);
      for (let k = 0; k < coefficients; k++) {
        let sum = 0;
        for (let m = 0; m < one.length; m++) sum += table[k * one.length + m]! * one[m]!;
        out[at + k] = sum * lift[k]!;
      }
    },
  };
}

function pcenFeature(
  spec: Extract<FeatureSpec, { kind: "pcen" }>,
  document: FrontEndDocument,
  spectrum: FrameSpectrum,
): FrameFeature {
  const mel = melFeature(spec, document, spectrum);
  const { gain, bias, exponent, timeConstantSeconds, epsilon, scale } = spec;
  const { sampleRate, hop } = document;
  const normaliser = createPcen(mel.rows, {
    sampleRate,
    hop,
    gain,
    bias,
    power: exponent,
    timeConstantSeconds,
    epsilon,
  });
  const one = new Float64Array(mel.rows);
  return {
    rows: mel.rows,
    compute(frame, out, at) {
      mel.compute(frame, one, 0);
      for (let m = 0; m < one.length; m++) one[m]! *= scale;
      normaliser.process(one, one);
      for (let m = 0; m < one.length; m++) out[at + m] = one[m]!;
    },
    reset: () => void normaliser.level.fill(1),
  };
}

function onsetFeature(
  spec: Extract<FeatureSpec, { kind: "onset-strength" }>,
  document: FrontEndDocument,
  spectrum: FrameSpectrum,
): FrameFeature {
  const levels = logMelFeature(spec, document, spectrum);
  const { fftSize, hop, center } = document;
  const { lag } = spec;
  const { finish, rows } = levels;
  if (finish !== undefined) {
    return {
      ...levels,
      finish(table) {
        const values = onsetStrength(finish(table), { hop, fftSize, lag, center });
        return { rows: 1, frames: values.length, values };
      },
    };
  }
  // The rise belongs to the frame half a transform later: a line of that length holds it back.
  const delay = center ? Math.floor(fftSize / (2 * hop)) : 0;
  const before = Array.from({ length: lag }, () => new Float64Array(rows));
  const rises = new Float64Array(delay + 1);
  const one = new Float64Array(rows);
  let t = 0;
  return {
    rows: 1,
    compute(frame, out, at) {
      levels.compute(frame, one, 0);
      const past = before[t % lag]!;
      let sum = 0;
      for (let m = 0; m < rows; m++) {
        sum += Math.max(0, one[m]! - past[m]!);
        past[m] = one[m]!;
      }
      rises[t % rises.length] = t < lag ? 0 : sum / rows;
      t++;
      out[at] = t <= delay ? 0 : rises[t % rises.length]!;
    },
    reset() {
      t = 0;
      rises.fill(0);
    },
  };
}
