import { amplitudeFromDb, createRandom, type Random } from "../../signal/index.ts";
import { fadeEnds, fadeSeconds, finishTone } from "./finish-sound.ts";
import { choose, happens, logBetween } from "./random-choices.ts";
import { highestTone, requireFrequency, soundLength, type SoundRequest } from "./sound-request.ts";

/** Two sines that sound together. */
export interface TonePair {
  readonly firstHz: number;
  readonly secondHz: number;
  /** Level of the second relative to the first, 0 dB for equal. */
  readonly secondDb: number;
}

/** The two pairs that audio standards measure with. */
export const standardPairs = {
  /** SMPTE RP 120: a low tone and a high one at a quarter of its amplitude. */
  smpte: { firstHz: 60, secondHz: 7000, secondDb: -12.04 },
  /** ITU-R (CCIF): two high tones close together, whose difference falls at 1 kHz. */
  ccif: { firstHz: 19_000, secondHz: 20_000, secondDb: 0 },
} as const satisfies Readonly<Record<string, TonePair>>;

/** How long one pair sounds in a part that has several. */
const pairSeconds = 0.3;

/**
 * Two tones at once, pair after pair: what a device adds at sums and differences of their frequencies is intermodulation.
 *
 * @param request - Seed, rate and length.
 * @param request.pairs - One after another for equal times; by default the seed chooses, an interval
 *   below 5 kHz or a low tone with one of 1 to 8 kHz.
 * @returns Shape `[samples]`, peak 1; each pair faded for 5 ms at both ends.
 * @throws TonewrightError `signal-rate`, `signal-length`, `signal-option`.
 */
export function twoTone(request: SoundRequest & { readonly pairs?: readonly TonePair[] }): Float64Array {
  const { seed, sampleRate, seconds } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const count = Math.max(1, Math.round(seconds / pairSeconds));
  const pairs = request.pairs ?? Array.from({ length: count }, () => choosePair(sampleRate, random));
  for (const [k, pair] of pairs.entries()) {
    requireFrequency("the first tone", pair.firstHz, sampleRate);
    requireFrequency("the second tone", pair.secondHz, sampleRate);
    const start = Math.round((out.length * k) / pairs.length);
    const part = out.subarray(start, Math.round((out.length * (k + 1)) / pairs.length));
    playPair(part, pair, sampleRate);
  }
  return finishTone(out, sampleRate);
}

function playPair(out: Float64Array, { firstHz, secondHz, secondDb }: TonePair, sampleRate: number): void {
  const second = amplitudeFromDb(secondDb);
  const [first, other] = [firstHz, secondHz].map((hertz) => (2 * Math.PI * hertz) / sampleRate) as [number, number];
  for (let n = 0; n < out.length; n++) {
    out[n] = (Math.sin(first * n) + second * Math.sin(other * n)) / (1 + second);
  }
  fadeEnds(out, Math.round(fadeSeconds * sampleRate));
}

function choosePair(sampleRate: number, random: Random): TonePair {
  const limit = highestTone(sampleRate);
  if (happens(random, 0.4)) {
    const secondHz = logBetween(random, 1000, Math.min(8000, limit));
    return { firstHz: logBetween(random, 40, 120), secondHz, secondDb: -12.04 };
  }
  const firstHz = logBetween(random, 80, Math.min(2500, limit / 2));
  const ratio = choose(random, [1.03, 1.12, 1.25, 1.335, 1.498, 1.93]);
  return { firstHz, secondHz: firstHz * ratio, secondDb: choose(random, [0, 0, -6, -20]) };
}
