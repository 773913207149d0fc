import { amplitudeFromDb, peak, type Random } from "../signal/index.ts";
import { fadeEnds, fadeSeconds } from "./training-signal-shape.ts";

/** Fills `out` with a sine from 20 Hz to 20 kHz (or 45 % of the sample rate), every octave as long as the next. */
export function playSweep(out: Float64Array, sampleRate: number): void {
  const octaves = Math.log2(Math.min(20_000, 0.45 * sampleRate) / 20);
  let phase = 0;
  for (let n = 0; n < out.length; n++) {
    out[n] = Math.sin(phase);
    phase += (2 * Math.PI * 20 * 2 ** ((octaves * n) / out.length)) / sampleRate;
  }
}

/** Fills `out` with a low tone and a second one, which rise by 59 dB and show the device at every level. */
export function playSwell(out: Float64Array, sampleRate: number, random: Random): void {
  const frequencyHz = 80 * 2 ** (4 * random.uniform());
  const ratio = 1 + 4 * random.uniform();
  for (let n = 0; n < out.length; n++) {
    const phase = (2 * Math.PI * frequencyHz * n) / sampleRate;
    out[n] = amplitudeFromDb((59 * n) / out.length - 59) * (Math.sin(phase) + 0.5 * Math.sin(ratio * phase));
  }
}

/** Fills `out` with bursts of noise, each with its own colour and level, dark ones like a hand on the strings. */
export function playNoise(out: Float64Array, sampleRate: number, random: Random): void {
  for (let start = 0; start < out.length; ) {
    const end = Math.min(out.length, start + Math.round((0.04 + 0.16 * random.uniform()) * sampleRate));
    const burst = out.subarray(start, end);
    const pole = Math.exp((-2 * Math.PI * 300 * 2 ** (4 * random.uniform())) / sampleRate);
    let first = 0;
    let second = 0;
    for (let n = 0; n < burst.length; n++) {
      first += (1 - pole) * (random.uniform() * 2 - 1 - first);
      second += (1 - pole) * (first - second);
      burst[n] = second;
    }
    const scale = amplitudeFromDb(-18 * random.uniform()) / (peak(burst) || 1);
    for (let n = 0; n < burst.length; n++) burst[n] = (burst[n] ?? 0) * scale;
    fadeEnds(burst, Math.round(fadeSeconds * sampleRate));
    start = end;
  }
}
