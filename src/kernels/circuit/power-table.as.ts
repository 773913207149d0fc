/** `x^-y` for one y and many x, from a table: what depletion capacitances need in every iteration. */
import { exponential, logarithm } from "./exponential.as";

// The table: 8 coefficients of (1 + e)^-y - 1 over e, lowest first; 2^(-k y) for k = -16 … 15; then for the middles
// c = 64/64 … 128/64 of segments 1 / c and c^-y.
const powersAt: usize = 64;
const segmentsAt: usize = 64 + 8 * 32;
const lowestExponent: i32 = -16;
const highestExponent: i32 = 15;

/** Writes the table of `x^-y`. */
export function writePowerTable(table: usize, y: f64): void {
  let coefficient: f64 = 1;
  for (let n: i32 = 0; n < 8; n++) {
    coefficient *= (-y - <f64>n) / <f64>(n + 1);
    store<f64>(table + (<usize>n << 3), coefficient);
  }
  for (let k = lowestExponent; k <= highestExponent; k++) {
    // The whole powers of 2 exactly, the rest where an exponential is right to the last place.
    const power = -y * <f64>k;
    const whole = Math.floor(power + 0.5);
    const scale = reinterpret<f64>((<u64>(<i64>whole + 1023)) << 52);
    const value = scale * exponential((power - whole) * 0.6931471805599453);
    store<f64>(table + powersAt + (<usize>(k - lowestExponent) << 3), value);
  }
  for (let i: i32 = 0; i <= 64; i++) {
    const c = 1.0 + <f64>i / 64.0;
    const p = table + segmentsAt + (<usize>i << 4);
    store<f64>(p, 1.0 / c);
    store<f64>(p, exponential(-y * logarithm(c)), 8);
  }
}

/** `x^-y` within 8 units of the last place for x from 2^-16 to 2^16. */
// @ts-ignore: decorator
@inline
export function powerFromTable(table: usize, x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = <i32>(bits >> 52) - 1023;
  if (exponent < lowestExponent || exponent > highestExponent) return powerOutside(table, x);
  const z = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  // The nearest of the 65 middles.
  const i = <usize>((bits >> 45) & 127) + 1 >> 1;
  const segment = table + segmentsAt + (i << 4);
  const e = (z - (1.0 + <f64>(<i32>i) * 0.015625)) * load<f64>(segment);
  const e2 = e * e;
  const low = load<f64>(table) + e * load<f64>(table, 8) + e2 * (load<f64>(table, 16) + e * load<f64>(table, 24));
  const high = load<f64>(table, 32) + e * load<f64>(table, 40) + e2 * load<f64>(table, 48);
  const scale = load<f64>(segment, 8) * load<f64>(table + powersAt + (<usize>(exponent - lowestExponent) << 3));
  return scale + scale * e * (low + e2 * e2 * high);
}

/** The power where no junction gets that is alive; its first coefficient is the exponent. */
function powerOutside(table: usize, x: f64): f64 {
  return Math.pow(x, load<f64>(table));
}
