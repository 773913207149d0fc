import type { Example } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { createRandom } from "../tensor/index.ts";
import type { Piece, ShardWork } from "./protocol.ts";

/** How training audio is cut, fixed for a whole run. */
export interface SequencePlan {
  /** Samples before a sequence that set the state (recurrent) or fill the receptive field (convolutional). */
  readonly warmUp: number;
  /** Updates per sequence, and samples per update. */
  readonly chunks: number;
  readonly chunkLength: number;
  /** Sequences per batch, and the shards that a batch is split into. */
  readonly batch: number;
  readonly shards: number;
}

/** What a plan is made from. */
export interface SequenceOptions {
  readonly family: "recurrent" | "convolutional";
  readonly receptiveField: number;
  readonly batch?: number | undefined;
  readonly shards?: number | undefined;
}

/** Warm-up and update lengths for recurrent models: long enough for the state to forget that it began at zero. */
const recurrentTimes = { warmUp: 4096, sequence: 12_288, chunk: 1024 } as const;
const convolutionalOutputs = 8192;
/** Four windows an update: on two cores, the same minutes leave less than half the error of sixteen (docs/models). */
const convolutionalBatch = 4;

/**
 * How the examples are cut into sequences for a model.
 *
 * Recurrent models see sequences of several chunks, each chunk one update with the state carried over (truncated
 * back-propagation through time); convolutional ones see windows with their receptive field before them.
 *
 * @throws TonewrightError `too-short` if no example holds one sequence.
 */
export function planSequences(examples: readonly Example[], options: SequenceOptions): SequencePlan {
  const { family, receptiveField } = options;
  const longest = Math.max(0, ...examples.map((example) => example.end - example.start));
  if (family === "convolutional") {
    const warmUp = receptiveField - 1;
    const usable = Math.max(0, ...examples.map((example) => example.end - firstTarget(example, warmUp)));
    if (usable < 256) throw tooShort(longest, receptiveField + 255);
    const chunkLength = Math.min(convolutionalOutputs, usable);
    const batch = Math.min(options.batch ?? convolutionalBatch, sequenceCount(examples, warmUp, chunkLength));
    return { warmUp, chunks: 1, chunkLength, batch, shards: batch };
  }
  // Segments bring their own context; without any, the first samples of a span serve.
  const contexts = examples.map((example) => example.scoreFrom - example.start);
  const own = Math.min(...contexts);
  const warmUp = own > 0 ? Math.min(recurrentTimes.warmUp, own) : Math.min(recurrentTimes.warmUp, longest >> 2);
  const usable = Math.max(0, ...examples.map((example) => example.end - firstTarget(example, warmUp)));
  const length = Math.min(recurrentTimes.sequence, usable);
  if (length < 64) throw tooShort(longest, warmUp + 64);
  const chunks = Math.max(1, Math.round(length / recurrentTimes.chunk));
  const chunkLength = Math.floor(length / chunks);
  // No more lanes than there are sequences: speed and loss count every lane.
  const batch = Math.min(options.batch ?? 32, sequenceCount(examples, warmUp, chunks * chunkLength));
  const shards = Math.min(batch, options.shards ?? Math.max(1, Math.min(4, Math.floor(batch / 8))));
  return { warmUp, chunks, chunkLength, batch, shards };
}

/** Sequences of `length` that an epoch finds in the examples. */
function sequenceCount(examples: readonly Example[], warmUp: number, length: number): number {
  const count = (example: Example) => Math.max(0, Math.floor((example.end - firstTarget(example, warmUp)) / length));
  return examples.reduce((total, example) => total + count(example), 0);
}

/** The batches of one epoch: for each, the first target sample of every sequence. Depends on seed and epoch alone. */
export function epochBatches(
  examples: readonly Example[],
  plan: SequencePlan,
  { seed, epoch }: { seed: number; epoch: number },
): number[][] {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca77));
  const length = plan.chunks * plan.chunkLength;
  const starts: number[] = [];
  for (const example of examples) {
    const from = firstTarget(example, plan.warmUp);
    const count = Math.floor((example.end - from) / length);
    if (count < 1) continue;
    const slack = example.end - from - count * length;
    const shift = slack > 0 ? random.integer(slack + 1) : 0;
    for (let i = 0; i < count; i++) starts.push(from + shift + i * length);
  }
  for (let i = starts.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = starts[i] ?? 0;
    starts[i] = starts[j] ?? 0;
    starts[j] = held;
  }
  if (starts.length < plan.batch) return [starts];
  const batches: number[][] = [];
  for (let i = 0; i + plan.batch <= starts.length; i += plan.batch) batches.push(starts.slice(i, i + plan.batch));
  return batches;
}

/** One step's work, shard by shard: the lanes of a batch are dealt out in order. */
export function shardWork(starts: readonly number[], plan: SequencePlan, chunk: number): ShardWork[] {
  const perShard = Math.ceil(plan.batch / plan.shards);
  const work: ShardWork[] = [];
  for (let shard = 0; shard * perShard < starts.length; shard++) {
    work.push({
      shard,
      starts: starts.slice(shard * perShard, (shard + 1) * perShard),
      warmUp: plan.warmUp,
      offset: chunk * plan.chunkLength,
      length: plan.chunkLength,
    });
  }
  return work;
}

/** Longest piece that validation runs in one go, so that long spans run side by side. */
const pieceLength = 32_768;

/** The examples of a split as pieces of bounded length, each with its context before it. */
export function evaluationPieces(examples: readonly Example[], warmUp: number): Piece[] {
  return examples.flatMap(({ start, scoreFrom, end }) => {
    const pieces: Piece[] = [];
    for (let at = scoreFrom; at < end; at += pieceLength) {
      const from = at === scoreFrom ? start : Math.max(start, at - warmUp);
      pieces.push({ start: from, scoreFrom: at, end: Math.min(end, at + pieceLength) });
    }
    return pieces;
  });
}

/** First sample of an example that can be a target: past its own context, and past the warm-up. */
function firstTarget(example: Example, warmUp: number): number {
  return Math.max(example.scoreFrom, example.start + warmUp);
}

function tooShort(found: number, needed: number): TonewrightError {
  return new TonewrightError(
    "too-short",
    `the longest training span has ${found} samples, this model needs at least ${needed}`,
    "record more, use longer segments, or choose a recurrent model such as lstm-16, which needs less before it can start",
  );
}
