import { type Example, type SegmentGrid, scoredSpans } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { type ModelDocument, receptiveField } from "../modelfile/index.ts";
import type { CaptureSettings } from "./capture-settings.ts";
import type { CaptureSummary } from "./capture-summary.ts";
import { type Evaluation, evaluateModel } from "./evaluation.ts";
import {
  alignRecordings,
  contextSamples,
  dataFacts,
  type NamedRecording,
  type PairSettings,
  preparePair,
  scoredSeconds,
  segmentGrid,
} from "./prepare.ts";
import { realtimeFactor } from "./realtime-factor.ts";
import { requireSameRate } from "./render-recording.ts";

/** A model judged on recordings. */
export interface RecordingsEvaluation {
  readonly evaluation: Evaluation;
  readonly data: CaptureSummary["data"];
  /** Seconds: where the baselines were fitted, and what was judged. */
  readonly splits: { readonly train: number; readonly test: number };
  readonly timesRealtime: number;
}

interface Recordings {
  readonly dry: NamedRecording;
  readonly wet: NamedRecording;
  /** Milliseconds, for the speed. */
  readonly clock: () => number;
}

/**
 * A run's model judged again on the run's own test split.
 *
 * @throws TonewrightError what `preparePair` and `evaluateModel` throw.
 */
export function evaluateOnRun(
  document: ModelDocument,
  { settings, ...recordings }: Recordings & { readonly settings: CaptureSettings },
): RecordingsEvaluation {
  const { pair, splits } = preparePair(recordings, {
    ...settings,
    receptiveField: receptiveField(document.architecture),
  });
  return judged(document, recordings, { pair, train: splits.train, test: splits.test });
}

/**
 * Any model judged on any recordings: baselines fitted on the first 70 % of them, everything judged on the last 30 %.
 *
 * Whether the model was trained on them, nobody can know: use recordings it has not seen.
 *
 * @throws TonewrightError `rate-mismatch`, and what `preparePair` and `evaluateModel` throw.
 */
export function evaluateOnRecordings(
  document: ModelDocument,
  { modelName, ...recordings }: Recordings & { readonly modelName: string } & PairSettings,
): RecordingsEvaluation {
  for (const { name, recording } of [recordings.dry, recordings.wet]) {
    requireSameRate(document, { modelName, recording, name });
  }
  const { pair } = alignRecordings(recordings, recordings);
  const context = contextSamples(receptiveField(document.architecture));
  return judged(document, recordings, {
    pair,
    ...divided(pair.dry.length, { context, segment: segmentGrid(recordings) }),
  });
}

const fittedShare = 0.7;

/** One example before the cut and one after it, or the segments before and after. */
function divided(
  samples: number,
  { context, segment }: { context: number; segment: SegmentGrid | undefined },
): { train: Example[]; test: Example[] } {
  if (segment === undefined) {
    const cut = Math.floor(fittedShare * samples);
    return {
      train: [{ start: 0, scoreFrom: 0, end: cut }],
      test: [{ start: Math.max(0, cut - context), scoreFrom: cut, end: samples }],
    };
  }
  const all = scoredSpans(samples, segment).map(({ start, end }) => ({
    start: start - segment.skip,
    scoreFrom: start,
    end,
  }));
  const cut = Math.floor(fittedShare * all.length);
  if (cut === 0) {
    throw new TonewrightError(
      "too-short",
      `the recording has ${all.length} whole segments of ${segment.length} samples, at least 2 are needed`,
      "record more segments, or give the length of one segment",
    );
  }
  return { train: all.slice(0, cut), test: all.slice(cut) };
}

function judged(
  document: ModelDocument,
  { clock }: Recordings,
  parts: Parameters<typeof evaluateModel>[1],
): RecordingsEvaluation {
  const { pair, train, test } = parts;
  const evaluation = evaluateModel(document, parts);
  return {
    evaluation,
    data: dataFacts(pair),
    splits: { train: scoredSeconds(train, pair.sampleRate), test: scoredSeconds(test, pair.sampleRate) },
    timesRealtime: realtimeFactor(document, { input: evaluation.signals.dry, clock }),
  };
}
