/** A real Fourier transform of one size, with its tables made once. */
export interface RealFft {
  /** Real samples per transform, a power of two from 2. */
  readonly size: number;
  /** `size / 2 + 1`. */
  readonly bins: number;
  /**
   * Overwrites `re` and `im`, shape `[bins]`, with the spectrum of `input`, shape `[size]`:
   * `X[k] = sum over n of x[n] * exp(-2πi k n / size)`, not scaled.
   */
  forward(input: Float64Array, re: Float64Array, im: Float64Array): void;
  /** Overwrites `output`, shape `[size]`, with the signal of a spectrum; `inverse(forward(x))` is `x`. */
  inverse(re: Float64Array, im: Float64Array, output: Float64Array): void;
}

/**
 * The spectrum of a real signal, from 0 to half the sample rate.
 *
 * Not scaled: a sine of amplitude 1 in the middle of a bin has magnitude `length / 2`. Make a `createRealFft` once
 * where many transforms of one size are needed.
 *
 * @param x - Shape `[samples]`, a power of two from 2.
 * @returns `re` and `im`, shape `[samples / 2 + 1]`.
 */
export function realFft(x: Float64Array): { readonly re: Float64Array; readonly im: Float64Array } {
  const fft = createRealFft(x.length);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  fft.forward(x, re, im);
  return { re, im };
}

/**
 * A transform of a fixed size, in float64: radix 2, two real samples packed into each complex one.
 *
 * @param size - Real samples, a power of two from 2 to 2^26.
 * @throws Error `bug: …` for any other size.
 */
export function createRealFft(size: number): RealFft {
  if (!Number.isInteger(Math.log2(size)) || size < 2 || size > 2 ** 26) {
    throw new Error(`bug: Fourier transform of ${size} samples; the size must be a power of two from 2`);
  }
  const half = size / 2;
  const bins = half + 1;
  const cos = new Float64Array(half);
  const sin = new Float64Array(half);
  for (let k = 0; k < half; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / size);
    sin[k] = Math.sin((2 * Math.PI * k) / size);
  }
  const reversed = bitReversal(half);
  const workRe = new Float64Array(half);
  const workIm = new Float64Array(half);

  return {
    size,
    bins,
    forward(input, re, im) {
      checkLengths(input, re, im);
      for (let n = 0; n < half; n++) {
        const from = 2 * reversed[n]!;
        workRe[n] = input[from]!;
        workIm[n] = input[from + 1]!;
      }
      transformInPlace(workRe, workIm, cos, sin);
      // The even and odd samples' spectra, separated by symmetry and joined by one more butterfly.
      for (let k = 0; k <= half; k++) {
        const a = k === half ? 0 : k;
        const b = k === 0 ? 0 : half - k;
        const evenRe = 0.5 * (workRe[a]! + workRe[b]!);
        const evenIm = 0.5 * (workIm[a]! - workIm[b]!);
        const oddRe = 0.5 * (workIm[a]! + workIm[b]!);
        const oddIm = -0.5 * (workRe[a]! - workRe[b]!);
        const c = k === half ? -1 : cos[k]!;
        const s = k === half ? 0 : sin[k]!;
        re[k] = evenRe + c * oddRe + s * oddIm;
        im[k] = evenIm + c * oddIm - s * oddRe;
      }
    },
    inverse(re, im, output) {
      checkLengths(output, re, im);
      // The same steps backwards; a forward transform of the conjugate does the inverse one.
      for (let n = 0; n < half; n++) {
        const k = reversed[n]!;
        const mirror = half - k;
        const evenRe = re[k]! + re[mirror]!;
        const evenIm = im[k]! - im[mirror]!;
        const diffRe = re[k]! - re[mirror]!;
        const diffIm = im[k]! + im[mirror]!;
        const oddRe = cos[k]! * diffRe - sin[k]! * diffIm;
        const oddIm = cos[k]! * diffIm + sin[k]! * diffRe;
        workRe[n] = evenRe - oddIm;
        workIm[n] = -(evenIm + oddRe);
      }
      transformInPlace(workRe, workIm, cos, sin);
      for (let n = 0; n < half; n++) {
        output[2 * n] = workRe[n]! / size;
        output[2 * n + 1] = -workIm[n]! / size;
      }
    },
  };

  function checkLengths(signal: Float64Array, re: Float64Array, im: Float64Array): void {
    if (signal.length !== size || re.length !== bins || im.length !== bins) {
      throw new Error(`bug: transform of ${size} samples got ${signal.length}, ${re.length} and ${im.length}`);
    }
  }
}

/** Radix-2 decimation in time over arrays already in bit-reversed order; the tables are those of twice the size. */
function transformInPlace(re: Float64Array, im: Float64Array, cos: Float64Array, sin: Float64Array): void {
  const size = re.length;
  if (im.length !== size || cos.length !== size || sin.length !== size) throw new Error("bug: transform tables");
  for (let span = 1; span < size; span *= 2) {
    const stride = size / span;
    for (let k = 0, table = 0; k < span; k++, table += stride) {
      const c = cos[table]!;
      const s = sin[table]!;
      for (let a = k; a < size; a += 2 * span) {
        const b = a + span;
        const re1 = c * re[b]! + s * im[b]!;
        const im1 = c * im[b]! - s * re[b]!;
        re[b] = re[a]! - re1;
        im[b] = im[a]! - im1;
        re[a] = re[a]! + re1;
        im[a] = im[a]! + im1;
      }
    }
  }
}

function bitReversal(size: number): Uint32Array {
  const reversed = new Uint32Array(size);
  for (let n = 1; n < size; n++) reversed[n] = (reversed[n >> 1]! >> 1) | (n & 1 ? size >> 1 : 0);
  return reversed;
}
