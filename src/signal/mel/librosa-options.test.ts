import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { frequencyWeightingDb } from "../level/a-weighting.ts";
import { muCompress, muExpand } from "../level/mu-law.ts";
import { pcen } from "../level/pcen.ts";
import { deEmphasis, preEmphasis } from "../level/pre-emphasis.ts";
import { frameRms, spectrogramRms } from "../level/root-mean-square.ts";
import { zeroCrossingRate } from "../level/zero-crossing.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { lpc } from "../spectral/lpc.ts";
import { normalize } from "../spectral/normalize.ts";
import { polyFeatures } from "../spectral/poly-features.ts";
import { spectralBandwidth } from "../spectral/spectral-bandwidth.ts";
import { spectralCentroid } from "../spectral/spectral-centroid.ts";
import { spectralContrast } from "../spectral/spectral-contrast.ts";
import { spectralFlatness } from "../spectral/spectral-flatness.ts";
import { spectralRolloff } from "../spectral/spectral-rolloff.ts";
import { dct, inverseDct } from "./dct.ts";
import { delta } from "./delta.ts";
import { melFilterBank } from "./mel-filter-bank.ts";
import { mfccToMel } from "./mfcc.ts";
import { stackMemory } from "./stack-memory.ts";

interface Golden {
  readonly inputs: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
  readonly cases: readonly {
    readonly name: string;
    readonly options: Readonly<Record<string, unknown>>;
    readonly input: string | null;
    readonly found: readonly (number | string)[];
  }[];
}

const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/signal/mel/librosa-options.json", import.meta.url), "utf8"),
) as Golden;

/** Options as they stand in the file are ours; types are checked where the functions have their own tests. */
type Options = never;
const onTable: Readonly<Record<string, (table: FeatureMatrix, options: Options) => FeatureMatrix>> = {
  dct,
  delta,
  inverseDct,
  mfccToMel,
  normalize,
  pcen,
  polyFeatures,
  spectralBandwidth,
  spectralCentroid,
  spectralContrast,
  spectralFlatness,
  spectralRolloff,
  spectrogramRms,
  stackMemory,
};
const onSignal: Readonly<Record<string, (x: Float64Array, options: Options) => Float64Array | FeatureMatrix>> = {
  deEmphasis,
  frameRms,
  lpc,
  muCompress,
  muExpand,
  preEmphasis,
  zeroCrossingRate,
};

function compute(name: string, input: string | null, options: Readonly<Record<string, unknown>>): Float64Array {
  if (name === "melFilterBank") return melFilterBank(options as Options).values;
  if (name === "frequencyWeightingDb") {
    const { frequenciesHz, ...others } = options;
    return frequencyWeightingDb(Float64Array.from(frequenciesHz as number[]), others as Options);
  }
  const { shape, values } = golden.inputs[input ?? ""]!;
  const numbers = Float64Array.from(values);
  const found =
    shape.length === 1
      ? onSignal[name]!(numbers, options as Options)
      : onTable[name]!({ rows: shape[0]!, frames: shape[1]!, values: numbers }, options as Options);
  return found instanceof Float64Array ? found : found.values;
}

const numberOf = (value: unknown) => (value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value);

describe("with other options than the defaults, librosa 0.11 gives the same", () => {
  for (const { name, options, input, found } of golden.cases) {
    it(`${name} ${JSON.stringify(options)}`, () => {
      const ours = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, numberOf(value)]));
      const values = compute(name, input, ours);
      expect(values.length).toBe(found.length);
      for (const [n, text] of found.entries()) {
        const expected = numberOf(text) as number;
        if (!Number.isFinite(expected)) expect(values[n]).toBe(expected);
        // The file has 11 digits; what cancels to nearly 0 keeps the rounding of numbers near 1 to 100.
        else expect(Math.abs(values[n]! - expected)).toBeLessThan(1e-9 * (Math.abs(expected) + 1e-2));
      }
    });
  }
});
