import { TonewrightError } from "../../errors/index.ts";

const sharps: readonly string[] = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const naturals = new Map([...sharps.entries()].filter(([, name]) => name.length === 1).map(([n, name]) => [name, n]));
const accidentals = new Map([
  ["#", 1],
  ["♯", 1],
  ["𝄪", 2],
  ["b", -1],
  ["!", -1],
  ["♭", -1],
  ["𝄫", -2],
  ["♮", 0],
]);

/**
 * The name of a MIDI note, in scientific pitch notation with sharps: 69 is A4, 60 is C4.
 *
 * The number is rounded to the nearest note, a half to the even one.
 *
 * @param midi - MIDI note number; any finite number.
 * @param options.octave - Write the octave. Default yes.
 * @param options.cents - Write the deviation too: `A4+25`. Needs the octave. Default no.
 * @param options.ascii - Write `#` for the sharp sign. Default no.
 * @throws TonewrightError `bad-option` for cents without an octave, or a number that is not finite.
 * @see librosa.midi_to_note 0.11. Below 0 it counts octaves towards zero (-1 is "B-1" there, B-2 here) and it cuts
 * cents off where they are rounded here.
 */
export function noteName(
  midi: number,
  {
    octave = true,
    cents = false,
    ascii = false,
  }: { readonly octave?: boolean; readonly cents?: boolean; readonly ascii?: boolean } = {},
): string {
  if (!Number.isFinite(midi) || (cents && !octave)) {
    throw new TonewrightError(
      "bad-option",
      Number.isFinite(midi) ? "noteName: cents without an octave" : `noteName: the note is ${midi}`,
      "give a finite note number, and leave the octave on where cents are wanted",
    );
  }
  const note = roundHalfEven(midi);
  const name = sharps[note - 12 * Math.floor(note / 12)]!;
  const deviation = Math.round(100 * (midi - note));
  return [
    ascii ? name.replace("♯", "#") : name,
    octave ? String(Math.floor(note / 12) - 1) : "",
    cents ? `${deviation < 0 ? "" : "+"}${deviation}` : "",
  ].join("");
}

/**
 * The MIDI note number of a name: A4 is 69, `Bb3`, `C♯5` and `A4+25` (cents) are understood.
 *
 * A name without an octave means octave 0, which is far below what one hears.
 *
 * @returns MIDI note number, with a fraction where the name has cents.
 * @throws TonewrightError `bad-note-name`.
 * @see librosa.note_to_midi 0.11 with round_midi=False
 */
export function midiOfNote(name: string): number {
  const parts = /^([A-Ga-g])([#♯𝄪b!♭𝄫♮]*)([+-]?\d+)?([+-]\d+)?$/u.exec(name);
  if (parts === null) {
    throw new TonewrightError(
      "bad-note-name",
      `there is no note "${name}"`,
      "give a letter from A to G, accidentals (# or b), and an octave: C#4",
    );
  }
  const [, letter = "", signs = "", octave = "0", cents = "0"] = parts;
  let note = naturals.get(letter.toUpperCase())!;
  for (const sign of signs) note += accidentals.get(sign)!;
  return 12 * (Number(octave) + 1) + note + Number(cents) * 0.01;
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const half = value - below === 0.5;
  return half && below % 2 === 0 ? below : half ? below + 1 : Math.round(value);
}
