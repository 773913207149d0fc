import type { SignalKernels } from "./signal-kernels.ts";

/** A flat heap of numbers; every kernel argument named after an array is an offset into it, counted in elements. */
export type HeapArray = Float32Array | Float64Array;

/** Returns the current view of the heap; it changes when the heap grows. */
export type Heap = () => HeapArray;

/** Some of the kernels: what one folder of plain kernels defines. */
export type KernelsOf<K extends keyof Kernels> = Pick<Kernels, K>;

/**
 * The fast loops over numbers, as one set that shares one heap.
 *
 * Every argument is a number: sizes, strides, coefficients, or offsets of arrays in the heap (in elements). Offset 0
 * means "none" where the text says optional. A kernel allocates nothing, keeps no state, and knows no layers, tapes or
 * audio. Kernels named `…Backward` and `…Gradients` add to the gradients they are given, unless said otherwise. Fast
 * versions may read up to 8 elements past the end of a row (the value is never used); `reserve` leaves room for that.
 * The plain versions define the results; `conformance.test.ts` holds the others to them.
 */
export interface Kernels extends SignalKernels {
  /** Which build this is. `simd` gives the same bits on every machine; `relaxed` fuses multiply-adds; `plain` is float64. */
  readonly name: "plain" | "simd" | "relaxed";
  /** The heap; refetch after `reserve`. */
  readonly heap: HeapArray;
  /** First offset a caller may use. */
  readonly base: number;
  /** Grows the heap to at least `elements`. */
  reserve(elements: number): void;

  /** `y = f(x)` over `n` elements; codes in `activation/plain.ts`. */
  activationForward(kind: number, slope: number, n: number, x: number, y: number): void;
  /** `dx += dy f'(x)`, with f' taken from the output `y`. */
  activationBackward(kind: number, slope: number, n: number, y: number, dy: number, dx: number): void;

  /** `y = value` over `n` elements. */
  fill(n: number, value: number, y: number): void;
  /** `y = a x + b y` over `n` elements. */
  scaleAdd(n: number, a: number, x: number, b: number, y: number): void;
  /** `z += x y`, elementwise. */
  multiplyAdd(n: number, x: number, y: number, z: number): void;
  /** `dst[c][r] = src[r][c]`. */
  transpose(rows: number, columns: number, src: number, dst: number): void;

  /** Sum of `n` elements. */
  sum(n: number, x: number): number;
  /** Sum of squares of `n` elements. */
  sumOfSquares(n: number, x: number): number;
  /** Sum of magnitudes of `n` elements. */
  sumOfMagnitudes(n: number, x: number): number;
  /** `dx += scale sign(x)`. */
  signAdd(n: number, scale: number, x: number, dx: number): void;
  /** `means[j] = mean over t of x[t][j]`, x of shape `[steps, columns]`. */
  columnMeans(steps: number, columns: number, x: number, means: number): void;
  /** `dx[t][j] += row[j]` for every t. */
  addToRows(steps: number, columns: number, row: number, dx: number): void;

  /** First-order FIR over time: `y[t] = x[t] - coefficient x[t-1]`, x of shape `[steps, columns]`; y starts at t = 1, shape `[steps - 1, columns]`. */
  preEmphasisForward(steps: number, columns: number, coefficient: number, x: number, y: number): void;
  /** Its transpose: adds to dx. */
  preEmphasisBackward(steps: number, columns: number, coefficient: number, dy: number, dx: number): void;

  /**
   * DC blocker over time, `y[t] = x[t] - x[t-1] + pole y[t-1]`, x of shape `[steps, columns]`.
   * state `[2, columns]` (optional) holds x and y of the step before and is overwritten; without it the blocker starts at
   * rest on x[0], so that y[0] = 0.
   */
  dcBlockForward(steps: number, columns: number, pole: number, x: number, y: number, state: number): void;
  /** Its transpose over the same steps: adds to dx. `carried` 1 if there was a state. */
  dcBlockBackward(steps: number, columns: number, pole: number, dy: number, dx: number, carried: number): void;

