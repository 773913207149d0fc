/** `numpy.finfo(float64).tiny`: what a probability of 0 counts as before its logarithm. */
const tiny = 2.2250738585072014e-308;

/**
 * The likeliest path through pitch bins, each voiced or unvoiced, by the Viterbi algorithm.
 *
 * From frame to frame the pitch moves by less than half of `width` bins, nearer ones likelier (a triangle); jumps further
 * than that are left out, which the dense matrix of the reference gives a probability of 1e-308.
 */
export class PitchPath {
  readonly #bins: number;
  readonly #half: number;
  /** Logarithms of the steps: stay voiced or unvoiced, or switch. */
  readonly #stay: number;
  readonly #switch: number;
  /** Logarithm of the triangle over the distance, and of its sum for every bin that steps are taken from. */
  readonly #triangle: Float64Array;
  readonly #sums: Float64Array;
  #scores: Float64Array | undefined;
  readonly #from: Int32Array[] = [];

  constructor({ bins, width, switchProbability }: { bins: number; width: number; switchProbability: number }) {
    this.#bins = bins;
    this.#half = Math.floor(width / 2);
    this.#stay = Math.log(1 - switchProbability + tiny);
    this.#switch = Math.log(switchProbability + tiny);
    const height = (distance: number) =>
      width % 2 === 1 ? 1 - (2 * distance) / (width + 1) : (width - 2 * distance - 1) / width;
    const triangle = Float64Array.from({ length: this.#half + 1 }, (_, d) => Math.max(0, height(d)));
    this.#sums = Float64Array.from({ length: bins }, (_, k) => {
      let sum = 0;
      for (let to = Math.max(0, k - this.#half); to <= Math.min(bins - 1, k + this.#half); to++) {
        sum += triangle[Math.abs(to - k)]!;
      }
      return Math.log(sum);
    });
    this.#triangle = triangle.map((value) => Math.log(value + tiny));
  }

  /** Takes a frame: the probability of every voiced pitch (at least `[bins]`), and of each unvoiced one. */
  push(pitches: Float64Array, unvoiced: number): void {
    const bins = this.#bins;
    const scores = new Float64Array(2 * bins);
    const rest = Math.log(unvoiced + tiny);
    const before = this.#scores;
    if (before === undefined) {
      const start = Math.log(1 / (2 * bins) + tiny);
      for (let k = 0; k < bins; k++) {
        scores[k] = start + Math.log(pitches[k]! + tiny);
        scores[bins + k] = start + rest;
      }
      this.#scores = scores;
      return;
    }
    const from = new Int32Array(2 * bins);
    for (let k = 0; k < bins; k++) {
      const voiced = this.#bestStep(before, 0, k);
      const silent = this.#bestStep(before, bins, k);
      for (let part = 0; part < 2; part++) {
        const byVoiced = voiced.score + (part === 0 ? this.#stay : this.#switch);
        const bySilent = silent.score + (part === 0 ? this.#switch : this.#stay);
        const state = part * bins + k;
        from[state] = byVoiced >= bySilent ? voiced.from : silent.from;
        scores[state] = Math.max(byVoiced, bySilent) + (part === 0 ? Math.log(pitches[k]! + tiny) : rest);
      }
    }
    this.#from.push(from);
    this.#scores = scores;
  }

  /** The states of the best path, shape `[frames]`: bin `k` voiced, or `bins + k` unvoiced. */
  best(): Int32Array {
    const frames = this.#from.length + 1;
    const path = new Int32Array(frames);
    const scores = this.#scores ?? new Float64Array(1);
    let state = scores.indexOf(scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
    for (let t = frames - 1; t >= 0; t--) {
      path[t] = state;
      if (t > 0) state = this.#from[t - 1]![state]!;
    }
    return path;
  }

  #bestStep(before: Float64Array, offset: number, to: number): { readonly from: number; readonly score: number } {
    let score = Number.NEGATIVE_INFINITY;
    let best = offset;
    for (let k = Math.max(0, to - this.#half); k <= Math.min(this.#bins - 1, to + this.#half); k++) {
      const value = before[offset + k]! + this.#triangle[Math.abs(to - k)]! - this.#sums[k]!;
      if (value <= score) continue;
      score = value;
      best = offset + k;
    }
    return { from: best, score };
  }
}
