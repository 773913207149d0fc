import type { Random } from "../../signal/index.ts";
import { addMode, type Mode, type StrokePlace } from "./modes.ts";
import { addNoiseStroke } from "./noise-stroke.ts";
import { between, logBetween } from "./random-choices.ts";

/** The drums of the kit. */
export const drumNames = ["kick", "snare", "hat", "open-hat", "tom-high", "tom-mid", "tom-low", "rim"] as const;

/** One drum of the kit. */
export type DrumName = (typeof drumNames)[number];

/** How one drum sounds: its tuning and its ring. */
export interface Drum {
  readonly modes: readonly Mode[];
  readonly noises: readonly Parameters<typeof addNoiseStroke>[1][];
}

/** All drums of one kit. */
export type DrumKit = Readonly<Record<DrumName, Drum>>;

/** Frequencies of a round skin's swings as parts of the lowest: zeros of Bessel functions over 2.4048. */
const skinRatios = [1, 1.594, 2.136, 2.296, 2.653, 2.918] as const;

/** A kit with tunings and rings of its own. */
export function chooseDrumKit(random: Random): DrumKit {
  const tomHz = between(random, 70, 95);
  const tomDecay = between(random, 0.35, 0.9);
  const hatHz = logBetween(random, 300, 420);
  return {
    kick: kickDrum(random),
    snare: snareDrum(random),
    hat: hiHat(hatHz, between(random, 0.05, 0.1), random),
    "open-hat": hiHat(hatHz, between(random, 0.4, 0.9), random),
    "tom-high": tom(2.1 * tomHz, 0.7 * tomDecay, random),
    "tom-mid": tom(1.45 * tomHz, 0.85 * tomDecay, random),
    "tom-low": tom(tomHz, tomDecay, random),
    rim: rimClick(random),
  };
}

/** Adds one stroke on a drum to `out`; a soft stroke is a little duller and falls less in pitch. */
export function addDrumStroke(
  out: Float64Array,
  { modes, noises }: Drum,
  { velocity, ...place }: StrokePlace & { readonly random: Random; readonly velocity: number },
): void {
  for (const mode of modes) {
    const pitch = mode.frequencyHz * between(place.random, 0.995, 1.005);
    const fallRatio = mode.fallRatio === undefined ? 1 : 1 + (mode.fallRatio - 1) * velocity;
    addMode(out, { ...mode, frequencyHz: pitch, amplitude: velocity * mode.amplitude, fallRatio }, place);
  }
  for (const noise of noises) {
    addNoiseStroke(out, { ...noise, amplitude: velocity * (0.4 + 0.6 * velocity) * noise.amplitude }, place);
  }
}

function kickDrum(random: Random): Drum {
  const frequencyHz = between(random, 42, 62);
  const fallRatio = between(random, 2, 4);
  const fallSeconds = between(random, 0.012, 0.035);
  const decaySeconds = between(random, 0.25, 0.7);
  const click = { kind: "band", frequencyHz: logBetween(random, 1800, 4500), quality: 0.8 } as const;
  return {
    modes: [
      { frequencyHz, amplitude: 1, decaySeconds, fallRatio, fallSeconds },
      { frequencyHz: 2.1 * frequencyHz, amplitude: 0.15, decaySeconds: 0.12, fallRatio: 1.5, fallSeconds },
    ],
    noises: [{ amplitude: between(random, 0.2, 0.7), decaySeconds: 0.025, filters: [click], attackSeconds: 0.0003 }],
  };
}

function snareDrum(random: Random): Drum {
  const lowest = between(random, 165, 230);
  const decaySeconds = between(random, 0.09, 0.2);
  const modes = skinRatios.slice(0, 4).map((ratio, k) => ({
    frequencyHz: ratio * lowest,
    amplitude: 0.5 / (1 + k),
    decaySeconds: decaySeconds / (1 + 0.4 * k),
    ...(k === 0 ? { fallRatio: 1.25, fallSeconds: 0.01 } : {}),
  }));
  const wires = [
    { kind: "high", frequencyHz: logBetween(random, 900, 1800), quality: 0.8 },
    { kind: "low", frequencyHz: logBetween(random, 7000, 12_000), quality: 0.7 },
  ] as const;
  return { modes, noises: [{ amplitude: 0.45, decaySeconds: between(random, 0.16, 0.4), filters: wires }] };
}

function hiHat(metalHz: number, decaySeconds: number, random: Random): Drum {
  const sheen = [{ kind: "high", frequencyHz: logBetween(random, 5500, 8500), quality: 1 }] as const;
  // Two bronze plates have hundreds of swings that belong to no scale; a few stand out of the noise.
  const modes = Array.from({ length: 14 }, (_, k) => ({
    frequencyHz: metalHz * (9 + 2.9 * k + random.uniform()),
    amplitude: between(random, 0.02, 0.07),
    decaySeconds: decaySeconds * between(random, 0.5, 1),
  }));
  return { modes, noises: [{ amplitude: 0.5, decaySeconds, filters: [...sheen, ...sheen], attackSeconds: 0.001 }] };
}

function tom(lowestHz: number, decaySeconds: number, random: Random): Drum {
  const fallRatio = between(random, 1.1, 1.35);
  const modes = skinRatios.map((ratio, k) => ({
    frequencyHz: ratio * lowestHz,
    amplitude: [1, 0.45, 0.2, 0.12, 0.1, 0.06][k] ?? 0,
    decaySeconds: decaySeconds / (1 + 0.7 * k),
    fallRatio,
    fallSeconds: 0.05,
  }));
  const stick = { kind: "low", frequencyHz: 2500, quality: 0.7 } as const;
  return { modes, noises: [{ amplitude: 0.3, decaySeconds: 0.03, filters: [stick] }] };
}

function rimClick(random: Random): Drum {
  const woodHz = between(random, 420, 560);
  const modes = [1, 1.83, 3.4, 5.1].map((ratio, k) => ({
    frequencyHz: ratio * woodHz,
    amplitude: [0.5, 0.8, 0.5, 0.3][k] ?? 0,
    decaySeconds: 0.07 / (1 + 0.5 * k),
  }));
  const wood = { kind: "band", frequencyHz: 3200, quality: 0.7 } as const;
  return { modes, noises: [{ amplitude: 0.6, decaySeconds: 0.012, filters: [wood] }] };
}
