/** Behavioural sources: expressions as circuits/devices/expression-tape.ts defines them. */
import { exponentialAnywhere } from "./exponential.as";
import { addTo, at, word } from "./junction.as";
import {
  operationAbs,
  operationAdd,
  operationAnd,
  operationAtan,
  operationCos,
  operationCosh,
  operationDivide,
  operationEqual,
  operationExp,
  operationGreater,
  operationGreaterEqual,
  operationIf,
  operationLess,
  operationLessEqual,
  operationLimit,
  operationLn,
  operationLog10,
  operationMax,
  operationMin,
  operationMultiply,
  operationNegate,
  operationNot,
  operationNotEqual,
  operationOr,
  operationPower,
  operationPwr,
  operationPwrs,
  operationSgn,
  operationSin,
  operationSinh,
  operationSqrt,
  operationSubtract,
  operationTan,
  operationTanh,
  operationU,
  operationUramp,
  tapeBytes,
  tapeFrom,
  tapeInputBytes,
  tapeInputCount,
  tapeInputs,
  tapeOperationBytes,
  tapeOperationCount,
  tapeOperations,
  tapeResult,
  tapeSlopeShift,
  tapeTo,
  tapeValueCount,
  tapeValues,
} from "./layout";

const largestExponent: f64 = 230.0;
const smallestDivisor: f64 = 1e-30;
/** `exp(230)`. */
const largestExponential: f64 = 7.722018499983836e99;

// @ts-ignore: decorator
@inline
function divisorOf(x: f64): f64 {
  return Math.abs(x) >= smallestDivisor ? x : x < 0 ? -smallestDivisor : smallestDivisor;
}

// @ts-ignore: decorator
@inline
function bounded(x: f64): f64 {
  return Math.max(-largestExponent, Math.min(largestExponent, x));
}

// @ts-ignore: decorator
@inline
function signOf(x: f64): f64 {
  return x > 0 ? 1.0 : x < 0 ? -1.0 : x;
}

function power(x: f64, y: f64): f64 {
  return Math.pow(Math.floor(y) == y ? x : Math.abs(x), y);
}

function compute(code: i32, a: f64, b: f64, c: f64): f64 {
  switch (code) {
    case operationAdd:
      return a + b;
    case operationSubtract:
      return a - b;
    case operationMultiply:
      return a * b;
    case operationDivide:
      return a / divisorOf(b);
    case operationPower:
      return power(a, b);
    case operationNegate:
      return -a;
    case operationNot:
      return a > 0.5 ? 0.0 : 1.0;
    case operationLess:
      return a < b ? 1.0 : 0.0;
    case operationLessEqual:
      return a <= b ? 1.0 : 0.0;
    case operationGreater:
      return a > b ? 1.0 : 0.0;
    case operationGreaterEqual:
      return a >= b ? 1.0 : 0.0;
    case operationEqual:
      return a == b ? 1.0 : 0.0;
    case operationNotEqual:
      return a != b ? 1.0 : 0.0;
    case operationAnd:
      return a > 0.5 && b > 0.5 ? 1.0 : 0.0;
    case operationOr:
      return a > 0.5 || b > 0.5 ? 1.0 : 0.0;
    case operationAbs:
      return Math.abs(a);
    case operationSqrt:
      return Math.sqrt(Math.abs(a));
    case operationExp:
      return a > largestExponent ? largestExponential * (1.0 + a - largestExponent) : exponentialAnywhere(a);
    case operationLn:
      return Math.log(Math.max(Math.abs(a), smallestDivisor));
    case operationLog10:
      return Math.log10(Math.max(Math.abs(a), smallestDivisor));
    case operationSin:
      return Math.sin(a);
    case operationCos:
      return Math.cos(a);
    case operationTan:
      return Math.tan(a);
    case operationAtan:
      return Math.atan(a);
    case operationSinh:
      return Math.sinh(bounded(a));
    case operationCosh:
      return Math.cosh(bounded(a));
    case operationTanh:
      return Math.tanh(a);
    case operationMin:
      return Math.min(a, b);
    case operationMax:
      return Math.max(a, b);
    case operationPwr:
      return Math.pow(Math.abs(a), b);
    case operationPwrs:
      return signOf(a) * Math.pow(Math.abs(a), b);
    case operationUramp:
      return Math.max(0, a);
    case operationU:
      return a > 0 ? 1.0 : 0.0;
    case operationSgn:
      return signOf(a);
    case operationLimit:
      return Math.min(Math.max(a, Math.min(b, c)), Math.max(b, c));
    case operationIf:
      return a > 0.5 ? b : c;
    default:
      return NaN;
  }
}

// @ts-ignore: decorator
@inline
function pass(address: usize, shift: usize, slope: f64): void {
  if (slope != 0) store<f64>(address + shift, load<f64>(address + shift) + slope);
}

/** Whether the exponent of a power is a number. */
// @ts-ignore: decorator
@inline
function isConstant(o: usize): bool {
  return load<i32>(o, 20) != 0;
}

