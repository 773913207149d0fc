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
function storeTurned(yRe: usize, yIm: usize, to: usize, re: v128, im: v128, c: v128, s: v128): void {
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
    const aRe = load(xRe + here);
    const aIm = load(xIm + here);
    const bRe = load(xRe + here + part);
    const bIm = load(xIm + here + part);
    const cRe = load(xRe + here + 2 * part);
    const cIm = load(xIm + here + 2 * part);
    const dRe = load(xRe + here + 3 * part);
    const dIm = load(xIm + here + 3 * part);
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
    const c1 = load(table + here);
    const s1 = load(table + here + row);
    const c2 = load(table + here + 2 * row);
    const s2 = load(table + here + 3 * row);
    const c3 = load(table + here + 4 * row);
    const s3 = load(table + here + 5 * row);
    const to = here << 2;
    storeTransposed(
      yRe + to,
      f32x4.add(sumRe, otherRe),
      f32x4.sub(f32x4.mul(c1, re1), f32x4.mul(s1, im1)),
      f32x4.sub(f32x4.mul(c2, re2), f32x4.mul(s2, im2)),
      f32x4.sub(f32x4.mul(c3, re3), f32x4.mul(s3, im3)),
    );
    storeTransposed(
      yIm + to,
      f32x4.add(sumIm, otherIm),
      madd(s1, re1, f32x4.mul(c1, im1)),
      madd(s2, re2, f32x4.mul(c2, im2)),
      madd(s3, re3, f32x4.mul(c3, im3)),
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

/** sin(π / 3). */
const sine3: f32 = 0.8660254037844386;

export function radix3(
  half: i32,
  steps: i32,
  stride: i32,
  table: usize,
  xRe: usize,
  xIm: usize,
  yRe: usize,
  yIm: usize,
): void {
  const part = (<usize>(half / 3)) << 2;
  const row = (<usize>steps) << 2;
  const jump = (<usize>stride) << 2;
  const h = f32x4.splat(0.5);
  const g = f32x4.splat(sine3);
  for (let p: i32 = 0; p < steps; p++) {
    const tw = table + ((<usize>p) << 2);
    const c1 = spread(tw);
    const s1 = spread(tw + row);
    const c2 = spread(tw + 2 * row);
    const s2 = spread(tw + 3 * row);
    let x = (<usize>(stride * p)) << 2;
    let y = (<usize>(3 * stride * p)) << 2;
    const end = x + jump;
    for (; x < end; x += 16, y += 16) {
      const aRe = load(xRe + x);
      const aIm = load(xIm + x);
      const bRe = load(xRe + x + part);
      const bIm = load(xIm + x + part);
      const cRe = load(xRe + x + 2 * part);
      const cIm = load(xIm + x + 2 * part);
      const sumRe = f32x4.add(bRe, cRe);
      const sumIm = f32x4.add(bIm, cIm);
      const middleRe = f32x4.sub(aRe, f32x4.mul(h, sumRe));
      const middleIm = f32x4.sub(aIm, f32x4.mul(h, sumIm));
      const turnedRe = f32x4.mul(g, f32x4.sub(bIm, cIm));
      const turnedIm = f32x4.mul(g, f32x4.sub(cRe, bRe));
      store(yRe + y, f32x4.add(aRe, sumRe));
      store(yIm + y, f32x4.add(aIm, sumIm));
      storeTurned(yRe, yIm, y + jump, f32x4.add(middleRe, turnedRe), f32x4.add(middleIm, turnedIm), c1, s1);
      storeTurned(yRe, yIm, y + 2 * jump, f32x4.sub(middleRe, turnedRe), f32x4.sub(middleIm, turnedIm), c2, s2);
    }
  }
}

/** Cosine and sine of 2π / 5 and 4π / 5. */
const cosine5a: f32 = 0.30901699437494745;
const cosine5b: f32 = -0.8090169943749475;
const sine5a: f32 = 0.9510565162951535;
const sine5b: f32 = 0.5877852522924731;

export function radix5(
  half: i32,
  steps: i32,
  stride: i32,
  table: usize,
  xRe: usize,
  xIm: usize,
  yRe: usize,
  yIm: usize,
): void {
  const part = (<usize>(half / 5)) << 2;
  const row = (<usize>steps) << 2;
  const jump = (<usize>stride) << 2;
  const ca = f32x4.splat(cosine5a);
  const cb = f32x4.splat(cosine5b);
  const sa = f32x4.splat(sine5a);
  const sb = f32x4.splat(sine5b);
  for (let p: i32 = 0; p < steps; p++) {
    const tw = table + ((<usize>p) << 2);
    let x = (<usize>(stride * p)) << 2;
    let y = (<usize>(5 * stride * p)) << 2;
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
      const eRe = load(xRe + x + 4 * part);
      const eIm = load(xIm + x + 4 * part);
      const outerRe = f32x4.add(bRe, eRe);
      const outerIm = f32x4.add(bIm, eIm);
      const innerRe = f32x4.add(cRe, dRe);
      const innerIm = f32x4.add(cIm, dIm);
      const outerDifferenceRe = f32x4.sub(bRe, eRe);
      const outerDifferenceIm = f32x4.sub(bIm, eIm);
      const innerDifferenceRe = f32x4.sub(cRe, dRe);
      const innerDifferenceIm = f32x4.sub(cIm, dIm);
      store(yRe + y, f32x4.add(aRe, f32x4.add(outerRe, innerRe)));
      store(yIm + y, f32x4.add(aIm, f32x4.add(outerIm, innerIm)));
      const m1Re = madd(cb, innerRe, madd(ca, outerRe, aRe));
      const m1Im = madd(cb, innerIm, madd(ca, outerIm, aIm));
      const m2Re = madd(ca, innerRe, madd(cb, outerRe, aRe));
      const m2Im = madd(ca, innerIm, madd(cb, outerIm, aIm));
      // Times -i.
      const t1Re = madd(sb, innerDifferenceIm, f32x4.mul(sa, outerDifferenceIm));
      const t1Im = f32x4.neg(madd(sb, innerDifferenceRe, f32x4.mul(sa, outerDifferenceRe)));
      const t2Re = f32x4.sub(f32x4.mul(sb, outerDifferenceIm), f32x4.mul(sa, innerDifferenceIm));
      const t2Im = f32x4.sub(f32x4.mul(sa, innerDifferenceRe), f32x4.mul(sb, outerDifferenceRe));
      storeTurned(yRe, yIm, y + jump, f32x4.add(m1Re, t1Re), f32x4.add(m1Im, t1Im), spread(tw), spread(tw + row));
      storeTurned(
        yRe,
        yIm,
        y + 2 * jump,
        f32x4.add(m2Re, t2Re),
        f32x4.add(m2Im, t2Im),
        spread(tw + 2 * row),
        spread(tw + 3 * row),
      );
      storeTurned(
        yRe,
        yIm,
        y + 3 * jump,
        f32x4.sub(m2Re, t2Re),
        f32x4.sub(m2Im, t2Im),
        spread(tw + 4 * row),
        spread(tw + 5 * row),
      );
      storeTurned(
        yRe,
        yIm,
        y + 4 * jump,
        f32x4.sub(m1Re, t1Re),
        f32x4.sub(m1Im, t1Im),
        spread(tw + 6 * row),
        spread(tw + 7 * row),
      );
    }
  }
}
