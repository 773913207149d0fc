import { all, at, load, madd, sigmoid4, store, tanh4 } from "../lanes/lanes.as";
import { matrixTimesState } from "../recurrent/stream.as";
import {
  biasSums,
  clear,
  gateSums,
  outerProducts,
  packGate,
  packGateColumns,
  packTransposed,
  pullBack,
  scatterGate,
  stepsPerChunk,
} from "../recurrent/tiles.as";

// Gate rows of a unit: r, z, recurrent part of n, input part of n.

/** Scratch: packed weights `[H][H + inputs + 1][4]`, gate sums `[4][batch]`. */
export function gruForward(
  steps: i32,
  batch: i32,
  inputs: i32,
  hiddenSize: i32,
  x: i32,
  weightIh: i32,
  weightHh: i32,
  biasIh: i32,
  biasHh: i32,
  hidden: i32,
  gates: i32,
  scratch: i32,
): void {
  const packed = at(scratch);
  const columns = hiddenSize + inputs + 1;
  for (let g: i32 = 0; g < 4; g++) {
    const hh: usize = g < 3 ? at(weightHh + g * hiddenSize * hiddenSize) : 0;
    const ih: usize = g == 2 ? 0 : at(weightIh + (g == 3 ? 2 : g) * hiddenSize * inputs);
    packGate(g, hh, hiddenSize, hiddenSize, 0, columns, packed);
    packGate(g, ih, hiddenSize, inputs, hiddenSize, columns, packed);
  }
  for (let u: i32 = 0; u < hiddenSize; u++) {
    const d = packed + at((u * columns + columns - 1) * 4);
    storeBiases(biasIh, biasHh, hiddenSize, u, d, 4);
  }
  const z0 = packed + at(hiddenSize * columns * 4);
  const stride = at(batch);
  const row = hiddenSize * batch;
  const one = all(1);
  for (let t: i32 = 0; t < steps; t++) {
    const h = at(hidden + t * row);
    const xt = at(x + t * inputs * batch);
    for (let u: i32 = 0; u < hiddenSize; u++) {
      gateSums(packed + at(u * columns * 4), hiddenSize, inputs, h, xt, batch, z0);
      const unit = t * hiddenSize + u;
      let hu = at(hidden + unit * batch);
      let keep = at(gates + unit * 4 * batch);
      for (let p = z0; p < z0 + stride; p += 16) {
        const r = sigmoid4(load(p));
        const z = sigmoid4(load(p + stride));
        const recurrent = load(p + 2 * stride);
        const n = tanh4(madd(r, recurrent, load(p + 3 * stride)));
        store(hu + at(row), madd(z, load(hu), f32x4.mul(f32x4.sub(one, z), n)));
        if (gates != 0) {
          store(keep, r);
          store(keep + stride, z);
          store(keep + 2 * stride, n);
          store(keep + 3 * stride, recurrent);
          keep += 16;
        }
        hu += 16;
      }
    }
  }
}

/** The four bias values of unit `u`, `step` bytes apart. */
// @ts-ignore: decorator
@inline
function storeBiases(biasIh: i32, biasHh: i32, hiddenSize: i32, u: i32, d: usize, step: usize): void {
  f32.store(d, f32.load(at(biasIh + u)) + f32.load(at(biasHh + u)));
  f32.store(d + step, f32.load(at(biasIh + hiddenSize + u)) + f32.load(at(biasHh + hiddenSize + u)));
  f32.store(d + 2 * step, f32.load(at(biasHh + 2 * hiddenSize + u)));
  f32.store(d + 3 * step, f32.load(at(biasIh + 2 * hiddenSize + u)));
}

