import { activate, activationSlope } from "../activation/simd.as";
import { all, at, load, store, storeFirst } from "../lanes/lanes.as";
import { gatherRows, rowProducts, rowSums } from "./rows.as";

/** Samples worked on at a time, so that a block's rows stay in the nearest cache. */
const FORWARD_BLOCK: i32 = 128;
const BACKWARD_BLOCK: i32 = 256;

// Packed, all in groups of four rows, zero where there is no row:
//   forward convolution  [halves x groups][taps x channels | conditions | bias][4]
//   forward 1x1          [groups][channels | bias][4]
//   backward convolution [groups][taps x (halves x channels) | zero bias][4]
//   backward 1x1         [groups][channels | zero bias][4]

// @ts-ignore: decorator
@inline
function groupsOf(channels: i32): i32 {
  return (channels + 3) >> 2;
}

// @ts-ignore: decorator
@inline
function outPart(channels: i32, condition: i32, kernel: i32, halves: i32): usize {
  return at(halves * groupsOf(channels) * (kernel * channels + condition + 1) * 4);
}

// @ts-ignore: decorator
@inline
function backwardPart(channels: i32, condition: i32, kernel: i32, halves: i32): usize {
  return outPart(channels, condition, kernel, halves) + at(groupsOf(channels) * (channels + 1) * 4);
}

// @ts-ignore: decorator
@inline
function backwardOutPart(channels: i32, condition: i32, kernel: i32, halves: i32): usize {
  const rows = kernel * halves * channels + 1;
  return backwardPart(channels, condition, kernel, halves) + at(groupsOf(channels) * rows * 4);
}

export function waveLayerPack(
  channels: i32,
  condition: i32,
  kernel: i32,
  gated: i32,
  convWeight: i32,
  convBias: i32,
  mixWeight: i32,
  outWeight: i32,
  outBias: i32,
  packed: i32,
): void {
  const halves = 1 + gated;
  const groups = groupsOf(channels);
  const p = at(packed);
  const forwardRows = kernel * channels + condition + 1;
  const out = p + outPart(channels, condition, kernel, halves);
  const back = p + backwardPart(channels, condition, kernel, halves);
  const backOut = p + backwardOutPart(channels, condition, kernel, halves);
  const end = backOut + at(groups * (channels + 1) * 4);
  for (let q = p; q < end; q += 16) store(q, all(0));
  for (let half: i32 = 0; half < halves; half++) {
    for (let r: i32 = 0; r < channels; r++) {
      const m = half * channels + r;
      const d = p + at((half * groups + (r >> 2)) * forwardRows * 4 + (r & 3));
      for (let c: i32 = 0; c < channels; c++) {
        for (let k: i32 = 0; k < kernel; k++) {
          const value = f32.load(at(convWeight + (m * channels + c) * kernel + k));
          f32.store(d + at((k * channels + c) * 4), value);
          const rows = kernel * halves * channels + 1;
          f32.store(back + at(((c >> 2) * rows + k * halves * channels + m) * 4 + (c & 3)), value);
        }
      }
      for (let e: i32 = 0; e < condition; e++) {
        f32.store(d + at((kernel * channels + e) * 4), f32.load(at(mixWeight + m * condition + e)));
      }
      f32.store(d + at((forwardRows - 1) * 4), f32.load(at(convBias + m)));
    }
  }
  if (outWeight == 0) return;
  for (let r: i32 = 0; r < channels; r++) {
    const d = out + at((r >> 2) * (channels + 1) * 4 + (r & 3));
    for (let c: i32 = 0; c < channels; c++) {
      const value = f32.load(at(outWeight + r * channels + c));
      f32.store(d + at(c * 4), value);
      f32.store(backOut + at(((c >> 2) * (channels + 1) + r) * 4 + (c & 3)), value);
    }
    f32.store(d + at(channels * 4), f32.load(at(outBias + r)));
  }
}

