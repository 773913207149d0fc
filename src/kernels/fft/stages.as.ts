import { load, madd, spread, store } from "../lanes/lanes.as";

/*
 * One step of a mixed-radix transform in Stockham's order. `x` holds `radix` parts of `half / radix` numbers; inside a part,
 * `stride` interleaved transforms of `steps` numbers. Step p writes its `radix` results one stride apart. Strides after the
 * first step are multiples of 4, since the first radix is 4 (sizes are multiples of 8): lanes run over the stride.
 * Twiddles: rows of cosines and (negated) sines, `steps` long, for j = 1 … radix - 1.
 */

/** Multiplies (re, im) with twiddle (c, s) and stores it. */
// @ts-ignore: decorator
@inline
export function storeTurned(yRe: usize, yIm: usize, to: usize, re: v128, im: v128, c: v128, s: v128): void {
  store(yRe + to, f32x4.sub(f32x4.mul(c, re), f32x4.mul(s, im)));
  store(yIm + to, madd(s, re, f32x4.mul(c, im)));
}

/** The first step, stride 1: lanes run over p, and the four results of each p are brought together by a transposition. */
export function radix4First(half: i32, steps: i32, table: usize, xRe: usize, xIm: usize, yRe: usize, yIm: usize): void {
  const part = (<usize>(half / 4)) << 2;
  const row = (<usize>steps) << 2;
  let p: i32 = 0;
  for (; p + 4 <= steps; p += 4) {
    const here = (<usize>p) << 2;
    firstButterfly(
      table + here,
      row,
      load(xRe + here),
      load(xIm + here),
      load(xRe + here + part),
      load(xIm + here + part),
      load(xRe + here + 2 * part),
      load(xIm + here + 2 * part),
      load(xRe + here + 3 * part),
      load(xIm + here + 3 * part),
      yRe + (here << 2),
      yIm + (here << 2),
    );
  }
  for (; p < steps; p++) {
    const here = (<usize>p) << 2;
    const aRe = f32.load(xRe + here);
    const aIm = f32.load(xIm + here);
    const bRe = f32.load(xRe + here + part);
    const bIm = f32.load(xIm + here + part);
    const cRe = f32.load(xRe + here + 2 * part);
    const cIm = f32.load(xIm + here + 2 * part);
    const dRe = f32.load(xRe + here + 3 * part);
    const dIm = f32.load(xIm + here + 3 * part);
    const to = here << 2;
    f32.store(yRe + to, aRe + cRe + (bRe + dRe));
    f32.store(yIm + to, aIm + cIm + (bIm + dIm));
    turnOne(table + here, row, yRe + to + 4, yIm + to + 4, aRe - cRe + (bIm - dIm), aIm - cIm + (dRe - bRe));
    turnOne(table + here + 2 * row, row, yRe + to + 8, yIm + to + 8, aRe + cRe - (bRe + dRe), aIm + cIm - (bIm + dIm));
    turnOne(table + here + 4 * row, row, yRe + to + 12, yIm + to + 12, aRe - cRe - (bIm - dIm), aIm - cIm - (dRe - bRe));
  }
}

/**
 * The first step straight from a real signal, whose even samples are the real parts and odd ones the imaginary parts, times
 * the window. `steps` is a multiple of 4.
 */
export function radix4FirstReal(
  half: i32,
  steps: i32,
  table: usize,
  x: usize,
  window: usize,
  yRe: usize,
  yIm: usize,
): void {
  if (window == 0) radix4FirstRealSteps(false, half, steps, table, x, window, yRe, yIm);
  else radix4FirstRealSteps(true, half, steps, table, x, window, yRe, yIm);
}

