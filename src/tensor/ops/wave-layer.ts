import { activationCodes, waveLayerKeptRows, waveLayerPackedSize } from "../../kernels/index.ts";
import type { Tape, Tensor } from "../tape.ts";
import type { ActivationName } from "./elementwise.ts";

/** Weights and shape of one dilated layer. `channels` C, rows M = C or 2 C when gated. */
export interface WaveLayer {
  /** `[M, C, kernel]`, tap 0 the oldest. */
  readonly convWeight: Tensor;
  readonly convBias: Tensor;
  /** `[M, conditions]`. */
  readonly mixWeight: Tensor;
  /** `[C, C]` and `[C]`. */
  readonly outWeight: Tensor;
  readonly outBias: Tensor;
  readonly dilation: number;
  readonly gated: boolean;
  readonly activation: ActivationName;
  readonly slope: number;
}

/**
 * One sequence through a stack of dilated layers (NAM's layer array without its rechannel and head maps).
 *
 * x `[1, C, n + reach]`, where reach is the sum of (kernel - 1) dilation; condition `[1, E, n + reach + before]` (its last
 * samples count). Every layer adds its activations to `head` `[1, C, h]`, h <= n, which is overwritten; its gradient passes
 * through.
 *
 * @returns `[1, C, n]`, the residual stream after the last layer; `wantOutput` false skips the last layer's 1x1.
 */
export function waveStack(
  tape: Tape,
  x: Tensor,
  {
    condition,
    head,
    layers,
    wantOutput,
  }: { condition: Tensor; head: Tensor; layers: readonly WaveLayer[]; wantOutput: boolean },
): Tensor {
  const { kernels, memory } = tape;
  const [, channels = 0, length = 0] = x.shape;
  const [, conditions = 0, conditionLength = 0] = condition.shape;
  const headLength = head.shape[2] ?? 0;
  if (x.shape[0] !== 1 || condition.differentiable)
    throw new Error("bug: waveStack takes one sequence and a plain condition");

  let n = length;
  let input = x.offset;
  const kept = layers.map((layer, index) => {
    const kernel = layer.convWeight.shape[2] ?? 1;
    const gated = layer.gated ? 1 : 0;
    const xRow = n;
    n -= (kernel - 1) * layer.dilation;
    if (n < headLength) throw new Error(`bug: ${length} samples are too few for this stack and ${headLength} outputs`);
    const last = index === layers.length - 1 && !wantOutput;
    const packed = memory.take(waveLayerPackedSize(channels, conditions, kernel, gated));
    kernels.waveLayerPack(
      channels,
      conditions,
      kernel,
      gated,
      layer.convWeight.offset,
      layer.convBias.offset,
      layer.mixWeight.offset,
      layer.outWeight.offset,
      layer.outBias.offset,
      packed,
    );
    const z = memory.take(waveLayerKeptRows(channels, gated) * n);
    const out = last ? 0 : memory.take(channels * n);
    const c = condition.offset + conditionLength - n;
    const code = activationCodes[layer.activation];
    kernels.waveLayerForward(
      channels,
      conditions,
      kernel,
      layer.dilation,
      gated,
      code,
      layer.slope,
      n,
      packed,
      input,
      xRow,
      c,
      conditionLength,
      z,
      n,
      head.offset,
      headLength,
      n - headLength,
      out,
      n,
    );
    const memo = { layer, kernel, gated, code, n, packed, x: input, xRow, c, z, out };
    input = out;
    return memo;
  });
  const result: Tensor = {
    shape: [1, channels, n],
    length: channels * n,
    offset: input,
    differentiable: wantOutput,
    gradient: 0,
  };

  tape.record(() => {
    // All gradients are asked for first, so that the scratch after them can be given back.
    const dHead = tape.gradientOf(head);
    const dx = tape.gradientOf(x);
    let dOut = tape.gradientOf(result);
    const gradients = layers.map((l) =>
      [l.convWeight, l.convBias, l.mixWeight, l.outWeight, l.outBias].map((t) => tape.gradientOf(t)),
    );
    const mark = memory.mark();
    const buffers = [memory.take(channels * length), memory.take(channels * length)];
    const dZ = memory.take(2 * channels * (2 * length + 8));
    for (let index = kept.length - 1; index >= 0; index--) {
      const memo = kept[index];
      const dLayer = gradients[index] as [number, number, number, number, number];
      if (memo === undefined) break;
      const { layer, kernel, gated } = memo;
      const dX = buffers[index % 2] ?? 0;
      kernels.waveLayerBackward(
        channels,
        conditions,
        kernel,
        layer.dilation,
        gated,
        memo.code,
        layer.slope,
        memo.n,
        memo.packed,
        memo.x,
        memo.xRow,
        memo.c,
        conditionLength,
        memo.z,
        memo.n,
        dHead,
        headLength,
        memo.n - headLength,
        dOut,
        memo.n,
        dZ,
        memo.n + 2 * (kernel - 1) * layer.dilation + 8,
        dX,
        memo.xRow,
        ...dLayer,
      );
      dOut = dX;
    }
    if (dx !== 0) kernels.scaleAdd(x.length, 1, dOut, 1, dx);
    memory.release(mark);
  });
  return result;
}
