import type { Span } from "../signal/index.ts";
import type { Check } from "./check.ts";

/** The `clipping` check of one recording. */
export function checkClipping(
  x: Float32Array,
  options: {
    readonly about: "dry" | "wet";
    readonly name: string;
    readonly encoding: string;
    readonly sampleRate: number;
    readonly spans: readonly Span[];
  },
): Check {
  const { about, name, sampleRate, spans } = options;
  const { runs, samples, first, near } = findClipping(x, options);
  const base = { id: "clipping", about } as const;
  if (runs === 0) return { ...base, verdict: "pass", message: `"${name}" is not clipped`, value: 0 };
  const share = samples / spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const seconds = first / sampleRate;
  const found =
    `"${name}" is flat at full scale in ${runs} places (${samples} samples, ${(100 * share).toPrecision(2)} %), ` +
    `first at ${seconds.toFixed(3)} s`;
  if (about === "dry") {
    const hint = "record with less input gain, unless exactly this file was played through the device";
    return { ...base, verdict: "warn", message: found, hint, seconds, value: share };
  }
  const hint =
    "record again with a lower input level of the interface; if the device itself is flat there and the file was " +
    "raised to full scale afterwards, lower it by 1 dB";
  if (share < HEAVY_SHARE || near > SOFT_SHARE * samples)
    return { ...base, verdict: "warn", message: found, hint, seconds, value: share };
  return { ...base, verdict: "refuse", code: "clipped", message: found, hint, seconds, value: share };
}

const SHORTEST_RUN = 3;
const NEAR = 0.97;
/** Measured: up to 0.31 for guitar and bass clipped by a converter, above 0.6 for a tanh driven up to 60 times. */
const SOFT_SHARE = 0.5;
/** Of all scored samples: from here a model would learn the converter rather than the device. */
const HEAVY_SHARE = 0.005;

/** Where a converter ran out of range. */
interface Clipping {
  /** Number of flat stretches at full scale. */
  readonly runs: number;
  /** Samples in them. */
  readonly samples: number;
  /** Sample index of the first. */
  readonly first: number;
  /** Samples in the last 3 % before full scale: a converter leaves few, a device that rounds its peaks leaves many. */
  readonly near: number;
}

/**
 * Flat stretches at full scale, three samples and longer.
 *
 * A device that saturates below full scale is not clipped.
 *
 * @param x - Shape `[samples]`, linear amplitude.
 * @param options.encoding - How the file stored it, since full scale is a step below 1 in integers.
 * @param options.spans - Where to look.
 */
function findClipping(
  x: Float32Array,
  { encoding, spans }: { readonly encoding: string; readonly spans: readonly Span[] },
): Clipping {
  const bits = /^pcm(8|16|24)$/.exec(encoding)?.[1];
  const step = bits === undefined ? 1e-6 : 2 ** (1 - Number(bits));
  let [runs, samples, first, near] = [0, 0, 0, 0];
  for (const { start, end } of spans) {
    let length = 0;
    for (let n = start; n <= end; n++) {
      const value = n < end ? x[n]! : 0;
      const full = Math.abs(value) >= 1 - 1.5 * step;
      if (!full && Math.abs(value) >= NEAR) near++;
      if (full && length > 0 && Math.abs(value - x[n - 1]!) <= 1.5 * step) {
        length++;
        continue;
      }
      if (length >= SHORTEST_RUN) {
        if (runs === 0) first = n - length;
        runs++;
        samples += length;
      }
      length = full ? 1 : 0;
    }
  }
  return { runs, samples, first, near };
}