// @ts-ignore: decorator
@inline
function radix4FirstRealSteps(
  windowed: bool,
  half: i32,
  steps: i32,
  table: usize,
  x: usize,
  window: usize,
  yRe: usize,
  yIm: usize,
): void {
  const part = (<usize>(half / 4)) << 3;
  const row = (<usize>steps) << 2;
  for (let p: i32 = 0; p < steps; p += 4) {
    const here = (<usize>p) << 2;
    const a = x + 2 * here;
    const w = window + 2 * here;
    const a0 = loadTimes(windowed, a, w);
    const a1 = loadTimes(windowed, a + 16, w + 16);
    const b0 = loadTimes(windowed, a + part, w + part);
    const b1 = loadTimes(windowed, a + part + 16, w + part + 16);
    const c0 = loadTimes(windowed, a + 2 * part, w + 2 * part);
    const c1 = loadTimes(windowed, a + 2 * part + 16, w + 2 * part + 16);
    const d0 = loadTimes(windowed, a + 3 * part, w + 3 * part);
    const d1 = loadTimes(windowed, a + 3 * part + 16, w + 3 * part + 16);
    firstButterfly(
      table + here,
      row,
      v128.shuffle<f32>(a0, a1, 0, 2, 4, 6),
      v128.shuffle<f32>(a0, a1, 1, 3, 5, 7),
      v128.shuffle<f32>(b0, b1, 0, 2, 4, 6),
      v128.shuffle<f32>(b0, b1, 1, 3, 5, 7),
      v128.shuffle<f32>(c0, c1, 0, 2, 4, 6),
      v128.shuffle<f32>(c0, c1, 1, 3, 5, 7),
      v128.shuffle<f32>(d0, d1, 0, 2, 4, 6),
      v128.shuffle<f32>(d0, d1, 1, 3, 5, 7),
      yRe + (here << 2),
      yIm + (here << 2),
    );
  }
}

// @ts-ignore: decorator
@inline
function loadTimes(windowed: bool, x: usize, window: usize): v128 {
  return windowed ? f32x4.mul(load(x), load(window)) : load(x);
}

/** Four neighbouring p of the first step. */
// @ts-ignore: decorator
@inline
function firstButterfly(
  table: usize,
  row: usize,
  aRe: v128,
  aIm: v128,
  bRe: v128,
  bIm: v128,
  cRe: v128,
  cIm: v128,
  dRe: v128,
  dIm: v128,
  yRe: usize,
  yIm: usize,
): void {
  const sumRe = f32x4.add(aRe, cRe);
  const sumIm = f32x4.add(aIm, cIm);
  const differenceRe = f32x4.sub(aRe, cRe);
  const differenceIm = f32x4.sub(aIm, cIm);
  const otherRe = f32x4.add(bRe, dRe);
  const otherIm = f32x4.add(bIm, dIm);
  const turnedRe = f32x4.sub(bIm, dIm);
  const turnedIm = f32x4.sub(dRe, bRe);
  const re1 = f32x4.add(differenceRe, turnedRe);
  const im1 = f32x4.add(differenceIm, turnedIm);
  const re2 = f32x4.sub(sumRe, otherRe);
  const im2 = f32x4.sub(sumIm, otherIm);
  const re3 = f32x4.sub(differenceRe, turnedRe);
  const im3 = f32x4.sub(differenceIm, turnedIm);
  const c1 = load(table);
  const s1 = load(table + row);
  const c2 = load(table + 2 * row);
  const s2 = load(table + 3 * row);
  const c3 = load(table + 4 * row);
  const s3 = load(table + 5 * row);
  storeTransposed(
    yRe,
    f32x4.add(sumRe, otherRe),
    f32x4.sub(f32x4.mul(c1, re1), f32x4.mul(s1, im1)),
    f32x4.sub(f32x4.mul(c2, re2), f32x4.mul(s2, im2)),
    f32x4.sub(f32x4.mul(c3, re3), f32x4.mul(s3, im3)),
  );
  storeTransposed(
    yIm,
    f32x4.add(sumIm, otherIm),
    madd(s1, re1, f32x4.mul(c1, im1)),
    madd(s2, re2, f32x4.mul(c2, im2)),
    madd(s3, re3, f32x4.mul(c3, im3)),
  );
}

// @ts-ignore: decorator
@inline
function turnOne(table: usize, row: usize, yRe: usize, yIm: usize, re: f32, im: f32): void {
  const c = f32.load(table);
  const s = f32.load(table + row);
  f32.store(yRe, c * re - s * im);
  f32.store(yIm, c * im + s * re);
}

/** Four vectors as the columns of 16 numbers. */
// @ts-ignore: decorator
@inline
function storeTransposed(y: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(y, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 16);
  v128.store(y, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 32);
  v128.store(y, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 48);
}

