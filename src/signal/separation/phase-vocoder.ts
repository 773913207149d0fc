import { checkSpectrum } from "../check-sound.ts";
import { checkOptions, TonewrightError } from "../../errors/index.ts";
import type { ComplexMatrix } from "../matrix.ts";

/**
 * A short-time spectrum with its frames `rate` apart, phases carried on as the frequencies demand.
 *
 * @param spectrum - Shape `[bins, frames]`, made with `hop` and an even `fftSize`.
 * @param options.rate - Above 1 is faster, below 1 slower.
 * @param options.hop - Samples between its frames; default a quarter of `2 (bins - 1)`.
 * @returns Shape `[bins, ceil(frames / rate)]`.
 * @throws TonewrightError `bad-option` for a rate that is not above 0.
 * @see Ellis 2002; librosa.phase_vocoder 0.11
 */
export function phaseVocoder(
  spectrum: ComplexMatrix,
  options: { readonly rate: number; readonly hop?: number | undefined },
): ComplexMatrix {
  checkSpectrum("phaseVocoder(spectrum, options)", spectrum);
  checkOptions("phaseVocoder(spectrum, options)", options, { rate: true, hop: false });
  const { rows, frames, re, im } = spectrum;
  const { rate, hop = Math.floor((rows - 1) / 2) } = options;
  if (!(rate > 0 && Number.isFinite(rate))) {
    throw new TonewrightError(
      "bad-option",
      `phaseVocoder: a rate of ${rate}`,
      "give a rate above 0; 1 changes nothing",
    );
  }
  const count = Math.ceil(frames / rate);
  const outRe = new Float64Array(rows * count);
  const outIm = new Float64Array(rows * count);
  for (let k = 0; k < rows; k++) {
    const advance = (Math.PI * hop * k) / (rows - 1);
    const row = k * frames;
    let phase = Math.atan2(im[row]!, re[row]!);
    for (let t = 0; t < count; t++) {
      const step = t * rate;
      const first = Math.floor(step);
      // Behind the last frame comes silence.
      const [re0, im0] = first < frames ? [re[row + first]!, im[row + first]!] : [0, 0];
      const [re1, im1] = first + 1 < frames ? [re[row + first + 1]!, im[row + first + 1]!] : [0, 0];
      const share = step - first;
      const magnitude = (1 - share) * Math.hypot(re0, im0) + share * Math.hypot(re1, im1);
      outRe[k * count + t] = magnitude * Math.cos(phase);
      outIm[k * count + t] = magnitude * Math.sin(phase);
      const turn = Math.atan2(im1, re1) - Math.atan2(im0, re0) - advance;
      phase += advance + turn - 2 * Math.PI * roundHalfEven(turn / (2 * Math.PI));
    }
  }
  return { rows, frames: count, re: outRe, im: outIm };
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
