import { TonewrightError } from "../../errors/index.ts";
import type { PadMode } from "../spectrum/padding.ts";

/** How a stream is cut into frames. */
export interface Framing {
  /** Samples of a frame. */
  readonly frameLength: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** Frame `t` is centred on sample `t * hop`, or starts there. */
  readonly center: boolean;
  /** What stands outside the signal where frames are centred. */
  readonly padMode: PadMode;
}

/** What is called for each frame, in order. Ask `copyFrame` for its samples. */
export type OnFrame = (t: number) => void;

/**
 * Overlapping frames of samples that arrive in blocks of any size: the same frames as of the whole signal.
 *
 * A centred frame comes half a frame after its centre, the last ones with `flush`. Nothing is allocated after the
 * constructor. `wrap` and `symmetric` padding need the end of the signal or repeat it: only whole signals have them.
 */
export class FrameStream {
  readonly #framing: Framing;
  readonly #before: number;
  readonly #ring: Float64Array;
  readonly #mask: number;
  #received = 0;
  #frame = 0;
  /** Samples of the whole signal, once it has ended. */
  #total = -1;

  /** @throws TonewrightError `not-streamable` for padding by `wrap` or `symmetric`. */
  constructor(framing: Framing) {
    const { frameLength, center, padMode } = framing;
    if (center && (padMode === "wrap" || padMode === "symmetric")) {
      throw new TonewrightError(
        "not-streamable",
        `frames padded by "${padMode}" need the whole signal`,
        'use "zero", "reflect" or "edge", or frames that are not centred',
      );
    }
    this.#framing = framing;
    this.#before = center ? Math.floor(frameLength / 2) : 0;
    // Mirrored samples reach one frame back from the newest one.
    this.#ring = new Float64Array(2 ** Math.ceil(Math.log2(frameLength + 2)));
    this.#mask = this.#ring.length - 1;
  }

  /** Frames so far. */
  get frames(): number {
    return this.#frame;
  }

  /** Takes samples, shape `[n]`, and calls `onFrame` for every frame that they complete. */
  push(samples: Float32Array | Float64Array, onFrame: OnFrame): void {
    const ring = this.#ring;
    const mask = this.#mask;
    let received = this.#received;
    for (let n = 0; n < samples.length; ) {
      const next = this.#completeAt();
      const end = Math.min(samples.length, n + Math.max(1, next - received));
      for (; n < end; n++) ring[received++ & mask] = samples[n]!;
      this.#received = received;
      if (received < next) return;
      onFrame(this.#frame);
      this.#frame++;
    }
  }

  /**
   * Ends the signal: calls `onFrame` for the frames that reach beyond it.
   *
   * @throws TonewrightError `signal-too-short` if there is no frame at all, or too little to be mirrored.
   */
  flush(onFrame: OnFrame): void {
    const { frameLength, hop, center, padMode } = this.#framing;
    this.#total = this.#received;
    const spare = this.#received - (center ? frameLength % 2 : frameLength);
    if (spare < 0 || this.#received === 0 || (padMode === "reflect" && center && this.#received <= this.#before)) {
      throw new TonewrightError(
        "signal-too-short",
        `${this.#received} samples are too few for frames of ${frameLength}`,
        "give a longer signal, use shorter frames, or centre them with zeros around",
      );
    }
    const count = 1 + Math.floor(spare / hop);
    for (; this.#frame < count; this.#frame++) onFrame(this.#frame);
  }

  /** Starts over, as new. */
  reset(): void {
    this.#received = 0;
    this.#frame = 0;
    this.#total = -1;
  }

  /** Overwrites `frame`, shape `[frameLength]`, with the frame that `onFrame` was just called for. */
  copyFrame(frame: Float64Array, padMode: PadMode = this.#framing.padMode): void {
    const start = this.#frame * this.#framing.hop - this.#before;
    const end = this.#total < 0 ? Number.MAX_SAFE_INTEGER : this.#total;
    for (let n = 0; n < frame.length; n++) {
      const at = start + n;
      if (at >= 0 && at < end) frame[n] = this.#ring[at & this.#mask]!;
      else if (padMode === "zero") frame[n] = 0;
      else frame[n] = this.#ring[insideIndex(padMode, at, end) & this.#mask]!;
    }
  }

  /** How many samples must have come for the next frame. */
  #completeAt(): number {
    const { frameLength, hop, center, padMode } = this.#framing;
    const start = this.#frame * hop - this.#before;
    const mirrorReach = center && padMode === "reflect" && start < 0 ? 1 - start : 0;
    return Math.max(start + frameLength, mirrorReach);
  }
}

/**
 * Which sample stands at an index outside `0` to `end - 1`. Frames never reach further out than the signal is long, so that
 * one reflection is enough; `sourceIndex` would make a function for every sample.
 */
function insideIndex(padMode: PadMode, at: number, end: number): number {
  if (padMode === "reflect") return at < 0 ? -at : 2 * end - 2 - at;
  return at < 0 ? 0 : end - 1;
}
