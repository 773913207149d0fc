/** datasets: recordings become named, inspected, aligned and split examples; test signals for those who have none. */

export { type AlignedPair, type AlignOptions, alignPair } from "./align-pair.ts";
export { type Alignment, estimateAlignment } from "./alignment.ts";
export { assertUsable, type Check, type DatasetReport } from "./check.ts";
export { type DatasetCard, parseDatasetCard } from "./dataset-card.ts";
export { type Example, type SegmentGrid, type Splits, scoredSpans } from "./example.ts";
export type { InspectOptions } from "./inspect-options.ts";
export { inspectPair } from "./inspect-pair.ts";
export { type ChannelChoice, toMono } from "./mono.ts";
export { planSplits, type SplitOptions, type SplitPlan } from "./plan-splits.ts";
export { trainingSignal } from "./training-signal.ts";
export { riff } from "./training-signal-riff.ts";
export type { CollectionInput, FolderProblem, LabelledFile, UnreadableFile } from "./collection/collection-input.ts";
export type { ClassSummary, CollectionSummary } from "./collection/collection-summary.ts";
export { type CsvTable, parseCsv } from "./collection/csv.ts";
export { withoutFingerprint } from "./collection/find-duplicates.ts";
export type { Finding, FindingId, FindingItem } from "./collection/finding.ts";
export { fingerprintBytesPerSecond, fingerprintWordsPerFile } from "./collection/fingerprint.ts";
export { FingerprintStore, type Fingerprints } from "./collection/fingerprint-store.ts";
export { type CollectionReport, type CollectionSources, inspectCollection } from "./collection/inspect-collection.ts";
export { createListener, type Listener } from "./collection/listen.ts";
export { matchFingerprints, type NearPair } from "./collection/match-fingerprints.ts";
export type { ImputationWay, MissingColumn } from "./collection/missing-values.ts";
export type { HeardFile, SoundFacts, SoundFormat } from "./collection/sound-facts.ts";
export {
  type GivenRoles,
  readSoundTable,
  rowsWithFiles,
  type SoundTable,
  type TableRoles,
} from "./collection/sound-table.ts";
