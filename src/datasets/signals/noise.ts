import { amplitudeFromDb, createRandom, peak } from "../../signal/index.ts";
import { fadeEnds, fadeSeconds, finishSound } from "./finish-sound.ts";
import { between, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/** White has the same power in every Hz, pink the same in every octave. */
export type NoiseColour = "white" | "pink";

/**
 * Steady noise.
 *
 * @param request - Seed, rate and length.
 * @param request.colour - `white` by default. Pink noise falls by 3.01 dB per octave from 20 Hz to 45 % of the rate.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function noise(request: SoundRequest & { readonly colour?: NoiseColour }): Float64Array {
  const { seed, sampleRate, colour = "white" } = request;
  const random = createRandom(seed);
  const out = Float64Array.from({ length: soundLength(request) }, () => random.normal());
  if (colour === "pink") makePink(out, sampleRate);
  return finishSound(out, sampleRate);
}

/**
 * Short bursts of noise, each with a colour and a level of its own, dark ones like a hand on the strings.
 *
 * @param request - Seed, rate and length.
 * @param request.burstSeconds - Shortest and longest; 0.04 to 0.2 s by default.
 * @param request.cutoffHz - Of the darkest and the brightest; 300 to 5000 Hz by default, 12 dB per octave above.
 * @returns Shape `[samples]`, peak 1; every burst faded for 5 ms at both ends.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function noiseBursts(
  request: SoundRequest & {
    readonly burstSeconds?: readonly [number, number];
    readonly cutoffHz?: readonly [number, number];
  },
): Float64Array {
  const { seed, sampleRate, burstSeconds: [shortest, longest] = [0.04, 0.2] } = request;
  const { cutoffHz: [darkest, brightest] = [300, 5000] } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  for (let start = 0; start < out.length; ) {
    const end = Math.min(out.length, start + Math.max(1, Math.round(between(random, shortest, longest) * sampleRate)));
    const burst = out.subarray(start, end);
    for (let n = 0; n < burst.length; n++) burst[n] = 2 * random.uniform() - 1;
    darken(burst, logBetween(random, darkest, brightest), sampleRate);
    const scale = amplitudeFromDb(-18 * random.uniform()) / (peak(burst) || 1);
    for (let n = 0; n < burst.length; n++) burst[n] = burst[n]! * scale;
    fadeEnds(burst, Math.round(fadeSeconds * sampleRate));
    start = end;
  }
  return finishSound(out, sampleRate);
}

/** A low-pass of 12 dB per octave without a resonance. `x` is overwritten. */
function darken(x: Float64Array, cutoffHz: number, sampleRate: number): void {
  const pole = Math.exp((-2 * Math.PI * cutoffHz) / sampleRate);
  let [first, second] = [0, 0];
  for (let n = 0; n < x.length; n++) {
    first += (1 - pole) * (x[n]! - first);
    second += (1 - pole) * (first - second);
    x[n] = second;
  }
}

/** Ratio of neighbouring poles; a zero lies in the middle between two, so that the steps even out to 3 dB per octave. */
const poleRatio = 3;

/** Turns white noise pink. `x` is overwritten. */
function makePink(x: Float64Array, sampleRate: number): void {
  const prewarped = (hertz: number) => Math.tan((Math.PI * hertz) / sampleRate);
  for (let poleHz = 10; poleHz < 0.49 * sampleRate; poleHz *= poleRatio) {
    const p = prewarped(poleHz);
    const z = prewarped(Math.min(0.499 * sampleRate, poleHz * Math.sqrt(poleRatio)));
    const norm = 1 / (1 + p);
    const [b0, b1, a1] = [(1 + z) * norm, (z - 1) * norm, (p - 1) * norm];
    let state = 0;
    for (let n = 0; n < x.length; n++) {
      const v = x[n]!;
      const y = b0 * v + state;
      state = b1 * v - a1 * y;
      x[n] = y;
    }
  }
}
