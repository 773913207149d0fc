/**
 * Four float32 lanes: the vocabulary in which the fast kernels are written.
 *
 * One source makes two builds. With relaxed SIMD `madd` is one fused instruction (faster, rounding differs between
 * processors); without it, it is a multiply and an add and gives the same bits everywhere.
 */

/** Byte address of an element offset; kernels take offsets into the heap, counted in float32. */
// @ts-ignore: decorator
@inline
export function at(offset: i32): usize {
  return (<usize>offset) << 2;
}

// @ts-ignore: decorator
@inline
export function load(p: usize): v128 {
  return v128.load(p);
}

// @ts-ignore: decorator
@inline
export function store(p: usize, v: v128): void {
  v128.store(p, v);
}

/** Loads one float32 into all four lanes. */
// @ts-ignore: decorator
@inline
export function spread(p: usize): v128 {
  return v128.load_splat<f32>(p);
}

// @ts-ignore: decorator
@inline
export function all(x: f32): v128 {
  return f32x4.splat(x);
}

/** `a * b + c`, fused where the build allows it. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** The lane sums of four vectors, as the lanes of one. */
// @ts-ignore: decorator
@inline
export function sumLanes4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 2, 6), v128.shuffle<f32>(a, b, 1, 5, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 2, 6), v128.shuffle<f32>(c, d, 1, 5, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Stores the first `count` lanes only; `count >= 4` stores all. */
// @ts-ignore: decorator
@inline
export function storeFirst(p: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(p, v);
  } else {
    if (count > 0) f32.store(p, f32x4.extract_lane(v, 0));
    if (count > 1) f32.store(p + 4, f32x4.extract_lane(v, 1));
    if (count > 2) f32.store(p + 8, f32x4.extract_lane(v, 2));
  }
}

/** Stores the first `count` lanes of two vectors that lie one after the other; `count >= 8` stores all. */
// @ts-ignore: decorator
@inline
export function storeEight(p: usize, low: v128, high: v128, count: i32): void {
  if (count >= 8) {
    v128.store(p, low);
    v128.store(p, high, 16);
  } else {
    storeFirst(p, low, count);
    storeFirst(p + 16, high, count - 4);
  }
}

/** A mask whose first `count` lanes are set; `v128.and` with it silences what lies past the end of a row. */
// @ts-ignore: decorator
@inline
export function firstLanes(count: i32): v128 {
  return v128.lt<i32>(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/**
 * Hyperbolic tangent, absolute error below 4e-7.
 *
 * An odd rational function x P(x^2) / Q(x^2), fitted for float32 on [-7.9053, 7.9053] and clamped outside, where
 * tanh rounds to 1 within the stated error (the degree 13/6 form that Eigen made common).
 */
// @ts-ignore: decorator
@inline
export function tanh4(x0: v128): v128 {
  let x = f32x4.pmin(all(7.90531110763549805), f32x4.pmax(all(-7.90531110763549805), x0));
  const s = f32x4.mul(x, x);
  let p = madd(s, all(-2.76076847742355e-16), all(2.00018790482477e-13));
  p = madd(p, s, all(-8.60467152213735e-11));
  p = madd(p, s, all(5.12229709037114e-8));
  p = madd(p, s, all(1.48572235717979e-5));
  p = madd(p, s, all(6.37261928875436e-4));
  p = madd(p, s, all(4.89352455891786e-3));
  p = f32x4.mul(p, x);
  let q = madd(s, all(1.19825839466702e-6), all(1.18534705686654e-4));
  q = madd(q, s, all(2.268434632439e-3));
  q = madd(q, s, all(4.89352518554385e-3));
  return f32x4.div(p, q);
}

/** Logistic function through `tanh4`: absolute error below 2e-7. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = all(0.5);
  return madd(tanh4(f32x4.mul(x, half)), half, half);
}
