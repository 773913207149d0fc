import { createRandom, type Random } from "../../signal/index.ts";
import { firstStroke } from "./finish-sound.ts";
import { createMelody, frequencyOfNote } from "./fretboard.ts";
import { throughPickup } from "./guitar-pickup.ts";
import { bend } from "./pitch-curve.ts";
import { addPluck, type Pluck } from "./pluck.ts";
import { between, choose, happens, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/** MIDI note numbers: a four-string bass from E1 to G3. */
const [lowest, highest] = [28, 55];

/**
 * A bass guitar: lines played with fingers or a pick, with slides and notes that are only touched, or slapped.
 *
 * @param request - Seed, rate and length.
 * @param request.style - `fingers`, `pick`, or `slap` with the thumb, pops and dead notes; `fingers` by default.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function bassLine(request: SoundRequest & { readonly style?: "fingers" | "pick" | "slap" }): Float64Array {
  const { seed, sampleRate, style = "fingers" } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const centre = lowest + 3 + random.integer(14);
  const melody = createMelody(random, { lowest, highest, centre, leap: style === "slap" ? 3 : 5 });
  const beatSeconds = logBetween(random, 0.12, 0.3);
  let note = melody();
  for (let start = firstStroke(sampleRate); start < out.length; ) {
    const seconds = beatSeconds * choose(random, [1, 1, 1, 2, 2, 4]);
    if (!happens(random, 0.35)) note = melody();
    const ghost = happens(random, style === "slap" ? 0.25 : 0.08);
    const pop = style === "slap" && !ghost && happens(random, 0.3);
    const pluck = bassString(pop ? Math.min(highest + 5, note + 12) : note, { style, ghost, pop, random });
    const fromSemitones = choose(random, [-5, -2, 2]);
    const slides = !ghost && seconds > 0.2 && happens(random, 0.12);
    const pitch = slides ? bend({ fromSemitones, toSemitones: 0, seconds: 0.1 }) : undefined;
    // Notes end a little before the next one, more so when they are slapped.
    const held = seconds * (style === "slap" ? between(random, 0.5, 0.95) : between(random, 0.85, 1));
    addPluck(out, { ...pluck, seconds: ghost ? Math.min(held, 0.1) : held, pitch }, { start, sampleRate, random });
    start += Math.round(seconds * sampleRate);
  }
  const resonanceHz = style === "fingers" ? ([900, 2500] as const) : ([2500, 5000] as const);
  return throughPickup(out, { random, sampleRate, resonanceHz });
}

interface BassTouch {
  readonly style: "fingers" | "pick" | "slap";
  readonly ghost: boolean;
  readonly pop: boolean;
  readonly random: Random;
}

function bassString(note: number, { style, ghost, pop, random }: BassTouch): Omit<Pluck, "seconds"> {
  const bright = style === "fingers" ? between(random, 0.12, 0.4) : between(random, 0.4, 1);
  return {
    frequencyHz: frequencyOfNote(note),
    velocity: (pop ? 1 : between(random, 0.45, 0.9)) * (ghost ? 0.5 : 1),
    decaySeconds: ghost ? 0.12 : 7 * 2 ** ((lowest - note) / 16),
    overtoneDecaySeconds: ghost ? 0.03 : bright,
    pickPosition: style === "fingers" ? between(random, 0.15, 0.3) : between(random, 0.08, 0.2),
    pickupPosition: choose(random, [0.12, 0.2]),
    strike: style === "fingers" ? between(random, 0.1, 0.4) : between(random, 0.5, 0.9),
  };
}
