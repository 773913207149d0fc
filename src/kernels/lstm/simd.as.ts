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

/** Scratch: packed weights `[H][H + inputs + 1][4]`, gate sums `[4][batch]`. */
export function lstmForward(
  steps: i32,
  batch: i32,
  inputs: i32,
  hiddenSize: i32,
  x: i32,
  weightIh: i32,
  weightHh: i32,
  bias: i32,
  hidden: i32,
  cell: i32,
  gates: i32,
  tanhCell: i32,
  scratch: i32,
): void {
  const packed = at(scratch);
  const columns = hiddenSize + inputs + 1;
  for (let g: i32 = 0; g < 4; g++) {
    packGate(g, at(weightHh + g * hiddenSize * hiddenSize), hiddenSize, hiddenSize, 0, columns, packed);
    packGate(g, at(weightIh + g * hiddenSize * inputs), hiddenSize, inputs, hiddenSize, columns, packed);
    packGate(g, at(bias + g * hiddenSize), hiddenSize, 1, columns - 1, columns, packed);
  }
  const z = packed + at(hiddenSize * columns * 4);
  const stride = at(batch);
  const row = hiddenSize * batch;
  for (let t: i32 = 0; t < steps; t++) {
    const h = at(hidden + t * row);
    const xt = at(x + t * inputs * batch);
    for (let u: i32 = 0; u < hiddenSize; u++) {
      gateSums(packed + at(u * columns * 4), hiddenSize, inputs, h, xt, batch, z);
      const unit = t * hiddenSize + u;
      let c = at(cell + unit * batch);
      let hn = at(hidden + (unit + hiddenSize) * batch);
      let keep = at(gates + unit * 4 * batch);
      let keepTanh = at(tanhCell + unit * batch);
      for (let p = z; p < z + stride; p += 16) {
        const i = sigmoid4(load(p));
        const f = sigmoid4(load(p + stride));
        const g = tanh4(load(p + 2 * stride));
        const o = sigmoid4(load(p + 3 * stride));
        const cn = madd(f, load(c), f32x4.mul(i, g));
        const tc = tanh4(cn);
        store(c + at(row), cn);
        store(hn, f32x4.mul(o, tc));
        if (gates != 0) {
          store(keep, i);
          store(keep + stride, f);
          store(keep + 2 * stride, g);
          store(keep + 3 * stride, o);
          store(keepTanh, tc);
          keep += 16;
          keepTanh += 16;
        }
        c += 16;
        hn += 16;
      }
    }
  }
}

