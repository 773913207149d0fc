import type { ValidationScores } from "./events.ts";
import type { Piece, PieceSums, ReplicaPool, ReplicaReply, ReplicaRequest, Update } from "./protocol.ts";
import { replyError } from "./replica.ts";
import { type SequencePlan, shardWork } from "./sequences.ts";

/** Pieces that one replica validates side by side; fixed, so that no number depends on the thread count. */
const piecesPerGroup = 16;

/**
 * All replicas of a run, led in step: every shard always goes to the same replica, gradients are summed in shard order,
 * and every replica applies every update.
 */
export class Crew {
  readonly plan: SequencePlan;
  readonly #pool: ReplicaPool;
  #pending: Update | undefined;

  constructor(pool: ReplicaPool, plan: SequencePlan) {
    this.#pool = pool;
    this.plan = plan;
  }

  get threads(): number {
    return this.#pool.threads;
  }

  /** Sets weights, and Adam's moments (zeros if none are given). */
  async set(weights: Float32Array, moments?: readonly [Float32Array, Float32Array]): Promise<void> {
    this.#pending = undefined;
    const fresh = moments ?? ([new Float32Array(weights.length), new Float32Array(weights.length)] as const);
    await this.#askAll(() => ({ type: "set", weights, moments: fresh }));
  }

  /** One training step; the update is sent with the next request. Nothing is updated if the loss is not a number. */
  async step(
    starts: readonly number[],
    chunk: number,
    { rate, step, gradientNormLimit }: { rate: number; step: number; gradientNormLimit: number },
  ): Promise<{ loss: number; norm: number }> {
    const work = shardWork(starts, this.plan, chunk);
    const replies = await this.#askAll((replica) => ({
      type: "work",
      ...this.#takePending(replica),
      shards: work.filter(({ shard }) => shard % this.threads === replica),
    }));
    const shards = replies
      .flatMap((reply) => (reply.type === "gradients" ? reply.shards : []))
      .sort((a, b) => a.shard - b.shard);
    const total = new Float64Array(shards[0]?.gradients.length ?? 0);
    let loss = 0;
    for (const { gradients, loss: part } of shards) {
      loss += part;
      for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + (gradients[i] ?? 0);
    }
    const norm = Math.sqrt(total.reduce((sum, value) => sum + value * value, 0));
    const factor = norm > gradientNormLimit ? gradientNormLimit / norm : 1;
    if (Number.isFinite(loss) && Number.isFinite(norm)) {
      this.#pending = { gradients: Float32Array.from(total, (value) => value * factor), rate, step };
    }
    return { loss, norm };
  }

  /**
   * Scores over all pieces, as they are once the mean of the error, `offset`, is taken off the output: that costs one bias
   * and no training.
   */
  async evaluate(pieces: readonly Piece[]): Promise<{ scores: ValidationScores; offset: number }> {
    // Pieces of like length side by side; ties keep their order.
    const sorted = [...pieces].sort((a, b) => b.end - b.start - (a.end - a.start));
    const groups: Piece[][] = [];
    for (let i = 0; i < sorted.length; i += piecesPerGroup) groups.push(sorted.slice(i, i + piecesPerGroup));
    const replies = await this.#askAll((replica) => ({
      type: "evaluate",
      ...this.#takePending(replica),
      groups: groups.filter((_, g) => g % this.threads === replica),
    }));
    const results = groups.map((_, g): readonly PieceSums[] => {
      const reply = replies[g % this.threads];
      return reply?.type === "evaluated" ? (reply.groups[Math.floor(g / this.threads)] ?? []) : [];
    });
    const total = { samples: 0, errorSum: 0, error: 0, target: 0, blockedError: 0, blockedTarget: 0 };
    for (const sums of results.flat()) {
      total.samples += sums.samples;
      total.errorSum += sums.errorSum;
      total.error += sums.error;
      total.target += sums.target;
      total.blockedError += sums.blockedError;
      total.blockedTarget += sums.blockedTarget;
    }
    const offset = total.errorSum / Math.max(1, total.samples);
    const centred = total.error - total.errorSum * offset;
    return { scores: { esr: centred / total.target, esrDcBlocked: total.blockedError / total.blockedTarget }, offset };
  }

  /** Weights and Adam's moments as they are now. */
  async read(): Promise<{ weights: Float32Array; moments: readonly [Float32Array, Float32Array] }> {
    const [first] = await this.#askAll((replica) => ({ type: "read", ...this.#takePending(replica) }));
    if (first?.type !== "weights") throw new Error("bug: a replica did not give its weights");
    return { weights: first.weights, moments: first.moments };
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** The pending update, for every replica of one round; forgotten after the last. */
  #takePending(replica: number): { update?: Update } {
    const update = this.#pending;
    if (replica === this.threads - 1) this.#pending = undefined;
    return update === undefined ? {} : { update };
  }

  async #askAll(request: (replica: number) => ReplicaRequest): Promise<ReplicaReply[]> {
    const replies = await this.#pool.ask(Array.from({ length: this.threads }, (_, replica) => request(replica)));
    for (const reply of replies) if (reply.type === "failed") throw replyError(reply);
    return replies;
  }
}
