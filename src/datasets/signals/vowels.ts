import { createRandom, type Random } from "../../signal/index.ts";
import { finishSound } from "./finish-sound.ts";
import { frequencyOfNote } from "./fretboard.ts";
import { glottalSource } from "./glottal-source.ts";
import { between, choose, happens } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";
import { applyVocalTract } from "./vocal-tract.ts";
import { type Formants, formantWidthsHz, upperFormantsHz, vowelFormants } from "./vowel-table.ts";

/** Who sings or speaks. */
export type Voice = "man" | "woman";

/**
 * A voice that goes from vowel to vowel: spoken, with a pitch that glides all the time, or sung, with notes and vibrato.
 *
 * There are no consonants: the syllables only swell and fade.
 *
 * @param request - Seed, rate and length.
 * @param request.manner - `spoken` by default.
 * @param request.voice - By the seed if absent.
 * @param request.vowels - Names of `vowelFormants`, one after another; chosen at every turn if absent.
 * @param request.pitchHz - A steady pitch instead of a moving one.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function vowels(
  request: SoundRequest & {
    readonly manner?: "spoken" | "sung";
    readonly voice?: Voice;
    readonly vowels?: readonly string[];
    readonly pitchHz?: number;
  },
): Float64Array {
  const { seed, sampleRate, seconds, manner = "spoken", pitchHz } = request;
  const random = createRandom(seed);
  const length = soundLength(request);
  const voice = request.voice ?? choose(random, ["man", "woman"] as const);
  const syllables = chooseSyllables(seconds, { manner, voice, names: request.vowels, random });
  const source = {
    pitchAt: pitchHz === undefined ? pitchOf(syllables, { manner, random }) : () => pitchHz,
    breath: between(random, 0.005, 0.05),
    pressure: between(random, 0.6, 1.4),
    jitter: pitchHz === undefined ? between(random, 0.001, 0.004) : 0,
  };
  const out = glottalSource(length, source, { sampleRate, random });
  const upper = upperFormantsHz[voice];
  const formantsAt = (time: number) => [...formantsBetween(syllables, time), ...upper];
  applyVocalTract(out, { formantsAt, widthsHz: formantWidthsHz, sampleRate });
  if (syllables.length > 1) swell(out, syllables, sampleRate);
  return finishSound(out, sampleRate);
}

interface Syllable {
  readonly start: number;
  readonly seconds: number;
  readonly formants: Formants;
  readonly pitchHz: number;
  /** Gain between this syllable and the one before: 1 for a glide, less for a stop. */
  readonly dip: number;
}

/** Time in which the mouth goes from one vowel to the next, at most. */
const glideSeconds = 0.12;

function chooseSyllables(
  seconds: number,
  {
    manner,
    voice,
    names,
    random,
  }: {
    readonly manner: "spoken" | "sung";
    readonly voice: Voice;
    readonly names: readonly string[] | undefined;
    readonly random: Random;
  },
): Syllable[] {
  const table = vowelFormants[voice];
  const all = Object.values(table);
  const lowestNote = voice === "man" ? 43 : 53;
  const syllables: Syllable[] = [];
  let note = lowestNote + random.integer(16);
  for (let start = 0, k = 0; k === 0 || (start < seconds && names?.length !== 1); k++) {
    const length = manner === "sung" ? between(random, 0.3, 1.2) : between(random, 0.12, 0.35);
    note = Math.max(lowestNote, Math.min(lowestNote + 22, note + random.integer(9) - 4));
    const named = names === undefined ? undefined : table[names[k % names.length] ?? ""];
    syllables.push({
      start,
      seconds: length,
      formants: named ?? choose(random, all),
      pitchHz: frequencyOfNote(note) * (manner === "sung" ? 1 : between(random, 0.75, 1)),
      dip: happens(random, 0.5) ? between(random, 0.02, 0.5) : 1,
    });
    start += length;
  }
  return syllables;
}

/** The syllable at a time, the one before it, and how far the mouth is between the two, 0 to 1. */
function turnAt(syllables: readonly Syllable[], time: number): [before: Syllable, now: Syllable, progress: number] {
  let k = syllables.length - 1;
  while (k > 0 && syllables[k]!.start > time) k--;
  const now = syllables[k]!;
  const before = syllables[Math.max(0, k - 1)]!;
  const progress = Math.max(0, Math.min(1, (time - now.start) / Math.min(glideSeconds, 0.6 * now.seconds)));
  return [before, now, progress * progress * (3 - 2 * progress)];
}

function formantsBetween(syllables: readonly Syllable[], time: number): number[] {
  const [before, now, progress] = turnAt(syllables, time);
  return now.formants.map(
    (hertz, k) => (before.formants[k] ?? hertz) * (hertz / (before.formants[k] ?? hertz)) ** progress,
  );
}

function pitchOf(
  syllables: readonly Syllable[],
  { manner, random }: { readonly manner: "spoken" | "sung"; readonly random: Random },
): (seconds: number) => number {
  const rateHz = between(random, 4.8, 6.5);
  const depth = manner === "sung" ? between(random, 0.008, 0.025) : 0;
  const fall = manner === "spoken" ? between(random, 0.05, 0.3) : 0;
  return (time) => {
    const [before, now, progress] = turnAt(syllables, time);
    const glided = before.pitchHz * (now.pitchHz / before.pitchHz) ** progress;
    const within = (time - now.start) / now.seconds;
    return glided * (1 + depth * Math.sin(2 * Math.PI * rateHz * time)) * (1 - fall * Math.min(1, Math.max(0, within)));
  };
}

/** Lets the level dip where one syllable ends and the next begins. `x` is overwritten. */
function swell(x: Float64Array, syllables: readonly Syllable[], sampleRate: number): void {
  const half = Math.round(0.03 * sampleRate);
  for (const { start, dip } of syllables.slice(1)) {
    if (dip === 1) continue;
    const middle = Math.round(start * sampleRate);
    for (let n = Math.max(0, middle - half); n < Math.min(x.length, middle + half); n++) {
      const depth = 0.5 + 0.5 * Math.cos((Math.PI * (n - middle)) / half);
      x[n] = x[n]! * (1 - (1 - dip) * depth);
    }
  }
}