/** Hands the slope of a value back to the values that it was computed from. Steps and comparisons are flat. */
function passBack(code: i32, o: usize, shift: usize, slope: f64): void {
  const pa = word(o, 4);
  const pb = word(o, 8);
  const pc = word(o, 12);
  const a = load<f64>(pa);
  const b = load<f64>(pb);
  const value = at(o, 16);
  switch (code) {
    case operationAdd:
      pass(pa, shift, slope);
      pass(pb, shift, slope);
      break;
    case operationSubtract:
      pass(pa, shift, slope);
      pass(pb, shift, -slope);
      break;
    case operationMultiply:
      pass(pa, shift, slope * b);
      pass(pb, shift, slope * a);
      break;
    case operationDivide: {
      const inverse = 1.0 / divisorOf(b);
      pass(pa, shift, slope * inverse);
      pass(pb, shift, -slope * value * inverse);
      break;
    }
    case operationPower: {
      const whole = Math.floor(b) == b;
      const along = b * power(a, b - 1.0) * (whole ? 1.0 : signOf(a));
      if (isFinite(along)) pass(pa, shift, slope * along);
      if (value > 0 && !isConstant(o)) pass(pb, shift, slope * value * Math.log(Math.abs(a)));
      break;
    }
    case operationNegate:
      pass(pa, shift, -slope);
      break;
    case operationAbs:
      pass(pa, shift, slope * signOf(a));
      break;
    case operationSqrt:
      pass(pa, shift, (slope * 0.5 * signOf(a)) / Math.max(value, 1e-15));
      break;
    case operationExp:
      pass(pa, shift, slope * (a > largestExponent ? largestExponential : value));
      break;
    case operationLn:
      pass(pa, shift, slope / divisorOf(a));
      break;
    case operationLog10:
      pass(pa, shift, slope / (2.302585092994046 * divisorOf(a)));
      break;
    case operationSin:
      pass(pa, shift, slope * Math.cos(a));
      break;
    case operationCos:
      pass(pa, shift, -slope * Math.sin(a));
      break;
    case operationTan:
      pass(pa, shift, slope * (1.0 + value * value));
      break;
    case operationAtan:
      pass(pa, shift, slope / (1.0 + a * a));
      break;
    case operationSinh:
      pass(pa, shift, slope * Math.cosh(bounded(a)));
      break;
    case operationCosh:
      pass(pa, shift, slope * Math.sinh(bounded(a)));
      break;
    case operationTanh:
      pass(pa, shift, slope * (1.0 - value * value));
      break;
    case operationMin:
      pass(a <= b ? pa : pb, shift, slope);
      break;
    case operationMax:
      pass(a >= b ? pa : pb, shift, slope);
      break;
    case operationPwr:
    case operationPwrs: {
      if (a == 0) break;
      // `b |x|^(b - 1)`, with the sign that the function has.
      pass(pa, shift, (slope * b * value) / a);
      if (!isConstant(o)) pass(pb, shift, slope * value * Math.log(Math.abs(a)));
      break;
    }
    case operationUramp:
      if (a > 0) pass(pa, shift, slope);
      break;
    case operationLimit: {
      const c = load<f64>(pc);
      if (a > Math.min(b, c) && a < Math.max(b, c)) pass(pa, shift, slope);
      else pass(value == b ? pb : pc, shift, slope);
      break;
    }
    case operationIf:
      pass(a > 0.5 ? pb : pc, shift, slope);
      break;
    default:
      break;
  }
}

/** Adds the sources' values and slopes to residuals and matrix. */
export function loadTapes(first: usize, count: i32): void {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += tapeBytes) {
    const shift = word(d, tapeSlopeShift);
    const inputs = word(d, tapeInputs);
    const inputsEnd = inputs + word(d, tapeInputCount) * tapeInputBytes;
    for (let i = inputs; i < inputsEnd; i += tapeInputBytes) store<f64>(word(i, 24), at(i, 0) - at(i, 4));
    const operations = word(d, tapeOperations);
    const end = operations + word(d, tapeOperationCount) * tapeOperationBytes;
    for (let o = operations; o < end; o += tapeOperationBytes) {
      store<f64>(word(o, 16), compute(<i32>word(o), at(o, 4), at(o, 8), at(o, 12)));
    }
    const slopes = word(d, tapeValues) + shift;
    const slopesEnd = slopes + (word(d, tapeValueCount) << 3);
    for (let s = slopes; s < slopesEnd; s += 8) store<f64>(s, 0);
    const result = word(d, tapeResult);
    store<f64>(result + shift, 1.0);
    for (let o = end; o > operations; ) {
      o -= tapeOperationBytes;
      const slope = load<f64>(word(o, 16) + shift);
      if (slope != 0) passBack(<i32>word(o), o, shift, slope);
    }
    const value = load<f64>(result);
    addTo(d, tapeFrom, -value);
    addTo(d, tapeTo, value);
    for (let i = inputs; i < inputsEnd; i += tapeInputBytes) {
      const slope = load<f64>(word(i, 24) + shift);
      addTo(i, 8, slope);
      addTo(i, 12, -slope);
      addTo(i, 16, -slope);
      addTo(i, 20, slope);
    }
  }
}

/** Whether no unknown that a source reads moved by more than the tolerances. */
export function tapesSettled(first: usize, count: i32, shift: usize, relative: f64, absolute: f64): bool {
  let d = first;
  for (let k: i32 = 0; k < count; k++, d += tapeBytes) {
    const inputs = word(d, tapeInputs);
    const end = inputs + word(d, tapeInputCount) * tapeInputBytes;
    for (let i = inputs; i < end; i += tapeInputBytes) {
      for (let side: usize = 0; side < 8; side += 4) {
        const x = word(i, side);
        if (!(Math.abs(load<f64>(x + shift)) <= absolute + relative * Math.abs(load<f64>(x)))) return false;
      }
    }
  }
  return true;
}
