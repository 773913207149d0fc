/**
 * Tiles shared by the recurrent layers: unit-major sequences `[time][unit][batch]`, the batch as lanes.
 *
 * Every unit has four gate rows. LSTM: i, f, g, o. GRU: r, z, the recurrent part of n, the input part of n; the third
 * row sees no input and the fourth no hidden state, which costs some multiplications by zero and saves a second set of
 * tiles. A gate pointer of 0 stands for a matrix of zeros.
 */
import { all, at, load, madd, spread, store, storeFirst, sumLanes4 } from "../lanes/lanes.as";

/** Copies one gate's matrix `[H][columns]` into `packed[u][first + column][4 gates]`. */
export function packGate(
  gate: i32,
  source: usize,
  hiddenSize: i32,
  columns: i32,
  first: i32,
  totalColumns: i32,
  packed: usize,
): void {
  for (let u: i32 = 0; u < hiddenSize; u++) {
    for (let k: i32 = 0; k < columns; k++) {
      const value: f32 = source == 0 ? 0 : f32.load(source + at(u * columns + k));
      f32.store(packed + at((u * totalColumns + first + k) * 4 + gate), value);
    }
  }
}

/** Copies one gate's matrix `[H][columns]` into `packed[first + column][4 gates][roundUp4(H)]`, for streaming. */
export function packGateColumns(
  gate: i32,
  source: usize,
  hiddenSize: i32,
  columns: i32,
  first: i32,
  packed: usize,
): void {
  const up = (hiddenSize + 3) & ~3;
  for (let u: i32 = 0; u < up; u++) {
    for (let k: i32 = 0; k < columns; k++) {
      const value: f32 = source == 0 || u >= hiddenSize ? 0 : f32.load(source + at(u * columns + k));
      f32.store(packed + at(((first + k) * 4 + gate) * up + u), value);
    }
  }
}

/**
 * The four gate sums of one unit for the whole batch: `z[gate][b] = bias + hidden columns + input columns`.
 *
 * w: `[hidden columns | input columns | bias][4 gates]` of the unit; h `[H][batch]`, x `[inputs][batch]`.
 */
export function gateSums(w0: usize, hiddenSize: i32, inputs: i32, h: usize, x: usize, batch: i32, z: usize): void {
  const stride = at(batch);
  const columns = hiddenSize + inputs;
  const bias = w0 + at(columns * 4);
  const s0 = spread(bias), s1 = spread(bias + 4), s2 = spread(bias + 8), s3 = spread(bias + 12);
  let b: i32 = 0;
  for (; b + 8 <= batch; b += 8) {
    let a00 = s0, a01 = s0, a10 = s1, a11 = s1, a20 = s2, a21 = s2, a30 = s3, a31 = s3;
    let p = h + at(b);
    let w = w0;
    // Hidden columns, then input columns. Not unrolled: two rounds in one loop body made V8 spill registers.
    let left = hiddenSize;
    for (let part: i32 = 0; part < 2; part++) {
      for (let k: i32 = 0; k < left; k++) {
        const v0 = load(p);
        const v1 = v128.load(p, 16);
        let s = v128.load_splat<f32>(w);
        a00 = madd(s, v0, a00);
        a01 = madd(s, v1, a01);
        s = v128.load_splat<f32>(w, 4);
        a10 = madd(s, v0, a10);
        a11 = madd(s, v1, a11);
        s = v128.load_splat<f32>(w, 8);
        a20 = madd(s, v0, a20);
        a21 = madd(s, v1, a21);
        s = v128.load_splat<f32>(w, 12);
        a30 = madd(s, v0, a30);
        a31 = madd(s, v1, a31);
        p += stride;
        w += 16;
      }
      p = x + at(b);
      left = inputs;
    }
    const d = z + at(b);
    store(d, a00);
    store(d + 16, a01);
    store(d + stride, a10);
    store(d + stride + 16, a11);
    store(d + 2 * stride, a20);
    store(d + 2 * stride + 16, a21);
    store(d + 3 * stride, a30);
    store(d + 3 * stride + 16, a31);
  }
  if (b < batch) {
    let a0 = s0, a1 = s1, a2 = s2, a3 = s3;
    let p = h + at(b);
    let w = w0;
    for (let k: i32 = 0; k < columns; k++) {
      if (k == hiddenSize) p = x + at(b);
      const v0 = load(p);
      a0 = madd(spread(w), v0, a0);
      a1 = madd(spread(w + 4), v0, a1);
      a2 = madd(spread(w + 8), v0, a2);
      a3 = madd(spread(w + 12), v0, a3);
      p += stride;
      w += 16;
    }
    const d = z + at(b);
    store(d, a0);
    store(d + stride, a1);
    store(d + 2 * stride, a2);
    store(d + 3 * stride, a3);
  }
}


