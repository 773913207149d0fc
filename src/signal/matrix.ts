/** Sound as samples, shape `[samples]`. Features are computed in float64 whichever comes in. */
export type Samples = Float32Array | Float64Array;

/** A feature over time. Rows are bins, bands or coefficients; a single number per frame has one row. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly frames: number;
  /** Shape `[rows, frames]`, row after row. */
  readonly values: Float64Array;
}

/** A complex spectrum over time. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly frames: number;
  /** Shape `[rows, frames]`, row after row. */
  readonly re: Float64Array;
  /** Shape `[rows, frames]`, row after row. */
  readonly im: Float64Array;
}
