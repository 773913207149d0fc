import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { createModel, type Model } from "../models/index.ts";
import { sequenceLoss } from "../nn/index.ts";
import { createKernels, Memory, Parameters, reshape, Tape, type Tensor } from "../tensor/index.ts";
import { pieceSums } from "./piece-sums.ts";
import type { Piece, PieceSums, ReplicaConfig, ReplicaReply, ReplicaRequest, ShardWork } from "./protocol.ts";

/** Lanes that validation runs side by side, and the steps it takes at a time. */
const evaluationLanes = 16;
const evaluationSteps = 2048;

/** Offsets of what a shard carries from chunk to chunk: the model's state, and the DC blocker's of the loss. */
interface ShardState {
  readonly model: number;
  readonly blocker: number;
}

/**
 * One full copy of a model with its own memory: computes the gradients of the shards it is given and applies every update.
 *
 * It answers requests one by one and keeps the state of its shards between them; what it computes depends on its
 * requests alone.
 */
export class Replica {
  readonly #config: ReplicaConfig;
  readonly #model: Model;
  readonly #memory: Memory;
  readonly #tape: Tape;
  readonly #parameters: Parameters;
  readonly #states: readonly ShardState[];
  readonly #evaluationState: number;

  constructor(config: ReplicaConfig) {
    this.#config = config;
    this.#model = createModel(config.architecture);
    this.#memory = new Memory(createKernels(config.build));
    this.#parameters = new Parameters(this.#memory, this.#model.places);
    const lasting = (lanes: number): number => {
      const length = this.#model.stateLength(lanes);
      return length === 0 ? 0 : this.#memory.keep(length);
    };
    const lanes = roundUp4(config.lanesPerShard);
    this.#states = Array.from({ length: config.shards }, () => ({
      model: lasting(lanes),
      blocker: this.#memory.keep(2 * lanes),
    }));
    this.#evaluationState = lasting(evaluationLanes);
    this.#tape = new Tape(this.#memory);
  }

  /** Answers one request. Errors come back as a reply, so that they cross threads whole. */
  answer(request: ReplicaRequest): ReplicaReply {
    try {
      switch (request.type) {
        case "set":
          this.#parameters.write(request.weights);
          if (request.moments !== undefined) this.#parameters.writeMoments(...request.moments);
          return { type: "done" };
        case "work":
          if (request.update !== undefined) this.#update(request.update);
          return { type: "gradients", shards: request.shards.map((work) => this.#gradients(work)) };
        case "evaluate":
          if (request.update !== undefined) this.#update(request.update);
          return { type: "evaluated", groups: request.groups.map((group) => this.#evaluate(group)) };
        case "read":
          if (request.update !== undefined) this.#update(request.update);
          return { type: "weights", weights: this.#parameters.read(), moments: this.#parameters.readMoments() };
        default:
          return request satisfies never;
      }
    } catch (error) {
      if (isTonewrightError(error))
        return { type: "failed", code: error.code, message: error.message, hint: error.hint };
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { type: "failed", code: "internal", message, hint: "" };
    } finally {
      this.#tape.clear();
    }
  }

  #update({ gradients, rate, step }: { gradients: Float32Array; rate: number; step: number }): void {
    this.#parameters.adam(gradients, { rate, step });
  }

  #gradients(work: ShardWork): { shard: number; gradients: Float32Array; loss: number } {
    this.#parameters.zeroGradients();
    const recurrent = this.#model.family === "recurrent";
    const { loss } = recurrent ? this.#recurrentLoss(work) : this.#convolutionalLoss(work);
    this.#tape.backward(loss);
    this.#tape.clear();
    return { shard: work.shard, gradients: this.#parameters.readGradients(), loss: loss.value };
  }

  /** One chunk of truncated back-propagation: the state comes from the chunk before, or from a warm-up without gradients. */
  #recurrentLoss({ shard, starts, warmUp, offset, length }: ShardWork) {
    const { dry, wet } = this.#config;
    const lanes = roundUp4(starts.length);
    const { model: state, blocker } = this.#states[shard] as ShardState;
    if (offset === 0) this.#warmUp(starts, warmUp, lanes, { model: state, blocker });
    const from = starts.map((start) => start + offset);
    const x = this.#interleave(dry, from, length, lanes);
    const output = this.#model.forward(this.#tape, x, { parameters: this.#parameters, state });
    // Lanes that only fill up the batch run on silence; their target is their own output, so their error is zero.
    const target = this.#interleave(wet, from, length, lanes);
    this.#copyLanes(output, target, starts.length);
    return sequenceLoss(this.#tape, { output, target, terms: this.#config.terms, blockerState: blocker });
  }

  #convolutionalLoss({ starts, length }: ShardWork) {
    const { dry, wet } = this.#config;
    const start = starts[0] ?? 0;
    const reach = this.#model.receptiveField - 1;
    const x = this.#tape.constant(dry.subarray(start - reach, start + length), [1, 1, reach + length]);
    const output = reshape(this.#model.forward(this.#tape, x, { parameters: this.#parameters, state: 0 }), [length, 1]);
    const target = this.#tape.constant(wet.subarray(start, start + length), [length, 1]);
    return sequenceLoss(this.#tape, { output, target, terms: this.#config.terms });
  }

  /**
   * Runs the model over the `length` samples before each start, without gradients: sets its state, and rests the DC blocker
   * of the loss on the error of the last sample.
   */
  #warmUp(starts: readonly number[], length: number, lanes: number, state: ShardState): void {
    const { kernels } = this.#memory;
    kernels.fill(this.#model.stateLength(lanes), 0, state.model);
    kernels.fill(2 * lanes, 0, state.blocker);
    this.#tape.recording = false;
    for (let done = 0; done < length; done += evaluationSteps) {
      const steps = Math.min(evaluationSteps, length - done);
      const from = starts.map((start) => start - length + done);
      const x = this.#interleave(this.#config.dry, from, steps, lanes);
      const y = this.#model.forward(this.#tape, x, { parameters: this.#parameters, state: state.model });
      starts.forEach((start, b) => {
        const last = kernels.heap[y.offset + (steps - 1) * lanes + b] ?? 0;
        kernels.heap[state.blocker + b] = last - (this.#config.wet[start - 1] ?? 0);
      });
      this.#tape.clear();
    }
    this.#tape.recording = true;
  }

  /** `[steps, 1, lanes]`, lane b from `signal[from[b]]` on; zeros before the signal, after it and in lanes without a start. */
  #interleave(signal: Float32Array, from: readonly number[], steps: number, lanes: number): Tensor {
    const x = this.#tape.empty([steps, 1, lanes], { differentiable: false });
    const { heap } = this.#memory.kernels;
    for (let b = 0; b < lanes; b++) {
      const start = from[b] ?? Number.POSITIVE_INFINITY;
      for (let t = 0; t < steps; t++) heap[x.offset + t * lanes + b] = signal[start + t] ?? 0;
    }
    return x;
  }

  #copyLanes(output: Tensor, target: Tensor, lanesInUse: number): void {
    const [steps = 0, , lanes = 0] = output.shape;
    if (lanesInUse === lanes) return;
    const { heap } = this.#memory.kernels;
    for (let t = 0; t < steps; t++) {
      for (let b = lanesInUse; b < lanes; b++)
        heap[target.offset + t * lanes + b] = heap[output.offset + t * lanes + b] ?? 0;
    }
  }

  /** Error sums of a group of pieces, at most `evaluationLanes`, from a state of zeros at each piece's start. */
  #evaluate(group: readonly Piece[]): PieceSums[] {
    const predictions =
      this.#model.family === "recurrent" ? this.#runLanes(group) : group.map((piece) => this.#runWindows(piece));
    return group.map((piece, b) => {
      const target = this.#config.wet.subarray(piece.scoreFrom, piece.end);
      return pieceSums(predictions[b] ?? new Float32Array(), target);
    });
  }

  #runLanes(group: readonly Piece[]): Float32Array[] {
    if (group.length > evaluationLanes) throw new Error(`bug: ${group.length} pieces in a group of ${evaluationLanes}`);
    const outputs = group.map((piece) => new Float32Array(piece.end - piece.scoreFrom));
    const longest = Math.max(...group.map((piece) => piece.end - piece.start));
    const state = this.#evaluationState;
    this.#memory.kernels.fill(this.#model.stateLength(evaluationLanes), 0, state);
    this.#tape.recording = false;
    for (let done = 0; done < longest; done += evaluationSteps) {
      const steps = Math.min(evaluationSteps, longest - done);
      const x = this.#interleave(
        this.#config.dry,
        group.map((piece) => piece.start + done),
        steps,
        evaluationLanes,
      );
      const y = this.#model.forward(this.#tape, x, { parameters: this.#parameters, state });
      const { heap } = this.#memory.kernels;
      group.forEach((piece, b) => {
        const output = outputs[b] as Float32Array;
        const skip = piece.scoreFrom - piece.start;
        for (let t = Math.max(0, skip - done); t < steps && done + t < piece.end - piece.start; t++) {
          output[done + t - skip] = heap[y.offset + t * evaluationLanes + b] ?? 0;
        }
      });
      this.#tape.clear();
    }
    this.#tape.recording = true;
    return outputs;
  }

  #runWindows({ start, scoreFrom, end }: Piece): Float32Array {
    const output = new Float32Array(end - scoreFrom);
    const reach = this.#model.receptiveField - 1;
    this.#tape.recording = false;
    for (let at = scoreFrom; at < end; at += 4 * evaluationSteps) {
      const to = Math.min(end, at + 4 * evaluationSteps);
      const x = new Float32Array(reach + to - at);
      // Before the piece there is silence, as there is for a model that has just been started.
      const from = Math.max(start, at - reach, 0);
      x.set(this.#config.dry.subarray(from, to), x.length - (to - from));
      const y = this.#model.forward(this.#tape, this.#tape.constant(x, [1, 1, x.length]), {
        parameters: this.#parameters,
        state: 0,
      });
      output.set(this.#memory.read(y.offset, to - at), at - scoreFrom);
      this.#tape.clear();
    }
    this.#tape.recording = true;
    return output;
  }
}

/** Rebuilds the error of a failed reply. */
export function replyError(reply: Extract<ReplicaReply, { type: "failed" }>): Error {
  if (reply.code === "internal") return new Error(`bug: a replica failed: ${reply.message}`);
  return new TonewrightError(reply.code, reply.message, reply.hint);
}

function roundUp4(n: number): number {
  return (n + 3) & ~3;
}