/** Steps whose gate gradients are gathered before the weight gradients are taken: about 80 sums a tile visit. */
export function stepsPerChunk(steps: i32, batch: i32): i32 {
  let chunk = 80 / batch;
  if (chunk < 4) chunk = 4;
  return chunk < steps ? chunk : steps;
}

/**
 * Arranges a weight matrix `[4 gates x H][columns]`, given as four gate pointers (0: zeros), for `pullBack`:
 * `[ceil(columns / 4)][H x 4 gates][4 columns]`, zero where there is no column.
 */
export function packTransposed(
  g0: usize,
  g1: usize,
  g2: usize,
  g3: usize,
  hiddenSize: i32,
  columns: i32,
  packed: usize,
): void {
  for (let k: i32 = 0; k < columns; k += 4) {
    for (let u: i32 = 0; u < hiddenSize; u++) {
      for (let r: i32 = 0; r < 4; r++) {
        const inside = k + r < columns;
        const source = at(u * columns + k + r);
        const d = packed + at(((k >> 2) * hiddenSize + u) * 16 + r);
        f32.store(d, inside && g0 != 0 ? f32.load(g0 + source) : 0);
        f32.store(d + 16, inside && g1 != 0 ? f32.load(g1 + source) : 0);
        f32.store(d + 32, inside && g2 != 0 ? f32.load(g2 + source) : 0);
        f32.store(d + 48, inside && g3 != 0 ? f32.load(g3 + source) : 0);
      }
    }
  }
}

/**
 * `dst[k][b] = sum over gate rows of packed[k][row] d[row][b]` for four columns k at a time; d `[rows][batch]`.
 * Writes `roundUp4(columns)` rows; with `add` it adds to the valid rows only.
 */
export function pullBack(packed: usize, d: usize, rows: i32, columns: i32, batch: i32, dst: usize, add: bool): void {
  const stride = at(batch);
  for (let k: i32 = 0; k < columns; k += 4) {
    const w0 = packed + at(k * rows);
    const many = columns - k;
    let b: i32 = 0;
    for (; b + 8 <= batch; b += 8) {
      let a00 = all(0), a01 = all(0), a10 = all(0), a11 = all(0);
      let a20 = all(0), a21 = all(0), a30 = all(0), a31 = all(0);
      let w = w0;
      let p = d + at(b);
      for (let g: i32 = 0; g < rows; g++) {
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
        p += stride;
        w += 16;
      }
      const o = dst + at(k * batch + b);
      put(o, a00, add, true);
      put(o + 16, a01, add, true);
      put(o + stride, a10, add, many > 1);
      put(o + stride + 16, a11, add, many > 1);
      put(o + 2 * stride, a20, add, many > 2);
      put(o + 2 * stride + 16, a21, add, many > 2);
      put(o + 3 * stride, a30, add, many > 3);
      put(o + 3 * stride + 16, a31, add, many > 3);
    }
    if (b < batch) {
      let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0);
      let w = w0;
      let p = d + at(b);
      for (let g: i32 = 0; g < rows; g++) {
        const u = load(p);
        a0 = madd(spread(w), u, a0);
        a1 = madd(spread(w + 4), u, a1);
        a2 = madd(spread(w + 8), u, a2);
        a3 = madd(spread(w + 12), u, a3);
        p += stride;
        w += 16;
      }
      const o = dst + at(k * batch + b);
      put(o, a0, add, true);
      put(o + stride, a1, add, many > 1);
      put(o + 2 * stride, a2, add, many > 2);
      put(o + 3 * stride, a3, add, many > 3);
    }
  }
}

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, add: bool, valid: bool): void {
  if (!add) store(p, v);
  else if (valid) store(p, f32x4.add(v, load(p)));
}

/**
 * Adds to `sums[u][column][4 gates]` the products of four gate-gradient rows with `columns` rows of x, over `steps` steps.
 *
 * d `[steps][H x 4][batch]`; x: rows of `batch`, `xStep` bytes from one step to the next.
 */
