/** A source of random numbers that depends on its seed alone. */
export interface Random {
  /** The next number in `[0, 1)`, a multiple of 2^-32. */
  uniform(): number;
  /** The next number of a normal distribution with mean 0 and variance 1. */
  normal(): number;
  /** The next whole number in `[0, bound)`, every one equally likely; `bound` from 1 to 2^32. */
  integer(bound: number): number;
  /** Plain numbers from which `createRandomFromState` continues exactly here. */
  state(): number[];
}

/**
 * A generator that gives the same numbers for the same seed, on every machine.
 *
 * It is for audio and training, not for secrets. `normal` uses `Math.log`, whose last bit may differ between engines.
 *
 * @param seed - Whole number; the lower 32 bits count.
 * @see Blackman & Vigna 2018, xoshiro128**, https://prng.di.unimi.it/xoshiro128starstar.c (seeded with splitmix32)
 */
export function createRandom(seed: number): Random {
  let mixer = seed >>> 0;
  const words: number[] = [];
  for (let k = 0; k < 4; k++) {
    mixer = (mixer + 0x9e3779b9) >>> 0;
    let z = mixer;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    words.push((z ^ (z >>> 16)) >>> 0);
  }
  return createRandomFromState(words);
}

/**
 * A generator that continues where another one stood.
 *
 * @param state - What `state()` returned: four 32-bit words, and a fifth number if half of a normal pair was left.
 */
export function createRandomFromState(state: readonly number[]): Random {
  const words = Uint32Array.from(state.slice(0, 4));
  if (words.length !== 4 || words.every((word) => word === 0)) {
    throw new Error(`bug: not the state of a random generator: [${state.join(", ")}]`);
  }
  let [a, b, c, d] = words as unknown as [number, number, number, number];
  let spare = state[4];

  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const uniform = (): number => next() / 2 ** 32;

  return {
    uniform,
    // Marsaglia's polar method: two values per accepted point, the second is kept for the next call.
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const radius = x * x + y * y;
        if (radius === 0 || radius >= 1) continue;
        const scale = Math.sqrt((-2 * Math.log(radius)) / radius);
        spare = y * scale;
        return x * scale;
      }
    },
    integer(bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
        throw new Error(`bug: random integer below ${bound}`);
      }
      const limit = 2 ** 32 - (2 ** 32 % bound); // values above would make the small numbers likelier
      for (;;) {
        const value = next();
        if (value < limit) return value % bound;
      }
    },
    state() {
      const now = [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
      return spare === undefined ? now : [...now, spare];
    },
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
