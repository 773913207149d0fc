import { TonewrightError } from "../errors/index.ts";
import { type Alignment, correlationAt, estimateAlignment } from "./alignment.ts";
import type { SegmentGrid } from "./example.ts";

/** Dry and wet on one time axis, which is that of the dry recording. */
export interface AlignedPair {
  /** Shape `[samples]`. */
  readonly dry: Float32Array;
  /** Shape `[samples]`, as recorded: where the device inverts, so does this. */
  readonly wet: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  /** Samples by which the wet came after the dry. */
  readonly delaySamples: number;
  readonly polarity: 1 | -1;
  /** Correlation coefficient with the polarity taken out. */
  readonly correlation: number;
}

/** What can be told to `alignPair`. */
export interface AlignOptions {
  /** Hz, of both. */
  readonly sampleRate: number;
  /** How far to look for the delay, in both directions. */
  readonly maxDelaySeconds?: number | undefined;
  /** The delay, if it is known; nothing is searched or refused then. Positive if the wet is late. */
  readonly delaySamples?: number | undefined;
  /** What `estimateAlignment` or `inspectPair` found already; it is believed, nothing is refused then. */
  readonly alignment?: Alignment | undefined;
  /** If the recording is made of segments. */
  readonly segment?: SegmentGrid | undefined;
  /** File names for messages. */
  readonly dryName?: string | undefined;
  readonly wetName?: string | undefined;
}

/**
 * Copies of dry and wet in which sample `n` of one belongs to sample `n` of the other.
 *
 * Polarity is reported, not corrected: a model of an inverting device should invert. The dry is never shifted, so sample
 * `n` of the pair is sample `n` of the dry file; if the wet comes first, its missing beginning is filled with zeros.
 *
 * @param dry - Device input, shape `[samples]`, linear amplitude.
 * @param wet - Device output, any length.
 * @returns Both cut to the length that they share.
 * @throws TonewrightError `unrelated-signals` if no delay makes them match, `swapped` if the wet comes more than 1 ms
 *   before the dry, `too-short`, `silent-recording`, `bad-delay`.
 */
export function alignPair(dry: Float32Array, wet: Float32Array, options: AlignOptions): AlignedPair {
  const { sampleRate, segment } = options;
  const alignment = options.delaySamples === undefined ? findAlignment(dry, wet, options) : givenAlignment();
  const { delaySamples, polarity, correlation } = alignment;
  const samples = Math.min(dry.length, wet.length - delaySamples);
  const shifted = new Float32Array(samples);
  const missing = Math.max(0, -delaySamples);
  shifted.set(wet.subarray(Math.max(0, delaySamples), samples + delaySamples), missing);
  return { dry: dry.slice(0, samples), wet: shifted, sampleRate, delaySamples, polarity, correlation };

  function givenAlignment() {
    const delaySamples = options.delaySamples ?? 0;
    if (!Number.isInteger(delaySamples) || delaySamples >= wet.length || -delaySamples >= dry.length) {
      throw new TonewrightError(
        "bad-delay",
        `a delay of ${delaySamples} samples for recordings of ${dry.length} and ${wet.length}`,
        "give a whole number of samples that is smaller than the recordings",
      );
    }
    const correlation = correlationAt(dry, wet, { delaySamples, segment });
    const polarity: 1 | -1 = correlation < 0 ? -1 : 1;
    return { delaySamples, polarity, correlation: polarity * correlation };
  }
}

/** Why an alignment cannot be used, or nothing if it can. */
export function refuseAlignment(
  { delaySamples, prominence, correlation }: Alignment,
  { sampleRate, dryName = "dry", wetName = "wet" }: Pick<AlignOptions, "sampleRate" | "dryName" | "wetName">,
): TonewrightError | undefined {
  if (prominence !== null && prominence < RELATED_PROMINENCE && Math.abs(correlation) < RELATED_CORRELATION) {
    return new TonewrightError(
      "unrelated-signals",
      `"${wetName}" does not follow "${dryName}" at any delay: the best match stands out ` +
        `${prominence.toFixed(1)} times (${RELATED_PROMINENCE} are needed), correlation ${correlation.toFixed(2)}`,
      "give two recordings of the same take; if the wet is later than searched, give its delay",
    );
  }
  if (delaySamples < -SWAPPED_SECONDS * sampleRate) {
    const early = `${-delaySamples} samples (${((-delaySamples / sampleRate) * 1000).toFixed(1)} ms)`;
    return new TonewrightError(
      "swapped",
      `"${wetName}" comes ${early} before "${dryName}", but no device answers before it is played`,
      `swap the two files; if they are right, the wet was moved: give its delay as ${delaySamples} samples`,
    );
  }
  return undefined;
}

/** Measured on guitar, bass, keys and drums: unrelated takes reach 13, amplifiers and pedals begin at 50. */
const RELATED_PROMINENCE = 14;
/** A tone or a second of sound has no clear delay, but what follows it this closely is related. */
const RELATED_CORRELATION = 0.5;
const SWAPPED_SECONDS = 0.001;

function findAlignment(dry: Float32Array, wet: Float32Array, options: AlignOptions): Alignment {
  const { sampleRate, segment, maxDelaySeconds = 0.25 } = options;
  if (options.alignment !== undefined) return options.alignment;
  const alignment = estimateAlignment(dry, wet, { sampleRate, maxDelaySeconds, segment });
  const refusal = refuseAlignment(alignment, options);
  if (refusal !== undefined) throw refusal;
  return alignment;
}
