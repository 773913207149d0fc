/** realtime, in a browser: a model as a node of an audio graph, live or offline; the features of a sound, live. */

export { createFeatureNode, type FeatureNode, type FeatureNodeOptions } from "./feature-node.browser.ts";
export { createModelNode, type ModelNode, type ModelNodeOptions } from "./model-node.browser.ts";
export { renderOffline, type RenderOfflineOptions, toAudioBuffer } from "./render-offline.browser.ts";
