import type { SemiconductorElement } from "../circuit.ts";
import type { Place } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

type Kind = SemiconductorElement["kind"];

/** Second names of parameters, by kind. */
const aliases: Readonly<Partial<Record<Kind, Readonly<Record<string, string>>>>> = {
  diode: { js: "is", vb: "bv", cj0: "cjo" },
  nmos: { vt0: "vto" },
  pmos: { vt0: "vto" },
};

/** A parameter's usual name. */
export function usualParameter(kind: Kind, name: string): string {
  return aliases[kind]?.[name] ?? name;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Divisors and arguments of logarithms. */
const above = words("n nf nr ne nc vj vje vjc pe pc pb phi bf br w l eg");
const notBelow = words(
  "is ise isc rs rb rc re rd tt tf tr cjo cje cjc cgs cgd cbd cbs cgso cgdo cgbo ibv gamma lambda beta kp vaf va var vb ikf ik ikr ld",
);
/** Grading of a junction and where its curve goes on straight: SPICE cuts them in the same way. */
const cut: ReadonlyMap<string, number> = new Map([
  ["m", 0.9],
  ["mj", 0.9],
  ["mje", 0.9],
  ["mjc", 0.9],
  ["me", 0.9],
  ["mc", 0.9],
  ["fc", 0.95],
]);

/** Parameters that may be infinite to some programs: as if they were not there. */
const unbounded = words("bv vaf va var ikf ik ikr");

/**
 * The value of a model's parameter as it is simulated; nothing where it means no effect.
 *
 * @throws TonewrightError `netlist-value` for values that no junction or channel has.
 */
export function parameterInRange(
  name: string,
  value: number,
  { model, place }: { readonly model: string; readonly place: Place },
): number | undefined {
  const refuse = (hint: string) =>
    netlistError("netlist-value", place, `model ${quoted(model)}: ${name.toUpperCase()} is ${value}`, hint);
  if (above.has(name) && !(value > 0)) throw refuse("it is above 0; leave it out for the usual value");
  if (notBelow.has(name) && !(value >= 0)) throw refuse("it is 0 or more; leave it out for the usual value");
  if (unbounded.has(name) && (value === 0 || value >= 1e30)) return undefined;
  const most = cut.get(name);
  if (most !== undefined && !(value >= 0)) throw refuse(`it is from 0 to ${most}`);
  if (name === "bv") return Math.abs(value);
  return most === undefined ? value : Math.min(value, most);
}
