import { activate, activationCodes, activationSlope } from "../activation/plain.ts";
import type { Heap, KernelsOf } from "../kernels.ts";

const sigmoidCode = activationCodes.sigmoid;

/**
 * Elements that `waveLayerPack` writes. The plain version packs the weights as they are; the size is the fast version's,
 * which is larger, so that callers need not know which one they have.
 */
export function waveLayerPackedSize(channels: number, condition: number, kernel: number, gated: number): number {
  const groups = (channels + 3) >> 2;
  const halves = 1 + gated;
  const rows =
    halves * (kernel * channels + condition + 1) + (channels + 1) + (kernel * halves * channels + 1) + (channels + 1);
  return 4 * groups * rows;
}

/** Rows of z that a layer keeps per channel: the activation, and when gated also the gate and their product. */
export function waveLayerKeptRows(channels: number, gated: number): number {
  return gated === 1 ? 3 * channels : channels;
}

/** The definition of the WaveNet layer kernels (van den Oord et al. 2016, as Neural Amp Modeler arranges it). */
export function plainWaveLayer(heap: Heap): KernelsOf<"waveLayerPack" | "waveLayerForward" | "waveLayerBackward"> {
  return {
    waveLayerPack(channels, condition, kernel, gated, convWeight, convBias, mixWeight, outWeight, outBias, packed) {
      const m = heap();
      const at = parts(channels, condition, kernel, gated, packed);
      const rows = at.rows;
      m.copyWithin(at.conv, convWeight, convWeight + rows * channels * kernel);
      m.copyWithin(at.bias, convBias, convBias + rows);
      m.copyWithin(at.mix, mixWeight, mixWeight + rows * condition);
      if (outWeight === 0) return;
      m.copyWithin(at.out, outWeight, outWeight + channels * channels);
      m.copyWithin(at.outBias, outBias, outBias + channels);
    },
    waveLayerForward(
      channels,
      condition,
      kernel,
      dilation,
      gated,
      activation,
      slope,
      n,
      packed,
      x,
      xRow,
      c,
      cRow,
      z,
      zRow,
      head,
      headRow,
      headSkip,
      out,
      outRow,
    ) {
      const m = heap();
      const at = parts(channels, condition, kernel, gated, packed);
      const a = gated === 1 ? z + 2 * channels * zRow : z;
      const reach = (kernel - 1) * dilation;
      for (let t = 0; t < n; t++) {
        for (let r = 0; r < at.rows; r++) {
          let total = m[at.bias + r]!;
          for (let i = 0; i < channels; i++) {
            for (let k = 0; k < kernel; k++) {
              total += m[at.conv + (r * channels + i) * kernel + k]! * m[x + i * xRow + t + k * dilation]!;
            }
          }
          for (let e = 0; e < condition; e++) total += m[at.mix + r * condition + e]! * m[c + e * cRow + t]!;
          m[z + r * zRow + t] = activate(r < channels ? activation : sigmoidCode, slope, total);
        }
        for (let r = 0; r < channels; r++) {
          if (gated === 1) m[a + r * zRow + t] = m[z + r * zRow + t]! * m[z + (channels + r) * zRow + t]!;
          if (t >= headSkip) m[head + r * headRow + t - headSkip]! += m[a + r * zRow + t]!;
        }
        if (out === 0) continue;
        for (let r = 0; r < channels; r++) {
          let total = m[at.outBias + r]! + m[x + r * xRow + t + reach]!;
          for (let i = 0; i < channels; i++) total += m[at.out + r * channels + i]! * m[a + i * zRow + t]!;
          m[out + r * outRow + t] = total;
        }
      }
    },
    waveLayerBackward(
      channels,
      condition,
      kernel,
      dilation,
      gated,
      activation,
      slope,
      n,
      packed,
      x,
      xRow,
      c,
      cRow,
      z,
      zRow,
      dHead,
      dHeadRow,
      headSkip,
      dOut,
      dOutRow,
      dZ,
      dZRow,
      dX,
      dXRow,
      dConvWeight,
      dConvBias,
      dMixWeight,
      dOutWeight,
      dOutBias,
    ) {
      const m = heap();
      const at = parts(channels, condition, kernel, gated, packed);
      const a = gated === 1 ? z + 2 * channels * zRow : z;
      const reach = (kernel - 1) * dilation;
      const d0 = dZ + reach;
      for (let r = 0; r < at.rows; r++) m.fill(0, dZ + r * dZRow, dZ + r * dZRow + n + 2 * reach);
      for (let r = 0; r < channels; r++) m.fill(0, dX + r * dXRow, dX + r * dXRow + n + reach);
      for (let t = 0; t < n; t++) {
        for (let r = 0; r < channels; r++) {
          let g = t >= headSkip ? m[dHead + r * dHeadRow + t - headSkip]! : 0;
          if (dOut !== 0) {
            for (let o = 0; o < channels; o++) g += m[at.out + o * channels + r]! * m[dOut + o * dOutRow + t]!;
          }
          const y = m[z + r * zRow + t]!;
          const gate = gated === 1 ? m[z + (channels + r) * zRow + t]! : 1;
          m[d0 + r * dZRow + t] = g * gate * activationSlope(activation, slope, y);
          if (gated === 1) m[d0 + (channels + r) * dZRow + t] = g * y * activationSlope(sigmoidCode, slope, gate);
        }
        for (let r = 0; r < at.rows; r++) {
          const g = m[d0 + r * dZRow + t]!;
          m[dConvBias + r]! += g;
          for (let e = 0; e < condition; e++) m[dMixWeight + r * condition + e]! += g * m[c + e * cRow + t]!;
          for (let i = 0; i < channels; i++) {
            for (let k = 0; k < kernel; k++) {
              const weight = (r * channels + i) * kernel + k;
              m[dConvWeight + weight]! += g * m[x + i * xRow + t + k * dilation]!;
              m[dX + i * dXRow + t + k * dilation]! += g * m[at.conv + weight]!;
            }
          }
        }
        if (dOut === 0) continue;
        for (let o = 0; o < channels; o++) {
          const g = m[dOut + o * dOutRow + t]!;
          m[dOutBias + o]! += g;
          m[dX + o * dXRow + t + reach]! += g;
          for (let i = 0; i < channels; i++) m[dOutWeight + o * channels + i]! += g * m[a + i * zRow + t]!;
        }
      }
    },
  };
}

function parts(channels: number, condition: number, kernel: number, gated: number, packed: number) {
  const rows = (1 + gated) * channels;
  const conv = packed;
  const bias = conv + rows * channels * kernel;
  const mix = bias + rows;
  const out = mix + rows * condition;
  return { rows, conv, bias, mix, out, outBias: out + channels * channels };
}
