import type { Example } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import type { Architecture } from "../modelfile/index.ts";
import { createModel } from "../models/index.ts";
import { cosineRate, type LossTerm } from "../nn/index.ts";
import { createRandom, type KernelBuild } from "../tensor/index.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { Crew } from "./crew.ts";
import type { HistoryPoint, TrainingEvent, ValidationScores } from "./events.ts";
import { lossScales } from "./loss-scales.ts";
import { amplified, trainingLevels } from "./normalise.ts";
import type { OpenPool } from "./protocol.ts";
import { lengthOfBudget, lengthOfEpochs } from "./run-length.ts";
import { epochBatches, evaluationPieces, planSequences, type SequencePlan } from "./sequences.ts";

/** What to train, on what, for how long, and with whose help. */
export interface FitOptions {
  readonly architecture: Architecture;
  /** Aligned, same length, `[samples]`. */
  readonly dry: Float32Array;
  readonly wet: Float32Array;
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  readonly terms: readonly LossTerm[];
  readonly seed: number;
  /** Length of the run: epochs, or seconds that are turned into epochs after the speed was measured. */
  readonly length: { readonly epochs: number } | { readonly budgetSeconds: number };
  readonly learningRate?: number | undefined;
  readonly batch?: number | undefined;
  readonly shards?: number | undefined;
  readonly threads: number;
  readonly build: KernelBuild;
  readonly openPool: OpenPool;
  /** Milliseconds, for speed, budget and the time between checkpoints; it does not influence any number of the model. */
  readonly clock: () => number;
  /** Stops at the next batch, with a checkpoint. */
  readonly stop?: AbortSignal | undefined;
  readonly resume?: Checkpoint | undefined;
  /** Stores a checkpoint; awaited. */
  readonly save?: ((checkpoint: Checkpoint) => Promise<void>) | undefined;
}

/** How a run ended and the weights it keeps, gains folded in. */
export interface FitResult {
  readonly reason: "finished" | "budget" | "stopped";
  readonly weights: Float32Array;
  readonly best: { readonly step: number; readonly scores: ValidationScores };
  readonly history: readonly HistoryPoint[];
  readonly steps: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
  readonly threads: number;
  readonly shards: number;
  readonly plan: SequencePlan;
}

/** Peak learning rates that trained well on the conformance recordings (docs/models). */
const defaultRates = { recurrent: 0.008, convolutional: 0.004 } as const;
const progressMilliseconds = 500;
const checkpointMilliseconds = 15_000;
const gradientNormLimit = 1;

/**
 * Trains a model and yields what happens; the generator's return value is the result.
 *
 * The weights depend on the data, the settings, the seed, the shard count, the kernel build and the plan alone: not on
 * threads, the clock, or how often the run was interrupted. With a budget the length is measured twice, before the first step
 * and after a tenth of the time, and kept in the checkpoint; if the machine gets slower the run still ends at the budget.
 *
 * @throws TonewrightError `training-diverged` at the step where loss or gradients stop being numbers; the last checkpoint stands.
 * @throws TonewrightError `too-short`, `untrainable-model`, `checkpoint-mismatch`, `out-of-memory`.
 */
