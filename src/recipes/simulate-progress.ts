/** How far the making of a dataset is. */
export interface SimulationEvent {
  readonly stage: "preparing" | "rendering" | "moving" | "finishing";
  /** Seconds of sound that are rendered. */
  readonly done: number;
  readonly of: number;
  /** Settings that could not be rendered so far. */
  readonly failed: number;
  /** Once it can be told. */
  readonly secondsLeft?: number;
}

/** Counts what is done and guesses how long the rest takes. */
export class SimulationMeter {
  readonly #sampleRate: number;
  readonly #clock: () => number;
  readonly #started: number;
  /** Samples, of this run only. */
  #rendered = 0;
  #before = 0;
  #total = 0;
  stage: SimulationEvent["stage"] = "preparing";
  failed = 0;

  /** @param options.clock - Milliseconds, monotonic. */
  constructor({ sampleRate, clock }: { readonly sampleRate: number; readonly clock: () => number }) {
    this.#sampleRate = sampleRate;
    this.#clock = clock;
    this.#started = clock();
  }

  /** Samples that there are to render in all, and those that an earlier run has done. */
  expect(total: number, { before }: { readonly before: number }): void {
    this.#total = total;
    this.#before = before;
  }

  advance(samples: number): void {
    this.#rendered += samples;
  }

  event(): SimulationEvent {
    const done = Math.min(this.#total, this.#before + this.#rendered);
    const left = this.#total - done;
    const elapsed = (this.#clock() - this.#started) / 1000;
    const isKnown = this.stage === "rendering" && elapsed > 2 && this.#rendered > 0;
    return {
      stage: this.stage,
      done: done / this.#sampleRate,
      of: this.#total / this.#sampleRate,
      failed: this.failed,
      ...(isKnown ? { secondsLeft: (elapsed * left) / this.#rendered } : {}),
    };
  }
}