export function outerProducts(
  d: usize,
  hiddenSize: i32,
  x: usize,
  xStep: usize,
  columns: i32,
  steps: i32,
  batch: i32,
  sums: usize,
  sumsUnit: usize,
): void {
  const stride = at(batch);
  const dStep = at(hiddenSize * 4 * batch);
  for (let u: i32 = 0; u < hiddenSize; u++) {
    const du = d + <usize>u * 4 * stride;
    const row = sums + <usize>u * sumsUnit;
    let k: i32 = 0;
    for (; k + 2 <= columns; k += 2) {
      let a00 = all(0), a01 = all(0), a10 = all(0), a11 = all(0);
      let a20 = all(0), a21 = all(0), a30 = all(0), a31 = all(0);
      let g = du;
      let p = x + <usize>k * stride;
      for (let t: i32 = 0; t < steps; t++) {
        for (let b: usize = 0; b < stride; b += 16) {
          const u0 = load(p + b);
          const u1 = load(p + stride + b);
          let e = load(g + b);
          a00 = madd(e, u0, a00);
          a01 = madd(e, u1, a01);
          e = load(g + stride + b);
          a10 = madd(e, u0, a10);
          a11 = madd(e, u1, a11);
          e = load(g + 2 * stride + b);
          a20 = madd(e, u0, a20);
          a21 = madd(e, u1, a21);
          e = load(g + 3 * stride + b);
          a30 = madd(e, u0, a30);
          a31 = madd(e, u1, a31);
        }
        g += dStep;
        p += xStep;
      }
      const o = row + <usize>k * 16;
      store(o, f32x4.add(load(o), sumLanes4(a00, a10, a20, a30)));
      store(o + 16, f32x4.add(load(o + 16), sumLanes4(a01, a11, a21, a31)));
    }
    if (k < columns) {
      let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0);
      let g = du;
      let p = x + <usize>k * stride;
      for (let t: i32 = 0; t < steps; t++) {
        for (let b: usize = 0; b < stride; b += 16) {
          const u0 = load(p + b);
          a0 = madd(load(g + b), u0, a0);
          a1 = madd(load(g + stride + b), u0, a1);
          a2 = madd(load(g + 2 * stride + b), u0, a2);
          a3 = madd(load(g + 3 * stride + b), u0, a3);
        }
        g += dStep;
        p += xStep;
      }
      const o = row + <usize>k * 16;
      store(o, f32x4.add(load(o), sumLanes4(a0, a1, a2, a3)));
    }
  }
}

/** Adds to `sums[u][4 gates]` the sums of the gate-gradient rows over `steps` steps. */
export function biasSums(d: usize, hiddenSize: i32, steps: i32, batch: i32, sums: usize, sumsUnit: usize): void {
  const stride = at(batch);
  const dStep = at(hiddenSize * 4 * batch);
  for (let u: i32 = 0; u < hiddenSize; u++) {
    let a0 = all(0), a1 = all(0), a2 = all(0), a3 = all(0);
    let g = d + <usize>u * 4 * stride;
    for (let t: i32 = 0; t < steps; t++) {
      for (let b: usize = 0; b < stride; b += 16) {
        a0 = f32x4.add(a0, load(g + b));
        a1 = f32x4.add(a1, load(g + stride + b));
        a2 = f32x4.add(a2, load(g + 2 * stride + b));
        a3 = f32x4.add(a3, load(g + 3 * stride + b));
      }
      g += dStep;
    }
    const o = sums + <usize>u * sumsUnit;
    store(o, f32x4.add(load(o), sumLanes4(a0, a1, a2, a3)));
  }
}

/** Adds `sums[u][columns][4 gates]`, gate `gate`, to rows `row0 + u` of a gradient matrix of `columns` columns. */
export function scatterGate(sums: usize, sumsUnit: usize, gate: i32, hiddenSize: i32, columns: i32, dst: usize): void {
  for (let u: i32 = 0; u < hiddenSize; u++) {
    for (let k: i32 = 0; k < columns; k++) {
      const d = dst + at(u * columns + k);
      f32.store(d, f32.load(d) + f32.load(sums + <usize>u * sumsUnit + at(k * 4 + gate)));
    }
  }
}

/** Sets `n` elements to zero. */
export function clear(p: usize, n: i32): void {
  const zero = all(0);
  for (let j: i32 = 0; j < n; j += 4) storeFirst(p + at(j), zero, n - j);
}
