/** How many samples the parts of the test signal have, as fractions of the whole. */
const parts = { impulse: 1 / 8, sweep: 1 / 2 } as const;

/**
 * The input of an embedded test vector: a click, a rising sine, and steps of level, the same numbers every time.
 *
 * It is loud and short on purpose, to show a wrong weight, not to be listened to. Store the output that a trusted
 * engine gives for it from the model's start state.
 *
 * @param options - `sampleRate` in Hz; `samples`, 64 or more.
 * @returns Shape `[samples]`, within -1..1: `samples/8` with a single 0.8 at index 8, `samples/2` of a sine from 50 Hz
 *   to a quarter of the rate that grows to 0.9, and steps 0.1, -0.2, 0.4, -0.8, 0.
 */
export function testVectorInput({
  sampleRate,
  samples = 2048,
}: {
  sampleRate: number;
  samples?: number;
}): Float32Array {
  const signal = new Float32Array(samples);
  const sweepStart = Math.round(samples * parts.impulse);
  const sweepSamples = Math.round(samples * parts.sweep);
  const stepStart = sweepStart + sweepSamples;
  signal[Math.min(8, samples - 1)] = 0.8;
  const startHz = 50;
  const octaves = Math.log(sampleRate / 4 / startHz);
  let phase = 0;
  for (let n = 0; n < sweepSamples; n++) {
    const progress = n / sweepSamples;
    signal[sweepStart + n] = 0.9 * progress * Math.sin(phase);
    phase += (2 * Math.PI * startHz * Math.exp(octaves * progress)) / sampleRate;
  }
  const levels = [0.1, -0.2, 0.4, -0.8, 0];
  for (let n = stepStart; n < samples; n++) {
    signal[n] = levels[Math.floor(((n - stepStart) * levels.length) / (samples - stepStart))] ?? 0;
  }
  return signal;
}