export async function* fit(options: FitOptions): AsyncGenerator<TrainingEvent, FitResult> {
  const { architecture, seed, clock, resume, train } = options;
  const model = createModel(architecture);
  const plan = planSequences(train, { ...options, family: model.family, receptiveField: model.receptiveField });
  const { dryGain, wetGain, fold } = trainingLevels(options, train);
  const wet = amplified(options.wet, wetGain);
  const samplesPerStep = plan.batch * plan.chunkLength;
  const began = clock();
  const crew = new Crew(
    await options.openPool(
      {
        architecture,
        build: options.build,
        dry: amplified(options.dry, dryGain),
        wet,
        shards: plan.shards,
        lanesPerShard: Math.ceil(plan.batch / plan.shards),
        terms: lossScales(options.terms, { wet, examples: train, samples: samplesPerStep, columns: plan.batch }),
      },
      options,
    ),
    plan,
  );
  try {
    const settings = settingsText(options, plan);
    if (resume !== undefined && resume.settings !== settings) throw settingsChanged(resume.settings, settings);
    const pieces = evaluationPieces(options.validation, plan.warmUp);
    const batchesOf = (epoch: number) => epochBatches(train, plan, { seed, epoch });
    const batchesPerEpoch = batchesOf(0).length;
    const stepsPerEpoch = batchesPerEpoch * plan.chunks;
    const weights = resume?.weights ?? model.initialWeights(createRandom(seed));
    await crew.set(weights, resume?.moments);

    let length = resume?.plan ?? lengthOfEpochs("epochs" in options.length ? options.length.epochs : 1, stepsPerEpoch);
    const limit = "budgetSeconds" in options.length ? options.length.budgetSeconds : Number.POSITIVE_INFINITY;
    const batchLength = { stepsPerEpoch, stepsPerBatch: plan.chunks };
    let secondsPerValidation = 0;
    if (resume === undefined && "budgetSeconds" in options.length) {
      const seconds = await measureSpeed(crew, batchesOf(0)[0] ?? [], pieces, options);
      await crew.set(weights);
      secondsPerValidation = seconds.secondsPerValidation;
      const secondsLeft = 0.95 * limit - (clock() - began) / 1000;
      length = lengthOfBudget({ ...batchLength, ...seconds, secondsLeft, stepsDone: 0, settled: false });
    }
    const peak = options.learningRate ?? defaultRates[model.family];
    let { step, seconds: before } = { step: resume?.step ?? 0, seconds: resume?.seconds ?? 0 };
    const elapsed = () => before + (clock() - began) / 1000;
    let best: Checkpoint["best"] = resume?.best ?? null;
    const history = [...(resume?.history ?? [])];
    const { threads } = crew;
    const common = { parameters: model.parameterCount, threads, shards: plan.shards };
    const { epochs, totalSteps } = length;
    yield { type: "start", ...common, batchesPerEpoch, epochs, totalSteps, resumedAtStep: step };

    let lastSave = clock();
    let window = { since: clock(), steps: 0, loss: 0 };
    let [trained, trainedSteps] = [0, 0];
    let { epochLoss, epochSteps } = resume ?? { epochLoss: 0, epochSteps: 0 };
    const checkpointAt = async (epoch: number, batch: number): Promise<TrainingEvent> => {
      const now = await crew.read();
      await options.save?.({
        ...now,
        architecture,
        settings,
        plan: length,
        step,
        epoch,
        batch,
        seconds: elapsed(),
        epochLoss,
        epochSteps,
        best,
        history,
      });
      lastSave = clock();
      return { type: "checkpoint", step };
    };

    const validate = async (epoch: number): Promise<TrainingEvent> => {
      const { scores, offset } = await crew.evaluate(pieces);
      const isBest = best === null || scores.esrDcBlocked < best.scores.esrDcBlocked;
      if (isBest) best = { step, scores, weights: model.shiftOutput((await crew.read()).weights, -offset) };
      history.push({ step, seconds: elapsed(), loss: epochLoss / Math.max(1, epochSteps), validation: scores });
      [epochLoss, epochSteps] = [0, 0];
      return { type: "validation", step, epoch, scores, best: isBest };
    };

    // The first checkpoint comes before the first step: whatever happens, there is something to resume.
    if (resume === undefined && options.save !== undefined) yield await checkpointAt(0, 0);
    let reason: FitResult["reason"] = "finished";
    let epoch = resume?.epoch ?? 0;
    const firstStep = step;
    const trainingBegan = clock();
    training: while (step < length.totalSteps) {
      const batches = batchesOf(epoch);
      for (let b = epoch === resume?.epoch ? resume.batch : 0; b < batches.length && step < length.totalSteps; b++) {
        if (options.stop?.aborted || elapsed() >= limit) {
          reason = options.stop?.aborted ? "stopped" : "budget";
          yield await checkpointAt(epoch, b);
          break training;
        }
        for (let chunk = 0; chunk < plan.chunks; chunk++) {
          const rate = cosineRate(step / length.totalSteps, { peak });
          const started = clock();
          const { loss, norm } = await crew.step(batches[b] ?? [], chunk, { rate, step: step + 1, gradientNormLimit });
          trained += (clock() - started) / 1000;
          trainedSteps++;
          if (!Number.isFinite(loss) || !Number.isFinite(norm))
            throw diverged({ step: step + 1, rate, loss, norm, validated: best !== null });
          step++;
          epochLoss += loss;
          epochSteps++;
          window.loss += loss;
          window.steps++;
        }
        const now = clock();
        if (now - window.since >= progressMilliseconds) {
          const perStep = (now - window.since) / 1000 / window.steps;
          yield {
            type: "progress",
            step,
            totalSteps: length.totalSteps,
            epoch: epoch + 1,
            epochs: length.epochs,
            loss: window.loss / window.steps,
            samplesPerSecond: samplesPerStep / perStep,
            secondsElapsed: elapsed(),
            secondsLeft: Math.min(limit - elapsed(), (length.totalSteps - step) * perStep),
            ...(history.length > 0 ? { validation: (history.at(-1) as HistoryPoint).validation } : {}),
          };
          window = { since: now, steps: 0, loss: 0 };
        }
        if (options.save !== undefined && now - lastSave > checkpointMilliseconds && b + 1 < batches.length) {
          yield await checkpointAt(epoch, b + 1);
        }
      }
      epoch++;
      if (!length.settled && elapsed() > 0.1 * limit) {
        // Once, from real work: the first measurement was short, and the machine may have been busy.
        const secondsPerStep = (clock() - trainingBegan) / 1000 / (step - firstStep);
        const secondsLeft = 0.98 * limit - elapsed();
        if (secondsLeft > 0) {
          const measured = { secondsLeft, secondsPerStep, secondsPerValidation, stepsDone: step, settled: true };
          length = lengthOfBudget({ ...batchLength, ...measured });
        }
      }
      if (epoch % length.validateEvery === 0 || step >= length.totalSteps) {
        yield await validate(epoch);
        const due = clock() - lastSave > checkpointMilliseconds / 3 || step >= length.totalSteps;
        if (options.save !== undefined && due) yield await checkpointAt(epoch, 0);
      }
    }
    if (best === null) yield await validate(epoch);
    if (best === null) throw new Error("bug: no validation took place");
    return {
      reason,
      weights: model.foldGains(best.weights, fold),
      best: { step: best.step, scores: best.scores },
      history,
      steps: step,
      epochs: epoch,
      seconds: elapsed(),
      samplesPerSecond: trained > 0 ? (trainedSteps * samplesPerStep) / trained : 0,
      threads,
      shards: plan.shards,
      plan,
    };
  } finally {
    await crew.close();
  }
}

