import { createRandom, type Random } from "../../signal/index.ts";
import { firstStroke } from "./finish-sound.ts";
import { chooseTouch, createMelody, guitarString, highestNote, openStrings } from "./fretboard.ts";
import { throughPickup } from "./guitar-pickup.ts";
import { bend, type FretStep, fretSteps } from "./pitch-curve.ts";
import { addPluck, type Pluck } from "./pluck.ts";
import { between, choose, happens, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Single notes on a guitar, one after another: melodies about one position of the neck, with hammer-ons, pull-offs,
 * slides and double stops.
 *
 * @param request - Seed, rate and length.
 * @param request.lowestNote - MIDI number, 40 (the low E) or more.
 * @param request.highestNote - MIDI number, at most 88.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function guitarLine(
  request: SoundRequest & { readonly lowestNote?: number; readonly highestNote?: number },
): Float64Array {
  const { seed, sampleRate, lowestNote: lowest = openStrings[0], highestNote: highest = highestNote } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const touch = chooseTouch(random);
  const centre = Math.min(highest, lowest + 4 + random.integer(Math.max(1, highest - lowest - 7)));
  const melody = createMelody(random, { lowest, highest, centre });
  const beatSeconds = logBetween(random, 0.09, 0.3);
  for (let start = firstStroke(sampleRate); start < out.length; ) {
    const seconds = beatSeconds * choose(random, [1, 1, 1, 2, 2, 3, 4]);
    const note = melody();
    const place = { start, sampleRate, random };
    addPluck(out, { ...guitarString(note, touch, random), seconds, ...ornament(seconds, random) }, place);
    if (happens(random, 0.12)) {
      const fourth = Math.min(highestNote, note + choose(random, [3, 4, 5, 7]));
      addPluck(out, { ...guitarString(fourth, touch, random), seconds }, place);
    }
    start += Math.round(seconds * sampleRate);
  }
  return throughPickup(out, { random, sampleRate });
}

/** What the fretting hand does while the note rings, most often nothing. */
function ornament(seconds: number, random: Random): Pick<Pluck, "pitch" | "taps"> {
  const kind = random.uniform();
  if (kind < 0.2 && seconds > 0.15) {
    const steps = hammerSteps(seconds, random);
    const taps = steps.map(({ atSeconds }) => ({ atSeconds, velocity: between(random, 0.1, 0.25) }));
    return { pitch: fretSteps(steps), taps };
  }
  if (kind < 0.3 && seconds > 0.12) {
    const fromSemitones = choose(random, [-5, -3, -2, 2, 4]);
    return { pitch: bend({ fromSemitones, toSemitones: 0, seconds: between(random, 0.04, 0.1) }) };
  }
  return {};
}

function hammerSteps(seconds: number, random: Random): FretStep[] {
  const up = choose(random, [1, 2, 2, 3]);
  const turns = seconds > 0.4 ? choose(random, [1, 2, 4]) : 1; // a hammer-on, a mordent, a trill
  return Array.from({ length: turns }, (_, k) => ({
    atSeconds: (seconds * (k + 1)) / (turns + 1),
    semitones: k % 2 === 0 ? up : 0,
  }));
}
