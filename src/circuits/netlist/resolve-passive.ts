import type { Element } from "../circuit.ts";
import { findModel, type Frame, namesInReach, numberOf, pairOf, settingOf } from "./frame.ts";
import type { CouplingElement, PassiveElement } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";

const traits = {
  resistor: { types: ["r", "res"], values: ["r", "res"], unit: "ohm" },
  capacitor: { types: ["c", "cap"], values: ["c", "cap"], unit: "farad" },
  inductor: { types: ["l", "ind"], values: ["l", "ind"], unit: "henry" },
} as const;

/** Temperature at which values are given. */
const nominalCelsius = 27;

/**
 * A resistor, capacitor or inductor, with what LTspice puts into it (`Rser Lser Rpar Cpar`) as elements of their own.
 *
 * Resistors follow the temperature by `tc`, `tc1` and `tc2`, from 27 degrees. `IC=` is passed over: SPICE uses it only with
 * `UIC`, and a circuit here starts at its operating point.
 */
export function resolvePassive(frame: Frame, element: PassiveElement): void {
  const { kind, name, place, settings } = element;
  const { builder, prefix } = frame;
  const full = prefix + name;
  const value = passiveValue(frame, element);
  requireValue(kind, full, value, element);
  const at = builder.locate(place);
  const [from, to] = pairOf(frame, element.nodes, place);
  const own = { prefix, ports: frame.ports, place };
  const series = (["rser", "lser"] as const).flatMap((part) => {
    const size = settingOf(frame, settings, part);
    return size === undefined || size === 0 ? [] : [{ part, size }];
  });
  let inner = from;
  for (const { part, size } of series) {
    const next = builder.node(`${name}#${part}`, own);
    const terminals = [inner, next] as const;
    const partName = `${full}#${part}`;
    requireValue(part === "rser" ? "resistor" : "inductor", partName, size, element);
    if (part === "rser") builder.add({ kind: "resistor", name: partName, ...at, terminals, ohms: size });
    else builder.add({ kind: "inductor", name: partName, ...at, terminals, henries: size });
    inner = next;
  }
  builder.add(passive(kind, { name: full, ...at, terminals: [inner, to] }, value));
  const parallelOhms = settingOf(frame, settings, "rpar");
  if (parallelOhms !== undefined && parallelOhms !== 0) {
    requireValue("resistor", `${full}#rpar`, parallelOhms, element);
    builder.add({ kind: "resistor", name: `${full}#rpar`, ...at, terminals: [from, to], ohms: parallelOhms });
  }
  const parallelFarads = settingOf(frame, settings, "cpar");
  if (parallelFarads !== undefined && parallelFarads !== 0) {
    requireValue("capacitor", `${full}#cpar`, parallelFarads, element);
    builder.add({ kind: "capacitor", name: `${full}#cpar`, ...at, terminals: [from, to], farads: parallelFarads });
  }
}

function passive(
  kind: PassiveElement["kind"],
  base: { readonly name: string; readonly line: number; readonly terminals: readonly [number, number] },
  value: number,
): Element {
  if (kind === "resistor") return { kind, ...base, ohms: value };
  return kind === "capacitor" ? { kind, ...base, farads: value } : { kind, ...base, henries: value };
}

function passiveValue(frame: Frame, element: PassiveElement): number {
  const { kind, model: modelName, place } = element;
  const full = quoted(frame.prefix + element.name);
  const model = modelName === undefined ? undefined : findModel(frame, modelName);
  const factor = warming(frame, element, model) * multiplier(frame, element);
  const { types, values } = traits[kind];
  if (modelName !== undefined && !(types as readonly string[]).includes(model?.card.type ?? "")) {
    const parameter = model || element.value ? undefined : frame.scope.lookUp(modelName, place);
    if (parameter !== undefined) return parameter * factor;
    throw netlistError(
      "netlist-model",
      place,
      `${full}: ${quoted(modelName)} is neither a value nor a ${kind}'s model`,
      `${suggestion(modelName, namesInReach(frame, "models"))}write a number such as 4.7k, or an expression in braces`,
    );
  }
  if (element.value) return numberOf(frame, element.value) * factor;
  const given = values.map((name) => model?.card.settings[name]).find((formula) => formula !== undefined);
  if (model && given) return numberOf(model.home, given) * factor;
  throw netlistError(
    "netlist-model",
    place,
    `${full}: model ${quoted(modelName ?? "")} gives no value`,
    "write the value in front of the model",
  );
}

