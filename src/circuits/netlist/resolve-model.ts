import { type Frame, findModel, numberOf } from "./frame.ts";
import type { Formula, ModelCard, Place } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

/** Longest chain of `ako:`. */
const chainLimit = 16;

/** A model with what it takes over from others by `ako:`. Values are computed where the model is defined. */
export function resolveModel(
  { card, home }: NonNullable<ReturnType<typeof findModel>>,
  place: Place,
): { readonly card: ModelCard; readonly type: string; readonly parameters: Map<string, LazyNumber> } {
  const chain: ModelCard[] = [];
  const parameters = new Map<string, LazyNumber>();
  let type = "";
  let next: { card: ModelCard; home: Frame } | undefined = { card, home };
  while (next) {
    const { card: current, home: frame }: { card: ModelCard; home: Frame } = next;
    if (chain.includes(current) || chain.length >= chainLimit) {
      throw netlistError(
        "netlist-model",
        current.place,
        `model "${current.name}" takes over from itself: ${[...chain, current].map((c) => c.name).join(" -> ")}`,
        "give one of them a type of its own",
      );
    }
    chain.push(current);
    type ||= current.type;
    for (const [name, formula] of Object.entries(current.settings)) {
      if (!parameters.has(name)) parameters.set(name, { formula, value: () => numberOf(frame, formula) });
    }
    if (current.base === undefined) break;
    const base = current.base;
    next = findModel(frame, base);
    if (!next) {
      throw netlistError(
        "netlist-model",
        current.place,
        `model "${current.name}": no model ${quoted(base)}`,
        "define it, or write a type",
      );
    }
  }
  if (type === "")
    throw netlistError("netlist-model", place, `model "${card.name}" has no type`, "write D, NPN, PNP, NJF, …");
  return { card, type, parameters };
}

/** A parameter's formula and, once asked for, its value. */
export interface LazyNumber {
  readonly formula: Formula;
  readonly value: () => number;
}