  /**
   * `y[q][o][j] = bias[o] + sum_i weight[o][i] x[q][i][j]` for q < outer, j < n.
   * A row of x starts `xRow` after the one before, a matrix `xOuter` after; y likewise. `bias` is optional.
   * With `accumulate` 1 the sum is added to y.
   */
  dense(
    outer: number,
    outputs: number,
    inputs: number,
    n: number,
    x: number,
    xOuter: number,
    xRow: number,
    weight: number,
    bias: number,
    y: number,
    yOuter: number,
    yRow: number,
    accumulate: number,
  ): void;
  /** `dWeight[o][i] += sum_qj dy[q][o][j] x[q][i][j]`, `dBias[o] += sum_qj dy[q][o][j]` (`dBias` optional). */
  denseGradients(
    outer: number,
    outputs: number,
    inputs: number,
    n: number,
    x: number,
    xOuter: number,
    xRow: number,
    dy: number,
    dyOuter: number,
    dyRow: number,
    dWeight: number,
    dBias: number,
  ): void;

  /**
   * A whole sequence through one LSTM layer; the batch, a multiple of 4, lies innermost.
   * x `[steps, inputs, batch]`, weightIh `[4H, inputs]`, weightHh `[4H, H]`, bias `[4H]`, gate order i, f, g, o.
   * hidden and cell `[steps + 1, H, batch]`: row 0 is the state before, the rest is written.
   * gates `[steps, H, 4, batch]` and tanhCell `[steps, H, batch]` keep what the backward pass needs (optional, together).
   * scratch: `recurrentScratch(batch, inputs, H)` elements.
   */
  lstmForward(
    steps: number,
    batch: number,
    inputs: number,
    hiddenSize: number,
    x: number,
    weightIh: number,
    weightHh: number,
    bias: number,
    hidden: number,
    cell: number,
    gates: number,
    tanhCell: number,
    scratch: number,
  ): void;
  /**
   * Gradients of that layer, truncated at its first step.
   * dHidden `[steps, H, batch]` is the gradient of each output. dX `[steps, inputs, batch]` is optional.
   */
  lstmBackward(
    steps: number,
    batch: number,
    inputs: number,
    hiddenSize: number,
    x: number,
    weightIh: number,
    weightHh: number,
    hidden: number,
    cell: number,
    gates: number,
    tanhCell: number,
    dHidden: number,
    dX: number,
    dWeightIh: number,
    dWeightHh: number,
    dBias: number,
    scratch: number,
  ): void;

  /** As `lstmForward` for a GRU: weights `[3H, …]`, gate order r, z, n, both biases; gates `[steps, H, 4, batch]` (r, z, n, recurrent part of n) is optional. */
  gruForward(
    steps: number,
    batch: number,
    inputs: number,
    hiddenSize: number,
    x: number,
    weightIh: number,
    weightHh: number,
    biasIh: number,
    biasHh: number,
    hidden: number,
    gates: number,
    scratch: number,
  ): void;
  /** Gradients of that layer, truncated at its first step. */
  gruBackward(
    steps: number,
    batch: number,
    inputs: number,
    hiddenSize: number,
    x: number,
    weightIh: number,
    weightHh: number,
    hidden: number,
    gates: number,
    dHidden: number,
    dX: number,
    dWeightIh: number,
    dWeightHh: number,
    dBiasIh: number,
    dBiasHh: number,
    scratch: number,
  ): void;

