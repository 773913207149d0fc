import { counted } from "../collection/finding.ts";
import { type EffectKnob, knobValueText } from "./effect-knob.ts";
import { type KnobCoverage, settingText } from "./knob-coverage.ts";
import { groupBy, type KnobFinding, type KnobFindingItem, knobFinding, type MeasuredPair } from "./knob-finding.ts";

/** Holes that are this much wider than those of an even grid, and gaps that are this much of a knob's range. */
const [wideHole, wideGap] = [2, 0.5];

/** The findings about how settings cover the knobs' ranges. */
export function findCoverageFaults(
  pairs: readonly MeasuredPair[],
  coverage: KnobCoverage,
  knobs: readonly EffectKnob[],
): KnobFinding[] {
  const outside = pairs.flatMap((pair): KnobFindingItem[] => {
    const wrong = knobs.findIndex(({ min, max }, k) => !(pair.knobs[k]! >= min && pair.knobs[k]! <= max));
    if (wrong < 0) return [];
    const { name, min, max } = knobs[wrong]!;
    return [{ files: [pair.target], note: `${name}=${knobValueText(pair.knobs[wrong]!)}, beyond ${min} to ${max}` }];
  });
  const { hole, grid } = coverage;
  const holes: KnobFindingItem[] =
    hole !== null && hole.distance > wideHole * hole.evenDistance && grid === null
      ? [
          {
            files: [],
            note: `nothing within ${hole.distance.toFixed(2)} of ${settingText(hole.values, knobs)}, where a knob's range is 1`,
            value: hole.distance,
          },
        ]
      : [];
  const gaps = coverage.knobs.flatMap(({ knob, values, widestGap: { from, to, share } }, k): KnobFindingItem[] =>
    values.length > 1 && share > wideGap && hasBetween(knobs[k], { from, to })
      ? [
          {
            files: [],
            note: `${knob}: no value between ${knobValueText(from)} and ${knobValueText(to)}, ${Math.round(100 * share)} % of its range`,
            value: share,
          },
        ]
      : [],
  );
  const missing = (grid?.missing ?? []).map((setting) => ({ files: [], note: settingText(setting, knobs) }));
  const varied = coverage.knobs.filter(({ values }) => values.length > 1);
  const about =
    varied.length === 0
      ? "no knob changes"
      : varied.map(({ knob, values }) => `${knob} has ${values.length} values`).join(", ");
  return [
    knobFinding("knob-ranges", outside, {
      pass: "every value is within its knob's range",
      found: `${counted(outside.length, "file has", "files have")} a knob beyond its range`,
      hint: "correct the file's name, or the ranges in effect_info.ini",
      verdict: "refuse",
    }),
    knobFinding("knob-coverage", holes, {
      pass: `${counted(coverage.settings, "setting")}: ${about}`,
      found: "a region of the knobs has no settings",
      hint: "add settings there, or lessen the knobs' ranges",
    }),
    knobFinding("knob-gaps", gaps, {
      pass: "no knob has a wide gap",
      found: `${counted(gaps.length, "knob has", "knobs have")} a wide gap between values`,
      hint: "add values there: what lies between is guessed",
    }),
    knobFinding("missing-settings", missing, {
      pass:
        varied.length < 2
          ? "no combination of knobs can be missing"
          : grid === null
            ? "the settings are no grid"
            : `the grid of ${grid.size} settings is complete`,
      found: `${missing.length} of the ${grid?.size ?? 0} settings of the grid are missing`,
      hint: "make them, unless they are kept out on purpose",
    }),
  ];
}

/** Whether a knob can stand between two values. */
function hasBetween(
  knob: EffectKnob | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  return knob?.positions === undefined && !(knob?.spacing === "whole" && to - from <= 1);
}

/** The finding about settings that are there twice. */
export function findDoubled(pairs: readonly MeasuredPair[], knobs: readonly EffectKnob[]): KnobFinding {
  const groups = groupBy(pairs, ({ knobs: values, facts, split }) =>
    facts === null ? undefined : `${split}|${values.join()}|${facts.inputHash}`,
  );
  const items = groups
    .filter((group) => group.length > 1)
    .map((group) => ({ files: group.map(({ target }) => target), note: settingText(group[0]!.knobs, knobs) }));
  return knobFinding("doubled-settings", items, {
    pass: "no setting is there twice with the same sound",
    found: `${counted(items.length, "setting is", "settings are")} there twice with the same sound`,
    hint: "remove the copies: they count double",
  });
}
