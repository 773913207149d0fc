import { TonewrightError } from "../../errors/index.ts";

/**
 * The name of a class: a whole number or a text.
 *
 * One call takes numbers or texts, never both. Wherever classes come in an order of their own it is the order of
 * scikit-learn: numbers by value, texts by UTF-16 code unit (so "Z" stands before "a"; Python compares code points,
 * which differs only beyond U+D7FF).
 */
export type Label = number | string;

/** Several labels; numbers may be in a typed array. */
export type LabelList = readonly Label[] | ArrayLike<number>;

/** The labels once each, in the order of `Label`. */
export function sortedLabels(labels: Iterable<Label>): Label[] {
  return [...new Set(labels)].sort(inOrder);
}

/** The label, if it can be one. @throws TonewrightError `invalid-label`. */
export function requireLabel(metric: string, label: unknown, name: string, n?: number): Label {
  if (typeof label === "string") return label;
  if (Number.isInteger(label)) return (label as number) + 0; // -0 becomes 0, as they are the same class
  const found = typeof label === "number" ? `${label}` : `a value of type ${label === null ? "null" : typeof label}`;
  throw new TonewrightError(
    "invalid-label",
    `${metric}: ${n === undefined ? name : `${name}[${n}]`} is ${found}, and a class is a whole number or a text`,
    "give classes; from probabilities choose the largest first, or use a metric of ranking",
  );
}

/** Nothing, if all labels are numbers or all are texts. @throws TonewrightError `mixed-labels`. */
export function requireOneKind(metric: string, labels: Iterable<Label>): void {
  let text: Label | undefined;
  let number: Label | undefined;
  for (const label of labels) {
    if (typeof label === "string") text ??= label;
    else number ??= label;
  }
  if (text === undefined || number === undefined) return;
  throw new TonewrightError(
    "mixed-labels",
    `${metric}: the labels are partly numbers (${number}) and partly texts (${quoted(text)})`,
    "give true labels, predicted labels and options in the same form",
  );
}

/**
 * A list of labels that the user has chosen, checked.
 *
 * @throws TonewrightError `empty-input`, `invalid-label`, `duplicate-label`.
 */
export function requireLabelList(metric: string, name: string, labels: LabelList): Label[] {
  if (typeof labels === "string") {
    throw new TonewrightError(
      "invalid-label",
      `${metric}: ${name} is one text, ${JSON.stringify(labels)}`,
      "give an array of labels",
    );
  }
  const list = Array.from(labels as ArrayLike<Label>, (label, n) => requireLabel(metric, label, name, n));
  if (list.length === 0) {
    throw new TonewrightError("empty-input", `${metric}: ${name} is empty`, "name at least one label, or leave it out");
  }
  const twice = list.find((label, n) => list.indexOf(label) !== n);
  if (twice !== undefined) {
    throw new TonewrightError(
      "duplicate-label",
      `${metric}: ${name} holds ${quoted(twice)} more than once`,
      "name every label once",
    );
  }
  return list;
}

/** A label as it stands in a message. */
export function quoted(label: Label): string {
  return typeof label === "string" ? JSON.stringify(label) : String(label);
}

/** Labels as they stand in a message, the first ones if there are many. */
export function listed(labels: readonly Label[]): string {
  const shown = labels.slice(0, 10).map(quoted).join(", ");
  return labels.length > 10 ? `${shown} and ${labels.length - 10} more` : shown;
}

function inOrder(a: Label, b: Label): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
