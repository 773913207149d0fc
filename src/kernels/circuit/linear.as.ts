/** What is linear in a step of time: right sides, the block's equations, eliminated unknowns, charges. */
import { word } from "./junction.as";
import {
  backSteps,
  backward,
  backwardCount,
  base,
  block,
  blockSize,
  changeShift,
  chargeRowCount,
  chargeRows,
  constant,
  dense,
  entries,
  entryCount,
  factorSteps,
  forward,
  forwardCount,
  gear,
  history,
  inputCount,
  inputs,
  knownCount,
  knowns,
  matrix,
  matrixBytes,
  rate,
  residualRows,
  residuals,
  right,
  rightCount,
  termBytes,
} from "./layout";

/** Pivots are at least this share of the largest number that is left in their row. */
const largestShare: f64 = 1e8;

/** Right sides for an input, taken through the elimination; then the unknowns that follow from them alone. */
export function prepare(h: usize, inputVolts: f64): void {
  const b = word(h, right);
  const s = word(h, base);
  const f = word(h, history);
  const end = word(h, rightCount) << 3;
  for (let k: usize = 0; k < end; k += 8) store<f64>(b + k, load<f64>(s + k) - load<f64>(f + k));
  let p = word(h, inputs);
  for (let k = word(h, inputCount); k > 0; k--, p += termBytes) {
    const to = word(p);
    store<f64>(to, load<f64>(to) + load<f64>(p, 8) * inputVolts);
  }
  p = word(h, forward);
  for (let k = word(h, forwardCount); k > 0; k--, p += termBytes) {
    const to = word(p);
    store<f64>(to, load<f64>(to) - load<f64>(p, 8) * load<f64>(word(p, 4)));
  }
  p = word(h, knowns);
  for (let k = word(h, knownCount); k > 0; k--, p += termBytes) {
    store<f64>(word(p), load<f64>(p, 8) * load<f64>(word(p, 4)));
  }
}

/** The block's constant matrix, and what each of its rows lacks without the devices. */
export function startIteration(h: usize): void {
  const from = word(h, constant);
  const to = word(h, matrix);
  const bytes = word(h, matrixBytes);
  for (let k: usize = 0; k < bytes; k += 8) store<f64>(to + k, load<f64>(from + k));
  let p = word(h, residualRows);
  let r = word(h, residuals);
  const end = r + (word(h, blockSize) << 3);
  for (; r < end; r += 8) {
    let sum = load<f64>(word(p));
    const after = p + 8 + word(p, 4) * termBytes;
    for (p += 8; p < after; p += termBytes) sum -= load<f64>(p, 8) * load<f64>(word(p));
    store<f64>(r, sum);
  }
}

/**
 * Solves the block for the changes of its unknowns, in the order of pivots found when it was built.
 *
 * Steps of factoring, per pivot: address of the pivot (the rest of its row follows), bytes of the rest, rows below, address of
 * the right side; per row below: address of its entry, of its right side, of the entries that the rest acts on. Steps back,
 * last pivot first: address of the pivot, of its right side, of its change, bytes of the rest; addresses of the changes it
 * is multiplied with.
 *
 * @returns Whether every pivot was fit; else the matrix is lost.
 */
export function solveInOrder(h: usize): bool {
  const size = word(h, blockSize);
  let p = word(h, factorSteps);
  for (let k: usize = 0; k < size; k++) {
    const pivot = word(p);
    const rest = pivot + 8;
    const restEnd = rest + word(p, 4);
    const inverse = 1.0 / load<f64>(pivot);
    store<f64>(pivot, inverse);
    const y = load<f64>(word(p, 12));
    let rows = word(p, 8);
    p += 16;
    for (; rows > 0; rows--) {
      const factor = load<f64>(word(p)) * inverse;
      const r = word(p, 4);
      store<f64>(r, load<f64>(r) - factor * y);
      p += 8;
      for (let u = rest; u < restEnd; u += 8, p += 4) {
        const to = word(p);
        store<f64>(to, load<f64>(to) - factor * load<f64>(u));
      }
    }
  }
  p = word(h, backSteps);
  let worst: f64 = 0;
  for (let k: usize = 0; k < size; k++) {
    const pivot = word(p);
    const inverse = load<f64>(pivot);
    if (!(Math.abs(inverse) < Infinity)) return false;
    let sum = load<f64>(word(p, 4));
    const x = word(p, 8);
    const restEnd = pivot + 8 + word(p, 12);
    p += 16;
    for (let u = pivot + 8; u < restEnd; u += 8, p += 4) {
      const entry = load<f64>(u);
      const share = Math.abs(entry * inverse);
      if (share > worst) worst = share;
      sum -= entry * load<f64>(word(p));
    }
    store<f64>(x, sum * inverse);
  }
  return worst < largestShare;
}

