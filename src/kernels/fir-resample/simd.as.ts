import { all, at, load, madd, storeFirst, sumLanes, sumLanes4 } from "../lanes/lanes.as";

/**
 * Four outputs at a time, lanes along the taps. Every output is summed in one order, whatever its place among the four,
 * so that a stream cut elsewhere gives the same bits. Not unrolled further: V8 would spill.
 */
export function firResample(
  n: i32,
  taps: i32,
  up: i32,
  down: i32,
  position: i32,
  rows: i32,
  x: i32,
  y: i32,
): void {
  const bytes = at(taps);
  const whole = down / up;
  const part = down - whole * up;
  let i = position / up;
  let r = position - i * up;
  for (let k: i32 = 0; k < n; k += 4) {
    const p0 = at(x + i);
    const w0 = at(rows) + <usize>r * bytes;
    // Outputs past the last repeat the first of the four; their sums are not stored.
    let p1 = p0, p2 = p0, p3 = p0, w1 = w0, w2 = w0, w3 = w0;
    const many = n - k;
    if (many > 1) {
      r += part; i += whole; if (r >= up) { r -= up; i++; }
      p1 = at(x + i); w1 = at(rows) + <usize>r * bytes;
    }
    if (many > 2) {
      r += part; i += whole; if (r >= up) { r -= up; i++; }
      p2 = at(x + i); w2 = at(rows) + <usize>r * bytes;
    }
    if (many > 3) {
      r += part; i += whole; if (r >= up) { r -= up; i++; }
      p3 = at(x + i); w3 = at(rows) + <usize>r * bytes;
      r += part; i += whole; if (r >= up) { r -= up; i++; }
    }
    const sums = up == 1 ? sumsOfOne(w0, p0, p1, p2, p3, bytes) : sumsOfFour(w0, w1, w2, w3, p0, p1, p2, p3, bytes);
    storeFirst(at(y + k), sums, many);
  }
}

/** One output at a time, from four rows. */
export function firResampleBetween(
  n: i32,
  taps: i32,
  phases: i32,
  up: i32,
  down: i32,
  position: i32,
  rows: i32,
  x: i32,
  y: i32,
): void {
  const bytes = at(taps);
  const whole = down / up;
  const part = down - whole * up;
  let i = position / up;
  let r = position - i * up;
  for (let k: i32 = 0; k < n; k++) {
    const phase = (<f64>r * <f64>phases) / <f64>up;
    const row = <i32>phase;
    const t = phase - <f64>row;
    const w = at(rows) + <usize>row * bytes;
    const sums = sumsOfOne(at(x + i), w, w + bytes, w + 2 * bytes, w + 3 * bytes, bytes);
    const cubic = f32x4(
      <f32>((t * (1 - t) * (t - 2)) / 6),
      <f32>(((t + 1) * (1 - t) * (2 - t)) / 2),
      <f32>(((t + 1) * t * (2 - t)) / 2),
      <f32>(((t + 1) * t * (t - 1)) / 6),
    );
    f32.store(at(y + k), sumLanes(f32x4.mul(cubic, sums)));
    r += part; i += whole; if (r >= up) { r -= up; i++; }
  }
}

/** Dot products of one array with four others. */
// @ts-ignore: decorator
@inline
function sumsOfOne(w: usize, p0: usize, p1: usize, p2: usize, p3: usize, bytes: usize): v128 {
  let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0), b0 = all(0), b1 = all(0), b2 = all(0), b3 = all(0);
  const end = w + bytes;
  while (w < end) {
    const u = load(w);
    const v = v128.load(w, 16);
    a0 = madd(u, load(p0), a0);
    b0 = madd(v, v128.load(p0, 16), b0);
    a1 = madd(u, load(p1), a1);
    b1 = madd(v, v128.load(p1, 16), b1);
    a2 = madd(u, load(p2), a2);
    b2 = madd(v, v128.load(p2, 16), b2);
    a3 = madd(u, load(p3), a3);
    b3 = madd(v, v128.load(p3, 16), b3);
    w += 32;
    p0 += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
  }
  return sumLanes4(f32x4.add(a0, b0), f32x4.add(a1, b1), f32x4.add(a2, b2), f32x4.add(a3, b3));
}

/** Dot products of four pairs of arrays. */
// @ts-ignore: decorator
@inline
function sumsOfFour(
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  p0: usize,
  p1: usize,
  p2: usize,
  p3: usize,
  bytes: usize,
): v128 {
  let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0), b0 = all(0), b1 = all(0), b2 = all(0), b3 = all(0);
  const end = w0 + bytes;
  while (w0 < end) {
    a0 = madd(load(w0), load(p0), a0);
    b0 = madd(v128.load(w0, 16), v128.load(p0, 16), b0);
    a1 = madd(load(w1), load(p1), a1);
    b1 = madd(v128.load(w1, 16), v128.load(p1, 16), b1);
    a2 = madd(load(w2), load(p2), a2);
    b2 = madd(v128.load(w2, 16), v128.load(p2, 16), b2);
    a3 = madd(load(w3), load(p3), a3);
    b3 = madd(v128.load(w3, 16), v128.load(p3, 16), b3);
    w0 += 32;
    w1 += 32;
    w2 += 32;
    w3 += 32;
    p0 += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
  }
  return sumLanes4(f32x4.add(a0, b0), f32x4.add(a1, b1), f32x4.add(a2, b2), f32x4.add(a3, b3));
}
