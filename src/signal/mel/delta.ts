import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";
import { polynomialFit } from "../spectral/polynomial-fit.ts";
import { sourceIndex } from "../spectrum/padding.ts";

/** Over how many frames a change is measured, and what happens at the ends. */
export interface DeltaOptions {
  /** Frames under the fit, odd. Default 9. */
  readonly width?: number | undefined;
  /** 1 for the slope (default), 2 for its change, and so on. */
  readonly order?: number | undefined;
  /** Degree of the polynomial, at least `order`, which is the default. */
  readonly degree?: number | undefined;
  /**
   * The first and last frames have the derivative of the fit to the first and last `width` frames (`interp`, default),
   * or frames are made up outside: the end one repeated, zeros, mirrored around the end one, or all over again.
   */
  readonly mode?: "interp" | "nearest" | "constant" | "mirror" | "wrap" | undefined;
}

/**
 * How fast each row changes, per frame: the derivative of a polynomial fitted to the frames around.
 *
 * Can be computed live `(width - 1) / 2` frames late, except for the ends: without a future the last frames need one of
 * the modes, and `wrap` needs the whole.
 *
 * @param features - Shape `[rows, frames]`.
 * @returns The same shape.
 * @throws TonewrightError `bad-option`; `signal-too-short` for `interp` with fewer frames than `width`.
 * @see librosa.feature.delta 0.11, which is scipy.signal.savgol_filter; Savitzky & Golay 1964
 */
export function delta(features: FeatureMatrix, options: DeltaOptions = {}): FeatureMatrix {
  checkMatrix("delta(features, options)", features);
  checkOptions("delta(features, options)", options, { width: false, order: false, degree: false, mode: false });
  const { width = 9, order = 1, mode = "interp" } = options;
  const { degree = order } = options;
  const { rows, frames, values } = features;
  checkFit({ width, order, degree });
  if (mode === "interp" && frames < width) {
    throw new TonewrightError(
      "signal-too-short",
      `a change over ${width} frames was asked of ${frames} frames`,
      'use a smaller width, or mode "nearest"',
    );
  }
  const half = (width - 1) / 2;
  const derivatives = derivativeWeights({ width, order, degree });
  const middle = derivatives[half]!;
  const outside = outsideFrame(mode, frames);
  const changed = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    const from = row * frames;
    for (let t = 0; t < frames; t++) {
      let sum = 0;
      if (t >= half && t < frames - half) {
        for (let n = 0; n < width; n++) sum += middle[n]! * values[from + t - half + n]!;
      } else if (mode === "interp") {
        const first = t < half ? 0 : frames - width;
        const weights = derivatives[t - first]!;
        for (let n = 0; n < width; n++) sum += weights[n]! * values[from + first + n]!;
      } else {
        for (let n = 0; n < width; n++) {
          const at = outside(t - half + n);
          if (at >= 0) sum += middle[n]! * values[from + at]!;
        }
      }
      changed[from + t] = sum;
    }
  }
  return { rows, frames, values: changed };
}

/** For each place in a window, the weights whose sum with the window's values is the derivative of the fit there. */
function derivativeWeights(fit: { readonly width: number; readonly order: number; readonly degree: number }) {
  const { width, order, degree } = fit;
  const half = (width - 1) / 2;
  const places = Float64Array.from({ length: width }, (_, n) => n - half);
  const weights = polynomialFit(places, degree);
  return Array.from(places, (place) => {
    const derivative = new Float64Array(width);
    for (let k = order; k <= degree; k++) {
      let factor = place ** (k - order);
      for (let j = 0; j < order; j++) factor *= k - j;
      for (let n = 0; n < width; n++) derivative[n]! += factor * weights[k * width + n]!;
    }
    return derivative;
  });
}

/** Which frame stands at a place that may lie outside; -1 for a frame of zeros. */
function outsideFrame(mode: NonNullable<DeltaOptions["mode"]>, frames: number): (t: number) => number {
  if (mode === "nearest") return sourceIndex("edge", frames);
  if (mode === "mirror") return sourceIndex("reflect", frames);
  if (mode === "wrap") return sourceIndex("wrap", frames);
  return (t) => (t >= 0 && t < frames ? t : -1);
}

function checkFit(fit: { readonly width: number; readonly order: number; readonly degree: number }): void {
  const { width, order, degree } = fit;
  const odd = Number.isInteger(width) && width >= 3 && width % 2 === 1;
  const whole = Number.isInteger(order) && order >= 1 && Number.isInteger(degree) && degree >= order;
  if (!odd || !whole || degree >= width) {
    throw new TonewrightError(
      "bad-option",
      `delta: width ${width}, order ${order}, degree ${degree}`,
      "give an odd width of at least 3, an order of at least 1 and a degree from the order to below the width",
    );
  }
}
