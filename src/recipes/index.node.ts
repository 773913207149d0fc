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
