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
export { type TrainingSignal, trainingSignal } from "./training-signal.ts";
export type { PartLevel, SignalLevels } from "./training-signal-levels.ts";
export {
  planTrainingSignal,
  type SignalPart,
  type SignalPlan,
  type TrainingSignalOptions,
} from "./training-signal-plan.ts";
export { riff } from "./training-signal-riff.ts";
export type { SignalRole } from "./training-signal-roles.ts";
export {
  type SignalFamily,
  type SignalGenerator,
  type SignalPartName,
  signalGenerators,
  signalPartNames,
} from "./signals/generators.ts";
export { type SignalPresetName, type SignalShares, signalPresetNames, signalPresets } from "./signals/presets.ts";
export type { SoundRequest } from "./signals/sound-request.ts";
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
export { type EffectInfo, readEffectInfo, writeEffectInfo } from "./knobs/effect-info.ts";
export { type EffectKnob, knobValueText, roundKnob } from "./knobs/effect-knob.ts";
export type { KnobCellCount, SplitSum } from "./knobs/find-split-faults.ts";
export { inspectKnobDataset, type KnobDatasetInput, type KnobDatasetReport } from "./knobs/inspect-knob-dataset.ts";
export { type KnobAxis, type KnobChoice, readKnobChoices } from "./knobs/knob-choices.ts";
export { type KnobCoverage, type KnobRangeCoverage, settingText } from "./knobs/knob-coverage.ts";
export { type KnobDataset, type KnobPair, type KnobSplit, splitFolders } from "./knobs/knob-dataset.ts";
export { type KnobDatasetCard, parseKnobDatasetCard } from "./knobs/knob-dataset-card.ts";
export type { KnobFinding, KnobFindingId, KnobFindingItem } from "./knobs/knob-finding.ts";
export {
  type KnobMovement,
  knobValueAt,
  readKnobMovements,
  trajectoryCsv,
} from "./knobs/knob-movement.ts";
export { createKnobListener, type HeardKnobFile, type KnobListener } from "./knobs/hear-knob-file.ts";
export { judgeKnobPair, type KnobPairFacts, measureKnobPair } from "./knobs/measure-knob-pair.ts";
export { effectFileName, indexDigits, inputName, targetName } from "./knobs/pair-names.ts";
export {
  countSettings,
  type KnobPlanKind,
  mostSettings,
  planSettings,
  type SettingsOptions,
} from "./knobs/plan-settings.ts";
export {
  type KnobDatasetProblem,
  type KnobListing,
  listKnobDataset,
  readKnobDataset,
} from "./knobs/read-knob-dataset.ts";
export {
  type KnobCell,
  type KnobSplitItem,
  type KnobSplitMode,
  type KnobSplitOptions,
  type KnobSplitPiece,
  splitKnobData,
} from "./knobs/split-knob-data.ts";
export { type TrainingSignalBlocks, trainingSignalBlocks } from "./knobs/training-signal-blocks.ts";
