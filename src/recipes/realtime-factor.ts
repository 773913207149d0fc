import type { ModelDocument } from "../modelfile/index.ts";
import { createEngine } from "../realtime/index.ts";

const blockSamples = 128;
const measuredMilliseconds = 400;

/**
 * How many times faster than real time a model runs on one thread, in blocks of 128 samples.
 *
 * Other work on the machine lowers it: it is a measurement, not a property of the model.
 *
 * @param document - The model.
 * @param options.input - What to feed, at least one block; it is repeated.
 * @param options.clock - Milliseconds.
 * @returns Seconds of audio per second.
 */
export function realtimeFactor(
  document: ModelDocument,
  { input, clock }: { input: Float32Array; clock: () => number },
): number {
  const engine = createEngine(document);
  const block = new Float32Array(blockSamples);
  const output = new Float32Array(blockSamples);
  const blocks = Math.max(1, Math.floor(input.length / blockSamples));
  const run = (count: number) => {
    for (let i = 0; i < count; i++) {
      const at = (i % blocks) * blockSamples;
      for (let n = 0; n < blockSamples; n++) block[n] = input[at + n] ?? 0;
      engine.process(block, output);
    }
  };
  const batch = 64;
  run(batch); // the compiler is done with the kernels after this
  const began = clock();
  let done = 0;
  while (clock() - began < measuredMilliseconds) {
    run(batch);
    done += batch;
  }
  return (done * blockSamples) / document.sampleRate / ((clock() - began) / 1000);
}
