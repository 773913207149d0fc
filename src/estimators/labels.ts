import { TonewrightError } from "../errors/index.ts";

/** The name or number of a class. */
export type Label = string | number;

/** Labels as positions in their sorted classes. */
export interface EncodedLabels<L extends Label> {
  /** Every class once: numbers ascending, names in the order of their code units. */
  readonly classes: L[];
  /** Position in `classes` of every label, shape `[samples]`. */
  readonly codes: number[];
}

/**
 * The classes of labels, sorted, and each label as a position among them.
 *
 * @throws TonewrightError `length-mismatch` if there is not one label for each row; `bad-label` if a label is not finite
 * or names and numbers are mixed.
 */
export function encodeLabels<L extends Label>(caller: string, labels: readonly L[], rows: number): EncodedLabels<L> {
  requireOnePerRow(caller, { what: "labels", count: labels.length, rows });
  const kind = typeof labels[0];
  for (const [n, label] of labels.entries()) {
    if (typeof label === kind && (typeof label === "string" || Number.isFinite(label))) continue;
    throw new TonewrightError(
      "bad-label",
      `${caller}: label ${n} is ${String(label)} (${typeof label}), label 0 is a ${kind}`,
      "give either all names or all finite numbers",
    );
  }
  const classes = [...new Set(labels)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const positions = new Map(classes.map((label, k) => [label, k]));
  return { classes, codes: labels.map((label) => positions.get(label)!) };
}

/** @throws TonewrightError `length-mismatch` unless there is one of each for every row. */
export function requireOnePerRow(
  caller: string,
  { what, count, rows }: { readonly what: string; readonly count: number; readonly rows: number },
): void {
  if (count === rows) return;
  throw new TonewrightError(
    "length-mismatch",
    `${caller}: ${rows} rows and ${count} ${what}`,
    `give one of the ${what} for each row`,
  );
}

/** A copy of the numbers to be predicted, one for each row, shape `[samples]`. */
export function readTargets(caller: string, targets: ArrayLike<number>, rows: number): Float64Array {
  requireOnePerRow(caller, { what: "targets", count: targets.length, rows });
  const copy = Float64Array.from(targets);
  const bad = copy.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return copy;
  throw new TonewrightError(
    "non-finite-values",
    `${caller}: target ${bad} is ${copy[bad]}`,
    "leave out rows without a target",
  );
}

/** The position of the largest value, the first one if several are equal. */
export function firstMaximum(values: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k;
  return best;
}
