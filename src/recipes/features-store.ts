/** Frames as they come, to be had row by row. */
export interface FrameStore {
  readonly frames: number;
  /** @param frame - Shape `[rows]`; copied. */
  add(frame: Float64Array): void;
  /** Row `k` of all frames, shape `[frames]`, in a new array of the store's precision. */
  row(k: number): Float32Array | Float64Array;
}

/** Numbers in a block of memory, about. */
const blockNumbers = 2 ** 15;

/** Keeps frames in blocks, so that a long sound needs its numbers once and no more. */
export function createFrameStore(
  rows: number,
  { precision }: { readonly precision: "float32" | "float64" },
): FrameStore {
  const framesPerBlock = Math.max(1, Math.floor(blockNumbers / rows));
  const empty = (length: number) => (precision === "float32" ? new Float32Array(length) : new Float64Array(length));
  const blocks: (Float32Array | Float64Array)[] = [];
  let frames = 0;
  return {
    get frames() {
      return frames;
    },
    add(frame) {
      const within = frames % framesPerBlock;
      if (within === 0) blocks.push(empty(framesPerBlock * rows));
      blocks.at(-1)!.set(frame, within * rows);
      frames++;
    },
    row(k) {
      const values = empty(frames);
      for (let t = 0; t < frames; t++) {
        values[t] = blocks[Math.floor(t / framesPerBlock)]![(t % framesPerBlock) * rows + k]!;
      }
      return values;
    },
  };
}
