import { TonewrightError } from "../../errors/index.ts";

/** A window by name; `kaiser` and `gaussian` carry their parameter (beta; standard deviation in samples). */
export type WindowName =
  | "hann"
  | "hamming"
  | "blackman"
  | "bartlett"
  | "blackman-harris"
  | "boxcar"
  | "sqrt-hann"
  | "povey"
  | { readonly kind: "kaiser"; readonly beta: number }
  | { readonly kind: "gaussian"; readonly deviation: number };

/**
 * A window by name.
 *
 * Periodic unless asked otherwise: it is one period of its curve and does not return to where it began, which is what
 * short-time spectra want. For designing filters ask for `symmetric`.
 *
 * @param name - Which one, or its values, which are then only checked for their length.
 * @param samples - Length, at least 1.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `bad-window` for an unknown name, a length below 1, or values of another length.
 * @see scipy.signal.get_window, whose values these are; `povey` is Kaldi's, a Hann window to the power of 0.85
 */
export function windowOf(
  name: WindowName | Float64Array,
  samples: number,
  { symmetric = false }: { readonly symmetric?: boolean } = {},
): Float64Array {
  if (!Number.isInteger(samples) || samples < 1) {
    throw new TonewrightError(
      "bad-window",
      `a window of ${samples} samples`,
      "give a whole number of samples, at least 1",
    );
  }
  if (name instanceof Float64Array) {
    if (name.length === samples) return name;
    throw new TonewrightError(
      "bad-window",
      `the window has ${name.length} values where ${samples} are needed`,
      "give a window of the length of the frame, or its name",
    );
  }
  if (samples === 1) return Float64Array.of(1);
  const period = symmetric ? samples - 1 : samples;
  const curve = curveOf(name, period);
  return Float64Array.from({ length: samples }, (_, n) => curve(n));
}

/**
 * Hann window, periodic: it is one period of a raised cosine and starts at 0, but does not end there.
 *
 * @param samples - Length, at least 1.
 * @returns Shape `[samples]`, 0 to 1.
 * @see torch.hann_window and scipy.signal.get_window, which are periodic by default too
 */
export function hann(samples: number): Float64Array {
  return windowOf("hann", samples);
}

function curveOf(name: WindowName, period: number): (n: number) => number {
  if (typeof name === "object") {
    const middle = period / 2;
    if (name.kind === "gaussian") return (n) => Math.exp(-0.5 * ((n - middle) / name.deviation) ** 2);
    const scale = besselI0(name.beta);
    return (n) => besselI0(name.beta * Math.sqrt(Math.max(0, 1 - ((n - middle) / middle) ** 2))) / scale;
  }
  switch (name) {
    case "hann":
      return cosines([0.5, 0.5], period);
    case "sqrt-hann": {
      const curve = cosines([0.5, 0.5], period);
      return (n) => Math.sqrt(curve(n));
    }
    case "povey": {
      const curve = cosines([0.5, 0.5], period);
      return (n) => curve(n) ** 0.85;
    }
    case "hamming":
      return cosines([0.54, 0.46], period);
    case "blackman":
      return cosines([0.42, 0.5, 0.08], period);
    case "blackman-harris":
      return cosines([0.35875, 0.48829, 0.14128, 0.01168], period);
    case "bartlett":
      return (n) => 1 - Math.abs((2 * n) / period - 1);
    case "boxcar":
      return () => 1;
    default:
      throw unknownWindow(name);
  }
}

function unknownWindow(name: never): TonewrightError {
  return new TonewrightError(
    "bad-window",
    `there is no window called "${String(name)}"`,
    "use hann, hamming, blackman, bartlett, blackman-harris, boxcar, sqrt-hann or povey",
  );
}

/** `a0 - a1 cos(x) + a2 cos(2x) - …` */
function cosines(weights: readonly number[], period: number): (n: number) => number {
  return (n) => {
    let value = 0;
    for (const [k, weight] of weights.entries()) {
      value += (k % 2 === 0 ? weight : -weight) * Math.cos((2 * Math.PI * k * n) / period);
    }
    return value;
  };
}

/**
 * Modified Bessel function of the first kind and order 0, by its power series (all terms positive, so nothing cancels).
 *
 * @param x - Any number up to about 700 in magnitude, beyond which the result overflows.
 */
export function besselI0(x: number): number {
  const quarter = (x / 2) ** 2;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}
