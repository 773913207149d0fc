/**
 * The number with the fewest decimal digits that a reader turns into the same float32.
 *
 * JSON then spells 0.1 instead of 0.10000000149011612, which halves a text file of weights.
 *
 * @param value - A finite float32.
 * @returns A double whose nearest float32 is `value`.
 */
export function shortestFloat32(value: number): number {
  for (let digits = 5; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9)); // nine digits tell any two float32 apart
}
