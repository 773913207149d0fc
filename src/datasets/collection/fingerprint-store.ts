/** The fingerprints of many recordings in one array. */
export interface Fingerprints {
  /** All words, recording after recording; at least `starts[recordings]` long. */
  readonly words: Uint32Array;
  /** Shape `[recordings + 1]`: recording `r` has the words from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Uint32Array;
}

/** Collects fingerprints; takes 4 bytes a word and a number per recording. */
export class FingerprintStore {
  #words = new Uint32Array(4096);
  #starts = new Uint32Array(256);
  #recordings = 0;

  /** Adds the next recording's words, by copy. */
  add(words: Uint32Array): void {
    const start = this.#starts[this.#recordings]!;
    const end = start + words.length;
    if (end > this.#words.length) this.#words = grown(this.#words, Math.max(end, Math.ceil(1.5 * this.#words.length)));
    this.#words.set(words, start);
    this.#recordings++;
    if (this.#recordings >= this.#starts.length) this.#starts = grown(this.#starts, 2 * this.#starts.length);
    this.#starts[this.#recordings] = end;
  }

  /** Views of what was added so far. */
  all(): Fingerprints {
    return { words: this.#words, starts: this.#starts.subarray(0, this.#recordings + 1) };
  }
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
