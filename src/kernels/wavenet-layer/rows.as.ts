/**
 * Tiles over rows of samples: time as lanes, four rows by eight samples at once.
 *
 * The inner loops are not unrolled: eight sums and three operands fill the registers, and two rounds in one loop body made
 * V8 spill (28 instead of 45 GFLOP/s, Node 20).
 */
import { all, at, firstLanes, load, madd, spread, storeEight, sumLanes4 } from "../lanes/lanes.as";

/**
 * Up to four output rows of n samples: `d[r][t] = bias[r] + base[r][t] + sum_k sum_c w[k][c][r] x[c][t + k step] + sum_e w[e][r] extra[e][t]`.
 *
 * w: `[taps x channels | extras | bias][4 rows]`. Strides and addresses in bytes; `base` 0 means none.
 */
export function gatherRows(
  w0: usize,
  taps: i32,
  channels: i32,
  x: usize,
  xRow: usize,
  tapStep: isize,
  extras: i32,
  extra: usize,
  extraRow: usize,
  base: usize,
  baseRow: usize,
  d: usize,
  dRow: usize,
  rows: i32,
  n: i32,
): void {
  const bias = w0 + at((taps * channels + extras) * 4);
  const s0 = spread(bias), s1 = spread(bias + 4), s2 = spread(bias + 8), s3 = spread(bias + 12);
  const b1 = base + (rows > 1 ? baseRow : 0);
  const b2 = base + (rows > 2 ? 2 * baseRow : 0);
  const b3 = base + (rows > 3 ? 3 * baseRow : 0);
  for (let t: i32 = 0; t < n; t += 8) {
    const o = at(t);
    let a00 = s0, a01 = s0, a10 = s1, a11 = s1, a20 = s2, a21 = s2, a30 = s3, a31 = s3;
    if (base != 0) {
      a00 = f32x4.add(a00, load(base + o));
      a01 = f32x4.add(a01, load(base + o + 16));
      a10 = f32x4.add(a10, load(b1 + o));
      a11 = f32x4.add(a11, load(b1 + o + 16));
      a20 = f32x4.add(a20, load(b2 + o));
      a21 = f32x4.add(a21, load(b2 + o + 16));
      a30 = f32x4.add(a30, load(b3 + o));
      a31 = f32x4.add(a31, load(b3 + o + 16));
    }
    let w = w0;
    let xk = x + o;
    for (let k: i32 = 0; k < taps; k++) {
      let p = xk;
      for (let c: i32 = 0; c < channels; c++) {
        const u = load(p);
        const v = v128.load(p, 16);
        let s = v128.load_splat<f32>(w);
        a00 = madd(s, u, a00);
        a01 = madd(s, v, a01);
        s = v128.load_splat<f32>(w, 4);
        a10 = madd(s, u, a10);
        a11 = madd(s, v, a11);
        s = v128.load_splat<f32>(w, 8);
        a20 = madd(s, u, a20);
        a21 = madd(s, v, a21);
        s = v128.load_splat<f32>(w, 12);
        a30 = madd(s, u, a30);
        a31 = madd(s, v, a31);
        p += xRow;
        w += 16;
      }
      xk += tapStep;
    }
    let p = extra + o;
    for (let e: i32 = 0; e < extras; e++) {
      const u = load(p);
      const v = v128.load(p, 16);
      let s = v128.load_splat<f32>(w);
      a00 = madd(s, u, a00);
      a01 = madd(s, v, a01);
      s = v128.load_splat<f32>(w, 4);
      a10 = madd(s, u, a10);
      a11 = madd(s, v, a11);
      s = v128.load_splat<f32>(w, 8);
      a20 = madd(s, u, a20);
      a21 = madd(s, v, a21);
      s = v128.load_splat<f32>(w, 12);
      a30 = madd(s, u, a30);
      a31 = madd(s, v, a31);
      p += extraRow;
      w += 16;
    }
    const q = d + o;
    storeEight(q, a00, a01, n - t);
    if (rows > 1) storeEight(q + dRow, a10, a11, n - t);
    if (rows > 2) storeEight(q + 2 * dRow, a20, a21, n - t);
    if (rows > 3) storeEight(q + 3 * dRow, a30, a31, n - t);
  }
}

