/** Turns frames of integers, of any length, into blocks of one length. */
export interface SampleQueue {
  /** Appends a frame, shape `[channels][n]`, every sample times `scale`. */
  push(channels: readonly Int32Array[], scale: number): void;
  /** The next full block, shape `[channels][65536]`, which belongs to the caller. */
  take(): Float32Array[] | undefined;
  /** What is left when everything was pushed and every full block taken. */
  rest(): Float32Array[] | undefined;
}

/** An empty queue. */
export function createSampleQueue(channelCount: number): SampleQueue {
  const full: Float32Array[][] = [];
  const emptyBlock = () => Array.from({ length: channelCount }, () => new Float32Array(BLOCK_SAMPLES));
  let block = emptyBlock();
  let filled = 0;
  return {
    push(channels, scale) {
      const samples = channels[0]?.length ?? 0;
      for (let start = 0; start < samples; ) {
        const count = Math.min(samples - start, BLOCK_SAMPLES - filled);
        for (let c = 0; c < channelCount; c++) {
          const [from, to] = [channels[c]!, block[c]!];
          for (let n = 0; n < count; n++) to[filled + n] = from[start + n]! * scale;
        }
        start += count;
        filled += count;
        if (filled < BLOCK_SAMPLES) continue;
        full.push(block);
        block = emptyBlock();
        filled = 0;
      }
    },
    take: () => full.shift(),
    rest: () => (filled === 0 ? undefined : block.map((channel) => channel.slice(0, filled))),
  };
}

const BLOCK_SAMPLES = 65_536;
