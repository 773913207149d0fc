import { TonewrightError } from "../../errors/index.ts";
import { createRandom, type Random } from "../../signal/index.ts";
import { knobBetween, roundKnob } from "./effect-knob.ts";
import type { KnobAxis } from "./knob-choices.ts";

/** How settings are chosen: every combination; as evenly spread as may be; the corners of the range, then at random. */
export type KnobPlanKind = "grid" | "latin" | "corners";

/** How many settings, and which. */
export interface SettingsOptions {
  readonly plan: KnobPlanKind;
  /** For `latin` and `corners`; corners alone if left out there. */
  readonly count?: number | undefined;
  /** Whole number. */
  readonly seed: number;
}

/** Most settings of one dataset. */
export const mostSettings = 10_000;

/**
 * The number of settings that `planSettings` would give, without making them.
 *
 * @throws TonewrightError `bad-plan` if the plan cannot be made of these knobs.
 */
export function countSettings(axes: readonly KnobAxis[], { plan, count }: Omit<SettingsOptions, "seed">): number {
  if (plan === "grid") {
    const open = axes.filter(({ choice }) => choice.kind === "range").map(({ knob }) => knob.name);
    if (open.length > 0) {
      throw new TonewrightError(
        "bad-plan",
        `a grid needs to know how many values ${open.join(" and ")} should have`,
        `write a count behind the range, such as ${open[0]}=0..1:5, or let them be drawn: --plan latin --settings 20`,
      );
    }
    const product = axes.reduce((sum, { choice }) => sum * (choice.kind === "values" ? choice.values.length : 1), 1);
    if (count !== undefined && count !== product) {
      throw new TonewrightError(
        "bad-plan",
        `this grid has ${product} settings, not ${count}`,
        "leave --settings out, or let them be drawn: --plan latin",
      );
    }
    return product;
  }
  if (plan === "latin" && count === undefined) {
    throw new TonewrightError("bad-plan", "it is not said how many settings to draw", "add --settings 20");
  }
  const corners = plan === "corners" ? cornerCount(axes) : 0;
  const wanted = count ?? corners;
  if (wanted < Math.max(1, corners)) {
    throw new TonewrightError(
      "bad-plan",
      `these knobs have ${corners} corners, and ${wanted} settings were asked for`,
      `ask for ${corners} or more, or name fewer knobs`,
    );
  }
  const different = axes.reduce(
    (product, { choice }) => product * (choice.kind === "values" ? choice.values.length : Number.POSITIVE_INFINITY),
    1,
  );
  if (wanted > different) {
    throw new TonewrightError(
      "bad-plan",
      `there are ${different} different settings, and ${wanted} were asked for`,
      "ask for fewer, or use --plan grid",
    );
  }
  return wanted;
}

/**
 * The settings of a dataset, no two alike, in an order that depends on nothing but the options.
 *
 * A grid counts with the last knob fastest. `latin` is a Latin hypercube: each knob's range is cut into as many equal parts
 * as there are settings, and every part has one; values of a list take turns. Values have 4 significant digits.
 *
 * @returns Shape `[settings][knobs]`, in the order of the axes.
 * @throws TonewrightError `bad-plan`; `too-many-settings` above 10,000.
 * @see McKay, Beckman & Conover 1979, A comparison of three methods for selecting values of input variables
 */
export function planSettings(axes: readonly KnobAxis[], options: SettingsOptions): number[][] {
  const count = countSettings(axes, options);
  if (!(count <= mostSettings)) {
    throw new TonewrightError(
      "too-many-settings",
      `this plan has ${count.toLocaleString("en")} settings; the most is ${mostSettings.toLocaleString("en")}`,
      "name fewer knobs, use fewer values each, or draw some: --plan latin --settings 100",
    );
  }
  if (options.plan === "grid") return gridOf(axes.map(({ choice }) => (choice.kind === "values" ? choice.values : [])));
  const random = createRandom(options.seed);
  const plan = new DistinctSettings();
  if (options.plan === "corners") {
    for (const corner of gridOf(axes.map(extremes))) plan.add(corner);
  } else {
    for (const setting of latinHypercube(axes, { count, random })) plan.add(setting);
  }
  // Values of a list can meet twice in a hypercube, and corners may be fewer than were asked for.
  for (let tries = 0; plan.settings.length < count && tries < 100 * count; tries++) {
    plan.add(axes.map((axis) => valueAt(axis, random.uniform())));
  }
  if (plan.settings.length < count) addUnused(plan, axes, { count, random });
  if (plan.settings.length === count) return plan.settings;
  throw new TonewrightError(
    "bad-plan",
    `these ranges have no ${count} different settings with 4 digits`,
    "ask for fewer, or for wider ranges",
  );
}

/** Settings by what they are, in the order of their coming. */
class DistinctSettings {
  readonly settings: number[][] = [];
  readonly #seen = new Set<string>();

  add(setting: number[]): void {
    const key = setting.join();
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.settings.push(setting);
  }
}

function latinHypercube(
  axes: readonly KnobAxis[],
  { count, random }: { readonly count: number; readonly random: Random },
): number[][] {
  const columns = axes.map((axis) => {
    const strata = shuffled(
      Array.from({ length: count }, (_, k) => k),
      random,
    );
    return strata.map((stratum) => valueAt(axis, (stratum + random.uniform()) / count));
  });
  return Array.from({ length: count }, (_, k) => columns.map((column) => column[k]!));
}

/** What is left when chance does not find it: only where all knobs have lists, and almost all settings are wanted. */
function addUnused(
  plan: DistinctSettings,
  axes: readonly KnobAxis[],
  { count, random }: { readonly count: number; readonly random: Random },
): void {
  const lists = axes.map(({ choice }) => (choice.kind === "values" ? choice.values : []));
  for (const setting of shuffled(gridOf(lists), random)) {
    if (plan.settings.length < count) plan.add(setting);
  }
}

/** The value at a share of the way through a knob's choice, 0 to 1 (exclusive). */
function valueAt({ knob, choice }: KnobAxis, share: number): number {
  if (choice.kind === "values") return choice.values[Math.floor(share * choice.values.length)]!;
  const { min, max } = choice;
  if (knob.spacing === "whole") return Math.min(max, min + Math.floor(share * (max - min + 1)));
  return roundKnob(knobBetween(share, { from: min, to: max, spacing: knob.spacing }), choice);
}

/** The two ends of a knob's choice; all positions of a switch. */
function extremes({ knob, choice }: KnobAxis): readonly number[] {
  if (choice.kind === "range") return [choice.min, choice.max];
  if (knob.positions !== undefined) return choice.values;
  const [low, high] = [Math.min(...choice.values), Math.max(...choice.values)];
  return low === high ? [low] : [low, high];
}

function cornerCount(axes: readonly KnobAxis[]): number {
  return axes.reduce((product, axis) => product * extremes(axis).length, 1);
}

/** Every combination, the last list fastest. */
function gridOf(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (settings, values) => settings.flatMap((setting) => values.map((value) => [...setting, value])),
    [[]],
  );
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let k = result.length - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [result[k], result[other]] = [result[other]!, result[k]!];
  }
  return result;
}
