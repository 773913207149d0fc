import { all, at, load, madd, store, sumLanes } from "../lanes/lanes.as";
import { radix3, radix5 } from "./odd-stages.as";
import { radix2, radix4, radix4First, radix4FirstReal } from "./stages.as";

/**
 * Complex transform of `half` numbers, ping-pong between the two pairs of buffers; returns which pair holds the result (0
 * or 1). With `begun` the second pair already holds what the first step gives, which is of radix 4.
 */
function transform(begun: bool, half: i32, plan: usize, re0: usize, im0: usize, re1: usize, im1: usize): i32 {
  let length = half;
  let stride: i32 = 1;
  let table = plan;
  let from: i32 = 0;
  if (begun) {
    length /= 4;
    stride = 4;
    table += (<usize>(6 * length)) << 2;
    from = 1;
  }
  while (length > 1) {
    const radix: i32 = length % 4 == 0 ? 4 : length % 2 == 0 ? 2 : length % 3 == 0 ? 3 : 5;
    const steps = length / radix;
    const xRe = from == 0 ? re0 : re1;
    const xIm = from == 0 ? im0 : im1;
    const yRe = from == 0 ? re1 : re0;
    const yIm = from == 0 ? im1 : im0;
    if (radix == 4) {
      if (stride == 1) radix4First(half, steps, table, xRe, xIm, yRe, yIm);
      else radix4(half, steps, stride, table, xRe, xIm, yRe, yIm);
    } else if (radix == 2) radix2(half, steps, stride, table, xRe, xIm, yRe, yIm);
    else if (radix == 3) radix3(half, steps, stride, table, xRe, xIm, yRe, yIm);
    else radix5(half, steps, stride, table, xRe, xIm, yRe, yIm);
    table += (<usize>(2 * (radix - 1) * steps)) << 2;
    stride *= radix;
    length = steps;
    from = 1 - from;
  }
  return from;
}

/** Elements of twiddles of all steps. */
function twiddleElements(half: i32): i32 {
  let sum: i32 = 0;
  for (let length = half; length > 1; ) {
    const radix: i32 = length % 4 == 0 ? 4 : length % 2 == 0 ? 2 : length % 3 == 0 ? 3 : 5;
    length /= radix;
    sum += 2 * (radix - 1) * length;
  }
  return sum;
}

export function realFftForward(
  size: i32,
  count: i32,
  x: i32,
  xRow: i32,
  window: i32,
  plan: i32,
  re: i32,
  im: i32,
  row: i32,
): void {
  const half = size / 2;
  const cos = at(plan + twiddleElements(half));
  const sin = cos + ((<usize>(half + 4)) << 2);
  const re0 = sin + ((<usize>(half + 4)) << 2);
  const im0 = re0 + ((<usize>(half + 8)) << 2);
  const re1 = im0 + ((<usize>(half + 8)) << 2);
  const im1 = re1 + ((<usize>(half + 8)) << 2);
  for (let r: i32 = 0; r < count; r++) {
    const signal = at(x + r * xRow);
    const begun = half % 16 == 0;
    if (begun) radix4FirstReal(half, half / 4, at(plan), signal, at(window), re1, im1);
    else split(half, signal, window, re0, im0);
    const from = transform(begun, half, at(plan), re0, im0, re1, im1);
    const zRe = from == 0 ? re0 : re1;
    const zIm = from == 0 ? im0 : im1;
    separate(half, cos, sin, zRe, zIm, at(re + r * row), at(im + r * row));
  }
}

