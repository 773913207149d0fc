import { nearestName, TonewrightError } from "../../errors/index.ts";
import { type EffectKnob, knobBetween, knobValueText, roundKnob } from "./effect-knob.ts";

/** Where a knob may stand in a dataset. */
export type KnobChoice =
  /** At one of some values, in rising order unless written otherwise. */
  | { readonly kind: "values"; readonly values: readonly number[] }
  /** Anywhere between two. */
  | { readonly kind: "range"; readonly min: number; readonly max: number };

/** A knob and where it may stand. */
export interface KnobAxis {
  readonly knob: EffectKnob;
  readonly choice: KnobChoice;
}

/**
 * Where the knobs of a dataset may stand, from a text such as `drive=0..1:5,tone=0.2|0.8,mode=si|led,level=0.7`.
 *
 * `a..b:n` are n values from a to b, ends included; `a|b|c` are these; `a` is one; `a..b` is anything between, for plans
 * that draw. Positions of switches are given by name or index. Knobs that are not named stay out of the dataset, at their
 * defaults; an empty text names all of them, over their whole ranges.
 *
 * @param knobs - Of the effect.
 * @returns The named knobs, in the order of the effect.
 * @throws TonewrightError `unknown-knob` with those that there are; `bad-knob` for a text that cannot be read, a knob that
 *   is named twice, a value outside of the knob's range.
 */
export function readKnobChoices(text: string, knobs: readonly EffectKnob[]): KnobAxis[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.every((item) => item === "")) return knobs.map((knob) => ({ knob, choice: wholeRange(knob) }));
  const found = new Map<EffectKnob, KnobChoice>();
  for (const item of items.filter((one) => one !== "")) {
    const [, name = "", choice = ""] = /^([^=]*)=(.*)$/s.exec(item) ?? [];
    if (name.trim() === "") {
      throw badKnob(`"${item}" names no knob`, "write name=values, such as drive=0..1:5 or tone=0.2|0.8");
    }
    const knob = knobNamed(name.trim(), knobs);
    if (found.has(knob)) throw badKnob(`knob "${knob.name}" is given twice`, "join the values with |");
    found.set(knob, readChoice(choice.trim(), knob));
  }
  return knobs.flatMap((knob) => {
    const choice = found.get(knob);
    return choice === undefined ? [] : [{ knob, choice }];
  });
}

/**
 * The knob with a name, in upper or lower case.
 *
 * @throws TonewrightError `unknown-knob` with the nearest name and those that there are.
 */
export function knobNamed(name: string, knobs: readonly EffectKnob[]): EffectKnob {
  const knob = knobs.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (knob !== undefined) return knob;
  const names = knobs.map((one) => one.name);
  const nearest = nearestName(name, names);
  const guess = nearest === undefined ? "" : `did you mean "${nearest}"? `;
  throw new TonewrightError(
    "unknown-knob",
    `there is no knob "${name}"`,
    names.length === 0 ? "this one has no knobs" : `${guess}there are ${names.join(", ")}`,
  );
}

/**
 * The value that a text stands for: a number within the knob's range, or the name of a position.
 *
 * @throws TonewrightError `bad-knob`.
 */
export function readKnobValue(text: string, knob: EffectKnob): number {
  const place = knob.positions?.findIndex((position) => position.toLowerCase() === text.toLowerCase()) ?? -1;
  if (place >= 0) return place;
  const value = new RegExp(`^${number}$`, "i").test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) {
    throw badKnob(
      `${knob.name}=${text}: that is ${knob.positions === undefined ? "no number" : "no position of the switch"}`,
      knob.positions === undefined
        ? `give a number ${rangeText(knob)}, a list 0.2|0.8, or a range with a count 0..1:5`
        : `its positions are ${knob.positions.join(", ")}; several are joined by |`,
    );
  }
  if (!(value >= knob.min && value <= knob.max)) {
    throw badKnob(`${knob.name}=${text} is out of range`, `give a number ${rangeText(knob)}`);
  }
  if (knob.spacing === "whole" && !Number.isInteger(value)) {
    throw badKnob(`${knob.name}=${text} is no whole number`, `give a whole number ${rangeText(knob)}`);
  }
  return roundKnob(value, knob);
}

/** `from 0 to 1`, with the unit. */
function rangeText({ min, max, unit }: EffectKnob): string {
  return `from ${knobValueText(min)} to ${knobValueText(max)}${unit === "" ? "" : ` ${unit}`}`;
}

const number = String.raw`[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?`;
const rangePattern = new RegExp(String.raw`^(${number})\.\.(${number})(?::(\d+))?$`, "i");

/** More values of one knob than anyone would hear apart. */
const mostValues = 1_000_000;

function readChoice(text: string, knob: EffectKnob): KnobChoice {
  const range = rangePattern.exec(text);
  if (range !== null) return readRange(text, knob, { low: range[1]!, high: range[2]!, count: range[3] });
  const values = text.split("|").map((one) => readKnobValue(one.trim(), knob));
  const doubled = values.find((value, k) => values.indexOf(value) < k);
  if (doubled !== undefined) throw badKnob(`${knob.name} has the value ${doubled} twice`, "leave one of them out");
  return { kind: "values", values };
}

function readRange(
  text: string,
  knob: EffectKnob,
  { low, high, count }: { readonly low: string; readonly high: string; readonly count: string | undefined },
): KnobChoice {
  if (knob.positions !== undefined) {
    throw badKnob(
      `${knob.name}=${text}: a switch has no range`,
      `name its positions: ${knob.name}=${knob.positions.join("|")}`,
    );
  }
  const [from, to] = [readKnobValue(low, knob), readKnobValue(high, knob)];
  if (!(from < to)) throw badKnob(`${knob.name}=${text} goes down`, "write the lower end first: 0..1");
  if (count === undefined) return { kind: "range", min: from, max: to };
  const steps = Number(count);
  if (!(steps >= 2 && steps <= mostValues)) {
    throw badKnob(`${knob.name}=${text} asks for ${count} values`, "ask for 2 or more, or write one value");
  }
  return { kind: "values", values: spread(knob, { from, to, steps, text }) };
}

function spread(
  knob: EffectKnob,
  {
    from,
    to,
    steps,
    text,
  }: { readonly from: number; readonly to: number; readonly steps: number; readonly text: string },
): number[] {
  const values = Array.from({ length: steps }, (_, k) =>
    roundKnob(knobBetween(k / (steps - 1), { from, to, spacing: knob.spacing }), { min: from, max: to }),
  );
  if (new Set(values).size === steps) return values;
  throw badKnob(
    `${knob.name}=${text} has no ${steps} different values${knob.spacing === "whole" ? " that are whole numbers" : " with 4 digits"}`,
    "ask for fewer",
  );
}

function wholeRange({ min, max, positions }: EffectKnob): KnobChoice {
  return positions === undefined
    ? { kind: "range", min, max }
    : { kind: "values", values: positions.map((_, index) => index) };
}

function badKnob(message: string, hint: string): TonewrightError {
  return new TonewrightError("bad-knob", message, hint);
}
