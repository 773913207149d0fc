import { TonewrightError } from "../errors/index.ts";
import type { Random } from "../signal/index.ts";

/** Between which peaks the parts of a signal lie, dBFS. */
export interface SignalLevels {
  /** Peak of the whole signal. */
  readonly highestDb: number;
  /** Where the quiet ends of parts that swell or fade lie. */
  readonly lowestDb: number;
}

/** Peak of a part at its start and at its end, dBFS; in between it moves evenly in dB. */
export interface PartLevel {
  readonly startDb: number;
  readonly endDb: number;
}

/** Where on the range, from the top, steady parts lie; the loud half of it has the larger part, since there a device shows itself. */
const spread = [
  [0, 0],
  [0.5, 0.085],
  [0.8, 0.29],
  [1, 0.66],
] as const;

/** A part that swells or fades goes through this much of the range. */
const rampShare = 0.5;

/**
 * The levels to use.
 *
 * @throws TonewrightError `signal-option` if they are above 0 dBFS, below -120 dBFS, or in the wrong order.
 */
export function requireLevels({
  highestDb = -1,
  lowestDb = Math.min(-60, highestDb),
}: Partial<SignalLevels>): SignalLevels {
  if (highestDb <= 0 && lowestDb <= highestDb && lowestDb >= -120) return { highestDb, lowestDb };
  throw new TonewrightError(
    "signal-option",
    `levels from ${lowestDb} to ${highestDb} dBFS`,
    "give a highest level of 0 dBFS or less, and a lowest one below it that is not below -120 dBFS",
  );
}

/**
 * The level of a part: over the kinds of one round, and over the rounds of one kind, the whole range is visited evenly.
 *
 * @param options.phase - 0 to 1, of the whole signal.
 * @param options.place - Of the kind among the kinds.
 */
export function spreadLevel({
  range: { highestDb, lowestDb },
  keepsLevels,
  phase,
  place,
  round,
  random,
}: {
  readonly range: SignalLevels;
  readonly keepsLevels: boolean;
  readonly phase: number;
  readonly place: number;
  readonly round: number;
  readonly random: Random;
}): PartLevel {
  const ramp = random.uniform();
  if (keepsLevels) return { startDb: highestDb, endDb: highestDb };
  // Two numbers whose multiples never come near each other again (R. Roberts' generalised golden ratio).
  const position = (phase + place * 0.7548776662 + round * 0.569840291) % 1;
  const width = highestDb - lowestDb;
  const level = highestDb - width * interpolate(position);
  if (ramp < 0.7) return { startDb: level, endDb: level };
  const quiet = Math.max(lowestDb, level - rampShare * width);
  return ramp < 0.85 ? { startDb: level, endDb: quiet } : { startDb: quiet, endDb: level };
}

function interpolate(x: number): number {
  for (let k = 1; k < spread.length; k++) {
    const [x0, y0] = spread[k - 1]!;
    const [x1, y1] = spread[k]!;
    if (x <= x1) return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
  }
  throw new Error(`bug: ${x} lies behind the last point`);
}
