import { fingerprintHopSeconds } from "./fingerprint.ts";
import type { Fingerprints } from "./fingerprint-store.ts";
import { createWordIndex } from "./word-index.ts";

/** Two recordings that hold the same sound. */
export interface NearPair {
  /** Index of a recording. */
  readonly a: number;
  /** Index of a later one. */
  readonly b: number;
  /** How long the same sound lasts in both. */
  readonly seconds: number;
  /** Where it begins in `a`. */
  readonly startA: number;
  /** Where it begins in `b`. */
  readonly startB: number;
  /** Share of the bits that differ over that time: 0 for the same samples, 0.5 for what has nothing in common. */
  readonly bitErrorRate: number;
}

/**
 * The pairs of recordings that share a sound, found without comparing every pair.
 *
 * Every word of a fingerprint is looked up among those of later recordings; where one is found, the two are laid on each
 * other at that point and the stretch is sought over which their bits agree. How well they must agree depends on how
 * long the stretch is: 6 % of the bits may differ over 0.3 s, 27 % over 1.25 s, 32 % over 2 s and more. Of many copies of one sound not
 * all pairs are named, but enough to connect them.
 *
 * A generator, since it takes seconds for many files: it yields how many recordings are done and returns the pairs.
 *
 * @param fingerprints - Of all recordings.
 * @param options.skip - 1 for recordings that are not to be compared, shape `[recordings]`.
 * @returns Sorted by `a`, then `b`; one entry per pair.
 * @see Haitsma & Kalker 2002, whose single limit of 0.35 is for stretches of 3 s
 */
export function* matchFingerprints(
  fingerprints: Fingerprints,
  { skip }: { readonly skip?: Uint8Array } = {},
): Generator<number, NearPair[]> {
  const { starts } = fingerprints;
  const index = createWordIndex(fingerprints, skip);
  const agreement = createAgreement(fingerprints);
  const pairs: NearPair[] = [];
  const votes = new Map<number, number>();

  for (let a = 0; a + 1 < starts.length; a++) {
    if (a % YIELD_EVERY === 0) yield a;
    if (skip?.[a] === 1) continue;
    votes.clear();
    index.visitLater(a, (position, later) => {
      const b = index.recordingAt(later);
      const shift = position - starts[a]! - (later - starts[b]!);
      const key = b * SHIFTS + shift + SHIFTS / 2;
      votes.set(key, (votes.get(key) ?? 0) + 1);
    });
    const best = new Map<number, NearPair>();
    for (const key of strongest(votes)) {
      const b = Math.floor(key / SHIFTS);
      const shift = (key % SHIFTS) - SHIFTS / 2;
      const stretch = agreement(a, b, shift);
      if (stretch === undefined) continue;
      const seconds = stretch.words * fingerprintHopSeconds;
      if (seconds <= (best.get(b)?.seconds ?? 0)) continue;
      const startA = stretch.from * fingerprintHopSeconds;
      const startB = (stretch.from - shift) * fingerprintHopSeconds;
      best.set(b, { a, b, seconds, startA, startB, bitErrorRate: stretch.bitErrorRate });
    }
    pairs.push(...[...best.values()].sort((p, q) => p.b - q.b));
  }
  return pairs;
}

const YIELD_EVERY = 64;
/** More than twice the longest fingerprint. */
const SHIFTS = 2 ** 17;
/** Points at which two recordings are laid on each other, per recording: many words in common, then few. */
const MOST_TRIALS = 512;
const BITS = 32;

function strongest(votes: ReadonlyMap<number, number>): number[] {
  const keys = [...votes.keys()];
  if (keys.length <= MOST_TRIALS) return keys;
  return keys.sort((p, q) => votes.get(q)! - votes.get(p)! || p - q).slice(0, MOST_TRIALS);
}

/**
 * Share of the bits that may differ over a stretch.
 *
 * Measured, at the best of all offsets: copies differ in 2 % (MP3 at 128 kbit/s), 6 % (48 kbit/s) and 5 % (cut at any
 * sample) of their bits. Of 1770 pairs of different files each, those of ESC-10 (5 s) differ in 45 % at least, spoken
 * digits of FSDD (0.4 s) in 27 %; among all 4.5 million pairs of FSDD two come down to 16 %, over 0.5 s.
 */
function tolerance(words: number): number {
  return Math.max(0.06, Math.min(0.32, 0.5 - 2.3 / Math.sqrt(words)));
}

/** Words that must agree: 1.25 s of sound, or most of a shorter recording. */
function fewestWords(audible: number): number {
  return Math.max(8, Math.min(100, Math.ceil(0.6 * audible)));
}

interface Stretch {
  /** First word in `a`. */
  readonly from: number;
  readonly words: number;
  readonly bitErrorRate: number;
}

/** Gives the stretch over which two recordings agree best when `b` is moved by `shift` words, if it is convincing. */
function createAgreement({
  words,
  starts,
}: Fingerprints): (a: number, b: number, shift: number) => Stretch | undefined {
  const audible = Uint32Array.from({ length: starts.length - 1 }, (_, r) => {
    let count = 0;
    for (let n = starts[r]!; n < starts[r + 1]!; n++) if (words[n] !== 0) count++;
    return count;
  });

  return (a, b, shift) => {
    const [startA, startB] = [starts[a]!, starts[b]!];
    const last = Math.min(starts[a + 1]! - startA, starts[b + 1]! - startB + shift);
    // The largest sum of "bits better than the limit" (Kadane), and what lies in it.
    let [sum, from, errors, count] = [0, 0, 0, 0];
    const best = { sum: 0, from: 0, end: 0, errors: 0, count: 0 };
    for (let n = Math.max(0, shift); n < last; n++) {
      const u = words[startA + n]!;
      const v = words[startB + n - shift]!;
      if (u === 0 || v === 0) continue;
      if (sum <= 0) {
        from = n;
        sum = errors = count = 0;
      }
      const wrong = bitCount(u ^ v);
      sum += LIMIT * BITS - wrong;
      errors += wrong;
      count++;
      if (sum > best.sum) Object.assign(best, { sum, from, end: n + 1, errors, count });
    }
    const bitErrorRate = best.errors / (BITS * Math.max(1, best.count));
    const fewest = fewestWords(Math.min(audible[a]!, audible[b]!));
    if (best.count < fewest || bitErrorRate > tolerance(best.count)) return undefined;
    return { from: best.from, words: best.end - best.from, bitErrorRate };
  };
}

const LIMIT = 0.35;

/** Bits that are 1. */
function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