export function waveLayerForward(
  channels: i32,
  condition: i32,
  kernel: i32,
  dilation: i32,
  gated: i32,
  activation: i32,
  slope: f32,
  n: i32,
  packed: i32,
  x: i32,
  xRow: i32,
  c: i32,
  cRow: i32,
  z: i32,
  zRow: i32,
  head: i32,
  headRow: i32,
  headSkip: i32,
  out: i32,
  outRow: i32,
): void {
  const halves = 1 + gated;
  const groups = groupsOf(channels);
  const forwardRows = kernel * channels + condition + 1;
  const reach = (kernel - 1) * dilation;
  const w = at(packed);
  const wOut = w + outPart(channels, condition, kernel, halves);
  const negative = all(slope);
  for (let t0: i32 = 0; t0 < n; t0 += FORWARD_BLOCK) {
    const many = min(n - t0, FORWARD_BLOCK);
    for (let half: i32 = 0; half < halves; half++) {
      const kind = half == 1 ? 2 : activation;
      for (let g: i32 = 0; g < groups; g++) {
        const rows = min(channels - g * 4, 4);
        const first = half * channels + g * 4;
        gatherRows(w + at((half * groups + g) * forwardRows * 4), kernel, channels, at(x + t0), at(xRow), at(dilation),
          condition, at(c + t0), at(cRow), 0, 0, at(z + first * zRow + t0), at(zRow), rows, many);
        for (let r: i32 = 0; r < rows; r++) {
          const p = at(z + (first + r) * zRow + t0);
          for (let t: i32 = 0; t < many; t += 4) {
            storeFirst(p + at(t), activate(kind, negative, load(p + at(t))), many - t);
          }
        }
      }
    }
    const a = gated ? z + 2 * channels * zRow : z;
    if (gated) {
      for (let r: i32 = 0; r < channels; r++) {
        const p = at(z + r * zRow + t0);
        const q = at(z + (channels + r) * zRow + t0);
        const d = at(a + r * zRow + t0);
        for (let t: i32 = 0; t < many; t += 4) {
          storeFirst(d + at(t), f32x4.mul(load(p + at(t)), load(q + at(t))), many - t);
        }
      }
    }
    const from = max(t0, headSkip);
    for (let r: i32 = 0; r < channels; r++) {
      const p = at(a + r * zRow);
      const h = at(head + r * headRow - headSkip);
      for (let t = from; t < t0 + many; t += 4) {
        storeFirst(h + at(t), f32x4.add(load(h + at(t)), load(p + at(t))), t0 + many - t);
      }
    }
    if (out != 0) {
      for (let g: i32 = 0; g < groups; g++) {
        gatherRows(wOut + at(g * (channels + 1) * 4), 1, channels, at(a + t0), at(zRow), 0, 0, 0, 0,
          at(x + g * 4 * xRow + t0 + reach), at(xRow), at(out + g * 4 * outRow + t0), at(outRow),
          min(channels - g * 4, 4), many);
      }
    }
  }
}

