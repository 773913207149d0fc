import { TonewrightError } from "../errors/index.ts";
import { requireSegment, type SegmentGrid, type Splits } from "./example.ts";

/** What a division of a recording depends on. */
export interface SplitOptions {
  /** Length of the aligned pair. */
  readonly samples: number;
  /** Hz. */
  readonly sampleRate: number;
  /** How much of the past the model hears before a scored sample: its receptive field, or its warm-up. */
  readonly contextSamples: number;
  /** If the recording is made of segments. */
  readonly segment?: SegmentGrid | undefined;
  /** Shares of the scored samples; what remains is for training. */
  readonly fractions?: { readonly validation: number; readonly test: number } | undefined;
}

/** Examples for training, validation and test, and what the user should know about them. */
export interface SplitPlan extends Splits {
  readonly warnings: string[];
}

/**
 * Training, validation and test examples of one recording.
 *
 * The recording is cut into blocks of about 30 s, and each block into train, validation and test with gaps between, so
 * that every split hears all of the performance. No sample that is scored for one split is heard in another, not even as
 * context: gaps are as long as the context, or a whole segment. With segments, each is one example of its own.
 *
 * @param options - Length and rate of the pair, the model's context, segments, shares.
 * @throws TonewrightError `too-short` with the length that is needed, `bad-segment`, `bad-fractions`.
 */
export function planSplits(options: SplitOptions): SplitPlan {
  const { fractions = { validation: 0.1, test: 0.1 }, segment } = options;
  const { validation, test } = fractions;
  if (!(validation > 0 && test > 0 && validation + test < 1)) {
    throw new TonewrightError(
      "bad-fractions",
      `shares of ${validation} for validation and ${test} for test`,
      "give two numbers above 0 that leave something for training, such as 0.1 and 0.1",
    );
  }
  return segment === undefined
    ? planContinuous({ ...options, fractions })
    : planSegments({ ...options, fractions, segment });
}

type Known<K extends keyof SplitOptions> = SplitOptions & { readonly [key in K]-?: NonNullable<SplitOptions[key]> };

const BLOCK_SECONDS = 30;
const MOST_BLOCKS = 8;
/** Gaps may take this share of a recording before it is cut into fewer blocks. */
const GAP_SHARE = 0.2;
/** Fewest scored samples of a piece: the longest frame of the spectral distance. */
const SHORTEST_PIECE = 2048;
const SPLITS = ["train", "validation", "test"] as const;

function planContinuous({ samples, sampleRate, contextSamples, fractions }: Known<"fractions">): SplitPlan {
  const smallest = Math.min(fractions.validation, fractions.test, 1 - fractions.validation - fractions.test);
  const gaps = (blocks: number) => (SPLITS.length * blocks - 1) * contextSamples;
  const needed = (blocks: number) => gaps(blocks) + Math.ceil((blocks * SHORTEST_PIECE) / smallest);
  if (samples < needed(1)) {
    throw new TonewrightError(
      "too-short",
      `the recording has ${samples} samples (${(samples / sampleRate).toFixed(2)} s), a model that hears ` +
        `${contextSamples} samples back needs at least ${needed(1)} (${(needed(1) / sampleRate).toFixed(2)} s)`,
      "record longer, or choose a model with a shorter memory",
    );
  }
  let blocks = wantedBlocks(samples / sampleRate);
  while (blocks > 1 && (samples < needed(blocks) || gaps(blocks) > GAP_SHARE * samples)) blocks--;

  const plan: SplitPlan = { train: [], validation: [], test: [], warnings: [] };
  const scored = samples - gaps(blocks);
  const pieces = dividePieces(scored, { blocks, fractions });
  let position = 0;
  for (const [k, piece] of pieces.entries()) {
    const scoreFrom = position;
    position += piece;
    const name = SPLITS[k % SPLITS.length] ?? "train";
    plan[name].push({ start: Math.max(0, scoreFrom - contextSamples), scoreFrom, end: position });
    position += contextSamples;
  }
  return plan;
}

function planSegments({ samples, sampleRate, segment, fractions }: Known<"fractions" | "segment">): SplitPlan {
  requireSegment(segment);
  const count = Math.floor(samples / segment.length);
  const gaps = (blocks: number) => SPLITS.length * blocks - 1;
  if (count < gaps(1) + SPLITS.length) {
    throw new TonewrightError(
      "too-short",
      `the recording has ${count} whole segments of ${segment.length} samples, at least ${gaps(1) + SPLITS.length} are needed`,
      "record more segments, or give the length of one segment",
    );
  }
  const smallest = Math.min(fractions.validation, fractions.test);
  let blocks = wantedBlocks(samples / sampleRate);
  while (blocks > 1 && (smallest * (count - gaps(blocks)) < blocks || gaps(blocks) > GAP_SHARE * count)) blocks--;

  const plan: SplitPlan = { train: [], validation: [], test: [], warnings: [] };
  let index = 0;
  for (const [k, piece] of dividePieces(count - gaps(blocks), { blocks, fractions }).entries()) {
    const name = SPLITS[k % SPLITS.length] ?? "train";
    for (const last = index + piece; index < last; index++) {
      const start = index * segment.length;
      plan[name].push({ start, scoreFrom: start + segment.skip, end: start + segment.length });
    }
    index++; // the gap
  }
  const rest = samples - count * segment.length;
  if (rest > 0) {
    plan.warnings.push(
      `the last ${rest} samples (${(rest / sampleRate).toFixed(2)} s) are no whole segment of ${segment.length}; they are left out`,
    );
  }
  return plan;
}

function wantedBlocks(seconds: number): number {
  return Math.max(1, Math.min(MOST_BLOCKS, Math.round(seconds / BLOCK_SECONDS)));
}

/** Sizes of train, validation, test, train, … that add up to `total`, at least 1 each, even over the blocks. */
function dividePieces(
  total: number,
  {
    blocks,
    fractions,
  }: { readonly blocks: number; readonly fractions: { readonly validation: number; readonly test: number } },
): number[] {
  const validation = Math.max(blocks, Math.round(fractions.validation * total));
  const test = Math.max(blocks, Math.round(fractions.test * total));
  const totals = [total - validation - test, validation, test];
  return Array.from({ length: SPLITS.length * blocks }, (_, k) => {
    const [block, all] = [Math.floor(k / SPLITS.length), totals[k % SPLITS.length] ?? 0];
    return Math.floor((all * (block + 1)) / blocks) - Math.floor((all * block) / blocks);
  });
}
