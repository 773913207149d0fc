/**
 * The candidate that needs the fewest typing corrections to become the given name.
 *
 * It is `undefined` when even the best one shares too little with the name, so do not build a hint on it blindly.
 *
 * @param name - What the user typed.
 * @param candidates - The names that exist.
 * @returns The nearest candidate, or `undefined` if more than half of its letters (at least 2) would have to change.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.max(2, candidate.length / 2)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * The number of single-letter insertions, deletions, replacements and swaps of neighbours between two words.
 *
 * Words beyond 64 letters count as their first 64 letters.
 *
 * @param a - One word.
 * @param b - The other word.
 * @returns A whole number, 0 if the words are equal.
 * @see The "optimal string alignment" form of the Damerau-Levenshtein distance.
 */
export function editDistance(a: string, b: string): number {
  const from = a.slice(0, 64);
  const to = b.slice(0, 64);
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replace = (last[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      let cost = Math.min(replace, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
