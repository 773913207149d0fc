import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { stftOptionNames } from "../spectrum/stft.ts";
import { checkMatrix } from "../check-sound.ts";
import type { Random } from "../../kernels/index.ts";
import type { ComplexMatrix, FeatureMatrix } from "../matrix.ts";
import { istft } from "../spectrum/istft.ts";
import { type StftOptions, stft } from "../spectrum/stft.ts";

/** The framing of the magnitudes, and how long to search. */
export interface GriffinLimOptions extends StftOptions {
  /** Default 32. */
  readonly iterations?: number | undefined;
  /** 0 is the original algorithm; the fast one overshoots. Default 0.99. */
  readonly momentum?: number | undefined;
  /** Where the first phases come from; without it they are all 0, which sounds worse and is the same every time. */
  readonly random?: Random | undefined;
  /** Samples of the result. */
  readonly length?: number | undefined;
}

/** `numpy.finfo(float64).tiny`. */
const tiny = 2.2250738585072014e-308;

/**
 * A signal whose short-time magnitudes come close to those given: phases are found by going back and forth.
 *
 * The result has the magnitudes only roughly where no signal has them exactly. Cannot be computed live.
 *
 * @param magnitude - Shape `[fftSize / 2 + 1, frames]`, linear amplitudes as `spectrogram` gives them.
 * @returns Shape `[samples]`.
 * @throws TonewrightError `bad-option` for a negative momentum or less than one iteration, and as `istft` does.
 * @see Griffin & Lim 1984; Perraudin, Balazs & Søndergaard 2013; librosa.griffinlim 0.11
 */
export function griffinLim(magnitude: FeatureMatrix, options: GriffinLimOptions = {}): Float64Array {
  checkMatrix("griffinLim(magnitude, options)", magnitude);
  checkOptions("griffinLim(magnitude, options)", options, {
    ...stftOptionNames,
    iterations: false,
    momentum: false,
    random: false,
    length: false,
  });
  const { iterations = 32, momentum = 0.99, random, length, padMode, ...framing } = options;
  if (!(momentum >= 0) || !(iterations >= 1)) {
    throw new TonewrightError(
      "bad-option",
      `griffinLim: momentum ${momentum}, ${iterations} iterations`,
      "give a momentum of 0 or more (0.99 works well) and at least one iteration",
    );
  }
  const { rows, frames, values } = magnitude;
  const fftSize = framing.fftSize ?? 2 * (rows - 1);
  const angles: ComplexMatrix = { rows, frames, re: values.slice(), im: new Float64Array(values.length) };
  if (random !== undefined) {
    for (let n = 0; n < values.length; n++) {
      const phase = 2 * Math.PI * random.uniform();
      angles.re[n] = values[n]! * Math.cos(phase);
      angles.im[n] = values[n]! * Math.sin(phase);
    }
  }
  const overshoot = momentum / (1 + momentum);
  let before: ComplexMatrix | undefined;
  for (let i = 0; i < iterations; i++) {
    const rebuilt = stft(istft(angles, { ...framing, fftSize, length }), { ...framing, fftSize, padMode });
    if (rebuilt.frames !== frames) throw wrongLength(length, frames);
    for (let n = 0; n < values.length; n++) {
      const re = rebuilt.re[n]! - (before === undefined ? 0 : overshoot * before.re[n]!);
      const im = rebuilt.im[n]! - (before === undefined ? 0 : overshoot * before.im[n]!);
      const scale = values[n]! / (Math.sqrt(re * re + im * im) + tiny);
      angles.re[n] = re * scale;
      angles.im[n] = im * scale;
    }
    before = rebuilt;
  }
  return istft(angles, { ...framing, fftSize, length });
}

function wrongLength(length: number | undefined, frames: number): TonewrightError {
  return new TonewrightError(
    "bad-option",
    `griffinLim: ${length} samples do not have ${frames} frames`,
    "give the length of the signal that the magnitudes came from, or none",
  );
}
