import { all, at, firstLanes, load, madd, sigmoid4, store, storeFirst, tanh4 } from "../lanes/lanes.as";

/** Codes shared with `activation.ts`: 0 identity, 1 tanh, 2 sigmoid, 3 leaky ReLU with `slope` (0: plain ReLU). */
// @ts-ignore: decorator
@inline
export function activate(kind: i32, slope: v128, x: v128): v128 {
  if (kind == 1) return tanh4(x);
  if (kind == 2) return sigmoid4(x);
  if (kind == 3) return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(x, all(0)));
  return x;
}

/** Derivative of the activation, from its output `y`. */
// @ts-ignore: decorator
@inline
export function activationSlope(kind: i32, slope: v128, y: v128): v128 {
  const one = all(1);
  if (kind == 1) return f32x4.sub(one, f32x4.mul(y, y));
  if (kind == 2) return f32x4.mul(y, f32x4.sub(one, y));
  if (kind == 3) return v128.bitselect(one, slope, f32x4.gt(y, all(0)));
  return one;
}

export function activationForward(kind: i32, slope: f32, n: i32, x: i32, y: i32): void {
  const s = all(slope);
  for (let j: i32 = 0; j < n; j += 4) {
    storeFirst(at(y + j), activate(kind, s, load(at(x + j))), n - j);
  }
}

export function activationBackward(kind: i32, slope: f32, n: i32, y: i32, dy: i32, dx: i32): void {
  const s = all(slope);
  for (let j: i32 = 0; j < n; j += 4) {
    const g = madd(load(at(dy + j)), activationSlope(kind, s, load(at(y + j))), load(at(dx + j)));
    storeFirst(at(dx + j), g, n - j);
  }
}