/** Seconds of a step and of a validation, on work whose results are thrown away. */
async function measureSpeed(
  crew: Crew,
  starts: readonly number[],
  pieces: Parameters<Crew["evaluate"]>[0],
  { clock, length }: FitOptions,
): Promise<{ secondsPerStep: number; secondsPerValidation: number }> {
  const budget = "budgetSeconds" in length ? length.budgetSeconds : 0;
  const { chunks } = crew.plan;
  const round = async () => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      await crew.step(starts, chunk, { rate: 0, step: 1, gradientNormLimit });
    }
  };
  // The first rounds run before the compiler has finished with the kernels.
  await round();
  await round();
  await crew.evaluate(pieces);
  const began = clock();
  let rounds = 0;
  while (rounds < 2 || (clock() - began) / 1000 < Math.min(2, 0.02 * budget)) {
    await round();
    rounds++;
  }
  const secondsPerStep = Math.max(1e-6, (clock() - began) / 1000 / (rounds * chunks));
  const before = clock();
  await crew.evaluate(pieces);
  return { secondsPerStep, secondsPerValidation: Math.max(1e-3, (clock() - before) / 1000) };
}

/** All that decides a run's numbers apart from its length and its data's content. */
function settingsText(options: FitOptions, plan: SequencePlan): string {
  const { architecture, train, validation, terms, seed, learningRate, build } = options;
  let [dry, wet] = [0, 0];
  for (let n = 0; n < options.dry.length; n += 97) {
    dry += options.dry[n] ?? 0;
    wet += options.wet[n] ?? 0;
  }
  return JSON.stringify({
    architecture,
    data: { samples: options.dry.length, dry, wet },
    train,
    validation,
    terms,
    seed,
    learningRate: learningRate ?? null,
    build,
    plan,
  });
}

function settingsChanged(before: string, now: string): TonewrightError {
  const [old, fresh] = [JSON.parse(before), JSON.parse(now)] as [Record<string, unknown>, Record<string, unknown>];
  const changed = Object.keys(fresh).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]));
  return new TonewrightError(
    "checkpoint-mismatch",
    `the checkpoint is of a run with another ${changed.join(", ")}`,
    "resume with the same recordings and options as the run was started with, or start a new run",
  );
}

function diverged({
  step,
  rate,
  loss,
  norm,
  validated,
}: {
  step: number;
  rate: number;
  loss: number;
  norm: number;
  validated: boolean;
}): TonewrightError {
  return new TonewrightError(
    "training-diverged",
    `training stopped at step ${step}: the loss is ${loss}, the gradient's norm ${norm}, at a learning rate of ${rate.toPrecision(3)}`,
    `lower --learning-rate (a third of it is a good try); the last checkpoint is intact${validated ? " and holds the best weights so far" : ""}`,
  );
}
