/** Numbers laid out at byte addresses, before a kernel gets them. */
export class FastMemory {
  readonly #base: number;
  #end: number;
  #view = new DataView(new ArrayBuffer(1 << 14));

  /** @param base - Address of the first byte, a multiple of 8. */
  constructor(base: number) {
    this.#base = base;
    this.#end = base;
  }

  /** Address behind the last byte. */
  get end(): number {
    return this.#end;
  }

  /** Address of so many bytes of zeros. */
  allocate(bytes: number): number {
    const address = this.#end;
    this.#end += Math.ceil(bytes / 8) * 8;
    const needed = this.#end - this.#base;
    if (needed > this.#view.byteLength) {
      const larger = new Uint8Array(2 * needed);
      larger.set(new Uint8Array(this.#view.buffer));
      this.#view = new DataView(larger.buffer);
    }
    return address;
  }

  word(address: number, value: number): void {
    this.#view.setInt32(address - this.#base, value, true);
  }

  number(address: number, value: number): void {
    this.#view.setFloat64(address - this.#base, value, true);
  }

  /** One 32-bit word after the other. @returns Their address. */
  words(values: readonly number[]): number {
    const address = this.allocate(4 * values.length);
    values.forEach((value, k) => {
      this.word(address + 4 * k, value);
    });
    return address;
  }

  /** One float64 after the other. @returns Their address. */
  numbers(values: Iterable<number>): number {
    const list = Array.from(values);
    const address = this.allocate(8 * list.length);
    list.forEach((value, k) => {
      this.number(address + 8 * k, value);
    });
    return address;
  }

  /** All bytes from the base on. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#end - this.#base);
  }
}
