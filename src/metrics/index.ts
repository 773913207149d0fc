/** metrics: numbers that judge a model, and the baselines it must beat; plain arrays `[samples]` in, numbers out. */

export { fitBestGain } from "./best-gain.ts";
export { errorToSignalRatio, errorToSignalRatioDcBlocked } from "./error-to-signal.ts";
export { judge, type Scores } from "./judge.ts";
export { applyFir, fitLinearFir } from "./linear-fir.ts";
export { meanAbsoluteError } from "./mean-absolute-error.ts";
export { multiResolutionStft, STANDARD_RESOLUTIONS, type StftResolution } from "./multi-resolution-stft.ts";
export { concatenateSpans, spanLengths } from "./spans.ts";
export { type AccuracyOptions, accuracy, zeroOneLoss } from "./classification/accuracy.ts";
export type { Average, AveragedScore, AverageOptions } from "./classification/averaging.ts";
export { balancedAccuracy } from "./classification/balanced-accuracy.ts";
export { balancedClassWeights } from "./classification/class-weights.ts";
export {
  type ClassificationReport,
  type ClassificationReportLine,
  type ClassificationReportOptions,
  classificationReport,
} from "./classification/classification-report.ts";
export { cohenKappa, type KappaWeighting } from "./classification/cohen-kappa.ts";
export {
  type ConfusionMatrix,
  type ConfusionNormalisation,
  confusionMatrix,
} from "./classification/confusion-matrix.ts";
export { formatClassificationReport } from "./classification/format-report.ts";
export { hammingLoss } from "./classification/hamming-loss.ts";
export { hingeLoss } from "./classification/hinge-loss.ts";
export { jaccardScore } from "./classification/jaccard.ts";
export { type Label, type LabelList, sortedLabels } from "./classification/labels.ts";
export { classLikelihoodRatios } from "./classification/likelihood-ratios.ts";
export { matthewsCorrelation } from "./classification/matthews-correlation.ts";
export { multilabelConfusionMatrix } from "./classification/multilabel-confusion-matrix.ts";
export {
  f1Score,
  fBetaScore,
  type PrecisionRecallFBeta,
  precisionRecallFBeta,
  precisionScore,
  recallScore,
} from "./classification/precision-recall.ts";
export {
  falseDiscoveryRate,
  falseNegativeRate,
  falsePositiveRate,
  negativePredictiveValue,
  specificity,
} from "./classification/rates.ts";
export type { ClassScores } from "./classification/score-table.ts";
export type { ClassTargets } from "./classification/targets.ts";
export { topKAccuracy } from "./classification/top-k-accuracy.ts";
