import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCircuitKernel, circuitLayout as layout } from "../index.ts";

const kernel = createCircuitKernel();

// The reference: numbers as unevaluated sums of two float64, good to about 1e-30, and a Taylor series in them.
type Pair = readonly [number, number];

function sum(a: number, b: number): Pair {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
}

function split(a: number): Pair {
  const high = a * 134217729 - (a * 134217729 - a);
  return [high, a - high];
}

function multiply([a, aLow]: Pair, [b, bLow]: Pair): Pair {
  const product = a * b;
  const [a1, a2] = split(a);
  const [b1, b2] = split(b);
  const error = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
  return sum(product, error + a * bLow + aLow * b);
}

function add(a: Pair, b: Pair): Pair {
  const [high, low] = sum(a[0], b[0]);
  return sum(high, low + a[1] + b[1]);
}

const ln2: Pair = [Math.LN2, 2.3190468138462996e-17];

/** `e^x / 2^power`, between 1/2 and 2. */
function exponentialPair(x: Pair): { readonly share: Pair; readonly power: number } {
  const power = Math.round(x[0] / Math.LN2);
  const rest = add(x, multiply([-power, 0], ln2));
  const r: Pair = [rest[0] / 1024, rest[1] / 1024];
  let series: Pair = [1, 0];
  for (let n = 10; n > 0; n--) {
    const [high, low] = multiply(series, r);
    // Division by a small whole number: the remainder of the first part goes into the second.
    const quotient = high / n;
    const [back, backLow] = multiply([quotient, 0], [n, 0]);
    series = add([1, 0], sum(quotient, (high - back - backLow + low) / n));
  }
  for (let k = 0; k < 10; k++) series = multiply(series, series);
  return { share: series, power };
}

/** `x * e^-y - 1`, for y near the logarithm of x: what the logarithm lacks. */
function lackOfLogarithm(x: number, y: number): number {
  const exponent = Math.floor(Math.log2(x));
  const half = Math.trunc(exponent / 2);
  const scaled = (x / 2 ** half) * 2 ** -(exponent - half);
  const { share, power } = exponentialPair([-y, 0]);
  const [high, low] = multiply([scaled * 2 ** (power + exponent), 0], share);
  return high - 1 + low;
}

function logarithmPair(x: number): Pair {
  const y = Math.log(x);
  return sum(y, lackOfLogarithm(x, y));
}

/** Distance of float64 numbers around x > 0. */
function unitOf(x: number): number {
  return Math.max(2 ** (Math.floor(Math.log2(x)) - 52), Number.MIN_VALUE);
}

/** Units of the last place between what the kernel says and `e^x`. */
function exponentialError(x: number): number {
  const { share, power } = exponentialPair([x, 0]);
  const half = Math.trunc(power / 2);
  const found = (kernel.exponentialOf(x) / 2 ** half) * 2 ** -(power - half);
  return Math.abs(found - share[0] - share[1]) / unitOf(share[0]);
}

const worstOf = (errors: Iterable<number>) => {
  let worst = 0;
  for (const error of errors) {
    if (Number.isNaN(error)) return Number.NaN;
    worst = Math.max(worst, error);
  }
  return worst;
};
const spaced = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, n) => from + ((to - from) * (n + 0.37)) / count);

describe("the reference of this test", () => {
  it("knows digits of e, of its square root and of ln 3 that float64 does not have", () => {
    // e = 2.71828182845904523536028747135266249775724709…: what float64 leaves is 1.4456468917292502e-16.
    const e = exponentialPair([1, 0]);
    expect(e.power).toBe(1);
    expect(2 * e.share[0]).toBe(Math.E);
    expect(2 * e.share[1]).toBeCloseTo(1.4456468917292502e-16, 29);
    // sqrt(e): multiplied by itself it is e again.
    const root = exponentialPair([0.5, 0]);
    const [high, low] = multiply(root.share, root.share);
    expect((high - e.share[0] * 2 ** (e.power - 2 * root.power) + low) / high).toBeCloseTo(
      (e.share[1] * 2 ** (e.power - 2 * root.power)) / high,
      28,
    );
    // ln 3 = 1.09861228866810969139524523692252570464749055…
    const [three, rest] = logarithmPair(3);
    expect(three).toBe(1.0986122886681098);
    expect(rest).toBeCloseTo(-9.07129723e-17, 24);
  });
});