/** As `solveInOrder` with row exchanges. @returns Whether there is one solution. */
export function solveWithExchanges(h: usize): bool {
  const size = word(h, blockSize);
  const a = word(h, dense);
  const stride = size << 3;
  const b = word(h, residuals);
  memory.fill(a, 0, stride * size);
  let p = word(h, entries);
  for (let k = word(h, entryCount); k > 0; k--, p += 8) store<f64>(word(p, 4), load<f64>(word(p)));
  for (let k: usize = 0; k < size; k++) {
    const row = a + k * stride;
    let pivot = row;
    for (let other = row + stride; other < a + size * stride; other += stride) {
      if (Math.abs(load<f64>(other + (k << 3))) > Math.abs(load<f64>(pivot + (k << 3)))) pivot = other;
    }
    const divisor = load<f64>(pivot + (k << 3));
    if (!(Math.abs(divisor) > 0 && Math.abs(divisor) < Infinity)) return false;
    if (pivot != row) {
      for (let j = k << 3; j < stride; j += 8) exchange(row + j, pivot + j);
      exchange(b + (k << 3), b + ((pivot - a) / stride << 3));
    }
    for (let i = k + 1; i < size; i++) {
      const other = a + i * stride;
      const factor = load<f64>(other + (k << 3)) / divisor;
      if (factor == 0) continue;
      for (let j = (k + 1) << 3; j < stride; j += 8) {
        store<f64>(other + j, load<f64>(other + j) - factor * load<f64>(row + j));
      }
      store<f64>(b + (i << 3), load<f64>(b + (i << 3)) - factor * load<f64>(b + (k << 3)));
    }
  }
  const changes = word(h, block) + word(h, changeShift);
  for (let k = size; k > 0; ) {
    k--;
    let sum = load<f64>(b + (k << 3));
    for (let j = k + 1; j < size; j++) {
      sum -= load<f64>(a + k * stride + (j << 3)) * load<f64>(changes + (j << 3));
    }
    store<f64>(changes + (k << 3), sum / load<f64>(a + k * stride + (k << 3)));
  }
  return true;
}

// @ts-ignore: decorator
@inline
function exchange(p: usize, q: usize): void {
  const value = load<f64>(p);
  store<f64>(p, load<f64>(q));
  store<f64>(q, value);
}

/** Eliminated unknowns that something reads. */
export function substituteBack(h: usize): void {
  let p = word(h, backward);
  for (let k = word(h, backwardCount); k > 0; k--) {
    const x = word(p);
    let sum = load<f64>(word(p, 4));
    const inverse = load<f64>(p, 16);
    const end = p + 24 + word(p, 8) * termBytes;
    for (p += 24; p < end; p += termBytes) sum -= load<f64>(p, 8) * load<f64>(word(p));
    store<f64>(x, sum * inverse);
  }
}

/** Linear charges become history. */
export function acceptChargeRows(h: usize): void {
  const gearRule = load<i32>(h + gear) != 0;
  const r = load<f64>(h, rate);
  let p = word(h, chargeRows);
  for (let k = word(h, chargeRowCount); k > 0; k--) {
    const f = word(p);
    const before = p + 8;
    const end = p + 16 + word(p, 4) * termBytes;
    let charge: f64 = 0;
    for (p += 16; p < end; p += termBytes) charge += load<f64>(p, 8) * load<f64>(word(p));
    if (gearRule) store<f64>(f, (r / 3.0) * (load<f64>(before) - 4.0 * charge));
    else store<f64>(f, -load<f64>(f) - 2.0 * r * charge);
    store<f64>(before, charge);
  }
}