export function waveLayerBackward(
  channels: i32,
  condition: i32,
  kernel: i32,
  dilation: i32,
  gated: i32,
  activation: i32,
  slope: f32,
  n: i32,
  packed: i32,
  x: i32,
  xRow: i32,
  c: i32,
  cRow: i32,
  z: i32,
  zRow: i32,
  dHead: i32,
  dHeadRow: i32,
  headSkip: i32,
  dOut: i32,
  dOutRow: i32,
  dZ: i32,
  dZRow: i32,
  dX: i32,
  dXRow: i32,
  dConvWeight: i32,
  dConvBias: i32,
  dMixWeight: i32,
  dOutWeight: i32,
  dOutBias: i32,
): void {
  const halves = 1 + gated;
  const rows = halves * channels;
  const groups = groupsOf(channels);
  const reach = (kernel - 1) * dilation;
  const w = at(packed);
  const wBack = w + backwardPart(channels, condition, kernel, halves);
  const wBackOut = w + backwardOutPart(channels, condition, kernel, halves);
  const negative = all(slope);
  const a = gated ? z + 2 * channels * zRow : z;
  // Zero on both sides of the gradient before activation: what the convolution reads past its ends.
  for (let r: i32 = 0; r < rows; r++) {
    const p = dZ + r * dZRow;
    for (let t: i32 = 0; t < reach; t += 4) storeFirst(at(p + t), all(0), reach - t);
    for (let t: i32 = 0; t < reach; t += 4) storeFirst(at(p + reach + n + t), all(0), reach - t);
  }
  const d0 = dZ + reach;
  let t0: i32 = 0;
  while (t0 < n) {
    // A block lies on one side of headSkip.
    let many = min(n - t0, BACKWARD_BLOCK);
    if (t0 < headSkip) many = min(many, headSkip - t0);
    const head: usize = t0 >= headSkip ? at(dHead + t0 - headSkip) : 0;
    // Without dOut only the zero bias is read.
    const sources = dOut == 0 ? 0 : channels;
    for (let g: i32 = 0; g < groups; g++) {
      const base: usize = head == 0 ? 0 : head + at(g * 4 * dHeadRow);
      gatherRows(wBackOut + at((g * (channels + 1) + channels - sources) * 4), 1, sources, at(dOut + t0), at(dOutRow), 0, 0, 0, 0,
        base, at(dHeadRow), at(d0 + g * 4 * dZRow + t0), at(dZRow), min(channels - g * 4, 4), many);
    }
    for (let r: i32 = 0; r < channels; r++) {
      const d = at(d0 + r * dZRow + t0);
      const p = at(z + r * zRow + t0);
      if (gated) {
        const q = at(z + (channels + r) * zRow + t0);
        const d2 = at(d0 + (channels + r) * dZRow + t0);
        for (let t: i32 = 0; t < many; t += 4) {
          const o = at(t);
          const e = load(d + o);
          const y = load(p + o);
          const s = load(q + o);
          storeFirst(d2 + o, f32x4.mul(f32x4.mul(e, y), activationSlope(2, negative, s)), many - t);
          storeFirst(d + o, f32x4.mul(f32x4.mul(e, s), activationSlope(activation, negative, y)), many - t);
        }
      } else {
        for (let t: i32 = 0; t < many; t += 4) {
          const o = at(t);
          storeFirst(d + o, f32x4.mul(load(d + o), activationSlope(activation, negative, load(p + o))), many - t);
        }
      }
    }
    const dz = at(d0 + t0);
    for (let k: i32 = 0; k < kernel; k++) {
      rowProducts(dz, at(dZRow), rows, at(x + t0 + k * dilation), at(xRow), channels, many, at(dConvWeight + k),
        channels * kernel, kernel);
    }
    rowProducts(dz, at(dZRow), rows, at(c + t0), at(cRow), condition, many, at(dMixWeight), condition, 1);
    rowSums(dz, at(dZRow), rows, many, at(dConvBias));
    if (dOut != 0) {
      rowProducts(at(dOut + t0), at(dOutRow), channels, at(a + t0), at(zRow), channels, many, at(dOutWeight), channels, 1);
      rowSums(at(dOut + t0), at(dOutRow), channels, many, at(dOutBias));
    }
    t0 += many;
  }
  const backRows = kernel * rows + 1;
  for (let g: i32 = 0; g < groups; g++) {
    const wg = wBack + at(g * backRows * 4);
    const many = min(channels - g * 4, 4);
    const dx = dX + g * 4 * dXRow;
    const plain = dOut == 0 ? n + reach : reach;
    gatherBlocks(wg, kernel, rows, d0, dZRow, -dilation, 0, 0, dx, dXRow, many, 0, plain);
    if (dOut != 0) gatherBlocks(wg, kernel, rows, d0, dZRow, -dilation, dOut + g * 4 * dOutRow - reach, dOutRow, dx, dXRow, many, reach, n + reach);
  }
}

/** `gatherRows` over [from, to) in blocks. */
// @ts-ignore: decorator
@inline
function gatherBlocks(
  w: usize,
  taps: i32,
  channels: i32,
  x: i32,
  xRow: i32,
  step: i32,
  base: i32,
  baseRow: i32,
  d: i32,
  dRow: i32,
  rows: i32,
  from: i32,
  to: i32,
): void {
  const start = base == 0 ? <usize>0 : at(base + from);
  gatherRows(w, taps, channels, at(x + from), at(xRow), <isize>step << 2, 0, 0, 0, start, at(baseRow), at(d + from), at(dRow), rows, to - from);
}
