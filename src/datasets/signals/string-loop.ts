/** How fast a string loses its sound. */
export interface StringDecay {
  /** Time in which the fundamental falls by 60 dB. */
  readonly decaySeconds: number;
  /** The same for the overtones at 4 kHz; shorter. */
  readonly overtoneDecaySeconds: number;
}

/** What happens to a wave on its way around the string: a delay, a one-pole low-pass, a loss. */
export interface LoopSettings {
  /** Samples, with a fraction: one period less what the low-pass delays the fundamental. */
  readonly delay: number;
  readonly pole: number;
  /** Below 1. */
  readonly gain: number;
}

/**
 * The loop of a string that sounds at a frequency and decays as asked.
 *
 * @param frequencyHz - At most a fifth of the sample rate.
 */
export function loopSettings(
  { decaySeconds, overtoneDecaySeconds }: StringDecay,
  frequencyHz: number,
  sampleRate: number,
): LoopSettings {
  const turnGain = 10 ** (-3 / (frequencyHz * decaySeconds));
  const overtoneGain = 10 ** (-3 / (frequencyHz * overtoneDecaySeconds));
  const pole = poleOf(
    Math.min(1, overtoneGain / turnGain),
    (2 * Math.PI * Math.min(4000, sampleRate / 5)) / sampleRate,
  );
  const omega = (2 * Math.PI * frequencyHz) / sampleRate;
  const [sine, cosine] = [pole * Math.sin(omega), 1 - pole * Math.cos(omega)];
  const atFundamental = (1 - pole) / Math.hypot(sine, cosine);
  return {
    delay: sampleRate / frequencyHz - Math.atan2(sine, cosine) / omega,
    pole,
    gain: Math.min(0.99999, turnGain / atFundamental),
  };
}

/** The pole for which `(1 - p) / |1 - p e^-jω|` is the given gain, 0 to 1. */
function poleOf(gain: number, omega: number): number {
  const square = gain * gain;
  const a = 1 - square;
  if (a < 1e-12) return 0;
  const b = 1 - square * Math.cos(omega);
  return (b - Math.sqrt(b * b - a * a)) / a;
}
