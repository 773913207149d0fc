/** metrics: numbers that judge a model, and the baselines it must beat; plain arrays `[samples]` in, numbers out. */

export { fitBestGain } from "./best-gain.ts";
export { errorToSignalRatio, errorToSignalRatioDcBlocked } from "./error-to-signal.ts";
export { judge, type Scores } from "./judge.ts";
export { applyFir, fitLinearFir } from "./linear-fir.ts";
export { meanAbsoluteError } from "./mean-absolute-error.ts";
export { multiResolutionStft, STANDARD_RESOLUTIONS, type StftResolution } from "./multi-resolution-stft.ts";
export { concatenateSpans, spanLengths } from "./spans.ts";
