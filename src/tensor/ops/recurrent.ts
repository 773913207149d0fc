import { recurrentScratch } from "../../kernels/index.ts";
import type { Tape, Tensor } from "../tape.ts";

/** Weights of one LSTM layer: `[4H, inputs]`, `[4H, H]`, `[4H]`, gate order i, f, g, o. */
export interface LstmWeights {
  readonly weightIh: Tensor;
  readonly weightHh: Tensor;
  readonly bias: Tensor;
}

/** Weights of one GRU layer: `[3H, inputs]`, `[3H, H]`, `[3H]` twice, gate order r, z, n. */
export interface GruWeights {
  readonly weightIh: Tensor;
  readonly weightHh: Tensor;
  readonly biasIh: Tensor;
  readonly biasHh: Tensor;
}

/**
 * A sequence through one LSTM layer: x `[steps, inputs, batch]` to `[steps, H, batch]`; the batch is a multiple of 4.
 *
 * The state is read before and overwritten after; gradients stop at it.
 *
 * @param state - Offsets of hidden and cell state in lasting memory, each `[H, batch]`.
 */
export function lstm(tape: Tape, x: Tensor, weights: LstmWeights, state: { hidden: number; cell: number }): Tensor {
  const { kernels, memory } = tape;
  const [steps = 0, inputs = 0, batch = 0] = x.shape;
  const size = weights.weightHh.shape[1] ?? 0;
  checkSequence("lstm", x, weights.weightIh, 4 * size);
  const row = size * batch;
  const [hidden, cell] = [memory.take((steps + 1) * row), memory.take((steps + 1) * row)];
  const gates = tape.recording ? memory.take(steps * 4 * row) : 0;
  const tanhCell = tape.recording ? memory.take(steps * row) : 0;
  const scratch = memory.take(recurrentScratch(batch, inputs, size));
  kernels.scaleAdd(row, 1, state.hidden, 0, hidden);
  kernels.scaleAdd(row, 1, state.cell, 0, cell);
  const { weightIh, weightHh, bias } = weights;
  kernels.lstmForward(
    steps,
    batch,
    inputs,
    size,
    x.offset,
    weightIh.offset,
    weightHh.offset,
    bias.offset,
    hidden,
    cell,
    gates,
    tanhCell,
    scratch,
  );
  kernels.scaleAdd(row, 1, hidden + steps * row, 0, state.hidden);
  kernels.scaleAdd(row, 1, cell + steps * row, 0, state.cell);
  const out: Tensor = {
    shape: [steps, size, batch],
    length: steps * row,
    offset: hidden + row,
    differentiable: true,
    gradient: 0,
  };
  tape.record(() => {
    const d = tape.gradientOf(out);
    const [dx, dIh, dHh, dBias] = [x, weightIh, weightHh, bias].map((t) => tape.gradientOf(t)) as [
      number,
      number,
      number,
      number,
    ];
    kernels.lstmBackward(
      steps,
      batch,
      inputs,
      size,
      x.offset,
      weightIh.offset,
      weightHh.offset,
      hidden,
      cell,
      gates,
      tanhCell,
      d,
      dx,
      dIh,
      dHh,
      dBias,
      scratch,
    );
  });
  return out;
}

/** As `lstm`, for a GRU layer; the state has no cell. */
export function gru(tape: Tape, x: Tensor, weights: GruWeights, state: { hidden: number }): Tensor {
  const { kernels, memory } = tape;
  const [steps = 0, inputs = 0, batch = 0] = x.shape;
  const size = weights.weightHh.shape[1] ?? 0;
  checkSequence("gru", x, weights.weightIh, 3 * size);
  const row = size * batch;
  const hidden = memory.take((steps + 1) * row);
  const gates = tape.recording ? memory.take(steps * 4 * row) : 0;
  const scratch = memory.take(recurrentScratch(batch, inputs, size));
  kernels.scaleAdd(row, 1, state.hidden, 0, hidden);
  const { weightIh, weightHh, biasIh, biasHh } = weights;
  kernels.gruForward(
    steps,
    batch,
    inputs,
    size,
    x.offset,
    weightIh.offset,
    weightHh.offset,
    biasIh.offset,
    biasHh.offset,
    hidden,
    gates,
    scratch,
  );
  kernels.scaleAdd(row, 1, hidden + steps * row, 0, state.hidden);
  const out: Tensor = {
    shape: [steps, size, batch],
    length: steps * row,
    offset: hidden + row,
    differentiable: true,
    gradient: 0,
  };
  tape.record(() => {
    const d = tape.gradientOf(out);
    const [dx, dIh, dHh] = [x, weightIh, weightHh].map((t) => tape.gradientOf(t)) as [number, number, number];
    const [dBiasIh, dBiasHh] = [tape.gradientOf(biasIh), tape.gradientOf(biasHh)];
    kernels.gruBackward(
      steps,
      batch,
      inputs,
      size,
      x.offset,
      weightIh.offset,
      weightHh.offset,
      hidden,
      gates,
      d,
      dx,
      dIh,
      dHh,
      dBiasIh,
      dBiasHh,
      scratch,
    );
  });
  return out;
}

function checkSequence(op: string, x: Tensor, weightIh: Tensor, rows: number): void {
  const [steps = 0, inputs = 0, batch = 0] = x.shape;
  if (steps < 1 || batch < 4 || batch % 4 !== 0 || weightIh.shape[0] !== rows || weightIh.shape[1] !== inputs) {
    throw new Error(`bug: ${op} of x [${x.shape.join(", ")}] with weightIh [${weightIh.shape.join(", ")}]`);
  }
}
