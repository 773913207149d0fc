/** recipes, in Node: runs that live in folders, models and recordings in files. */

export {
  type CaptureRun,
  captureInFolder,
  type RunOptions,
  readRecording,
  readRunRecording,
} from "./capture-run.node.ts";
export { readFileBytes, requireFree, requireSeparate, writeFileAtomic } from "./files.node.ts";
export {
  type InspectedFolder,
  type InspectFolderEvent,
  type InspectFolderOptions,
  inspectFolder,
} from "./inspect-collection.node.ts";
export { type ClassPicture, type CollectionExcerpts, readExcerpts } from "./inspect-collection-excerpts.node.ts";
export { type LoadedModel, loadModel, modelFiles } from "./model-files.node.ts";
export { latestUnfinishedRun, makeRunFolder, openRun, type Run, runFiles, saveRun, sha256 } from "./run-folder.node.ts";
export {
  type CollectionEvent,
  type CollectionFeatures,
  type CollectionFile,
  type CollectionRequest,
  extractFolderFeatures,
  type FailedFile,
} from "./features-collection.node.ts";
export { extractFileFeatures, type FileFeatures, type FileRequest, readSampleRate } from "./features-file.node.ts";
export type { FeatureWork } from "./features-job.node.ts";
export { type FeatureFormat, featureFormats } from "./features-output.node.ts";
export type { FeatureChannel, FeatureFacts } from "./features-read.node.ts";
export { readFrontEndFile, writeFrontEndFile } from "./features-front-end.node.ts";
export { type SimulationOptions, type SimulationResult, simulateDataset } from "./simulate.node.ts";
export { datasetFiles, openDatasetFolder } from "./simulate-folder.node.ts";
export {
  type InspectedKnobFolder,
  type InspectKnobFolderEvent,
  inspectKnobFolder,
  listKnobFolder,
} from "./simulate-inspect.node.ts";
export {
  type FoundEffect,
  findEffect,
  type PlannedSimulation,
  planSimulation,
  type SimulationWish,
} from "./simulate-plan.node.ts";
