import {
  type AlignedPair,
  alignPair,
  assertUsable,
  type ChannelChoice,
  type Check,
  type DatasetCard,
  type DatasetReport,
  type Example,
  inspectPair,
  planSplits,
  type SegmentGrid,
  type Splits,
  toMono,
} from "../datasets/index.ts";
import type { DecodedRecording } from "../signal/index.ts";
import type { CaptureSummary } from "./capture-summary.ts";

/** A recording and what to call it in messages. */
export interface NamedRecording {
  readonly name: string;
  readonly recording: DecodedRecording;
}

/** How two recordings belong together; members that are left out are measured or not needed. */
export interface PairSettings {
  readonly channel?: ChannelChoice | undefined;
  /** Length of the segments that the recording is made of, samples. */
  readonly segment?: number | undefined;
  /** Samples at the start of each segment that are context only. */
  readonly segmentSkip?: number | undefined;
  /** Samples by which wet is later than dry. */
  readonly delay?: number | undefined;
}

/** Recordings that passed inspection, on one time axis. */
export interface InspectedPair {
  readonly pair: AlignedPair;
  readonly checks: readonly Check[];
}

/** Recordings ready to train on. */
export interface PreparedPair extends InspectedPair {
  readonly splits: Splits;
  /** Enough to make the same examples again. */
  readonly card: DatasetCard;
}

/** Samples that a recurrent model hears before its output counts: what it is trained with (docs/models/recurrent.md). */
const recurrentContext = 4096;

/** Samples before a scored one that a model needs to hear. */
export function contextSamples(receptiveField: number | null): number {
  return receptiveField === null ? recurrentContext : receptiveField - 1;
}

/** What can be said about recordings: every check, none of them as an error. */
export function inspectRecordings(
  { dry, wet }: { dry: NamedRecording; wet?: NamedRecording | undefined },
  { channel, segment, segmentSkip, delay }: PairSettings,
): DatasetReport {
  return inspectPair(dry.recording, wet?.recording, {
    dryName: dry.name,
    wetName: wet?.name,
    channel,
    segment: segmentGrid({ segment, segmentSkip }),
    delaySamples: delay,
  });
}

/**
 * Two recordings, inspected and aligned.
 *
 * @throws TonewrightError the code, message and hint of the first check that refuses; `no-such-channel`, `bad-delay`.
 */
export function alignRecordings(
  { dry, wet }: { dry: NamedRecording; wet: NamedRecording },
  settings: PairSettings,
): InspectedPair {
  const report = inspectRecordings({ dry, wet }, settings);
  assertUsable(report);
  const { channel = "auto", delay } = settings;
  const [dryMono, wetMono] = [dry, wet].map(({ name, recording }) => toMono(recording, { name, channel }).samples);
  if (dryMono === undefined || wetMono === undefined) throw new Error("bug: two recordings gave fewer channels");
  const pair = alignPair(dryMono, wetMono, {
    sampleRate: dry.recording.sampleRate,
    delaySamples: delay,
    alignment: report.alignment,
    segment: segmentGrid(settings),
    dryName: dry.name,
    wetName: wet.name,
  });
  return { pair, checks: report.checks };
}

/**
 * Two recordings, inspected, aligned and divided.
 *
 * @param recordings - Dry and wet.
 * @param settings - How they belong together; `receptiveField` of the model, `null` for recurrent ones.
 * @throws TonewrightError as `alignRecordings`; `too-short` if there is not enough for the model.
 */
export function preparePair(
  { dry, wet }: { dry: NamedRecording; wet: NamedRecording },
  settings: PairSettings & { readonly receptiveField: number | null },
): PreparedPair {
  const { pair, checks } = alignRecordings({ dry, wet }, settings);
  const { sampleRate, delaySamples, polarity, correlation } = pair;
  const context = contextSamples(settings.receptiveField);
  const segment = segmentGrid(settings);
  const { warnings, ...splits } = planSplits({
    samples: pair.dry.length,
    sampleRate,
    contextSamples: context,
    segment,
  });
  const about = ({ name, recording }: NamedRecording) => ({
    name,
    sampleRate: recording.sampleRate,
    samples: recording.channels[0]?.length ?? 0,
    channels: recording.channels.length,
    encoding: recording.encoding,
  });
  return {
    pair,
    checks: [...checks, ...warnings.map((message): Check => ({ id: "splits", verdict: "warn", message }))],
    splits,
    card: {
      format: "tonewright-dataset",
      version: 1,
      dry: about(dry),
      wet: about(wet),
      channel: settings.channel ?? "auto",
      delaySamples,
      polarity,
      correlation,
      ...(segment === undefined ? {} : { segment }),
      contextSamples: context,
      splits,
    },
  };
}

/** What recordings are, as the JSON document states it. */
export function dataFacts({ dry, sampleRate, delaySamples, polarity }: AlignedPair): CaptureSummary["data"] {
  return { sampleRate, seconds: dry.length / sampleRate, delaySamples, polarity };
}

/** Seconds that are scored in some examples. */
export function scoredSeconds(examples: readonly Example[], sampleRate: number): number {
  return examples.reduce((sum, { scoreFrom, end }) => sum + end - scoreFrom, 0) / sampleRate;
}

/** The grid of segments that settings speak of, if they do. */
export function segmentGrid({ segment, segmentSkip }: PairSettings): SegmentGrid | undefined {
  return segment === undefined ? undefined : { length: segment, skip: segmentSkip ?? 0 };
}
