import type { Random } from "../../signal/index.ts";

/** One of the given things, all equally likely. */
export function choose<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[random.integer(choices.length)];
  if (choice === undefined) throw new Error("bug: nothing to choose from");
  return choice;
}

/** A number from `low` to `high`, all equally likely. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** A number from `low` to `high` (both above 0), equally likely in every octave. */
export function logBetween(random: Random, low: number, high: number): number {
  return low * (high / low) ** random.uniform();
}

/** True with the given probability. */
export function happens(random: Random, probability: number): boolean {
  return random.uniform() < probability;
}

/** The same things in another order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items];
  for (let k = order.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    const held = order[k]!;
    order[k] = order[other]!;
    order[other] = held;
  }
  return order;
}
