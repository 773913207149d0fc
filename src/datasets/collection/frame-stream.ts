/** Cuts a stream of samples into frames that may overlap, whatever the sizes of the pieces that come in. */
export interface FrameStream {
  push(samples: Float32Array | Float64Array): void;
}

/**
 * A stream that hands out frames as soon as their last sample is there.
 *
 * Before the first sample there is silence. Push zeros to get the frames that reach beyond the end.
 *
 * @param options.length - Samples per frame.
 * @param options.startOf - First sample of frame `t`, not falling; negative before the beginning of the stream.
 * @param options.onFrame - Gets a view of the frame that holds until it returns; `false` ends the stream.
 */
export function createFrameStream({
  length,
  startOf,
  onFrame,
}: {
  readonly length: number;
  readonly startOf: (t: number) => number;
  readonly onFrame: (frame: Float64Array) => boolean;
}): FrameStream {
  let buffer = new Float64Array(4 * length);
  // The first `filled` values of the buffer are samples, beginning with number `first`.
  let filled = Math.max(0, -startOf(0));
  let first = -filled;
  let t = 0;
  let open = true;

  return {
    push(samples) {
      if (!open) return;
      if (filled + samples.length > buffer.length) {
        const grown = new Float64Array(2 * (filled + samples.length));
        grown.set(buffer.subarray(0, filled));
        buffer = grown;
      }
      buffer.set(samples, filled);
      filled += samples.length;
      let at = startOf(t) - first;
      for (; open && at + length <= filled; at = startOf(t) - first) {
        open = onFrame(buffer.subarray(at, at + length));
        t++;
      }
      const unused = Math.min(at, filled);
      buffer.copyWithin(0, unused, filled);
      filled -= unused;
      first += unused;
    },
  };
}
