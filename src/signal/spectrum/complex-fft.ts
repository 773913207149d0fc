/** A complex Fourier transform of one size, with its tables made once. */
export interface ComplexFft {
  readonly size: number;
  /**
   * Overwrites `re` and `im`, shape `[size]`, with their spectrum: `X[k] = sum over n of x[n] * exp(-2πi k n / size)`,
   * not scaled. The inverse transform is this one with `re` and `im` exchanged, divided by `size`.
   */
  transform(re: Float64Array, im: Float64Array): void;
}

/** Larger prime factors go through a convolution instead of a butterfly. */
const largestButterfly = 13;

/**
 * A transform of any size, in float64.
 *
 * Sizes whose prime factors are at most 13 take mixed-radix steps (4, 2, 3, 5, 7, 11, 13) in Stockham's order, which needs
 * no bit reversal. Others become a convolution of a power-of-two size, about four times slower.
 *
 * @param size - Complex numbers, from 1.
 * @see Stockham's autosort algorithm (Van Loan 1992, section 1.7); Bluestein 1970 for large primes
 */
export function createComplexFft(size: number): ComplexFft {
  if (!Number.isInteger(size) || size < 1 || size > 2 ** 27) {
    throw new Error(`bug: Fourier transform of ${size} numbers`);
  }
  const radices = factor(size);
  return radices.some((radix) => radix > largestButterfly) ? createChirpFft(size) : createStockhamFft(size, radices);
}

/** Fours first, then primes in rising order. */
function factor(size: number): number[] {
  const radices: number[] = [];
  let rest = size;
  for (; rest % 4 === 0; rest /= 4) radices.push(4);
  for (let prime = 2; prime * prime <= rest; prime++) {
    for (; rest % prime === 0; rest /= prime) radices.push(prime);
  }
  if (rest > 1) radices.push(rest);
  return radices;
}

