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
export {
  errorToSignalRatioOfSegments,
  errorToSignalRatioPreEmphasised,
  errorToSignalRatioWithEpsilon,
} from "./audio/error-to-signal-variants.ts";
export { loudnessDifference } from "./audio/loudness-difference.ts";
export { scaleInvariantSdrDb } from "./audio/scale-invariant-sdr.ts";
export { type SegmentScores, scoreSegments } from "./audio/score-segments.ts";
export { segmentalSnrDb } from "./audio/segmental-snr.ts";
export { signalToDistortionRatioDb } from "./audio/signal-to-distortion.ts";
export { signalToNoiseRatioDb } from "./audio/signal-to-noise.ts";
export { logSpectralDistanceDb, type SpectralOptions, spectralConvergence } from "./audio/spectral-distances.ts";
export { calinskiHarabaszIndex, daviesBouldinIndex } from "./clustering/cluster-separation.ts";
export { type ContingencyMatrix, contingencyMatrix } from "./clustering/contingency-matrix.ts";
export {
  completeness,
  type HomogeneityScores,
  homogeneity,
  homogeneityScores,
  type VMeasureOptions,
  vMeasure,
} from "./clustering/homogeneity.ts";
export {
  adjustedMutualInformation,
  type EntropyAverage,
  type InformationOptions,
  mutualInformation,
  normalisedMutualInformation,
} from "./clustering/mutual-information.ts";
export type { Points } from "./clustering/points.ts";
export {
  adjustedRandIndex,
  fowlkesMallowsIndex,
  type PairCounts,
  pairCounts,
  randIndex,
} from "./clustering/rand-index.ts";
export {
  type DistanceMetric,
  type SilhouetteOptions,
  silhouetteSamples,
  silhouetteScore,
} from "./clustering/silhouette.ts";
export { bootstrapInterval, type Interval, type IntervalOptions } from "./confidence/bootstrap-interval.ts";
export { type PairedDifference, pairedDifference } from "./confidence/paired-difference.ts";
export type { PickSamples, ResamplingOptions } from "./confidence/resampling.ts";
export { type FoldSummary, summariseFolds } from "./confidence/summarise-folds.ts";
export { areaUnderCurve } from "./ranking/area-under-curve.ts";
export { averagePrecision } from "./ranking/average-precision.ts";
export type { RankingScore, ScoreAverage } from "./ranking/averaging.ts";
export type { BinaryOptions } from "./ranking/binary-scores.ts";
export { type BrierOptions, brierScore, d2BrierScore } from "./ranking/brier-score.ts";
export {
  type CalibrationBins,
  type CalibrationCurve,
  calibrationCurve,
  expectedCalibrationError,
} from "./ranking/calibration.ts";
export type { ProbabilityOptions } from "./ranking/class-probabilities.ts";
export { confusionAtThresholds, type ThresholdCounts } from "./ranking/confusion-at-thresholds.ts";
export { type DetCurve, detCurve } from "./ranking/det-curve.ts";
export {
  type DiscountedGainOptions,
  discountedCumulativeGain,
  normalisedDiscountedCumulativeGain,
} from "./ranking/discounted-gain.ts";
export {
  coverageError,
  type LabelRankingOptions,
  labelRankingAveragePrecision,
  labelRankingLoss,
} from "./ranking/label-ranking.ts";
export { d2LogLossScore, logLoss } from "./ranking/log-loss.ts";
export { type PrecisionRecallCurve, precisionRecallCurve } from "./ranking/precision-recall-curve.ts";
export { type RocAucOptions, rocAuc } from "./ranking/roc-auc.ts";
export { type RocCurve, rocCurve } from "./ranking/roc-curve.ts";
export type { NumberRows } from "./ranking/score-rows.ts";
export { maxError, meanAbsolutePercentageError, medianAbsoluteError } from "./regression/absolute-errors.ts";
export {
  adjustedR2Score,
  type ExplainedAverage,
  type ExplainedOptions,
  explainedVariance,
  r2Score,
} from "./regression/explained-variance.ts";
export { meanSquaredError, rootMeanSquaredError } from "./regression/mean-squared-error.ts";
export { meanSquaredLogError, rootMeanSquaredLogError } from "./regression/mean-squared-log-error.ts";
export type { OutputAverage, OutputScore, RegressionOptions, Targets } from "./regression/outputs.ts";
export { d2AbsoluteErrorScore, d2PinballScore, meanPinballLoss } from "./regression/pinball.ts";
export { groupKFold, leaveOneGroupOut } from "./splitting/group-k-fold.ts";
export { kFold } from "./splitting/k-fold.ts";
export type { FoldOptions, Split, StratifiedFoldOptions } from "./splitting/split.ts";
export { stratifiedGroupKFold } from "./splitting/stratified-group-k-fold.ts";
export { stratifiedKFold } from "./splitting/stratified-k-fold.ts";
export { type TrainTestOptions, trainTestSplit } from "./splitting/train-test-split.ts";
