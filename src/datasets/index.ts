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