/** Scratch: transposed weights for both sides, gate gradients of a chunk, carried dh and dc, gradient sums. */
export function lstmBackward(
  steps: i32,
  batch: i32,
  inputs: i32,
  hiddenSize: i32,
  x: i32,
  weightIh: i32,
  weightHh: i32,
  hidden: i32,
  cell: i32,
  gates: i32,
  tanhCell: i32,
  dHidden: i32,
  dX: i32,
  dWeightIh: i32,
  dWeightHh: i32,
  dBias: i32,
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
  const dc = dh + at(hiddenUp * batch);
  const dGates = dc + at(row);
  const hh = at(weightHh);
  const ih = at(weightIh);
  const gateHh = at(hiddenSize * hiddenSize);
  const gateIh = at(hiddenSize * inputs);
  packTransposed(hh, hh + gateHh, hh + 2 * gateHh, hh + 3 * gateHh, hiddenSize, hiddenSize, packedHh);
  if (dX != 0) packTransposed(ih, ih + gateIh, ih + 2 * gateIh, ih + 3 * gateIh, hiddenSize, inputs, packedIh);
  clear(sums, columns * rows);
  clear(dh, hiddenUp * batch);
  clear(dc, row);
  const stride = at(batch);
  const one = all(1);
  for (let t: i32 = steps - 1; t >= 0; t--) {
    const slot = t % chunk;
    const d0 = dGates + at(slot * rows * batch);
    for (let u: i32 = 0; u < hiddenSize; u++) {
      let p = at(gates + (t * hiddenSize + u) * 4 * batch);
      let q = at(tanhCell + (t * hiddenSize + u) * batch);
      let c = at(cell + t * row + u * batch);
      let e = at(dHidden + t * row + u * batch);
      let d = d0 + at(u * 4 * batch);
      let dhu = dh + at(u * batch);
      let dcu = dc + at(u * batch);
      for (let b: i32 = 0; b < batch; b += 4) {
        const i = load(p);
        const f = load(p + stride);
        const g = load(p + 2 * stride);
        const o = load(p + 3 * stride);
        const tc = load(q);
        const dhb = f32x4.add(load(e), load(dhu));
        const dcb = madd(f32x4.mul(dhb, o), f32x4.sub(one, f32x4.mul(tc, tc)), load(dcu));
        store(dcu, f32x4.mul(dcb, f));
        store(d, f32x4.mul(f32x4.mul(dcb, g), f32x4.mul(i, f32x4.sub(one, i))));
        store(d + stride, f32x4.mul(f32x4.mul(dcb, load(c)), f32x4.mul(f, f32x4.sub(one, f))));
        store(d + 2 * stride, f32x4.mul(f32x4.mul(dcb, i), f32x4.sub(one, f32x4.mul(g, g))));
        store(d + 3 * stride, f32x4.mul(f32x4.mul(dhb, tc), f32x4.mul(o, f32x4.sub(one, o))));
        p += 16;
        q += 16;
        c += 16;
        e += 16;
        d += 16;
        dhu += 16;
        dcu += 16;
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
  for (let g: i32 = 0; g < 4; g++) {
    scatterGate(sums, unit, g, hiddenSize, hiddenSize, at(dWeightHh) + <usize>g * gateHh);
    scatterGate(sums + at(hiddenSize * 4), unit, g, hiddenSize, inputs, at(dWeightIh) + <usize>g * gateIh);
    scatterGate(sums + at((hiddenSize + inputs) * 4), unit, g, hiddenSize, 1, at(dBias + g * hiddenSize));
  }
}

export function lstmPack(inputs: i32, hiddenSize: i32, weightIh: i32, weightHh: i32, bias: i32, packed: i32): void {
  for (let g: i32 = 0; g < 4; g++) {
    packGateColumns(g, at(weightHh + g * hiddenSize * hiddenSize), hiddenSize, hiddenSize, 0, at(packed));
    packGateColumns(g, at(weightIh + g * hiddenSize * inputs), hiddenSize, inputs, hiddenSize, at(packed));
    packGateColumns(g, at(bias + g * hiddenSize), hiddenSize, 1, hiddenSize + inputs, at(packed));
  }
}

export function lstmStream(
  n: i32,
  inputs: i32,
  hiddenSize: i32,
  x: i32,
  xRow: i32,
  packed: i32,
  hidden: i32,
  cell: i32,
  out: i32,
  scratch: i32,
): void {
  const up = (hiddenSize + 3) & ~3;
  const rowBytes = at(4 * up);
  const gate = at(up);
  const z = at(scratch);
  const h = at(hidden);
  const c = at(cell);
  for (let s: i32 = 0; s < n; s++) {
    matrixTimesState(at(packed), rowBytes, 4 * up, hiddenSize, h, inputs, at(x + s * xRow), z);
    for (let u: usize = 0; u < gate; u += 16) {
      const i = sigmoid4(load(z + u));
      const f = sigmoid4(load(z + gate + u));
      const g = tanh4(load(z + 2 * gate + u));
      const o = sigmoid4(load(z + 3 * gate + u));
      const cn = madd(f, load(c + u), f32x4.mul(i, g));
      const hn = f32x4.mul(o, tanh4(cn));
      store(c + u, cn);
      store(h + u, hn);
      store(at(out + s * up) + u, hn);
    }
  }
}
