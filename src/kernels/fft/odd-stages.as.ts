import { load, madd, spread, store } from "../lanes/lanes.as";
import { storeTurned } from "./stages.as";

// The steps of radix 3 and 5: see stages.as.ts for how they are laid out.

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
