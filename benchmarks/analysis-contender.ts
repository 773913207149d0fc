import { computeFrontEnd, frontEnd, resample } from "../src/signal/index.ts";
import { createRandom } from "../src/tensor/index.ts";
import type { Contender } from "./contender.ts";
import { ownSeconds } from "./machine.ts";
import type { FeatureWorkload, ResamplingWorkload } from "./workloads.ts";

/** A gliding tone in noise. */
export function soundOf({ seconds, sampleRate }: FeatureWorkload, { seed }: { seed: number }): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: seconds * sampleRate }, (_, n) => {
    const t = n / sampleRate;
    return 0.3 * Math.sin(2 * Math.PI * (100 + 40 * t) * t) + 0.05 * random.normal();
  });
}

/** Tones that both rates can hold, without a hard beginning or end: there resamplers agree whatever their filters are. */
export function tonesOf({ seconds, sampleRate, toRate }: ResamplingWorkload, { seed }: { seed: number }): Float32Array {
  const random = createRandom(seed);
  const highestHz = 0.4 * Math.min(sampleRate, toRate);
  const angles = Array.from({ length: 8 }, () => (2 * Math.PI * highestHz * random.uniform()) / sampleRate);
  const length = seconds * sampleRate;
  return Float32Array.from({ length }, (_, n) => {
    const fade = Math.sin(Math.PI * Math.min(0.5, n / sampleRate, (length - 1 - n) / sampleRate)) ** 2;
    return 0.1 * fade * angles.reduce((sum, angle) => sum + Math.sin(angle * n), 0);
  });
}

/** This project's front end, everything made anew for every sound as `librosa.feature` does. */
export function prepareFeatures({ id, feature, precision, sampleRate }: FeatureWorkload, x: Float32Array): Contender {
  const kind = feature === "mel" ? { kind: feature } : { kind: feature, coefficients: 20 };
  const document = frontEnd({ sampleRate, fftSize: 2048, hop: 512, precision, features: [kind] });
  return repeated(id, x.length, () => computeFrontEnd(x, document).values);
}

/** This project's resampler at its best quality. */
export function prepareResampling({ id, sampleRate, toRate }: ResamplingWorkload, x: Float32Array): Contender {
  return repeated(id, x.length, () => resample(x, { from: sampleRate, to: toRate }));
}

/** Does the same over and over, and looks at numbers all over the result each time. */
function repeated(id: string, samples: number, work: () => Float32Array | Float64Array): Contender {
  const sumOf = (values: Float32Array | Float64Array) => {
    let sum = 0;
    for (let n = 0; n < values.length; n += 101) sum += Math.abs(values[n] as number);
    return sum;
  };
  const first = work();
  const expected = sumOf(first);
  if (!(expected > 0 && expected < 1e12))
    throw new Error(`bug: ${id} computes nothing: its output sums to ${expected}`);
  return {
    output: Float32Array.from(first),
    round: async ({ seconds }) => {
      const [began, used] = [performance.now(), ownSeconds()];
      let times = 0;
      do {
        const sum = sumOf(work());
        if (sum !== expected) throw new Error(`bug: ${id} computed ${sum}, ${expected} before`);
        times++;
      } while (performance.now() - began < 1000 * seconds);
      const elapsed = (performance.now() - began) / 1000;
      return { samples: times * samples, seconds: elapsed, processorSeconds: ownSeconds() - used };
    },
    close: async () => {},
  };
}
