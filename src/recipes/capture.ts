import type { Check } from "../datasets/index.ts";
import {
  describeArchitecture,
  type ModelDocument,
  parameterCount,
  presetArchitecture,
  receptiveField,
  testVectorInput,
} from "../modelfile/index.ts";
import { createEngine } from "../realtime/index.ts";
import {
  type FitOptions,
  type FitResult,
  fit as fitModel,
  type HistoryPoint,
  type TrainingEvent,
} from "../training/index.ts";
import { type CaptureRequest, type CaptureSettings, completeSettings } from "./capture-settings.ts";
import type { CaptureSummary } from "./capture-summary.ts";
import { type Evaluation, evaluateModel } from "./evaluation.ts";
import { lossTerms } from "./loss-presets.ts";
import { playingLevels } from "./playing-levels.ts";
import { dataFacts, type NamedRecording, type PreparedPair, preparePair, scoredSeconds } from "./prepare.ts";
import { realtimeFactor } from "./realtime-factor.ts";

/** What to capture, and the platform's part in it. */
export interface CaptureOptions
  extends Pick<FitOptions, "threads" | "openPool" | "clock" | "stop" | "resume" | "save"> {
  readonly dry: NamedRecording;
  readonly wet: NamedRecording;
  /** What the model is called. */
  readonly name: string;
  readonly settings: CaptureRequest;
  /** What `prepareCapture` made of these recordings and settings, if that was done already. */
  readonly prepared?: PreparedPair | undefined;
  /** ISO 8601; goes into the model's metadata. */
  readonly createdAt?: string;
  readonly toolVersion?: string;
}

/** What happens during a capture: the recordings are ready, training proceeds, the model is judged. */
export type CaptureEvent =
  | ({ readonly type: "prepared" } & PreparedPair)
  | TrainingEvent
  | { readonly type: "judging" };

/** A finished capture. */
export interface CaptureResult {
  readonly document: ModelDocument;
  readonly summary: CaptureSummary;
  readonly evaluation: Evaluation;
  readonly history: readonly HistoryPoint[];
  readonly checks: readonly Check[];
}

/**
 * Turns a recording through a device into a model of it: align, inspect, split, train, judge on the untouched part.
 *
 * Everything the outside decides is an argument: threads, clock, where checkpoints go. Yields events; the return value is
 * the result, or `null` if `stop` ended the training, in which case the last checkpoint continues it.
 *
 * @param options - Recordings, settings, and the platform's part.
 * @throws TonewrightError `refused-recording` for recordings that cannot be trained on, `unknown-model`, and what `fit`,
 *   `decodeWav` and `evaluateModel` throw.
 */
export async function* capture(options: CaptureOptions): AsyncGenerator<CaptureEvent, CaptureResult | null> {
  const { clock } = options;
  const settings = completeSettings(options.settings);
  const architecture = presetArchitecture(settings.model);
  const prepared = options.prepared ?? prepareCapture(options, settings);
  yield { type: "prepared", ...prepared };

  const { pair, splits, checks } = prepared;
  const trained = yield* fitModel({
    ...options,
    architecture,
    dry: pair.dry,
    wet: pair.wet,
    train: splits.train,
    validation: splits.validation,
    terms: lossTerms(settings.loss),
    length: settings.length,
    seed: settings.seed,
    build: settings.build,
    learningRate: settings.learningRate,
    batch: settings.batch,
  });
  if (trained.reason === "stopped") return null;

  yield { type: "judging" };
  const bare: ModelDocument = {
    architecture,
    sampleRate: pair.sampleRate,
    weights: trained.weights,
    metadata: { name: options.name },
  };
  const evaluation = evaluateModel(bare, { pair, train: splits.train, test: splits.test });
  const timesRealtime = realtimeFactor(bare, { input: evaluation.signals.dry, clock });
  const summary = summarise({ document: bare, prepared, evaluation, trained, timesRealtime });
  return {
    document: completeDocument(bare, { options, settings, summary, trained }),
    summary,
    evaluation,
    history: trained.history,
    checks,
  };
}

/**
 * The recordings as a capture uses them: what `capture` does first, to learn of refusals before anything is stored.
 *
 * @throws TonewrightError `unknown-model` and what `preparePair` throws.
 */
export function prepareCapture(
  recordings: { readonly dry: NamedRecording; readonly wet: NamedRecording },
  settings: CaptureSettings,
): PreparedPair {
  return preparePair(recordings, { ...settings, receptiveField: receptiveField(presetArchitecture(settings.model)) });
}

/** The output of the engine for a document's test input, from the start state. */
function testVector(document: ModelDocument): { input: Float32Array; output: Float32Array } {
  const input = testVectorInput({ sampleRate: document.sampleRate });
  const output = new Float32Array(input.length);
  const engine = createEngine(document);
  engine.reset({ settled: false });
  engine.process(input, output);
  return { input, output };
}

function summarise({
  document,
  prepared,
  evaluation,
  trained,
  timesRealtime,
}: {
  document: ModelDocument;
  prepared: PreparedPair;
  evaluation: Evaluation;
  trained: FitResult;
  timesRealtime: number;
}): CaptureSummary {
  const { pair, splits } = prepared;
  const { steps, epochs, seconds, samplesPerSecond, threads, shards } = trained;
  return {
    model: {
      architecture: describeArchitecture(document.architecture),
      parameters: parameterCount(document.architecture),
    },
    data: dataFacts(pair),
    splits: {
      train: scoredSeconds(splits.train, pair.sampleRate),
      validation: scoredSeconds(splits.validation, pair.sampleRate),
      test: scoredSeconds(splits.test, pair.sampleRate),
    },
    scores: { test: evaluation.scores },
    baselines: evaluation.baselines,
    training: { steps, epochs, seconds, samplesPerSecond, threads, shards },
    realtime: { timesRealtime },
  };
}

function completeDocument(
  bare: ModelDocument,
  {
    options,
    settings,
    summary,
    trained,
  }: { options: CaptureOptions; settings: CaptureSettings; summary: CaptureSummary; trained: FitResult },
): ModelDocument {
  const { createdAt, toolVersion, dry, wet } = options;
  return {
    ...bare,
    metadata: {
      name: options.name,
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(toolVersion === undefined ? {} : { toolVersion }),
      architecture: summary.model.architecture,
      training: {
        ...summary.training,
        seed: settings.seed,
        loss: settings.loss,
        kernels: settings.build,
        bestStep: trained.best.step,
        validation: { ...trained.best.scores },
        dry: dry.name,
        wet: wet.name,
        data: { ...summary.data },
        splits: { ...summary.splits },
      },
      scores: { test: { ...summary.scores.test }, baselines: { ...summary.baselines } },
      ...playingLevels(bare),
    },
    testVector: testVector(bare),
  };
}
