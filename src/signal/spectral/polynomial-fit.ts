/**
 * Least-squares fits of a polynomial at fixed places, as weights: coefficient `k` of the fit to `y` is the sum over `n`
 * of `weights[k * places.length + n] * y[n]`, for `sum over k of coefficient[k] * x^k`.
 *
 * The places are scaled to at most 1 and their powers made orthogonal, so that frequencies in Hz cost no accuracy.
 *
 * @param places - Shape `[n]`, at least `degree + 1` different ones.
 * @returns Shape `[degree + 1, n]`.
 */
export function polynomialFit(places: ArrayLike<number>, degree: number): Float64Array {
  const count = places.length;
  let scale = 0;
  for (let n = 0; n < count; n++) scale = Math.max(scale, Math.abs(places[n]!));
  if (scale === 0) scale = 1;
  const terms = degree + 1;
  const basis = Array.from({ length: terms }, (_, k) =>
    Float64Array.from({ length: count }, (_, n) => (places[n]! / scale) ** k),
  );
  // Column k of the powers is the sum over j <= k of upper[j][k] times orthonormal column j.
  const upper = Array.from({ length: terms }, () => new Float64Array(terms));
  for (let k = 0; k < terms; k++) {
    const column = basis[k]!;
    // Twice is enough for orthogonality to the last digit.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        const share = dot(basis[j]!, column);
        upper[j]![k]! += share;
        for (let n = 0; n < count; n++) column[n]! -= share * basis[j]![n]!;
      }
    }
    const length = Math.sqrt(dot(column, column));
    upper[k]![k] = length;
    for (let n = 0; n < count; n++) column[n]! /= length;
  }
  const weights = new Float64Array(terms * count);
  for (let n = 0; n < count; n++) {
    for (let k = terms - 1; k >= 0; k--) {
      let value = basis[k]![n]!;
      for (let j = k + 1; j < terms; j++) value -= upper[k]![j]! * weights[j * count + n]!;
      weights[k * count + n] = value / upper[k]![k]!;
    }
  }
  for (let k = 0; k < terms; k++) {
    for (let n = 0; n < count; n++) weights[k * count + n]! /= scale ** k;
  }
  return weights;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}
