import { type EffectKnob, type KnobDatasetReport, type KnobRangeCoverage, knobValueText } from "../datasets/index.ts";

/** What came of it all, in a sentence or two. */
export function knobVerdictText({ verdict, findings }: KnobDatasetReport): string {
  const count = (wanted: string) => findings.filter((finding) => finding.verdict === wanted).length;
  const things = (number: number) => (number === 1 ? "1 thing" : `${number} things`);
  const [refused, warned] = [count("refuse"), count("warn")];
  const also =
    warned === 0
      ? ""
      : ` ${things(warned)} ${refused > 0 ? "more " : ""}${warned === 1 ? "deserves" : "deserve"} a look.`;
  if (verdict === "pass") return `Nothing is wrong with this dataset, as far as ${count("pass")} checks can tell.`;
  if (verdict === "warn") return `This dataset can be learnt from.${also}`;
  return `Put ${things(refused)} right before you train on this dataset or trust a score on it.${also}`;
}

/** Where one knob stands in a dataset: `0 | 0.5 | 1 (it goes from 0 to 1)`. */
export function knobRangeText(
  { values, covered, widestGap }: KnobRangeCoverage,
  knob: Pick<EffectKnob, "min" | "max" | "unit" | "positions"> | undefined,
): string {
  const name = (value: number) => knob?.positions?.[value] ?? knobValueText(value);
  const unit = knob === undefined || knob.unit === "" ? "" : ` ${knob.unit}`;
  const range = knob === undefined ? "" : ` (it goes from ${name(knob.min)} to ${name(knob.max)}${unit})`;
  if (values.length <= 6)
    return `${values.map(name).join(" | ")}${values.length < 2 ? ", always" : knob?.positions === undefined ? range : ""}`;
  const [from, to] = [name(values[0]!), name(values.at(-1)!)];
  const gap = `widest gap ${Math.round(100 * widestGap.share)} %`;
  return `${values.length} values from ${from} to ${to}${unit}: ${Math.round(100 * covered)} % of its range, ${gap}`;
}
