import { createRandom } from "../../signal/index.ts";
import { firstStroke } from "./finish-sound.ts";
import { chooseTouch, frequencyOfNote, type GuitarTouch, openStrings } from "./fretboard.ts";
import { throughPickup } from "./guitar-pickup.ts";
import { addPluck, type PluckPlace } from "./pluck.ts";
import { between, choose, happens, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Low guitar strings damped by the palm in a steady rhythm, with accents, and strokes over strings that do not sound.
 *
 * @param request - Seed, rate and length.
 * @param request.beatSeconds - From one stroke to the next; 0.08 to 0.2 s by default.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function guitarMutes(request: SoundRequest & { readonly beatSeconds?: number }): Float64Array {
  const { seed, sampleRate } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const touch = chooseTouch(random);
  const seconds = request.beatSeconds ?? logBetween(random, 0.08, 0.2);
  const step = Math.max(1, Math.round(seconds * sampleRate));
  const chooseRoot = () => openStrings[0] + random.integer(14);
  let root = chooseRoot();
  for (let count = 0, start = firstStroke(sampleRate); start < out.length; count++, start += step) {
    if (count % 4 === 0 && happens(random, 0.4)) root = chooseRoot();
    const accent = count % 4 === 0 || happens(random, 0.15);
    const place = { start, sampleRate, random };
    if (!accent && happens(random, 0.1)) {
      deadStroke(out, { ...place, seconds: Math.min(seconds, 0.07), velocity: 0.5 });
      continue;
    }
    const notes = accent ? choose(random, [[root], [root, root + 7], [root, root + 7, root + 12]]) : [root];
    for (const note of notes) palmMute(out, note, { ...place, seconds, velocity: accent ? 1 : 0.6, touch });
  }
  return throughPickup(out, { random, sampleRate });
}

/** A stroke of a given strength that lasts until the next one. */
interface MutedStroke extends PluckPlace {
  readonly seconds: number;
  readonly velocity: number;
}

/** One note under the palm: short and dull. Adds to `out`. */
export function palmMute(
  out: Float64Array,
  note: number,
  { seconds, velocity, touch, ...place }: MutedStroke & { readonly touch: GuitarTouch },
): void {
  const { random } = place;
  addPluck(
    out,
    {
      frequencyHz: frequencyOfNote(note),
      seconds,
      velocity: velocity * between(random, 0.8, 1),
      decaySeconds: between(random, 0.2, 0.45),
      overtoneDecaySeconds: between(random, 0.03, 0.07),
      pickPosition: between(random, 0.1, 0.16),
      pickupPosition: touch.pickup,
      strike: touch.strike,
    },
    place,
  );
}

/** The pick over three strings that the hand only touches: a click with hardly a pitch. Adds to `out`. */
function deadStroke(out: Float64Array, { seconds, velocity, ...place }: MutedStroke): void {
  for (const note of [50, 55, 59]) {
    addPluck(
      out,
      {
        frequencyHz: frequencyOfNote(note),
        seconds,
        velocity: velocity * between(place.random, 0.6, 1),
        decaySeconds: 0.06,
        overtoneDecaySeconds: 0.03,
        pickPosition: 0.2,
        strike: 0.4,
      },
      place,
    );
  }
}
