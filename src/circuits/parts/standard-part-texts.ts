import { opamp, opampLinear, photocoupler } from "../library/models.ts";
import { couplings } from "./couplings.ts";
import { diodes } from "./diodes.ts";
import { opAmps } from "./op-amps.ts";
import { transistors } from "./transistors.ts";
import { tubes } from "./tubes.ts";

/** Models and subcircuits that come along, as SPICE text by kind. */
export const standardPartTexts: Readonly<Record<string, string>> = {
  diodes,
  transistors,
  "op-amps": [opamp, opampLinear, opAmps].join("\n"),
  tubes,
  couplings: [photocoupler, couplings].join("\n"),
};

/** Names of the models (`.model`) or subcircuits (`.subckt`) that come along, lower case. */
export function standardPartNames(kind: "model" | "subckt"): Set<string> {
  const text = Object.values(standardPartTexts).join("\n");
  return new Set(
    Array.from(text.matchAll(new RegExp(`^\\.${kind} (\\S+)`, "gm")), ([, name = ""]) => name.toLowerCase()),
  );
}
