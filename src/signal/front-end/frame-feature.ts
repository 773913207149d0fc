import type { FeatureMatrix, Samples } from "../matrix.ts";
import type { PadMode } from "../spectrum/padding.ts";
import type { FrameSpectrum } from "./frame-spectrum.ts";

/** What a feature may ask of the present frame. */
export interface Frame {
  readonly spectrum: FrameSpectrum;
  /** Shape `[bins]`: magnitudes of the present frame, made when they are first asked for. */
  magnitude(): Float64Array;
  /** Shape `[fftSize]`: the samples of the present frame without a window, with other padding if asked. */
  samples(padMode?: PadMode): Float64Array;
}

/** A feature that is computed frame by frame. */
export interface FrameFeature {
  /** Numbers per frame. */
  readonly rows: number;
  /** Writes the numbers of a frame to `out` from `at` on. Allocates nothing. */
  compute(frame: Frame, out: Float64Array, at: number): void;
  /** Forgets the frames before. */
  reset?(): void;
  /** What is left to do when the whole signal is known; only features that cannot be computed live have it. */
  finish?(table: FeatureMatrix): FeatureMatrix;
}

/** A feature that needs the whole signal at once. */
export interface WholeFeature {
  readonly whole: (x: Samples) => FeatureMatrix;
}
