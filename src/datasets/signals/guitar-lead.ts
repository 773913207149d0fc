import { createRandom, type Random } from "../../signal/index.ts";
import { firstStroke } from "./finish-sound.ts";
import { chooseTouch, createMelody, guitarString, highestNote } from "./fretboard.ts";
import { throughPickup } from "./guitar-pickup.ts";
import { bend, type PitchCurve, together, vibrato } from "./pitch-curve.ts";
import { addPluck } from "./pluck.ts";
import { between, choose, happens, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Long notes in the upper half of a guitar's neck, bent and with vibrato, some of them left to ring out.
 *
 * @param request - Seed, rate and length.
 * @param request.vibratoCents - Width of the swing; by default each note has its own.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function guitarLead(request: SoundRequest & { readonly vibratoCents?: number }): Float64Array {
  const { seed, sampleRate, vibratoCents } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const touch = chooseTouch(random);
  const melody = createMelody(random, { lowest: 55, highest: highestNote - 2, centre: 60 + random.integer(18) });
  const beatSeconds = logBetween(random, 0.3, 0.6);
  for (let start = firstStroke(sampleRate); start < out.length; ) {
    const seconds = beatSeconds * choose(random, [1, 1, 2, 3]);
    const string = guitarString(melody(), touch, random);
    const decaySeconds = 1.5 * string.decaySeconds;
    const pitch = leadPitch(seconds, vibratoCents, random);
    addPluck(out, { ...string, decaySeconds, seconds, pitch }, { start, sampleRate, random });
    start += Math.round(seconds * sampleRate);
  }
  return throughPickup(out, { random, sampleRate });
}

function leadPitch(seconds: number, vibratoCents: number | undefined, random: Random): PitchCurve | undefined {
  const curves: PitchCurve[] = [];
  if (happens(random, 0.5)) {
    const semitones = choose(random, [1, 2, 2, 3]);
    const released = happens(random, 0.3);
    const bendSeconds = Math.min(0.35, seconds / 3);
    curves.push(
      released
        ? bend({ fromSemitones: semitones, toSemitones: 0, fromSeconds: 0.1, seconds: bendSeconds })
        : bend({ toSemitones: semitones, fromSeconds: 0.03, seconds: bendSeconds }),
    );
  }
  const cents = vibratoCents ?? (happens(random, 0.7) ? between(random, 10, 60) : 0);
  if (cents > 0) curves.push(vibrato({ cents, rateHz: between(random, 4.5, 6.5), fromSeconds: 0.15 }));
  return curves.length === 0 ? undefined : together(...curves);
}