/** Even samples to re, odd ones to im, times the window. */
// @ts-ignore: decorator
@inline
function split(half: i32, x: usize, window: i32, re: usize, im: usize): void {
  const w = at(window);
  let n: i32 = 0;
  for (; n + 4 <= half; n += 4) {
    let a = load(x + ((<usize>n) << 3));
    let b = load(x + ((<usize>n) << 3) + 16);
    if (window != 0) {
      a = f32x4.mul(a, load(w + ((<usize>n) << 3)));
      b = f32x4.mul(b, load(w + ((<usize>n) << 3) + 16));
    }
    store(re + ((<usize>n) << 2), v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    store(im + ((<usize>n) << 2), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
  for (; n < half; n++) {
    let a = f32.load(x + ((<usize>n) << 3));
    let b = f32.load(x + ((<usize>n) << 3) + 4);
    if (window != 0) {
      a *= f32.load(w + ((<usize>n) << 3));
      b *= f32.load(w + ((<usize>n) << 3) + 4);
    }
    f32.store(re + ((<usize>n) << 2), a);
    f32.store(im + ((<usize>n) << 2), b);
  }
}

/** The spectrum of the real signal from that of its even and odd samples. */
// @ts-ignore: decorator
@inline
function separate(half: i32, cos: usize, sin: usize, zRe: usize, zIm: usize, re: usize, im: usize): void {
  // Bin `half` is bin 0 over again: with it behind the last one, the mirror image needs no wrapping.
  f32.store(zRe + ((<usize>half) << 2), f32.load(zRe));
  f32.store(zIm + ((<usize>half) << 2), f32.load(zIm));
  const h = all(0.5);
  let k: i32 = 0;
  // Bin k and its mirror image half - k have the same sums and differences.
  for (; 2 * k + 6 < half; k += 4) {
    const here = (<usize>k) << 2;
    const there = (<usize>(half - k - 3)) << 2;
    const aRe = load(zRe + here);
    const aIm = load(zIm + here);
    const bRe = loadReversed(zRe + there);
    const bIm = loadReversed(zIm + there);
    const evenRe = f32x4.add(aRe, bRe);
    const evenIm = f32x4.sub(aIm, bIm);
    const oddRe = f32x4.add(aIm, bIm);
    const oddIm = f32x4.sub(bRe, aRe);
    const c = load(cos + here);
    const s = load(sin + here);
    const turnRe = madd(s, oddIm, f32x4.mul(c, oddRe));
    const turnIm = f32x4.sub(f32x4.mul(c, oddIm), f32x4.mul(s, oddRe));
    store(re + here, f32x4.mul(h, f32x4.add(evenRe, turnRe)));
    store(im + here, f32x4.mul(h, f32x4.add(evenIm, turnIm)));
    storeReversed(re + there, f32x4.mul(h, f32x4.sub(evenRe, turnRe)));
    storeReversed(im + there, f32x4.mul(h, f32x4.sub(turnIm, evenIm)));
  }
  const last = half - k;
  for (; k <= last; k++) {
    const here = (<usize>k) << 2;
    const there = (<usize>(half - k)) << 2;
    const aRe = f32.load(zRe + here);
    const aIm = f32.load(zIm + here);
    const bRe = f32.load(zRe + there);
    const bIm = f32.load(zIm + there);
    const oddRe = aIm + bIm;
    const oddIm = bRe - aRe;
    const c = f32.load(cos + here);
    const s = f32.load(sin + here);
    f32.store(re + here, <f32>0.5 * (aRe + bRe + c * oddRe + s * oddIm));
    f32.store(im + here, <f32>0.5 * (aIm - bIm + c * oddIm - s * oddRe));
  }
}

// @ts-ignore: decorator
@inline
function loadReversed(p: usize): v128 {
  const v = load(p);
  return v128.shuffle<f32>(v, v, 3, 2, 1, 0);
}

// @ts-ignore: decorator
@inline
function storeReversed(p: usize, v: v128): void {
  store(p, v128.shuffle<f32>(v, v, 3, 2, 1, 0));
}

export function realFftInverse(
  size: i32,
  count: i32,
  re: i32,
  im: i32,
  row: i32,
  plan: i32,
  y: i32,
  yRow: i32,
): void {
  const half = size / 2;
  const cos = at(plan + twiddleElements(half));
  const sin = cos + ((<usize>(half + 4)) << 2);
  const re0 = sin + ((<usize>(half + 4)) << 2);
  const im0 = re0 + ((<usize>(half + 8)) << 2);
  const re1 = im0 + ((<usize>(half + 8)) << 2);
  const im1 = re1 + ((<usize>(half + 8)) << 2);
  for (let r: i32 = 0; r < count; r++) {
    unite(half, cos, sin, at(re + r * row), at(im + r * row), re0, im0);
    // Real and imaginary parts exchanged: the inverse transform.
    const from = transform(false, half, at(plan), im0, re0, im1, re1);
    interleave(half, from == 0 ? re0 : re1, from == 0 ? im0 : im1, <f32>1 / <f32>size, at(y + r * yRow));
  }
}

/** The steps of `separate` backwards. */
// @ts-ignore: decorator
@inline
function unite(half: i32, cos: usize, sin: usize, re: usize, im: usize, zRe: usize, zIm: usize): void {
  const last = f32.load(re + ((<usize>half) << 2));
  f32.store(zRe, f32.load(re) + last);
  f32.store(zIm, f32.load(re) - last);
  let k: i32 = 1;
  for (; 2 * k + 6 <= half; k += 4) {
    const here = (<usize>k) << 2;
    const there = (<usize>(half - k - 3)) << 2;
    const aRe = load(re + here);
    const aIm = load(im + here);
    const bRe = loadReversed(re + there);
    const bIm = loadReversed(im + there);
    const evenRe = f32x4.add(aRe, bRe);
    const evenIm = f32x4.sub(aIm, bIm);
    const differenceRe = f32x4.sub(aRe, bRe);
    const differenceIm = f32x4.add(aIm, bIm);
    const c = load(cos + here);
    const s = load(sin + here);
    const turnRe = madd(s, differenceRe, f32x4.mul(c, differenceIm));
    const turnIm = f32x4.sub(f32x4.mul(c, differenceRe), f32x4.mul(s, differenceIm));
    store(zRe + here, f32x4.sub(evenRe, turnRe));
    store(zIm + here, f32x4.add(evenIm, turnIm));
    storeReversed(zRe + there, f32x4.add(evenRe, turnRe));
    storeReversed(zIm + there, f32x4.sub(turnIm, evenIm));
  }
  const end = half - k;
  for (; k <= end; k++) {
    const here = (<usize>k) << 2;
    const there = (<usize>(half - k)) << 2;
    const aRe = f32.load(re + here);
    const aIm = f32.load(im + here);
    const bRe = f32.load(re + there);
    const bIm = f32.load(im + there);
    const c = f32.load(cos + here);
    const s = f32.load(sin + here);
    f32.store(zRe + here, aRe + bRe - (c * (aIm + bIm) + s * (aRe - bRe)));
    f32.store(zIm + here, aIm - bIm + (c * (aRe - bRe) - s * (aIm + bIm)));
  }
}

// @ts-ignore: decorator
@inline
function interleave(half: i32, re: usize, im: usize, scale: f32, y: usize): void {
  const g = all(scale);
  let n: i32 = 0;
  for (; n + 4 <= half; n += 4) {
    const a = f32x4.mul(g, load(re + ((<usize>n) << 2)));
    const b = f32x4.mul(g, load(im + ((<usize>n) << 2)));
    store(y + ((<usize>n) << 3), v128.shuffle<f32>(a, b, 0, 4, 1, 5));
    store(y + ((<usize>n) << 3) + 16, v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  }
  for (; n < half; n++) {
    f32.store(y + ((<usize>n) << 3), scale * f32.load(re + ((<usize>n) << 2)));
    f32.store(y + ((<usize>n) << 3) + 4, scale * f32.load(im + ((<usize>n) << 2)));
  }
}

export function powers(rows: i32, columns: i32, re: i32, im: i32, row: i32, y: i32, yRow: i32): void {
  for (let r: i32 = 0; r < rows; r++) {
    const a = at(re + r * row);
    const b = at(im + r * row);
    const to = at(y + r * yRow);
    let k: i32 = 0;
    for (; k + 4 <= columns; k += 4) {
      const p = (<usize>k) << 2;
      const vRe = load(a + p);
      const vIm = load(b + p);
      store(to + p, madd(vRe, vRe, f32x4.mul(vIm, vIm)));
    }
    for (; k < columns; k++) {
      const p = (<usize>k) << 2;
      const sRe = f32.load(a + p);
      const sIm = f32.load(b + p);
      f32.store(to + p, sRe * sRe + sIm * sIm);
    }
  }
}

export function bandSums(
  rows: i32,
  bands: i32,
  x: i32,
  xRow: i32,
  starts: i32,
  lengths: i32,
  weights: i32,
  y: i32,
  yRow: i32,
): void {
  for (let r: i32 = 0; r < rows; r++) {
    const values = at(x + r * xRow);
    const to = at(y + r * yRow);
    let w = at(weights);
    for (let b: i32 = 0; b < bands; b++) {
      const start = <i32>f32.load(at(starts + b));
      const length = <i32>f32.load(at(lengths + b));
      let p = values + ((<usize>start) << 2);
      let sum = all(0);
      let k: i32 = 0;
      for (; k + 4 <= length; k += 4) {
        sum = madd(load(w), load(p), sum);
        w += 16;
        p += 16;
      }
      let total = sumLanes(sum);
      // One by one: what lies behind the row may be anything, and 0 times NaN is NaN.
      if (k < length) {
        for (let rest: i32 = 0; rest < length - k; rest++) {
          total += f32.load(w + ((<usize>rest) << 2)) * f32.load(p + ((<usize>rest) << 2));
        }
        w += 16;
      }
      f32.store(to + ((<usize>b) << 2), total);
    }
  }
}
