import { type EffectKnob, knobBetween, knobShare, knobValueText } from "./effect-knob.ts";

/** How well one knob's range is covered. */
export interface KnobRangeCoverage {
  readonly knob: string;
  /** Different values, rising. */
  readonly values: readonly number[];
  /** Share of the knob's range between the lowest and the highest value. */
  readonly covered: number;
  /** The widest stretch without a value, as a share of the range; the ends of the range count. */
  readonly widestGap: { readonly from: number; readonly to: number; readonly share: number };
}

/** How well the space of all knobs is covered. */
export interface KnobCoverage {
  /** Different settings. */
  readonly settings: number;
  readonly knobs: readonly KnobRangeCoverage[];
  /** The setting that is furthest from all that there are; null without varied knobs. */
  readonly hole: {
    /** In the order of the dataset's knobs. */
    readonly values: readonly number[];
    /** To the nearest setting, where a knob's whole range is 1. */
    readonly distance: number;
    /** The same for settings on an even grid of this many. */
    readonly evenDistance: number;
  } | null;
  /** If the settings are most of a grid: what it lacks. Otherwise null. */
  readonly grid: { readonly size: number; readonly missing: readonly (readonly number[])[] } | null;
}

/**
 * How settings lie in the space of the knobs' ranges.
 *
 * @param settings - Shape `[settings][knobs]`; the same setting may come several times.
 */
export function knobCoverage(settings: readonly (readonly number[])[], knobs: readonly EffectKnob[]): KnobCoverage {
  const distinct = [...new Map(settings.map((setting) => [setting.join(), setting])).values()];
  const ranges = knobs.map((knob, k) => rangeCoverage(distinct, knob, k));
  return {
    settings: distinct.length,
    knobs: ranges,
    hole: distinct.length === 0 ? null : findHole(distinct, knobs, ranges),
    grid: findGrid(distinct, ranges),
  };
}

function rangeCoverage(settings: readonly (readonly number[])[], knob: EffectKnob, k: number): KnobRangeCoverage {
  const values = [...new Set(settings.map((setting) => setting[k]!))].sort((a, b) => a - b);
  const share = (value: number) => Math.min(1, Math.max(0, knobShare(value, knob)));
  const stops = [knob.min, ...values, knob.max];
  let widestGap = { from: knob.min, to: knob.max, share: values.length === 0 ? 1 : 0 };
  for (let n = 1; n < stops.length && values.length > 0; n++) {
    const [from, to] = [stops[n - 1]!, stops[n]!];
    if (share(to) - share(from) > widestGap.share) widestGap = { from, to, share: share(to) - share(from) };
  }
  const covered = values.length === 0 ? 0 : share(values.at(-1)!) - share(values[0]!);
  return { knob: knob.name, values, covered, widestGap };
}

const probes = 2000;
/** Beyond this the search compares with a part of the settings only. */
const mostCompared = 2000;

/** Looks at points that are spread evenly (Halton's) over the knobs that vary. */
function findHole(
  settings: readonly (readonly number[])[],
  knobs: readonly EffectKnob[],
  ranges: readonly KnobRangeCoverage[],
): KnobCoverage["hole"] {
  const varied = knobs.flatMap((knob, k) =>
    knob.positions === undefined &&
    knob.max - knob.min > (knob.spacing === "whole" ? 1 : 0) &&
    ranges[k]!.values.length > 1
      ? [{ knob, k }]
      : [],
  );
  if (varied.length === 0 || varied.length > primes.length) return null;
  const step = Math.ceil(settings.length / mostCompared);
  const points = settings
    .filter((_, n) => n % step === 0)
    .map((setting) => varied.map(({ knob, k }) => knobShare(setting[k]!, knob)));
  let furthest = { at: [] as number[], squared: -1 };
  // The corners are where holes hide; then the inside.
  const corners = Array.from({ length: 2 ** Math.min(10, varied.length) }, (_, c) =>
    varied.map((_, d) => (c >> d) & 1),
  );
  const inside = Array.from({ length: probes }, (_, n) => varied.map((_, d) => radicalInverse(n + 1, primes[d]!)));
  for (const at of [...corners, ...inside]) {
    let nearest = Number.POSITIVE_INFINITY;
    for (const point of points) {
      let sum = 0;
      for (let d = 0; d < at.length && sum < nearest; d++) sum += (point[d]! - at[d]!) ** 2;
      nearest = Math.min(nearest, sum);
      if (nearest <= furthest.squared) break;
    }
    if (nearest > furthest.squared) furthest = { at, squared: nearest };
  }
  const values = knobs.map((knob, k) => {
    const d = varied.findIndex((one) => one.k === k);
    if (d < 0) return ranges[k]!.values[0]!;
    return knobBetween(furthest.at[d]!, { from: knob.min, to: knob.max, spacing: knob.spacing });
  });
  const perKnob = points.length ** (1 / varied.length);
  const evenDistance = perKnob < 2 ? Math.sqrt(varied.length) / 2 : Math.sqrt(varied.length) / (2 * (perKnob - 1));
  return { values, distance: Math.sqrt(furthest.squared), evenDistance };
}

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];

/** The digits of a whole number in some base, mirrored at the point. See Halton 1960. */
function radicalInverse(n: number, base: number): number {
  let [rest, digit, sum] = [n, 1 / base, 0];
  for (; rest > 0; rest = Math.floor(rest / base), digit /= base) sum += (rest % base) * digit;
  return sum;
}

/**
 * Settings are taken for a grid if they are at least 3 in 4 of all combinations of their values; single settings beside it,
 * such as those that are kept for a test, do not count.
 */
function findGrid(
  settings: readonly (readonly number[])[],
  ranges: readonly KnobRangeCoverage[],
): KnobCoverage["grid"] {
  if (ranges.every(({ values }) => values.length < 2)) return null;
  let inside = settings;
  let lines = ranges.map(({ values }) => values);
  // What leaves takes others with it: until nothing does.
  for (let before = -1; before !== inside.length; ) {
    before = inside.length;
    lines = lines.map((line, k) => {
      const counts = new Map<number, number>();
      for (const setting of inside) counts.set(setting[k]!, (counts.get(setting[k]!) ?? 0) + 1);
      const most = Math.max(...counts.values());
      return line.filter((value) => 3 * (counts.get(value) ?? 0) > most);
    });
    inside = inside.filter((setting) => lines.every((line, k) => line.includes(setting[k]!)));
  }
  const present = new Set(inside.map((setting) => setting.join()));
  const size = lines.reduce((product, line) => product * line.length, 1);
  if (size < 2 || present.size < 0.75 * size) return null;
  const all = lines.reduce<number[][]>(
    (some, line) => some.flatMap((setting) => line.map((value) => [...setting, value])),
    [[]],
  );
  return { size, missing: all.filter((setting) => !present.has(setting.join())) };
}

/** `drive=0.25 tone=1`. */
export function settingText(values: readonly number[], knobs: readonly EffectKnob[]): string {
  return knobs
    .map(({ name, positions }, k) => `${name}=${positions?.[values[k]!] ?? knobValueText(values[k]!)}`)
    .join(" ");
}
