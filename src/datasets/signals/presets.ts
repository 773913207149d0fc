import { TonewrightError } from "../../errors/index.ts";
import { signalPartNames, type SignalPartName } from "./generators.ts";

/** Kinds of parts and their shares of the time; shares count relative to each other. */
export type SignalShares = Readonly<Partial<Record<SignalPartName, number>>>;

/** What goes with every instrument: a device is also to be seen at every frequency, at every level, and at rest. */
const tests = {
  sweep: 5,
  "two-tone": 3,
  "level-ramp": 5,
  "noise-bursts": 7,
  clicks: 2,
  silence: 7,
} as const;

/** Mixtures of parts for a purpose, by name. */
export const signalPresets = {
  guitar: {
    "guitar-line": 20,
    "guitar-lead": 10,
    "guitar-chords": 20,
    "guitar-arpeggio": 8,
    "guitar-mutes": 12,
    ...tests,
  },
  bass: { "bass-line": 36, "bass-pick": 18, "bass-slap": 16, ...tests },
  drums: { "drum-groove": 30, kick: 8, snare: 10, hats: 8, toms: 10, rim: 4, ...tests },
  voice: { vowels: 35, singing: 35, ...tests },
  measurement: {
    sweep: 26,
    "multi-tone": 16,
    "two-tone": 14,
    "level-ramp": 10,
    "level-steps": 10,
    "pink-noise": 6,
    "white-noise": 6,
    clicks: 6,
    silence: 6,
  },
  everything: {
    "guitar-line": 9,
    "guitar-lead": 5,
    "guitar-chords": 9,
    "guitar-arpeggio": 4,
    "guitar-mutes": 5,
    "bass-line": 6,
    "bass-pick": 4,
    "bass-slap": 4,
    "drum-groove": 8,
    kick: 2,
    snare: 2,
    hats: 2,
    toms: 2,
    rim: 1,
    vowels: 6,
    singing: 6,
    sweep: 4,
    "multi-tone": 3,
    "two-tone": 3,
    "level-ramp": 3,
    "level-steps": 2,
    "white-noise": 1,
    "pink-noise": 2,
    "noise-bursts": 3,
    clicks: 2,
    silence: 5,
  },
} as const satisfies Readonly<Record<string, SignalShares>>;

/** The name of a mixture. */
export type SignalPresetName = keyof typeof signalPresets;

/** All names of mixtures. */
export const signalPresetNames = Object.keys(signalPresets) as SignalPresetName[];

/**
 * The kinds of parts to use, with their shares of the time, which add up to 1; those with a share of 0 are left out.
 *
 * @param options.parts - Instead of the preset's.
 * @throws TonewrightError `unknown-preset`, `unknown-part` with all names; `signal-option` for shares that cannot be.
 */
export function signalShares({
  preset = "guitar",
  parts,
}: {
  readonly preset?: SignalPresetName | undefined;
  readonly parts?: SignalShares | undefined;
}): { readonly name: SignalPartName; readonly share: number }[] {
  const wanted: Readonly<Record<string, number | undefined>> | undefined = parts ?? signalPresets[preset];
  if (wanted === undefined || (parts === undefined && !Object.hasOwn(signalPresets, preset))) {
    throw new TonewrightError(
      "unknown-preset",
      `there is no mixture "${preset}" of signals`,
      `choose one of ${signalPresetNames.join(", ")}`,
    );
  }
  const entries = Object.entries(wanted).map(([name, weight]) => ({
    name: requirePartName(name),
    weight: weight ?? 0,
  }));
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  const bad = entries.find(({ weight }) => !(weight >= 0 && Number.isFinite(weight)));
  if (bad !== undefined || !entries.some(({ name, weight }) => weight > 0 && name !== "silence")) {
    throw new TonewrightError(
      "signal-option",
      bad === undefined ? "a signal without a part that sounds" : `a share of ${bad.weight} for "${bad.name}"`,
      "give one part or more with shares above 0, such as 1",
    );
  }
  const used = entries.filter(({ weight }) => weight > 0);
  return used.map(({ name, weight }) => ({ name, share: weight / total }));
}

function requirePartName(name: string): SignalPartName {
  const known = signalPartNames.find((one) => one === name);
  if (known !== undefined) return known;
  throw new TonewrightError(
    "unknown-part",
    `there is no part "${name}" of signals`,
    `choose from ${signalPartNames.join(", ")}`,
  );
}