/** `out[m outD + j outS] += sum over t < n of d[m][t] s[j][t]`; out strides in elements. */
export function rowProducts(
  d: usize,
  dRow: usize,
  dCount: i32,
  s: usize,
  sRow: usize,
  sCount: i32,
  n: i32,
  out: usize,
  outD: i32,
  outS: i32,
): void {
  const whole = at(n & ~3);
  const mask = firstLanes(n & 3);
  for (let m: i32 = 0; m < dCount; m += 4) {
    // Rows past the last one repeat it; their sums are not stored.
    const many = dCount - m;
    const d0 = d + <usize>m * dRow;
    const d1 = many > 1 ? d0 + dRow : d0;
    const d2 = many > 2 ? d0 + 2 * dRow : d0;
    const d3 = many > 3 ? d0 + 3 * dRow : d0;
    for (let j: i32 = 0; j < sCount; j += 2) {
      const p0 = s + <usize>j * sRow;
      const p1 = j + 1 < sCount ? p0 + sRow : p0;
      let a00 = all(0), a01 = all(0), a10 = all(0), a11 = all(0);
      let a20 = all(0), a21 = all(0), a30 = all(0), a31 = all(0);
      for (let t: usize = 0; t < whole; t += 16) {
        const u = load(p0 + t);
        const v = load(p1 + t);
        let e = load(d0 + t);
        a00 = madd(e, u, a00);
        a01 = madd(e, v, a01);
        e = load(d1 + t);
        a10 = madd(e, u, a10);
        a11 = madd(e, v, a11);
        e = load(d2 + t);
        a20 = madd(e, u, a20);
        a21 = madd(e, v, a21);
        e = load(d3 + t);
        a30 = madd(e, u, a30);
        a31 = madd(e, v, a31);
      }
      if (n & 3) {
        const u = v128.and(load(p0 + whole), mask);
        const v = v128.and(load(p1 + whole), mask);
        let e = v128.and(load(d0 + whole), mask);
        a00 = madd(e, u, a00);
        a01 = madd(e, v, a01);
        e = v128.and(load(d1 + whole), mask);
        a10 = madd(e, u, a10);
        a11 = madd(e, v, a11);
        e = v128.and(load(d2 + whole), mask);
        a20 = madd(e, u, a20);
        a21 = madd(e, v, a21);
        e = v128.and(load(d3 + whole), mask);
        a30 = madd(e, u, a30);
        a31 = madd(e, v, a31);
      }
      const o = out + at(m * outD + j * outS);
      addFour(o, at(outD), sumLanes4(a00, a10, a20, a30), many);
      if (j + 1 < sCount) addFour(o + at(outS), at(outD), sumLanes4(a01, a11, a21, a31), many);
    }
  }
}

/** `out[m] += sum over t < n of d[m][t]`. */
export function rowSums(d: usize, dRow: usize, dCount: i32, n: i32, out: usize): void {
  for (let m: i32 = 0; m < dCount; m++) {
    const p = d + <usize>m * dRow;
    let a = all(0);
    let t: i32 = 0;
    for (; t + 4 <= n; t += 4) a = f32x4.add(a, load(p + at(t)));
    if (t < n) a = f32x4.add(a, v128.and(load(p + at(t)), firstLanes(n - t)));
    const zero = all(0);
    addFour(out + at(m), 0, sumLanes4(a, zero, zero, zero), 1);
  }
}

// @ts-ignore: decorator
@inline
function addFour(o: usize, step: usize, v: v128, many: i32): void {
  f32.store(o, f32.load(o) + f32x4.extract_lane(v, 0));
  if (many > 1) f32.store(o + step, f32.load(o + step) + f32x4.extract_lane(v, 1));
  if (many > 2) f32.store(o + 2 * step, f32.load(o + 2 * step) + f32x4.extract_lane(v, 2));
  if (many > 3) f32.store(o + 3 * step, f32.load(o + 3 * step) + f32x4.extract_lane(v, 3));
}
