/**
 * How far an unknown may leave the parabola through its last three values before the step is cut: what is beyond is a corner
 * or a jump, which a rule of second order gets wrong.
 */
export interface JumpLimit {
  readonly volts: number;
  /** Of its largest value of late, on top. */
  readonly share: number;
}

/** Within a step that was cut. */
export const noLimit: JumpLimit = { volts: Number.POSITIVE_INFINITY, share: 0 };

/** Of whole steps. */
export const jumpLimit: JumpLimit = { volts: 0.01, share: 0.0005 };

/** How much of the largest value is left after a step. */
export const peakDecay = 0.9995;

/** A step is cut into so many, and one of these that does not settle again, so often. */
export const finerSteps = 16;
export const deepestCut = 3;
