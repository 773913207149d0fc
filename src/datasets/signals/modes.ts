/** One way in which a thing that was struck swings: a sine that dies away. */
export interface Mode {
  /** At the end; modes above 45 % of the sample rate are left out. */
  readonly frequencyHz: number;
  /** Amplitude at the start. */
  readonly amplitude: number;
  /** Time in which it falls by 60 dB. */
  readonly decaySeconds: number;
  /** The pitch starts this many times higher, since a hard stroke stretches a skin. Default 1. */
  readonly fallRatio?: number;
  /** Time constant of that fall. */
  readonly fallSeconds?: number;
}

/** Where a stroke begins in a signal. */
export interface StrokePlace {
  readonly start: number;
  readonly sampleRate: number;
}

/** Below this part of its first amplitude a mode has ended. */
const endGain = 1e-5;

/** Adds a mode to `out`. It starts with phase 0, so that nothing clicks. */
export function addMode(out: Float64Array, mode: Mode, { start, sampleRate }: StrokePlace): void {
  const { frequencyHz, amplitude, decaySeconds, fallRatio = 1, fallSeconds = 0.03 } = mode;
  if (frequencyHz > 0.45 * sampleRate) return;
  const lossPerSample = 10 ** (-3 / (decaySeconds * sampleRate));
  const length = Math.min(out.length - start, Math.ceil((decaySeconds * sampleRate * -Math.log10(endGain)) / 3));
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  if (fallRatio === 1) {
    let [re, im] = [amplitude, 0];
    const [turnRe, turnIm] = [lossPerSample * Math.cos(omega), lossPerSample * Math.sin(omega)];
    for (let n = 0; n < length; n++) {
      out[start + n] = out[start + n]! + im;
      const next = re * turnRe - im * turnIm;
      im = re * turnIm + im * turnRe;
      re = next;
    }
    return;
  }
  const settle = Math.exp(-1 / (fallSeconds * sampleRate));
  let [phase, extra, gain] = [0, fallRatio - 1, amplitude];
  for (let n = 0; n < length; n++) {
    out[start + n] = out[start + n]! + gain * Math.sin(phase);
    phase += Math.min(2.8, omega * (1 + extra)); // below 45 % of the sample rate at any time
    extra *= settle;
    gain *= lossPerSample;
  }
}
