import { bassLine } from "./bass-line.ts";
import { clicks } from "./clicks.ts";
import { drumGroove } from "./drum-groove.ts";
import { drumHits } from "./drum-hits.ts";
import { guitarArpeggio, guitarChords } from "./guitar-chords.ts";
import { guitarLead } from "./guitar-lead.ts";
import { guitarLine } from "./guitar-line.ts";
import { guitarMutes } from "./guitar-mutes.ts";
import { levelRamp, levelSteps } from "./levels.ts";
import { multiTone } from "./multi-tone.ts";
import { noise, noiseBursts } from "./noise.ts";
import { silence } from "./silence.ts";
import type { SoundRequest } from "./sound-request.ts";
import { sweep } from "./sweep.ts";
import { twoTone } from "./two-tone.ts";
import { vowels } from "./vowels.ts";

/** What parts of a signal are about. */
export type SignalFamily = "guitar" | "bass" | "drums" | "voice" | "tones" | "noise" | "silence";

/** A kind of part that a training signal can have. */
export interface SignalGenerator {
  readonly family: SignalFamily;
  /** In a few words. */
  readonly summary: string;
  /** The shortest part that shows what it is. */
  readonly leastSeconds: number;
  /** Its levels are what it is about, so a signal puts it at full level. */
  readonly keepsLevels: boolean;
  /**
   * The sound: shape `[samples]`, peak 1 (silence: 0), beginning and ending at rest, the same for the same request.
   *
   * @throws TonewrightError `signal-rate`, `signal-length`.
   */
  readonly generate: (request: SoundRequest) => Float64Array;
}

const music = { leastSeconds: 0.3, keepsLevels: false } as const;
const tone = { leastSeconds: 0.2, keepsLevels: false } as const;
const stairs = { leastSeconds: 0.3, keepsLevels: true } as const;

/** Odd and even seeds, so that parts which leave nothing to chance differ too. */
const isOdd = (seed: number): boolean => (seed >>> 7) % 2 === 1;

const generators = {
  "guitar-line": { family: "guitar", summary: "single notes, hammer-ons, slides", ...music, generate: guitarLine },
  "guitar-lead": { family: "guitar", summary: "long notes, bends, vibrato", ...music, generate: guitarLead },
  "guitar-chords": { family: "guitar", summary: "strummed chords", ...music, generate: guitarChords },
  "guitar-arpeggio": { family: "guitar", summary: "picked chords that ring", ...music, generate: guitarArpeggio },
  "guitar-mutes": { family: "guitar", summary: "palm mutes", ...music, generate: guitarMutes },
  "bass-line": { family: "bass", summary: "bass with fingers", ...music, generate: bassLine },
  "bass-pick": {
    ...{ family: "bass", summary: "bass with a pick", ...music },
    generate: (request) => bassLine({ ...request, style: "pick" }),
  },
  "bass-slap": {
    ...{ family: "bass", summary: "slapped bass", ...music },
    generate: (request) => bassLine({ ...request, style: "slap" }),
  },
  "drum-groove": { family: "drums", summary: "a kit playing beats and fills", ...music, generate: drumGroove },
  kick: {
    ...{ family: "drums", summary: "bass drum alone", ...music },
    generate: (request) => drumHits({ ...request, drums: ["kick"] }),
  },
  snare: {
    ...{ family: "drums", summary: "snare drum alone", ...music },
    generate: (request) => drumHits({ ...request, drums: ["snare"] }),
  },
  hats: {
    ...{ family: "drums", summary: "hi-hat, closed and open", ...music },
    generate: (request) => drumHits({ ...request, drums: ["hat", "hat", "open-hat"] }),
  },
  toms: {
    ...{ family: "drums", summary: "three toms", ...music },
    generate: (request) => drumHits({ ...request, drums: ["tom-high", "tom-mid", "tom-low"] }),
  },
  rim: {
    ...{ family: "drums", summary: "rim clicks", ...music },
    generate: (request) => drumHits({ ...request, drums: ["rim"] }),
  },
  vowels: { family: "voice", summary: "spoken vowels that glide", ...music, generate: vowels },
  singing: {
    ...{ family: "voice", summary: "sung vowels with vibrato", ...music },
    generate: (request) => vowels({ ...request, manner: "sung" }),
  },
  sweep: {
    ...{ family: "tones", summary: "exponential sine sweep, 20 Hz to 20 kHz", ...tone },
    generate: (request) => sweep({ ...request, direction: isOdd(request.seed) ? "down" : "up" }),
  },
  "multi-tone": {
    ...{ family: "tones", summary: "many sines at once", ...tone },
    generate: (request) => {
      const spacing = isOdd(request.seed) ? "hertz" : "octaves";
      return multiTone({ ...request, spacing, tones: 20 + (request.seed % 16), lowHz: 20 + (request.seed % 13) });
    },
  },
  "two-tone": { family: "tones", summary: "pairs of tones for intermodulation", ...tone, generate: twoTone },
  "level-ramp": { family: "tones", summary: "a tone from -80 to 0 dB or back", ...stairs, generate: levelRamp },
  "level-steps": { family: "tones", summary: "stairs of levels from -80 to 0 dB", ...stairs, generate: levelSteps },
  "white-noise": { family: "noise", summary: "white noise", ...tone, generate: noise },
  "pink-noise": {
    ...{ family: "noise", summary: "pink noise", ...tone },
    generate: (request) => noise({ ...request, colour: "pink" }),
  },
  "noise-bursts": { family: "noise", summary: "short bursts of coloured noise", ...tone, generate: noiseBursts },
  clicks: { family: "noise", summary: "impulses and clicks", ...tone, generate: clicks },
  silence: {
    ...{
      family: "silence",
      summary: "digital silence: the device's own noise",
      leastSeconds: 0.05,
      keepsLevels: false,
    },
    generate: silence,
  },
} as const satisfies Readonly<Record<string, SignalGenerator>>;

/** The name of a kind of part. */
export type SignalPartName = keyof typeof generators;

/** All kinds of parts by their names; every one is a pure function of seed, rate and length. */
export const signalGenerators: Readonly<Record<SignalPartName, SignalGenerator>> = generators;

/** All names of parts, in the order in which pages list them. */
export const signalPartNames = Object.keys(signalGenerators) as SignalPartName[];
