import type { NetlistElement, Settings } from "./netlist.ts";
import { netlistError, quoted, suggestion } from "./netlist-error.ts";

const words = (text: string): readonly string[] => text.split(" ");

/** Settings that change the circuit, by the letter of the element. Instances of subcircuits have their own. */
const simulated: Readonly<Record<string, readonly string[]>> = {
  r: words("r resistance tc tc1 tc2 m rser lser rpar cpar"),
  c: words("c capacitance m rser lser rpar cpar"),
  l: words("l inductance m rser rpar cpar"),
  k: words("k"),
  v: words("dc ac rser cpar"),
  i: words("dc ac m"),
  e: words("m"),
  f: words("m"),
  g: words("m"),
  h: words("m"),
  b: words("m"),
  d: words("area m"),
  q: words("area m"),
  j: words("area m"),
  m: words("w l m"),
  a: [],
  s: [],
  w: [],
};

/** Settings that are read and change nothing here: ratings, noise, starting values for `UIC`, layout, the parts catalogue. */
const passedOver: ReadonlySet<string> = new Set(
  words(
    "temp dtemp tnom ic ic2 ic3 off tol pwr mfg pn type part manufacturer description noisy noise v irms ipk ac td r load w l " +
      "ad as pd ps nrd nrs rdc rsc nrb geo areab areac pj perim thermal tripdv tripdt reciproctc tc1 tc2 savecurrents value spice_model file chan",
  ),
);

/** Settings that would change the circuit, and are not simulated. */
const refused: Readonly<Record<string, string>> = {
  q: "write a capacitance: a charge that depends on voltage is not simulated",
  flux: "write an inductance: a flux that depends on current is not simulated",
  hc: "write an inductance: cores with hysteresis are not simulated",
  bs: "write an inductance: cores with hysteresis are not simulated",
  br: "write an inductance: cores with hysteresis are not simulated",
  rlshunt: "add the resistor as an element",
  laplace: "build the filter from R, C and L",
  window: "build the filter from R, C and L",
  nfft: "build the filter from R, C and L",
  scale: "put the factor into the value",
};

/** @throws TonewrightError `netlist-parameter` for settings that no SPICE has, `netlist-unsupported` for some that one has */
export function requireKnownSettings({ name, kind, settings }: NetlistElement): void {
  if (kind === "instance") return;
  const letter = name[0] ?? "";
  const known = simulated[letter] ?? [];
  for (const [setting, { place }] of Object.entries(settings satisfies Settings)) {
    if (known.includes(setting)) continue;
    if (Object.hasOwn(refused, setting)) {
      throw netlistError(
        "netlist-unsupported",
        place,
        `${quoted(name)}: ${setting}= is not simulated`,
        refused[setting] ?? "",
      );
    }
    if (passedOver.has(setting)) continue;
    throw netlistError(
      "netlist-parameter",
      place,
      `${quoted(name)}: elements "${letter.toUpperCase()}" have no ${quoted(setting)}`,
      `${suggestion(setting, [...known, ...passedOver])}${known.length > 0 ? `they have: ${known.join(" ")}` : "remove it"}`,
    );
  }
}
