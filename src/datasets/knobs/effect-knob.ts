/** A control of an effect, with the numbers that it is set to in file names. */
export interface EffectKnob {
  /** As typed and as written in files: lower case, no spaces. */
  readonly name: string;
  /** What a panel would say. */
  readonly label: string;
  /** Empty for positions from 0 to 1. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Where it stands if nobody touches it. */
  readonly default: number;
  /** How values between the ends are spread; `whole` knobs have whole numbers only. */
  readonly spacing: "linear" | "logarithmic" | "whole";
  /** Of a switch: their names. Its values are indices from 0. */
  readonly positions?: readonly string[] | undefined;
}

/** Digits of a knob's value that matter: file names have no more, so rendering uses no more. */
const significantDigits = 4;

/**
 * The nearest value with 4 significant digits that is no further out than the knob goes.
 *
 * @param value - Within the knob's range.
 */
export function roundKnob(value: number, { min, max }: Pick<EffectKnob, "min" | "max">): number {
  const rounded = Number(value.toPrecision(significantDigits));
  if (rounded >= min && rounded <= max) return rounded + 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(rounded))) - significantDigits + 1);
  const inside = Number((rounded + (rounded > max ? -unit : unit)).toPrecision(significantDigits));
  // Where no number with 4 digits lies within the range, the value itself is better than one outside.
  return inside >= min && inside <= max ? inside + 0 : value;
}

/** A knob's value as file names have it. */
export function knobValueText(value: number): string {
  return String(Number(value.toPrecision(significantDigits)) + 0);
}

/**
 * A knob's value from 0 at `min` to 1 at `max`: along its logarithm for knobs that are spread so.
 *
 * @returns Beyond 0 or 1 for values beyond the range.
 */
export function knobShare(value: number, { min, max, spacing }: Pick<EffectKnob, "min" | "max" | "spacing">): number {
  if (max === min) return 0;
  if (spacing === "logarithmic" && min > 0 && value > 0) return Math.log(value / min) / Math.log(max / min);
  return (value - min) / (max - min);
}

/** The value at a share of the way from `from` to `to`: the inverse of `knobShare` between the knob's ends. */
export function knobBetween(
  share: number,
  { from, to, spacing }: { readonly from: number; readonly to: number; readonly spacing: EffectKnob["spacing"] },
): number {
  const value =
    spacing === "logarithmic" && from > 0 && to > 0 ? from * (to / from) ** share : from + (to - from) * share;
  return spacing === "whole" ? Math.round(value) : value;
}