describe("the kernel's exponential", () => {
  it("is within 1 unit of the last place from -708 to 709", () => {
    expect(worstOf(spaced(-708, 709, 10_000).map(exponentialError))).toBeLessThan(1);
    expect(worstOf(spaced(-1, 1, 5000).map(exponentialError))).toBeLessThan(1);
    fc.assert(fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => exponentialError(x) < 1));
  });

  it("is exact at 0 and where nothing but 1 is near", () => {
    for (const x of [0, -0, 1e-17, -1e-17, Number.MIN_VALUE]) expect(kernel.exponentialOf(x)).toBe(1);
  });

  it("goes on to the largest number and down through the subnormal ones", () => {
    expect(worstOf(spaced(709, 709.782712, 2000).map(exponentialError))).toBeLessThan(2);
    expect(kernel.exponentialOf(709.7827)).toBeLessThan(Number.POSITIVE_INFINITY);
    // Subnormal results have an absolute distance; the square of a root that is off by a unit is off by two.
    for (const x of spaced(-745.13, -708, 2000)) {
      const expected = Math.exp(x);
      expect(Math.abs(kernel.exponentialOf(x) - expected)).toBeLessThanOrEqual(3 * unitOf(expected));
    }
    expect(kernel.exponentialOf(-745.13)).toBeGreaterThan(0);
  });

  it("has the limits of Math.exp", () => {
    for (const x of [709.79, 710, 1e308, Number.POSITIVE_INFINITY]) {
      expect(kernel.exponentialOf(x)).toBe(Number.POSITIVE_INFINITY);
    }
    for (const x of [-745.2, -1e308, Number.NEGATIVE_INFINITY]) expect(kernel.exponentialOf(x)).toBe(0);
    expect(kernel.exponentialOf(Number.NaN)).toBeNaN();
  });
});

describe("the kernel's logarithm", () => {
  const errorOf = (x: number) => {
    const found = kernel.logarithmOf(x);
    return Math.abs(lackOfLogarithm(x, found)) / unitOf(Math.abs(found));
  };

  it("is within 1 unit of the last place for all positive normal numbers", () => {
    expect(worstOf(spaced(0.5, 2, 8000).map(errorOf))).toBeLessThan(1);
    expect(worstOf(spaced(-1020, 1022, 5000).map((power) => errorOf(2 ** power)))).toBeLessThan(1);
    const positive = fc.double({ min: 2 ** -1020, max: Number.MAX_VALUE / 4, noNaN: true });
    fc.assert(fc.property(positive, (x) => x === 1 || errorOf(x) < 1));
  });

  it("is 0 at 1 and the distance to 1 beside it", () => {
    expect(kernel.logarithmOf(1)).toBe(0);
    expect(kernel.logarithmOf(1 + 2 ** -52)).toBeCloseTo(2 ** -52, 31);
    expect(kernel.logarithmOf(1 - 2 ** -53)).toBeCloseTo(-(2 ** -53), 31);
    expect(kernel.logarithmOf(2)).toBe(Math.LN2);
  });

  it("reaches the ends of the normal numbers", () => {
    expect(kernel.logarithmOf(2 ** -1022)).toBe(-708.3964185322641);
    expect(kernel.logarithmOf(Number.MAX_VALUE)).toBe(709.782712893384);
  });
});

describe("the kernel's powers", () => {
  // Gradings of junctions that libraries of models have.
  const gradings = [0.05, 0.3333, 0.4, 0.5, 0.75, 0.95];
  const tables = new Map(
    gradings.map((y, k) => {
      const table = kernel.base + k * layout.powerTableBytes;
      kernel.writePowerTable(table, y);
      return [y, table] as const;
    }),
  );
  const powerOf = (x: number, y: number) => kernel.powerOf(tables.get(y) ?? 0, x);

  /** Units of the last place: `ln` of what was found plus `y ln x` is its relative error. */
  const errorOf = (x: number, y: number) => {
    const found = powerOf(x, y);
    const relative = add(logarithmPair(found), multiply([y, 0], logarithmPair(x)));
    return (Math.abs(relative[0] + relative[1]) * found) / unitOf(found);
  };

  it.each(gradings)("are within 4 units of the last place from 1/4 to 4 with y = %f", (y) => {
    expect(worstOf(spaced(0.25, 4, 1000).map((x) => errorOf(x, y)))).toBeLessThan(4);
  });

  // The table's powers of 2 come from `y k`, which was rounded: half a unit of up to 15.
  it.each(gradings)("are within 8 units of the last place from 2^-16 to 2^16 with y = %f", (y) => {
    expect(worstOf(spaced(-15.999, 15.999, 1000).map((power) => errorOf(2 ** power, y)))).toBeLessThan(8);
  });

  it("are those of Math.pow outside the table", () => {
    for (const y of gradings) {
      for (const x of [2 ** -16.01, 2 ** -30, 1e-300, 2 ** 16.01, 2 ** 40, 1e300]) {
        expect(Math.abs(powerOf(x, y) / x ** -y - 1)).toBeLessThan(1e-15);
      }
    }
  });

  it("have its limits too: no power of less than nothing", () => {
    expect(powerOf(0, 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(powerOf(Number.POSITIVE_INFINITY, 0.5)).toBe(0);
    expect(powerOf(-1, 0.5)).toBeNaN();
    expect(powerOf(Number.NaN, 0.5)).toBeNaN();
  });

  it("do not jump where two segments or two powers of 2 meet", () => {
    for (const y of gradings) {
      for (let i = 0; i <= 128; i++) {
        const x = 1 + (i + 0.5) / 64;
        // So far the curve falls between the two.
        const fall = y * x ** -y * 2 ** -40;
        const change = powerOf(x * (1 - 2 ** -41), y) - powerOf(x * (1 + 2 ** -41), y);
        expect(Math.abs(change - fall)).toBeLessThan(8 * 2 ** -52);
      }
    }
  });
});
