/** Reads numbers from a Vorbis packet, the least significant bit first. */
export interface VorbisBits {
  /** A number of up to 32 bits. */
  read(count: number): number;
  /** Passes over any number of bits. */
  skip(count: number): void;
  /** More was read than the packet holds: what came after its end were zeros. */
  isOverrun(): boolean;
}

/** @see Vorbis I specification, section 2: bit packing. */
export function createVorbisBits(bytes: Uint8Array): VorbisBits {
  let position = 0;
  return {
    read(count) {
      let value = 0;
      for (let k = 0; k < count; k++, position++) {
        value += (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) * 2 ** k;
      }
      return value;
    },
    skip(count) {
      position += count;
    },
    isOverrun: () => position > 8 * bytes.length,
  };
}