/** What a step multiplies with: `exp(-2πi p j / length)`, shape `[length / radix][radix]`. */
interface Stage {
  readonly radix: number;
  /** How many transforms of this stage lie interleaved. */
  readonly stride: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

function createStockhamFft(size: number, radices: readonly number[]): ComplexFft {
  const stages: Stage[] = [];
  let stride = 1;
  for (const radix of radices) {
    const length = size / stride;
    stages.push({ radix, stride, ...twiddles(length, radix) });
    stride *= radix;
  }
  const roots = new Map(radices.map((radix) => [radix, rootsOfUnity(radix)]));
  const workRe = new Float64Array(size);
  const workIm = new Float64Array(size);

  return {
    size,
    transform(re, im) {
      if (re.length !== size || im.length !== size) throw new Error(`bug: transform of ${size} got ${re.length}`);
      let fromRe = re;
      let fromIm = im;
      let toRe: Float64Array = workRe;
      let toIm: Float64Array = workIm;
      for (const stage of stages) {
        if (stage.radix === 4) radix4(stage, size, fromRe, fromIm, toRe, toIm);
        else if (stage.radix === 2) radix2(stage, size, fromRe, fromIm, toRe, toIm);
        else anyRadix(stage, roots.get(stage.radix)!, size, fromRe, fromIm, toRe, toIm);
        [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
      }
      if (fromRe !== re) {
        re.set(fromRe);
        im.set(fromIm);
      }
    },
  };
}

function twiddles(length: number, radix: number) {
  const steps = length / radix;
  const cos = new Float64Array(length);
  const sin = new Float64Array(length);
  for (let p = 0; p < steps; p++) {
    for (let j = 0; j < radix; j++) {
      cos[p * radix + j] = Math.cos((2 * Math.PI * p * j) / length);
      sin[p * radix + j] = -Math.sin((2 * Math.PI * p * j) / length);
    }
  }
  return { cos, sin };
}

function rootsOfUnity(radix: number) {
  const cos = Float64Array.from({ length: radix }, (_, k) => Math.cos((2 * Math.PI * k) / radix));
  const sin = Float64Array.from({ length: radix }, (_, k) => -Math.sin((2 * Math.PI * k) / radix));
  return { cos, sin };
}

function radix2(
  { stride, cos, sin }: Stage,
  size: number,
  xRe: Float64Array,
  xIm: Float64Array,
  yRe: Float64Array,
  yIm: Float64Array,
): void {
  const half = size / 2;
  const steps = half / stride;
  for (let p = 0; p < steps; p++) {
    const c = cos[2 * p + 1]!;
    const s = sin[2 * p + 1]!;
    for (let q = 0; q < stride; q++) {
      const a = q + stride * p;
      const b = a + half;
      const out = q + stride * 2 * p;
      const re = xRe[a]! - xRe[b]!;
      const im = xIm[a]! - xIm[b]!;
      yRe[out] = xRe[a]! + xRe[b]!;
      yIm[out] = xIm[a]! + xIm[b]!;
      yRe[out + stride] = c * re - s * im;
      yIm[out + stride] = c * im + s * re;
    }
  }
}

function radix4(
  { stride, cos, sin }: Stage,
  size: number,
  xRe: Float64Array,
  xIm: Float64Array,
  yRe: Float64Array,
  yIm: Float64Array,
): void {
  const quarter = size / 4;
  const steps = quarter / stride;
  for (let p = 0; p < steps; p++) {
    const c1 = cos[4 * p + 1]!;
    const s1 = sin[4 * p + 1]!;
    const c2 = cos[4 * p + 2]!;
    const s2 = sin[4 * p + 2]!;
    const c3 = cos[4 * p + 3]!;
    const s3 = sin[4 * p + 3]!;
    for (let q = 0; q < stride; q++) {
      const a = q + stride * p;
      const b = a + quarter;
      const c = b + quarter;
      const d = c + quarter;
      const out = q + stride * 4 * p;
      const sumRe = xRe[a]! + xRe[c]!;
      const sumIm = xIm[a]! + xIm[c]!;
      const differenceRe = xRe[a]! - xRe[c]!;
      const differenceIm = xIm[a]! - xIm[c]!;
      const otherSumRe = xRe[b]! + xRe[d]!;
      const otherSumIm = xIm[b]! + xIm[d]!;
      // Times -i.
      const turnedRe = xIm[b]! - xIm[d]!;
      const turnedIm = xRe[d]! - xRe[b]!;
      yRe[out] = sumRe + otherSumRe;
      yIm[out] = sumIm + otherSumIm;
      const re1 = differenceRe + turnedRe;
      const im1 = differenceIm + turnedIm;
      yRe[out + stride] = c1 * re1 - s1 * im1;
      yIm[out + stride] = c1 * im1 + s1 * re1;
      const re2 = sumRe - otherSumRe;
      const im2 = sumIm - otherSumIm;
      yRe[out + 2 * stride] = c2 * re2 - s2 * im2;
      yIm[out + 2 * stride] = c2 * im2 + s2 * re2;
      const re3 = differenceRe - turnedRe;
      const im3 = differenceIm - turnedIm;
      yRe[out + 3 * stride] = c3 * re3 - s3 * im3;
      yIm[out + 3 * stride] = c3 * im3 + s3 * re3;
    }
  }
}

function anyRadix(
  { radix, stride, cos, sin }: Stage,
  root: { readonly cos: Float64Array; readonly sin: Float64Array },
  size: number,
  xRe: Float64Array,
  xIm: Float64Array,
  yRe: Float64Array,
  yIm: Float64Array,
): void {
  const part = size / radix;
  const steps = part / stride;
  for (let p = 0; p < steps; p++) {
    for (let q = 0; q < stride; q++) {
      const from = q + stride * p;
      const to = q + stride * radix * p;
      for (let j = 0; j < radix; j++) {
        let re = 0;
        let im = 0;
        for (let k = 0, turn = 0; k < radix; k++) {
          const at = from + k * part;
          re += xRe[at]! * root.cos[turn]! - xIm[at]! * root.sin[turn]!;
          im += xIm[at]! * root.cos[turn]! + xRe[at]! * root.sin[turn]!;
          turn += j;
          if (turn >= radix) turn -= radix;
        }
        const c = cos[p * radix + j]!;
        const s = sin[p * radix + j]!;
        yRe[to + j * stride] = c * re - s * im;
        yIm[to + j * stride] = c * im + s * re;
      }
    }
  }
}

/** Any size as a convolution with a chirp: `2 n k = n² + k² - (k - n)²`. */
function createChirpFft(size: number): ComplexFft {
  const padded = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const fft = createComplexFft(padded);
  const cos = new Float64Array(size);
  const sin = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    // n² modulo 2 size, exactly, before the angle is made.
    const angle = (Math.PI * Number((BigInt(n) * BigInt(n)) % BigInt(2 * size))) / size;
    cos[n] = Math.cos(angle);
    sin[n] = Math.sin(angle);
  }
  const chirpRe = new Float64Array(padded);
  const chirpIm = new Float64Array(padded);
  for (let n = 0; n < size; n++) {
    const mirror = n === 0 ? 0 : padded - n;
    chirpRe[n] = cos[n]!;
    chirpIm[n] = sin[n]!;
    chirpRe[mirror] = cos[n]!;
    chirpIm[mirror] = sin[n]!;
  }
  fft.transform(chirpRe, chirpIm);
  const workRe = new Float64Array(padded);
  const workIm = new Float64Array(padded);

  return {
    size,
    transform(re, im) {
      if (re.length !== size || im.length !== size) throw new Error(`bug: transform of ${size} got ${re.length}`);
      workRe.fill(0);
      workIm.fill(0);
      for (let n = 0; n < size; n++) {
        workRe[n] = re[n]! * cos[n]! + im[n]! * sin[n]!;
        workIm[n] = im[n]! * cos[n]! - re[n]! * sin[n]!;
      }
      fft.transform(workRe, workIm);
      for (let k = 0; k < padded; k++) {
        const a = workRe[k]! * chirpRe[k]! - workIm[k]! * chirpIm[k]!;
        workIm[k] = workRe[k]! * chirpIm[k]! + workIm[k]! * chirpRe[k]!;
        workRe[k] = a;
      }
      fft.transform(workIm, workRe); // exchanged: the inverse, up to 1 / padded
      for (let k = 0; k < size; k++) {
        const a = workRe[k]! / padded;
        const b = workIm[k]! / padded;
        re[k] = a * cos[k]! + b * sin[k]!;
        im[k] = b * cos[k]! - a * sin[k]!;
      }
    },
  };
}