/** The last step has one p, whose twiddles are all 1. */
export function radix4(
  half: i32,
  steps: i32,
  stride: i32,
  table: usize,
  xRe: usize,
  xIm: usize,
  yRe: usize,
  yIm: usize,
): void {
  if (steps == 1) radix4Steps(true, half, steps, stride, table, xRe, xIm, yRe, yIm);
  else radix4Steps(false, half, steps, stride, table, xRe, xIm, yRe, yIm);
}

// @ts-ignore: decorator
@inline
function radix4Steps(
  last: bool,
  half: i32,
  steps: i32,
  stride: i32,
  table: usize,
  xRe: usize,
  xIm: usize,
  yRe: usize,
  yIm: usize,
): void {
  const part = (<usize>(half / 4)) << 2;
  const row = (<usize>steps) << 2;
  const jump = (<usize>stride) << 2;
  for (let p: i32 = 0; p < steps; p++) {
    const tw = table + ((<usize>p) << 2);
    const c1 = spread(tw);
    const s1 = spread(tw + row);
    const c2 = spread(tw + 2 * row);
    const s2 = spread(tw + 3 * row);
    const c3 = spread(tw + 4 * row);
    const s3 = spread(tw + 5 * row);
    let x = (<usize>(stride * p)) << 2;
    let y = (<usize>(4 * stride * p)) << 2;
    const end = x + jump;
    for (; x < end; x += 16, y += 16) {
      const aRe = load(xRe + x);
      const aIm = load(xIm + x);
      const bRe = load(xRe + x + part);
      const bIm = load(xIm + x + part);
      const cRe = load(xRe + x + 2 * part);
      const cIm = load(xIm + x + 2 * part);
      const dRe = load(xRe + x + 3 * part);
      const dIm = load(xIm + x + 3 * part);
      const sumRe = f32x4.add(aRe, cRe);
      const sumIm = f32x4.add(aIm, cIm);
      const differenceRe = f32x4.sub(aRe, cRe);
      const differenceIm = f32x4.sub(aIm, cIm);
      const otherRe = f32x4.add(bRe, dRe);
      const otherIm = f32x4.add(bIm, dIm);
      const turnedRe = f32x4.sub(bIm, dIm);
      const turnedIm = f32x4.sub(dRe, bRe);
      store(yRe + y, f32x4.add(sumRe, otherRe));
      store(yIm + y, f32x4.add(sumIm, otherIm));
      const re1 = f32x4.add(differenceRe, turnedRe);
      const im1 = f32x4.add(differenceIm, turnedIm);
      const re2 = f32x4.sub(sumRe, otherRe);
      const im2 = f32x4.sub(sumIm, otherIm);
      const re3 = f32x4.sub(differenceRe, turnedRe);
      const im3 = f32x4.sub(differenceIm, turnedIm);
      if (last) {
        store(yRe + y + jump, re1);
        store(yIm + y + jump, im1);
        store(yRe + y + 2 * jump, re2);
        store(yIm + y + 2 * jump, im2);
        store(yRe + y + 3 * jump, re3);
        store(yIm + y + 3 * jump, im3);
      } else {
        storeTurned(yRe, yIm, y + jump, re1, im1, c1, s1);
        storeTurned(yRe, yIm, y + 2 * jump, re2, im2, c2, s2);
        storeTurned(yRe, yIm, y + 3 * jump, re3, im3, c3, s3);
      }
    }
  }
}

export function radix2(
  half: i32,
  steps: i32,
  stride: i32,
  table: usize,
  xRe: usize,
  xIm: usize,
  yRe: usize,
  yIm: usize,
): void {
  const part = (<usize>(half / 2)) << 2;
  const row = (<usize>steps) << 2;
  const jump = (<usize>stride) << 2;
  for (let p: i32 = 0; p < steps; p++) {
    const c = spread(table + ((<usize>p) << 2));
    const s = spread(table + ((<usize>p) << 2) + row);
    let x = (<usize>(stride * p)) << 2;
    let y = (<usize>(2 * stride * p)) << 2;
    const end = x + jump;
    for (; x < end; x += 16, y += 16) {
      const aRe = load(xRe + x);
      const aIm = load(xIm + x);
      const bRe = load(xRe + x + part);
      const bIm = load(xIm + x + part);
      store(yRe + y, f32x4.add(aRe, bRe));
      store(yIm + y, f32x4.add(aIm, bIm));
      storeTurned(yRe, yIm, y + jump, f32x4.sub(aRe, bRe), f32x4.sub(aIm, bIm), c, s);
    }
  }
}
