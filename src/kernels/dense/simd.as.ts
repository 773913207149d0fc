import { all, at, firstLanes, load, madd, spread, storeEight, storeFirst, sumLanes, sumLanes4 } from "../lanes/lanes.as";

/** Four outputs by eight lanes a tile; the last outputs one by one; the last lanes through a guarded store. */
export function dense(
  outer: i32,
  outputs: i32,
  inputs: i32,
  n: i32,
  x: i32,
  xOuter: i32,
  xRow: i32,
  weight: i32,
  bias: i32,
  y: i32,
  yOuter: i32,
  yRow: i32,
  accumulate: i32,
): void {
  const w = at(weight);
  const wRow = at(inputs);
  const xStride = at(xRow);
  const yStride = at(yRow);
  const zero = all(0);
  for (let q: i32 = 0; q < outer; q++) {
    const xq = at(x + q * xOuter);
    const yq = at(y + q * yOuter);
    let o: i32 = 0;
    for (; o + 4 <= outputs; o += 4) {
      const w0 = w + <usize>o * wRow;
      const b0 = bias == 0 ? zero : spread(at(bias + o));
      const b1 = bias == 0 ? zero : spread(at(bias + o + 1));
      const b2 = bias == 0 ? zero : spread(at(bias + o + 2));
      const b3 = bias == 0 ? zero : spread(at(bias + o + 3));
      for (let j: i32 = 0; j < n; j += 8) {
        let a00 = b0, a01 = b0, a10 = b1, a11 = b1, a20 = b2, a21 = b2, a30 = b3, a31 = b3;
        let p = xq + at(j);
        let v = w0;
        for (let i: i32 = 0; i < inputs; i++) {
          const u0 = load(p);
          const u1 = v128.load(p, 16);
          let s = spread(v);
          a00 = madd(s, u0, a00);
          a01 = madd(s, u1, a01);
          s = spread(v + wRow);
          a10 = madd(s, u0, a10);
          a11 = madd(s, u1, a11);
          s = spread(v + 2 * wRow);
          a20 = madd(s, u0, a20);
          a21 = madd(s, u1, a21);
          s = spread(v + 3 * wRow);
          a30 = madd(s, u0, a30);
          a31 = madd(s, u1, a31);
          p += xStride;
          v += 4;
        }
        const d = yq + <usize>o * yStride + at(j);
        put(d, a00, a01, n - j, accumulate);
        put(d + yStride, a10, a11, n - j, accumulate);
        put(d + 2 * yStride, a20, a21, n - j, accumulate);
        put(d + 3 * yStride, a30, a31, n - j, accumulate);
      }
    }
    for (; o < outputs; o++) {
      const b = bias == 0 ? zero : spread(at(bias + o));
      for (let j: i32 = 0; j < n; j += 8) {
        let a0 = b, a1 = b, c0 = zero, c1 = zero;
        let p = xq + at(j);
        let v = w + <usize>o * wRow;
        let i: i32 = 0;
        for (; i + 2 <= inputs; i += 2) {
          let s = spread(v);
          a0 = madd(s, load(p), a0);
          a1 = madd(s, load(p + 16), a1);
          s = spread(v + 4);
          c0 = madd(s, load(p + xStride), c0);
          c1 = madd(s, load(p + xStride + 16), c1);
          p += 2 * xStride;
          v += 8;
        }
        if (i < inputs) {
          const s = spread(v);
          a0 = madd(s, load(p), a0);
          a1 = madd(s, load(p + 16), a1);
        }
        put(yq + <usize>o * yStride + at(j), f32x4.add(a0, c0), f32x4.add(a1, c1), n - j, accumulate);
      }
    }
  }
}

export function denseGradients(
  outer: i32,
  outputs: i32,
  inputs: i32,
  n: i32,
  x: i32,
  xOuter: i32,
  xRow: i32,
  dy: i32,
  dyOuter: i32,
  dyRow: i32,
  dWeight: i32,
  dBias: i32,
): void {
  const xStride = at(xRow);
  const yStride = at(dyRow);
  for (let o: i32 = 0; o < outputs; o++) {
    let i: i32 = 0;
    for (; i < inputs; i += 4) {
      let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0);
      const many = inputs - i;
      for (let q: i32 = 0; q < outer; q++) {
        const g = at(dy + q * dyOuter + o * dyRow);
        // Rows past the last input repeat it; their sums are not stored.
        const p0 = at(x + q * xOuter) + <usize>i * xStride;
        const p1 = many > 1 ? p0 + xStride : p0;
        const p2 = many > 2 ? p0 + 2 * xStride : p0;
        const p3 = many > 3 ? p0 + 3 * xStride : p0;
        let j: i32 = 0;
        for (; j + 4 <= n; j += 4) {
          const d = load(g + at(j));
          a0 = madd(d, load(p0 + at(j)), a0);
          a1 = madd(d, load(p1 + at(j)), a1);
          a2 = madd(d, load(p2 + at(j)), a2);
          a3 = madd(d, load(p3 + at(j)), a3);
        }
        if (j < n) {
          const mask = firstLanes(n - j);
          const d = v128.and(load(g + at(j)), mask);
          a0 = madd(d, v128.and(load(p0 + at(j)), mask), a0);
          a1 = madd(d, v128.and(load(p1 + at(j)), mask), a1);
          a2 = madd(d, v128.and(load(p2 + at(j)), mask), a2);
          a3 = madd(d, v128.and(load(p3 + at(j)), mask), a3);
        }
      }
      const d = at(dWeight + o * inputs + i);
      storeFirst(d, f32x4.add(load(d), sumLanes4(a0, a1, a2, a3)), many);
    }
    if (dBias != 0) {
      let a = all(0);
      for (let q: i32 = 0; q < outer; q++) {
        const g = at(dy + q * dyOuter + o * dyRow);
        for (let j: i32 = 0; j < n; j += 4) a = f32x4.add(a, v128.and(load(g + at(j)), firstLanes(n - j)));
      }
      f32.store(at(dBias + o), f32.load(at(dBias + o)) + sumLanes(a));
    }
  }
}

export function denseStream(
  n: i32,
  inputs: i32,
  x: i32,
  xRow: i32,
  weight: i32,
  bias: i32,
  x0: i32,
  skip: f32,
  y: i32,
): void {
  const b = f32.load(at(bias));
  for (let s: i32 = 0; s < n; s++) {
    let a = all(0);
    const p = at(x + s * xRow);
    let i: i32 = 0;
    for (; i + 4 <= inputs; i += 4) a = madd(load(p + at(i)), load(at(weight + i)), a);
    if (i < inputs) {
      const mask = firstLanes(inputs - i);
      a = madd(v128.and(load(p + at(i)), mask), v128.and(load(at(weight + i)), mask), a);
    }
    let total = sumLanes(a) + b;
    if (skip != 0) total += skip * f32.load(at(x0 + s));
    f32.store(at(y + s), total);
  }
}

// @ts-ignore: decorator
@inline
function put(d: usize, low: v128, high: v128, count: i32, accumulate: i32): void {
  if (accumulate) {
    low = f32x4.add(low, load(d));
    high = f32x4.add(high, load(d + 16));
  }
  storeEight(d, low, high, count);
}
