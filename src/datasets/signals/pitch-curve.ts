/** How far a string sounds above its plucked note, in semitones, at a time after the pick. */
export type PitchCurve = (seconds: number) => number;

/** The finger pulls the string to a higher note, or lets a pulled one go down to it (`fromSemitones` above 0). */
export function bend({
  fromSemitones = 0,
  toSemitones,
  fromSeconds = 0,
  seconds,
}: {
  readonly fromSemitones?: number;
  readonly toSemitones: number;
  readonly fromSeconds?: number;
  readonly seconds: number;
}): PitchCurve {
  return (time) => {
    const progress = Math.max(0, Math.min(1, (time - fromSeconds) / seconds));
    return fromSemitones + (toSemitones - fromSemitones) * progress * progress * (3 - 2 * progress);
  };
}

/** The pitch swings up and back, as fingers on frets can; it grows for 0.2 s from `fromSeconds` on. */
export function vibrato({
  cents,
  rateHz,
  fromSeconds,
}: {
  readonly cents: number;
  readonly rateHz: number;
  readonly fromSeconds: number;
}): PitchCurve {
  return (time) => {
    if (time <= fromSeconds) return 0;
    const grown = Math.min(1, (time - fromSeconds) / 0.2);
    return (grown * cents * (0.5 - 0.5 * Math.cos(2 * Math.PI * rateHz * (time - fromSeconds)))) / 100;
  };
}

/** A finger comes down on a higher fret or leaves it: from one note to the next without the pick. */
export interface FretStep {
  readonly atSeconds: number;
  readonly semitones: number;
}

/** Time in which a finger presses a string down. */
const pressSeconds = 0.003;

/** Hammer-ons and pull-offs: the pitch jumps at each step. Steps are in the order of time. */
export function fretSteps(steps: readonly FretStep[]): PitchCurve {
  return (time) => {
    let semitones = 0;
    for (const step of steps) {
      if (time < step.atSeconds) break;
      const progress = Math.min(1, (time - step.atSeconds) / pressSeconds);
      semitones += (step.semitones - semitones) * progress;
    }
    return semitones;
  };
}

/** The sum of several curves. */
export function together(...curves: readonly PitchCurve[]): PitchCurve {
  return (time) => curves.reduce((sum, curve) => sum + curve(time), 0);
}
