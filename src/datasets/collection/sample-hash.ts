/** Hashes the samples of one recording. */
export interface SampleHash {
  /** @param channels - Shape `[channels][samples]`, the next piece of each. */
  push(channels: readonly Float32Array[]): void;
  /** 16 hexadecimal digits. */
  end(): string;
}

/**
 * A 64-bit hash of decoded samples: equal for equal samples, however the file stores them and whatever the block sizes.
 *
 * For telling files apart, not for security. Two files with the same hash are the same recording; files of different
 * hash may still sound alike (`matchFingerprints`).
 *
 * @param options.channels - How many there are.
 * @param options.sampleRate - Hz; the same samples at another rate are another sound.
 */
export function createSampleHash({
  channels,
  sampleRate,
}: {
  readonly channels: number;
  readonly sampleRate: number;
}): SampleHash {
  const low = new Int32Array(channels).fill(0x2545f491);
  const high = new Int32Array(channels).fill(0x27220a95);
  return {
    push(blocks) {
      for (const [c, block] of blocks.entries()) {
        const words = new Int32Array(block.buffer, block.byteOffset, block.length);
        let a = low[c]!;
        let b = high[c]!;
        for (let n = 0; n < words.length; n++) {
          const word = words[n] === NEGATIVE_ZERO ? 0 : words[n]!;
          a = Math.imul(a ^ word, 0x85ebca6b);
          a = (a << 13) | (a >>> 19);
          b = Math.imul((b + word) | 0, 0xc2b2ae35);
          b ^= b >>> 15;
        }
        low[c] = a;
        high[c] = b;
      }
    },
    end() {
      let [a, b] = [Math.imul(sampleRate, 0x9e3779b1), channels];
      for (let c = 0; c < channels; c++) {
        a = scramble(Math.imul(a, 31) ^ low[c]!);
        b = scramble(Math.imul(b, 31) ^ high[c]!);
      }
      return hex(a) + hex(b);
    },
  };
}

/** Bits of the float -0, which is the same sample as 0. */
const NEGATIVE_ZERO = -0x80000000;

/** Spreads every bit over the whole word. See MurmurHash3's finaliser (Appleby, public domain). */
function scramble(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");
