import { TonewrightError } from "../errors/index.ts";
import type { Span } from "../signal/index.ts";

/** One stretch of an aligned pair to train or judge on; sample indices. */
export interface Example {
  /** The model's state is reset here; from here to `scoreFrom` it only listens. */
  readonly start: number;
  /** First sample that counts. */
  readonly scoreFrom: number;
  /** One past the last sample that counts. */
  readonly end: number;
}

/** Examples per purpose; none of them hears a scored sample of another purpose. */
export interface Splits {
  readonly train: Example[];
  readonly validation: Example[];
  readonly test: Example[];
}

/** A recording made of separate takes of one length, laid end to end; both in samples. */
export interface SegmentGrid {
  readonly length: number;
  /** Samples at the beginning of each segment that are heard but not scored. */
  readonly skip: number;
}

/**
 * The parts of a recording that count: all of it, or what follows the skipped part of each whole segment.
 *
 * @param samples - Length of the recording.
 * @param segment - If the recording is made of segments.
 * @throws TonewrightError `bad-segment` if a segment has no samples left after the skipped ones.
 */
export function scoredSpans(samples: number, segment?: SegmentGrid): Span[] {
  if (segment === undefined) return [{ start: 0, end: samples }];
  requireSegment(segment);
  return Array.from({ length: Math.floor(samples / segment.length) }, (_, k) => ({
    start: k * segment.length + segment.skip,
    end: (k + 1) * segment.length,
  }));
}

/** @throws TonewrightError `bad-segment` for lengths that make no sense. */
export function requireSegment({ length, skip }: SegmentGrid): void {
  if (Number.isInteger(length) && Number.isInteger(skip) && skip >= 0 && skip < length) return;
  throw new TonewrightError(
    "bad-segment",
    `segments of ${length} samples of which the first ${skip} are not scored`,
    "give a whole number of samples for the segment and a smaller one to skip",
  );
}
