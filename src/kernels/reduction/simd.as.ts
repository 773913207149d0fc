import { all, at, firstLanes, load, storeFirst } from "../lanes/lanes.as";

// Sums run in float64: two lanes of float64 per half of a float32 vector.

export function sum(n: i32, x: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let j: i32 = 0; j < n; j += 4) {
    const v = v128.and(load(at(x + j)), firstLanes(n - j));
    low = f64x2.add(low, f64x2.promote_low_f32x4(v));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
  }
  return sumPairs(f64x2.add(low, high));
}

export function sumOfSquares(n: i32, x: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let j: i32 = 0; j < n; j += 4) {
    const v = v128.and(load(at(x + j)), firstLanes(n - j));
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  return sumPairs(f64x2.add(low, high));
}

export function sumOfMagnitudes(n: i32, x: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let j: i32 = 0; j < n; j += 4) {
    const v = f32x4.abs(v128.and(load(at(x + j)), firstLanes(n - j)));
    low = f64x2.add(low, f64x2.promote_low_f32x4(v));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
  }
  return sumPairs(f64x2.add(low, high));
}

export function signAdd(n: i32, scale: f32, x: i32, dx: i32): void {
  const up = all(scale);
  const down = all(-scale);
  const zero = all(0);
  for (let j: i32 = 0; j < n; j += 4) {
    const v = load(at(x + j));
    const step = v128.or(v128.and(f32x4.gt(v, zero), up), v128.and(f32x4.lt(v, zero), down));
    storeFirst(at(dx + j), f32x4.add(load(at(dx + j)), step), n - j);
  }
}

export function columnMeans(steps: i32, columns: i32, x: i32, means: i32): void {
  for (let j: i32 = 0; j < columns; j++) {
    let total: f64 = 0;
    for (let t: i32 = 0; t < steps; t++) total += <f64>f32.load(at(x + t * columns + j));
    f32.store(at(means + j), <f32>(total / <f64>steps));
  }
}

export function addToRows(steps: i32, columns: i32, row: i32, dx: i32): void {
  for (let t: i32 = 0; t < steps; t++) {
    const d = dx + t * columns;
    for (let j: i32 = 0; j < columns; j += 4) {
      storeFirst(at(d + j), f32x4.add(load(at(d + j)), load(at(row + j))), columns - j);
    }
  }
}

// @ts-ignore: decorator
@inline
function sumPairs(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}