  /** Arranges one LSTM layer's weights for `lstmStream`: `recurrentPackedSize(inputs, H)` elements. */
  lstmPack(inputs: number, hiddenSize: number, weightIh: number, weightHh: number, bias: number, packed: number): void;
  /**
   * `n` samples through one LSTM layer, one voice: x `[n, xRow]` sample-major, hidden and cell `[roundUp4(H)]` are read and
   * overwritten, out `[n, roundUp4(H)]`, scratch `4 roundUp4(H)`.
   */
  lstmStream(
    n: number,
    inputs: number,
    hiddenSize: number,
    x: number,
    xRow: number,
    packed: number,
    hidden: number,
    cell: number,
    out: number,
    scratch: number,
  ): void;
  /** Arranges one GRU layer's weights for `gruStream`: `recurrentPackedSize(inputs, H)` elements. */
  gruPack(
    inputs: number,
    hiddenSize: number,
    weightIh: number,
    weightHh: number,
    biasIh: number,
    biasHh: number,
    packed: number,
  ): void;
  /** As `lstmStream`, for a GRU layer. */
  gruStream(
    n: number,
    inputs: number,
    hiddenSize: number,
    x: number,
    xRow: number,
    packed: number,
    hidden: number,
    out: number,
    scratch: number,
  ): void;
  /** `y[s] = bias + sum_i weight[i] x[s][i]` for n samples, plus `skip x0[s]`; x `[n, xRow]`, one output. */
  denseStream(
    n: number,
    inputs: number,
    x: number,
    xRow: number,
    weight: number,
    bias: number,
    x0: number,
    skip: number,
    y: number,
  ): void;

  /** Arranges one WaveNet layer's weights for `waveLayerForward` and `waveLayerBackward`: `waveLayerPackedSize(...)` elements. */
  waveLayerPack(
    channels: number,
    condition: number,
    kernel: number,
    gated: number,
    convWeight: number,
    convBias: number,
    mixWeight: number,
    outWeight: number,
    outBias: number,
    packed: number,
  ): void;
  /**
   * One dilated, optionally gated, convolution layer with mix-in, skip sum and residual (NAM's WaveNet layer), over n outputs.
   *
   * x: rows of `n + (kernel - 1) dilation` samples, `xRow` apart; tap 0 is the oldest. condition: rows of n samples.
   * z: rows `[channels or 2 channels][n]`, the activated values, kept for the backward pass.
   * head: rows to which the layer's output is added for t >= headSkip, at index t - headSkip.
   * out (optional): rows of n, `x[t + (kernel - 1) dilation] + outBias + outWeight a`.
   */
  waveLayerForward(
    channels: number,
    condition: number,
    kernel: number,
    dilation: number,
    gated: number,
    activation: number,
    slope: number,
    n: number,
    packed: number,
    x: number,
    xRow: number,
    c: number,
    cRow: number,
    z: number,
    zRow: number,
    head: number,
    headRow: number,
    headSkip: number,
    out: number,
    outRow: number,
  ): void;
  /**
   * Gradients of that layer. dOut (optional) and dHead are the gradients of out and head; dX is written, not added to.
   * dZ: scratch rows of `n + 2 (kernel - 1) dilation + 8`, `dZRow` apart, overwritten: the gradient before activation
   * starts at column `(kernel - 1) dilation` of each row. The five weight gradients are added to.
   */
  waveLayerBackward(
    channels: number,
    condition: number,
    kernel: number,
    dilation: number,
    gated: number,
    activation: number,
    slope: number,
    n: number,
    packed: number,
    x: number,
    xRow: number,
    c: number,
    cRow: number,
    z: number,
    zRow: number,
    dHead: number,
    dHeadRow: number,
    headSkip: number,
    dOut: number,
    dOutRow: number,
    dZ: number,
    dZRow: number,
    dX: number,
    dXRow: number,
    dConvWeight: number,
    dConvBias: number,
    dMixWeight: number,
    dOutWeight: number,
    dOutBias: number,
  ): void;

  /** Adam over n parameters; m and v are overwritten; correction1 = 1 - beta1^step, correction2 = 1 - beta2^step. */
  adam(
    n: number,
    parameters: number,
    gradients: number,
    m: number,
    v: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
  ): void;
}
