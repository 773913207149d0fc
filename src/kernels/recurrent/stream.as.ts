/** The matrix step of one recurrent layer, one sample at a time: rows as lanes. */
import { at, load, madd, spread, store } from "../lanes/lanes.as";

/** `z = W [h; x; 1]` with W stored column by column, `rows` a multiple of 16. */
export function matrixTimesState(
  packed: usize,
  rowBytes: usize,
  rows: i32,
  hiddenSize: i32,
  h: usize,
  inputs: i32,
  x: usize,
  z: usize,
): void {
  let j: i32 = 0;
  for (; j + 32 <= rows; j += 32) {
    let w = packed + at(j) + <usize>(hiddenSize + inputs) * rowBytes;
    let a0 = load(w), a1 = load(w + 16), a2 = load(w + 32), a3 = load(w + 48);
    let a4 = load(w + 64), a5 = load(w + 80), a6 = load(w + 96), a7 = load(w + 112);
    w = packed + at(j);
    let p = h;
    for (let k: i32 = 0; k < hiddenSize + inputs; k++) {
      if (k == hiddenSize) p = x;
      const v = spread(p);
      a0 = madd(v, load(w), a0);
      a1 = madd(v, load(w + 16), a1);
      a2 = madd(v, load(w + 32), a2);
      a3 = madd(v, load(w + 48), a3);
      a4 = madd(v, load(w + 64), a4);
      a5 = madd(v, load(w + 80), a5);
      a6 = madd(v, load(w + 96), a6);
      a7 = madd(v, load(w + 112), a7);
      p += 4;
      w += rowBytes;
    }
    const d = z + at(j);
    store(d, a0);
    store(d + 16, a1);
    store(d + 32, a2);
    store(d + 48, a3);
    store(d + 64, a4);
    store(d + 80, a5);
    store(d + 96, a6);
    store(d + 112, a7);
  }
  if (j < rows) {
    let w = packed + at(j) + <usize>(hiddenSize + inputs) * rowBytes;
    let a0 = load(w), a1 = load(w + 16), a2 = load(w + 32), a3 = load(w + 48);
    w = packed + at(j);
    let p = h;
    for (let k: i32 = 0; k < hiddenSize + inputs; k++) {
      if (k == hiddenSize) p = x;
      const v = spread(p);
      a0 = madd(v, load(w), a0);
      a1 = madd(v, load(w + 16), a1);
      a2 = madd(v, load(w + 32), a2);
      a3 = madd(v, load(w + 48), a3);
      p += 4;
      w += rowBytes;
    }
    const d = z + at(j);
    store(d, a0);
    store(d + 16, a1);
    store(d + 32, a2);
    store(d + 48, a3);
  }
}
