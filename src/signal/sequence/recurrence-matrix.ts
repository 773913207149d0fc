import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkMatrix } from "../check-sound.ts";
import type { FeatureMatrix } from "../matrix.ts";

/** Which frames are joined, and what a link says. */
export interface RecurrenceOptions {
  /** Links per frame. Default `2 ceil(sqrt(frames - 2 width + 1))`. */
  readonly neighbours?: number | undefined;
  /** Frames nearer than this in time are never joined. Default 1. */
  readonly width?: number | undefined;
  /** Keep a link only if both frames choose each other. Default false. */
  readonly symmetric?: boolean | undefined;
  /** 1 for a link; its Euclidean distance; or `exp(-distance / bandwidth)`. Default connectivity. */
  readonly mode?: "connectivity" | "distance" | "affinity" | undefined;
}

/**
 * Which frames of a piece resemble which: the links of every frame to its nearest ones.
 *
 * @param features - Shape `[rows, frames]`.
 * @returns Shape `[frames, frames]`, 0 where there is no link. The bandwidth of affinities is the median distance to
 *   the last neighbour.
 * @throws TonewrightError `bad-option` for numbers below 1 or a width as long as the piece.
 * @see librosa.segment.recurrence_matrix 0.11
 */
export function recurrenceMatrix(features: FeatureMatrix, options: RecurrenceOptions = {}): FeatureMatrix {
  checkMatrix("recurrenceMatrix(features, options)", features);
  checkOptions("recurrenceMatrix(features, options)", options, {
    neighbours: false,
    width: false,
    symmetric: false,
    mode: false,
  });
  const { neighbours, width = 1, symmetric = false, mode = "connectivity" } = options;
  const { frames } = features;
  const count = neighbours ?? 2 * Math.ceil(Math.sqrt(frames - 2 * width + 1));
  if (!(Number.isInteger(width) && width >= 1 && 2 * width <= frames - 1 && Number.isInteger(count) && count >= 1)) {
    throw new TonewrightError(
      "bad-option",
      `recurrenceMatrix: ${count} neighbours, width ${width}, for ${frames} frames`,
      "give at least one neighbour and a width from 1 to half of the frames",
    );
  }
  const links = nearestFrames(features, { count, width });
  const distances = new Float64Array(frames * frames);
  for (const [t, row] of links.entries()) for (const { at, distance } of row) distances[t * frames + at] = distance;
  if (symmetric) {
    for (let a = 0; a < frames; a++) {
      for (let b = 0; b < a; b++) {
        const both = Math.min(distances[a * frames + b]!, distances[b * frames + a]!);
        distances[a * frames + b] = both;
        distances[b * frames + a] = both;
      }
    }
  }
  const bandwidth = mode === "affinity" ? medianReach(distances, frames, count) : 1;
  const values = distances.map((distance) => {
    if (distance === 0 || mode === "distance") return distance;
    return mode === "connectivity" ? 1 : Math.exp(-distance / bandwidth);
  });
  return { rows: frames, frames, values };
}

interface Link {
  readonly at: number;
  readonly distance: number;
}

function nearestFrames(
  { rows, frames, values }: FeatureMatrix,
  { count, width }: { readonly count: number; readonly width: number },
): Link[][] {
  return Array.from({ length: frames }, (_, t) => {
    const all: Link[] = [];
    for (let at = 0; at < frames; at++) {
      if (at === t) continue;
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += (values[k * frames + t]! - values[k * frames + at]!) ** 2;
      all.push({ at, distance: Math.sqrt(sum) });
    }
    all.sort((a, b) => a.distance - b.distance);
    // As the reference does: candidates first, then those too near in time are struck out.
    return all
      .slice(0, Math.min(frames - 1, count + 2 * width))
      .filter(({ at }) => Math.abs(at - t) >= width)
      .slice(0, count);
  });
}

/** Median over frames of the distance to their farthest kept neighbour; frames without one do not count. */
function medianReach(distances: Float64Array, frames: number, count: number): number {
  const reaches: number[] = [];
  for (let t = 0; t < frames; t++) {
    const kept = Array.from(distances.subarray(t * frames, (t + 1) * frames)).filter((distance) => distance > 0);
    kept.sort((a, b) => a - b);
    const last = kept[Math.min(count, kept.length) - 1];
    if (last !== undefined) reaches.push(last);
  }
  reaches.sort((a, b) => a - b);
  const middle = reaches.length >> 1;
  if (reaches.length === 0) return 1;
  return reaches.length % 2 === 1 ? reaches[middle]! : 0.5 * (reaches[middle - 1]! + reaches[middle]!);
}
