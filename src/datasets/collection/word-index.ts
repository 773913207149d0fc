import type { Fingerprints } from "./fingerprint-store.ts";

/** Finds where the words of a recording come again. */
export interface WordIndex {
  /**
   * Calls `visit` for the words of a recording with each place in later recordings that holds the same: at most 64 per
   * word, the first ones. Both places are positions in the array of all words.
   */
  visitLater(recording: number, visit: (position: number, later: number) => void): void;
  /** The recording that a position belongs to. */
  recordingAt(position: number): number;
}

/**
 * An inverted index over fingerprints: 4 bytes a word, and as much again at most for the table of buckets.
 *
 * A word that is the same as the one before it is not entered, nor looked up: a steady sound would name itself at
 * every point.
 *
 * @param options.skip - 1 for recordings to leave out.
 */
export function createWordIndex({ words, starts }: Fingerprints, skip?: Uint8Array): WordIndex {
  const recordings = starts.length - 1;
  const total = starts[recordings]!;
  const bits = Math.max(8, Math.min(24, Math.ceil(Math.log2(total + 1))));
  const bucketOf = (word: number) => Math.imul(word, 0x9e3779b1) >>> (32 - bits);

  // Counting sort by bucket; within one, positions rise.
  const ends = new Uint32Array(2 ** bits + 1);
  forEachWord((n) => ends[bucketOf(words[n]!) + 1]!++);
  for (let k = 1; k < ends.length; k++) ends[k]! += ends[k - 1]!;
  const positions = new Uint32Array(ends[2 ** bits]!);
  forEachWord((n) => {
    const bucket = bucketOf(words[n]!);
    positions[ends[bucket]!++] = n;
  });
  // Now ends[k] is the end of bucket k, and the beginning of bucket k + 1.

  function forEachWord(act: (n: number) => void): void {
    for (let r = 0; r < recordings; r++) if (skip?.[r] !== 1) forEachWordOf(r, act);
  }

  function forEachWordOf(recording: number, act: (n: number) => void): void {
    const [start, end] = [starts[recording]!, starts[recording + 1]!];
    for (let n = start; n < end; n++) if (words[n] !== 0 && (n === start || words[n] !== words[n - 1])) act(n);
  }

  return {
    visitLater(recording, visit) {
      const after = starts[recording + 1]!;
      forEachWordOf(recording, (n) => {
        const word = words[n]!;
        const bucket = bucketOf(word);
        const [low, high] = [bucket === 0 ? 0 : ends[bucket - 1]!, ends[bucket]!];
        let found = 0;
        for (let k = firstFrom(positions, { value: after, low, high }); k < high && found < MOST_VISITS; k++) {
          if (words[positions[k]!] !== word) continue;
          visit(n, positions[k]!);
          found++;
        }
      });
    },
    recordingAt: (position) => firstFrom(starts, { value: position + 1, low: 0, high: starts.length }) - 1,
  };
}

/** More copies than these are connected through one another. */
const MOST_VISITS = 64;

/** First index in `low .. high` of a rising array whose value is at least `value`; `high` if there is none. */
function firstFrom(
  rising: Uint32Array,
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rising[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
