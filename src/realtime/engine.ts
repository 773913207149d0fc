/** A model that runs on live audio: mono, no latency, the same output whatever the block size. */
export interface Engine {
  readonly sampleRate: number;
  /** Fills `output` from `input`, both of the same length, any length; they may be one array. Allocates nothing. */
  process(input: Float32Array, output: Float32Array): void;
  /**
   * Forgets what was heard. With `settled` (the default) the model is left as if silence had been playing for a while, so
   * that it starts without a click; without it the state is the one training starts a sequence with.
   */
  reset(options?: { readonly settled?: boolean }): void;
}
