import { TonewrightError } from "../../errors/index.ts";
import type { ClassificationReport, ClassificationReportLine } from "./classification-report.ts";

/**
 * A classification report as the table that scikit-learn prints, character for character.
 *
 * It is text, not printed, and ends with a line break. Supports have a decimal point if samples are weighted.
 *
 * @param report - From `classificationReport`.
 * @param options.digits - Decimals of the scores, 0 to 50, default 2. Halves go to the even digit, as in Python.
 * @returns Lines for the classes, the accuracy (or the micro average) and the averages.
 * @throws TonewrightError `bad-option` for other digits.
 * @see scikit-learn 1.9 `classification_report`.
 */
export function formatClassificationReport(
  report: ClassificationReport,
  { digits = 2 }: { readonly digits?: number | undefined } = {},
): string {
  if (!Number.isInteger(digits) || digits < 0 || digits > 50) {
    throw new TonewrightError("bad-option", `formatClassificationReport: digits is ${digits}`, "choose 0 to 50");
  }
  const width = Math.max("weighted avg".length, digits, ...report.classes.map(({ name }) => [...name].length));
  const amount = (support: number) => (report.isWeighted ? pythonFloat(support) : String(support));
  const row = (name: string, cells: readonly string[]) =>
    `${" ".repeat(width - [...name].length)}${name} ${cells.map((text) => ` ${text.padStart(9)}`).join("")}\n`;
  const scores = (name: string, line: ClassificationReportLine) =>
    row(name, [...[line.precision, line.recall, line.f1].map((value) => fixed(value, digits)), amount(line.support)]);
  const { micro, macro, weighted, samples } = report.averages;
  return [
    row("", ["precision", "recall", "f1-score", "support"]),
    "\n",
    ...report.classes.map((line) => scores(line.name, line)),
    "\n",
    report.accuracy === undefined
      ? ""
      : row("accuracy", ["", "", fixed(report.accuracy, digits), amount(macro.support)]),
    micro === undefined ? "" : scores("micro avg", micro),
    scores("macro avg", macro),
    scores("weighted avg", weighted),
    samples === undefined ? "" : scores("samples avg", samples),
  ].join("");
}

/**
 * Python's `f"{value:.{digits}f}"` for a value from 0 to 1 or NaN: exact halves go to the even digit, and not up as in
 * JavaScript.
 */
function fixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return "nan";
  const rounded = value.toFixed(digits);
  const exact = value.toFixed(100); // a half at 50 digits or fewer has no digits beyond these
  const cut = exact.slice(0, digits === 0 ? exact.indexOf(".") : exact.indexOf(".") + 1 + digits);
  const rest = exact.slice(exact.indexOf(".") + 1 + digits);
  const isHalf = /^50*$/.test(rest);
  return isHalf && "02468".includes(cut.at(-1) ?? "") ? cut : rounded;
}

/**
 * Python's `str(value)` of a float that is not negative: it has a decimal point, or an exponent of at least two digits.
 */
function pythonFloat(value: number): string {
  if (value !== 0 && (value < 1e-4 || value >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
