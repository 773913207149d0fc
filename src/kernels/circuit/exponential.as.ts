/** `exp` and `log` in float64, within 1 unit of the last place. */
import { exponentialTable } from "./exponential-table.as";

/** 1.5 * 2^52: added and taken away again it rounds to a whole number, which stands in the lowest bits in between. */
const rounding: f64 = 6755399441055744.0;

/**
 * `exp(x)` for x from -708 to 709, without a look at the range.
 *
 * 2^(k / 128) from a table times a short series in what is left of x.
 *
 * @see Tang 1989, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic"
 */
// @ts-ignore: decorator
@inline
export function exponential(x: f64): f64 {
  const shifted = x * 184.6649652337873 + rounding;
  const bits = reinterpret<u64>(shifted);
  const k = shifted - rounding;
  // ln(2) / 128 in two parts, the first with 32 bits so that its product with k is exact.
  const r = x - k * 0.00541521234663378 - k * 1.4907929134926466e-12;
  const entry = exponentialTable + ((<usize>bits & 127) << 4);
  const scale = reinterpret<f64>(load<u64>(entry) + ((bits >> 7) << 52));
  const r2 = r * r;
  const p = load<f64>(entry, 8) + r + (r2 * (0.5 + r * 0.16666666666666666) + r2 * r2 * (0.041666666666666664 + r * 0.008333333333333333));
  return scale + scale * p;
}

/** `exp(x)` for any x: 0 below -745.1, infinity above 709.8. */
export function exponentialAnywhere(x: f64): f64 {
  if (x > 709.0) return x > 709.79 ? Infinity : exponential(x - 1.0) * 2.718281828459045;
  if (x < -708.0) {
    if (x < -745.14) return 0;
    const root = exponential(0.5 * x);
    return root * root;
  }
  return exponential(x);
}

/**
 * Natural logarithm of a positive normal number.
 *
 * With `x = 2^k (1 + f)` and `s = f / (2 + f)`: `log(1 + f) = 2 atanh(s) = f - s (f - R)`, R a series in s².
 */
// @ts-ignore: decorator
@inline
export function logarithm(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  const exponent = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const k = <f64>exponent;
  const f = reinterpret<f64>(bits - (exponent << 52)) - 1.0;
  const s = f / (2.0 + f);
  const w = s * s;
  const w2 = w * w;
  const low = 0.6666666666666669688 + w * 0.39999999999899443;
  const middle = 0.28571428626003269 + w * 0.22222211130259877;
  const high = 0.18182889455674947 + w * (0.15331710618210772 + w * 0.14616585424888622);
  const series = w * (low + w2 * (middle + w2 * high));
  return k * 0.6931471803691238 + (f - (s * (f - series) - k * 1.9082149292705877e-10));
}
