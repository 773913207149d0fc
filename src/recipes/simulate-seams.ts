import { rms } from "../signal/index.ts";

/** A long sound is rendered in pieces of about this length, so that all threads have work and memory stays small. */
const pieceSeconds = 20;
/** A last piece that would be shorter belongs to the one before. */
const shortestPieceSeconds = 8;
/** How much of a piece the one before it renders too, to see whether they agree. */
export const overlapSeconds = 0.25;
/** How much of the past a piece is given, one after the other until pieces agree. */
export const warmUpsSeconds = [0.5, 2, 8, 32] as const;
/** Two renderings agree if their difference is 90 dB below the sound. */
const tolerance = 10 ** (-90 / 20);

/**
 * Where a sound is cut into pieces: at loud places, where it can be heard whether pieces agree.
 *
 * It depends on the sound alone, never on the number of threads.
 *
 * @param read - Gives the samples from one index to another.
 * @returns First samples of the pieces and the end; `[0, samples]` for a sound that is not cut.
 */
export async function pieceBoundaries(
  read: (from: number, to: number) => Promise<Float32Array>,
  { samples, sampleRate }: { readonly samples: number; readonly sampleRate: number },
): Promise<number[]> {
  const boundaries = [0];
  const piece = Math.round(pieceSeconds * sampleRate);
  const shortest = Math.round(shortestPieceSeconds * sampleRate);
  const hop = Math.round(0.05 * sampleRate);
  const overlap = Math.round(overlapSeconds * sampleRate);
  for (let nominal = piece; nominal + shortest <= samples; nominal += piece) {
    const from = nominal - sampleRate;
    const window = await read(from, Math.min(samples, nominal + sampleRate + overlap));
    let [best, loudest] = [nominal, -1];
    for (let at = 0; at + overlap <= window.length; at += hop) {
      const level = rms(window.subarray(at, at + overlap));
      if (level > loudest) [best, loudest] = [from + at, level];
    }
    boundaries.push(best);
  }
  return [...boundaries, samples];
}

/**
 * Whether two renderings of the same stretch agree, so that one may go on where the other ends.
 *
 * @param a - Shape `[samples]`.
 * @param b - Same shape.
 */
export function seamHolds(a: Float32Array, b: Float32Array): boolean {
  const difference = rms(a.map((value, n) => value - (b[n] ?? 0)));
  return difference <= tolerance * Math.max(rms(a), rms(b));
}
