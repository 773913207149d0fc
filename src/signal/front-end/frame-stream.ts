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

/** What is called for each frame, in order. `copyFrame` and `frameAt` have its samples. */
export type OnFrame = (t: number) => void;

/** Where a stream keeps its samples: `frameStoreSize(frameLength)` elements that nobody else writes to. */
export interface FrameStore {
  /** May become another array when the memory it lies in grows. */
  readonly array: Float32Array | Float64Array;
  /** Where the elements begin in it. */
  readonly start: number;
}

/** Elements that a stream needs: room for four frames, and for any block that an audio thread is given. */
export function frameStoreSize(frameLength: number): number {
  return 4 * frameLength + 1024;
}

/**
 * Overlapping frames of samples that arrive in blocks of any size: the same frames as of the whole signal.
 *
 * A centred frame comes half a frame after its centre, the last ones with `flush`. Nothing is allocated after the
 * constructor, except for a view where a block of more than 1000 samples has to be cut. `wrap` and `symmetric` padding need
 * the end of the signal or repeat it: only whole signals have them.
 *
 * The signal is kept with its padding, so that every frame lies in one piece and can be read where it is.
 */
export class FrameStream {
  readonly #framing: Framing;
  readonly #before: number;
  readonly #store: FrameStore;
  readonly #size: number;
  #received = 0;
  #frame = 0;
  /** Samples of the whole signal, once it has ended. */
  #total = -1;
  /** Elements in use. */
  #filled: number;
  /** Which sample of the padded signal is the first element. */
  #first = 0;

  /**
   * @param store - Rounds the samples where it holds float32; by default they are kept as they are.
   * @throws TonewrightError `not-streamable` for padding by `wrap` or `symmetric`.
   */
  constructor(framing: Framing, store?: FrameStore) {
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
    this.#size = frameStoreSize(frameLength);
    this.#store = store ?? { array: new Float64Array(this.#size), start: 0 };
    this.#filled = this.#before;
  }

  /** Frames so far. */
  get frames(): number {
    return this.#frame;
  }

  /** Where the frame that `onFrame` was just called for begins in the array of the store. */
  get frameAt(): number {
    return this.#store.start + this.#frame * this.#framing.hop - this.#first;
  }

  /** Takes samples, shape `[n]`, and calls `onFrame` for every frame that they complete. */
  push(samples: Float32Array | Float64Array, onFrame: OnFrame): void {
    for (let n = 0; n < samples.length; ) {
      const count = Math.min(samples.length - n, this.#makeRoom(samples.length - n));
      const { array, start } = this.#store;
      array.set(count === samples.length ? samples : samples.subarray(n, n + count), start + this.#filled);
      this.#filled += count;
      this.#received += count;
      n += count;
      while (this.#completeAt() <= this.#received) this.#give(onFrame);
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
    if (this.#frame < count) this.#pad(this.#total, (count - 1) * hop + frameLength - this.#before);
    while (this.#frame < count) this.#give(onFrame);
  }

  /** Starts over, as new. */
  reset(): void {
    this.#received = 0;
    this.#frame = 0;
    this.#total = -1;
    this.#filled = this.#before;
    this.#first = 0;
  }

  /** Overwrites `frame`, shape `[frameLength]`, with the frame that `onFrame` was just called for. */
  copyFrame(frame: Float64Array, padMode: PadMode = this.#framing.padMode): void {
    const { array } = this.#store;
    const begin = this.frameAt;
    for (let n = 0; n < frame.length; n++) frame[n] = array[begin + n]!;
    if (padMode === this.#framing.padMode) return;
    // The frame has the stream's own padding: replace what lies outside the signal.
    const start = this.#frame * this.#framing.hop - this.#before;
    const end = this.#total < 0 ? Number.MAX_SAFE_INTEGER : this.#total;
    for (let n = 0; n < Math.min(-start, frame.length); n++) frame[n] = this.#outside(start + n, end, padMode);
    for (let n = Math.max(0, end - start); n < frame.length; n++) frame[n] = this.#outside(start + n, end, padMode);
  }

  /** How many samples must have come for the next frame. */
  #completeAt(): number {
    const { frameLength, hop, center, padMode } = this.#framing;
    const start = this.#frame * hop - this.#before;
    const mirrorReach = center && padMode === "reflect" && start < 0 ? 1 - start : 0;
    return Math.max(start + frameLength, mirrorReach);
  }

  #give(onFrame: OnFrame): void {
    if (this.#frame === 0) this.#pad(-this.#before, 0);
    onFrame(this.#frame);
    this.#frame++;
  }

  /** How many samples can be taken, `wanted` or more if possible. Drops those that no frame to come reaches. */
  #makeRoom(wanted: number): number {
    const { frameLength } = this.#framing;
    // What follows the end of the signal is at most a frame.
    const limit = this.#size - frameLength;
    // The next frame is not complete, and what is mirrored at the end lies within it but for a sample.
    const kept = frameLength + 2;
    if (limit - this.#filled < wanted && this.#filled > kept) {
      const { array, start } = this.#store;
      const dropped = this.#filled - kept;
      array.copyWithin(start, start + dropped, start + this.#filled);
      this.#first += dropped;
      this.#filled = kept;
    }
    return limit - this.#filled;
  }

  /** Writes what stands outside the signal, samples `from` to `to - 1`. */
  #pad(from: number, to: number): void {
    const { array, start } = this.#store;
    const { padMode } = this.#framing;
    const shift = start + this.#before - this.#first;
    const end = this.#total < 0 ? Number.MAX_SAFE_INTEGER : this.#total;
    for (let at = from; at < to; at++) array[shift + at] = this.#outside(at, end, padMode);
  }

  #outside(at: number, end: number, padMode: PadMode): number {
    if (padMode === "zero") return 0;
    const { array, start } = this.#store;
    return array[start + this.#before - this.#first + insideIndex(padMode, at, end)]!;
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