/** How a resistor has changed since 27 degrees, by its own coefficients or its model's. */
function warming(frame: Frame, { kind, settings, place }: PassiveElement, model: ReturnType<typeof findModel>): number {
  if (kind !== "resistor") return 1;
  const coefficient = (name: string) =>
    settingOf(frame, settings, name) ?? (model ? settingOf(model.home, model.card.settings, name) : undefined);
  const first = settingOf(frame, settings, "tc") ?? coefficient("tc1") ?? 0;
  const second = coefficient("tc2") ?? 0;
  const rise = (frame.scope.lookUp("temp", place) ?? nominalCelsius) - nominalCelsius;
  return 1 + first * rise + second * rise * rise;
}

/** `m=`: that many in parallel. */
function multiplier(frame: Frame, { kind, settings, name, place }: PassiveElement): number {
  const count = settingOf(frame, settings, "m") ?? 1;
  if (!(count > 0))
    throw netlistError("netlist-value", place, `${quoted(name)} has m=${count}`, "m counts elements in parallel");
  return kind === "capacitor" ? count : 1 / count;
}

function requireValue(
  kind: PassiveElement["kind"],
  name: string,
  value: number,
  { place, value: formula }: PassiveElement,
): void {
  const { unit } = traits[kind];
  const written = formula && !/^[\d.]/.test(formula.text) ? ` (${formula.text.slice(0, 60)})` : "";
  const found = `${quoted(name)} is ${value} ${unit}${written}`;
  if (kind === "resistor" && value === 0) {
    throw netlistError("netlist-value", place, found, "give it a small value such as 1m, or join its two nodes");
  }
  if (kind === "capacitor" ? value >= 0 : kind === "resistor" ? value !== 0 : value > 0) return;
  throw netlistError(
    "netlist-value",
    place,
    found,
    kind === "inductor" ? "inductances are above 0" : "capacitances are 0 or more",
  );
}

/** A coupling of two inductors, or of each pair of several. */
export function resolveCoupling(frame: Frame, { name, place, inductors, coefficient }: CouplingElement): void {
  const { builder, prefix } = frame;
  const size = numberOf(frame, coefficient);
  if (!(size > 0 && size <= 1)) {
    throw netlistError(
      "netlist-value",
      coefficient.place,
      `${quoted(prefix + name)} has the coefficient ${size}`,
      size < 0 ? "swap the nodes of one inductor and write it above 0" : "coefficients are above 0 and at most 1",
    );
  }
  let count = 0;
  inductors.forEach((first, k) => {
    for (const second of inductors.slice(k + 1)) {
      const full = prefix + name + (count === 0 ? "" : `#${count}`);
      count++;
      builder.addLater(place, full, () => {
        const found = [first, second].map((inductor) => {
          const element = builder.findElement(inductor, prefix);
          if (element?.kind === "inductor") return element.name;
          throw netlistError(
            "netlist-value",
            place,
            `${quoted(full)} couples ${quoted(inductor)}, which is ${element ? `a ${element.kind}` : "not there"}`,
            `name inductors: ${listed(frame.body.elements.flatMap((e) => (e.kind === "inductor" ? [e.name] : [])))}`,
          );
        });
        const [a = "", b = ""] = found;
        if (a === b) {
          throw netlistError(
            "netlist-value",
            place,
            `${quoted(full)} couples "${a}" with itself`,
            "name two inductors",
          );
        }
        return { kind: "coupling", name: full, ...builder.locate(place), inductors: [a, b], coefficient: size };
      });
    }
  });
}
