/** recipes, in Node: runs that live in folders, models and recordings in files. */

export {
  type CaptureRun,
  captureInFolder,
  type RunOptions,
  readRecording,
  readRunRecording,
} from "./capture-run.node.ts";
export { readFileBytes, requireFree, requireSeparate, writeFileAtomic } from "./files.node.ts";
export { type LoadedModel, loadModel, modelFiles } from "./model-files.node.ts";
export { latestUnfinishedRun, makeRunFolder, openRun, type Run, runFiles, saveRun, sha256 } from "./run-folder.node.ts";
