/**
 * estimators: learners and scalers without gradients, on plain arrays; a table is rows of numbers, `[samples][features]`.
 *
 * `fit…` returns plain JSON data; `predict…`, `scale…`, `impute…` and `transform…` take it first and a table second. Rows
 * may come as plain or typed arrays and leave as `Float64Array`. Draws take a generator from `createRandom(seed)`.
 */

export {
  type ClassBaseline,
  fitClassBaseline,
  predictMajority,
  predictStratified,
} from "./baselines/class-baseline.ts";
export { type Agglomerative, fitAgglomerative } from "./clusters/agglomerative.ts";
export { type Dbscan, fitDbscan } from "./clusters/dbscan.ts";
export { fitKMeans, type KMeans, type KMeansStart, predictKMeans } from "./clusters/k-means.ts";
export type { Linkage, Merge } from "./clusters/linkage.ts";
export { fitPca, invertPca, type Pca, transformPca } from "./decomposition/pca.ts";
export { type ColumnImputer, type FillStrategy, fitColumnImputer, imputeColumns } from "./imputation/column-imputer.ts";
export type { EmptyColumns, GapOptions } from "./imputation/gap-policy.ts";
export { missingMask } from "./imputation/missing-mask.ts";
export { fitNeighbourImputer, imputeFromNeighbours, type NeighbourImputer } from "./imputation/neighbour-imputer.ts";
export type { Label } from "./labels.ts";
export {
  fitLogisticRegression,
  type LogisticOptions,
  type LogisticRegression,
  predictLogisticClasses,
  predictLogisticProbabilities,
} from "./linear/logistic-regression.ts";
export { fitRidgeRegression, predictRidge, type RidgeRegression } from "./linear/ridge-regression.ts";
export {
  fitKnnClassifier,
  type KnnClassifier,
  type KnnOptions,
  predictKnnClasses,
  predictKnnProbabilities,
} from "./neighbours/knn-classifier.ts";
export { fitKnnRegressor, type KnnRegressor, predictKnnValues } from "./neighbours/knn-regressor.ts";
export type { NeighbourWeights } from "./neighbours/nearest-rows.ts";
export { type ColumnScaler, scaleColumns, unscaleColumns } from "./scaling/column-scaler.ts";
export { fitMaxAbsScaler } from "./scaling/max-abs-scaler.ts";
export { fitMinMaxScaler } from "./scaling/min-max-scaler.ts";
export { normaliseRows, type RowNorm } from "./scaling/normalise-rows.ts";
export { fitRobustScaler } from "./scaling/robust-scaler.ts";
export { fitStandardScaler } from "./scaling/standard-scaler.ts";
export type { Table } from "./table.ts";
export { createRandom, type Random } from "../kernels/index.ts";
