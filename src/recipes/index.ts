/** recipes: one call per job: capture, judge, render, export, demo, report. */

export { type CaptureEvent, type CaptureOptions, type CaptureResult, capture, prepareCapture } from "./capture.ts";
export { type CaptureRequest, type CaptureSettings, completeSettings } from "./capture-settings.ts";
export type { CaptureSummary } from "./capture-summary.ts";
export {
  type CollectionPageInput,
  collectionPage,
  sourcesText as collectionSourcesText,
  verdictText as collectionVerdictText,
} from "./collection-page.ts";
export { type PageSound, soundKey } from "./collection-page-sounds.ts";
export { durationText } from "./collection-page-text.ts";
export { demoModel, demoRecordings } from "./demo.ts";
export { type Evaluation, evaluateModel } from "./evaluation.ts";
export { type ExportFormat, exportFormats, exportModel } from "./export-model.ts";
export type { CollectionReport, Finding, FindingItem } from "../datasets/index.ts";
export { collectionDocument } from "./inspect-collection-document.ts";
export { evaluateOnRecordings, evaluateOnRun, type RecordingsEvaluation } from "./judge-recordings.ts";
export { type LossPresetName, lossPresetNames, lossTerms } from "./loss-presets.ts";
export { playingLevels } from "./playing-levels.ts";
export {
  alignRecordings,
  type InspectedPair,
  inspectRecordings,
  type NamedRecording,
  type PairSettings,
  type PreparedPair,
  preparePair,
} from "./prepare.ts";
export { realtimeFactor } from "./realtime-factor.ts";
export { type RenderedRecording, renderRecording } from "./render-recording.ts";
export { type ReportInput, reportHtml } from "./report.ts";
export { newRunRecord, type RunRecord } from "./run-record.ts";
export { settledLstmState } from "./settled-state.ts";
export { type SignalPageInput, signalPage } from "./signal-page.ts";
export {
  type LevelBin,
  measureSignal,
  type PartSummary,
  type SignalFacts,
  type SpectrumBand,
  signalRoles,
} from "./signal-page-facts.ts";
export { percent, type Verdict, verdict } from "./verdict.ts";
export { changeFrontEnd, type FrontEndChanges } from "./features-front-end.ts";
export { featureRowNames } from "./features-row-names.ts";
export { deviations, type RowStatistics } from "./features-statistics.ts";
export { type FeatureSketch, featureSketches } from "./feature-sketch.ts";
export {
  type EffectKnob,
  type KnobDatasetCard,
  type KnobFinding,
  type KnobPlanKind,
  type KnobSplitMode,
  settingText,
} from "../datasets/index.ts";
export { type IntegrationMethod, type ListedCircuit, listCircuits } from "./simulate-effect.ts";
export { type KnobDatasetDocumentInput, knobDatasetDocument } from "./simulate-inspect-document.ts";
export { type KnobDatasetPageInput, knobDatasetPage } from "./simulate-inspect-page.ts";
export { knobRangeText, knobVerdictText } from "./simulate-inspect-text.ts";
export type { SimulationEvent } from "./simulate-progress.ts";
export type { SimulationRequest } from "./simulate-request.ts";
export type { SimulationFailure, SimulationState } from "./simulate-state.ts";