/** Scratch: transposed weights for both sides, gradient sums, carried dh, gate gradients of a chunk. */
export function gruBackward(
  steps: i32,
  batch: i32,
  inputs: i32,
  hiddenSize: i32,
  x: i32,
  weightIh: i32,
  weightHh: i32,
  hidden: i32,
  gates: i32,
  dHidden: i32,
  dX: i32,
  dWeightIh: i32,
  dWeightHh: i32,
  dBiasIh: i32,
  dBiasHh: i32,
  scratch: i32,
): void {
  const row = hiddenSize * batch;
  const rows = hiddenSize * 4;
  const hiddenUp = (hiddenSize + 3) & ~3;
  const inputsUp = (inputs + 3) & ~3;
  const chunk = stepsPerChunk(steps, batch);
  const columns = hiddenSize + inputs + 1;
  const unit = at(columns * 4);
  const packedHh = at(scratch);
  const packedIh = packedHh + at(hiddenUp * rows);
  const sums = packedIh + at(inputsUp * rows);
  const dh = sums + unit * <usize>hiddenSize;
  const dCarry = dh + at(hiddenUp * batch);
  const dGates = dCarry + at(row);
  const hh = at(weightHh);
  const ih = at(weightIh);
  const gateHh = at(hiddenSize * hiddenSize);
  const gateIh = at(hiddenSize * inputs);
  packTransposed(hh, hh + gateHh, hh + 2 * gateHh, 0, hiddenSize, hiddenSize, packedHh);
  if (dX != 0) packTransposed(ih, ih + gateIh, 0, ih + 2 * gateIh, hiddenSize, inputs, packedIh);
  clear(sums, columns * rows);
  clear(dh, hiddenUp * batch);
  clear(dCarry, row);
  const stride = at(batch);
  const one = all(1);
  for (let t: i32 = steps - 1; t >= 0; t--) {
    const slot = t % chunk;
    const d0 = dGates + at(slot * rows * batch);
    for (let u: i32 = 0; u < hiddenSize; u++) {
      let p = at(gates + (t * hiddenSize + u) * 4 * batch);
      let h = at(hidden + t * row + u * batch);
      let e = at(dHidden + t * row + u * batch);
      let d = d0 + at(u * 4 * batch);
      let dhu = dh + at(u * batch);
      let carry = dCarry + at(u * batch);
      for (let b: i32 = 0; b < batch; b += 4) {
        const r = load(p);
        const z = load(p + stride);
        const n = load(p + 2 * stride);
        const recurrent = load(p + 3 * stride);
        const dhb = f32x4.add(load(e), f32x4.add(load(dhu), load(carry)));
        const dn = f32x4.mul(f32x4.mul(dhb, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)));
        store(carry, f32x4.mul(dhb, z));
        store(d, f32x4.mul(f32x4.mul(dn, recurrent), f32x4.mul(r, f32x4.sub(one, r))));
        store(d + stride, f32x4.mul(f32x4.mul(dhb, f32x4.sub(load(h), n)), f32x4.mul(z, f32x4.sub(one, z))));
        store(d + 2 * stride, f32x4.mul(dn, r));
        store(d + 3 * stride, dn);
        p += 16;
        h += 16;
        e += 16;
        d += 16;
        dhu += 16;
        carry += 16;
      }
    }
    pullBack(packedHh, d0, rows, hiddenSize, batch, dh, false);
    if (dX != 0) pullBack(packedIh, d0, rows, inputs, batch, at(dX + t * inputs * batch), true);
    if (slot == 0) {
      const many = steps - t < chunk ? steps - t : chunk;
      outerProducts(dGates, hiddenSize, at(hidden + t * row), at(row), hiddenSize, many, batch, sums, unit);
      outerProducts(dGates, hiddenSize, at(x + t * inputs * batch), at(inputs * batch), inputs, many, batch, sums + at(hiddenSize * 4), unit);
      biasSums(dGates, hiddenSize, many, batch, sums + at((hiddenSize + inputs) * 4), unit);
    }
  }
  const inputSums = sums + at(hiddenSize * 4);
  const plainSums = sums + at((hiddenSize + inputs) * 4);
  for (let g: i32 = 0; g < 3; g++) {
    const own = g == 2 ? 3 : g;
    scatterGate(sums, unit, g, hiddenSize, hiddenSize, at(dWeightHh) + <usize>g * gateHh);
    scatterGate(inputSums, unit, own, hiddenSize, inputs, at(dWeightIh) + <usize>g * gateIh);
    scatterGate(plainSums, unit, g, hiddenSize, 1, at(dBiasHh + g * hiddenSize));
    scatterGate(plainSums, unit, own, hiddenSize, 1, at(dBiasIh + g * hiddenSize));
  }
}

export function gruPack(
  inputs: i32,
  hiddenSize: i32,
  weightIh: i32,
  weightHh: i32,
  biasIh: i32,
  biasHh: i32,
  packed: i32,
): void {
  const up = (hiddenSize + 3) & ~3;
  for (let g: i32 = 0; g < 4; g++) {
    const hh: usize = g < 3 ? at(weightHh + g * hiddenSize * hiddenSize) : 0;
    const ih: usize = g == 2 ? 0 : at(weightIh + (g == 3 ? 2 : g) * hiddenSize * inputs);
    packGateColumns(g, hh, hiddenSize, hiddenSize, 0, at(packed));
    packGateColumns(g, ih, hiddenSize, inputs, hiddenSize, at(packed));
    packGateColumns(g, 0, hiddenSize, 1, hiddenSize + inputs, at(packed));
  }
  const d = at(packed + (hiddenSize + inputs) * 4 * up);
  for (let u: i32 = 0; u < hiddenSize; u++) storeBiases(biasIh, biasHh, hiddenSize, u, d + at(u), at(up));
}

export function gruStream(
  n: i32,
  inputs: i32,
  hiddenSize: i32,
  x: i32,
  xRow: i32,
  packed: i32,
  hidden: i32,
  out: i32,
  scratch: i32,
): void {
  const up = (hiddenSize + 3) & ~3;
  const gate = at(up);
  const z0 = at(scratch);
  const h = at(hidden);
  const one = all(1);
  for (let s: i32 = 0; s < n; s++) {
    matrixTimesState(at(packed), at(4 * up), 4 * up, hiddenSize, h, inputs, at(x + s * xRow), z0);
    for (let u: usize = 0; u < gate; u += 16) {
      const r = sigmoid4(load(z0 + u));
      const z = sigmoid4(load(z0 + gate + u));
      const n = tanh4(madd(r, load(z0 + 2 * gate + u), load(z0 + 3 * gate + u)));
      const hn = madd(z, load(h + u), f32x4.mul(f32x4.sub(one, z), n));
      store(h + u, hn);
      store(at(out + s * up) + u, hn);
    }
  }
}
