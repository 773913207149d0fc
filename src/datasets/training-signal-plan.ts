import type { Random } from "../signal/index.ts";

export type PieceKind = "line" | "chords" | "mutes" | "tone" | "noise" | "silence";

/** One stretch of the training signal. */
export interface Piece {
  readonly kind: PieceKind;
  readonly start: number;
  readonly end: number;
  /** Peak at the start and at the end of the piece; in between it moves evenly in dB. */
  readonly startDb: number;
  readonly endDb: number;
  /** Which round of the six kinds it belongs to. */
  readonly round: number;
}

/** Parts of a round's time. */
const shares: readonly (readonly [PieceKind, number])[] = [
  ["line", 0.3],
  ["chords", 0.28],
  ["mutes", 0.16],
  ["tone", 0.1],
  ["noise", 0.08],
  ["silence", 0.08],
];

/** Steps of this size visit an interval evenly, however many of them there are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * The order of the training signal: rounds in which every kind has its turn, in an order that changes.
 *
 * A round is at most a twentieth of the signal (unless that is under 1.2 s), so any tenth of it holds a whole round.
 * Within a round the kinds have evenly spread levels, and a kind goes through the whole range in a few rounds, so no
 * stretch is only loud or only quiet.
 *
 * @param options.length - Samples.
 * @returns Pieces without gaps or overlaps from 0 to `length`.
 */
export function planTrainingSignal({
  length,
  sampleRate,
  random,
}: {
  readonly length: number;
  readonly sampleRate: number;
  readonly random: Random;
}): Piece[] {
  const seconds = length / sampleRate;
  const roundSeconds = Math.min(10, Math.max(1.2, seconds / 20));
  const rounds = Math.max(1, Math.ceil(seconds / roundSeconds));
  const phase = random.uniform();
  const pieces: Piece[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = (length * round) / rounds;
    const parts = shares.map(([kind, share], place) => ({
      kind,
      weight: share * (0.8 + 0.4 * random.uniform()),
      levelPosition: (phase + place / shares.length + round * goldenRatio) % 1,
    }));
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    let done = 0;
    for (const { kind, weight, levelPosition } of shuffled(parts, random)) {
      const start = Math.round(from + (length * done) / total / rounds);
      done += weight;
      const end = Math.round(from + (length * done) / total / rounds);
      pieces.push({ kind, start, end, round, ...levels(kind, levelPosition, random) });
    }
  }
  return pieces;
}

/** `position` runs over the range of levels; loud ones take the larger part, since there a device shows itself. */
function levels(kind: PieceKind, position: number, random: Random): { startDb: number; endDb: number } {
  const level = interpolate(position, [
    [0, -1],
    [0.5, -6],
    [0.8, -18],
    [1, -40],
  ]);
  const ramp = random.uniform();
  if (kind === "noise" || ramp < 0.7) return { startDb: level, endDb: level };
  const quiet = Math.max(-60, level - 30);
  return ramp < 0.85 ? { startDb: level, endDb: quiet } : { startDb: quiet, endDb: level };
}

/** On the straight lines between the given points, which are in order. */
function interpolate(x: number, points: readonly (readonly [number, number])[]): number {
  for (let k = 1; k < points.length; k++) {
    const [x0, y0] = points[k - 1]!;
    const [x1, y1] = points[k]!;
    if (x <= x1) return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
  }
  throw new Error(`bug: ${x} lies behind the last point`);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    const held = order[k]!;
    order[k] = order[other]!;
    order[other] = held;
  }
  return order;
}
