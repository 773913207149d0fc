import { TonewrightError, wrongCall } from "../../errors/index.ts";
import { checkPositions } from "./check-netlist.ts";
import type { Knob, Potentiometer, Switch } from "./netlist.ts";
import { listed, quoted, suggestion } from "./netlist-error.ts";
import { taperShare } from "./taper.ts";

/**
 * The parameters that knobs set.
 *
 * @param given - Positions by name, in any case; knobs that are not given keep the value of their `.param` line.
 * @throws TonewrightError `netlist-knob` if there is no such knob or position, `wrong-call`
 */
export function knobParameters(
  knobs: readonly Knob[],
  given: Readonly<Record<string, number | string>>,
): Map<string, number> {
  const call = "knobParameters(knobs, positions)";
  if (!Array.isArray(knobs)) throw wrongCall(call, "the knobs", knobs, "give those of a netlist: netlist.knobs");
  checkPositions(call, given);
  const parameters = new Map<string, number>();
  for (const [written, position] of Object.entries(given)) {
    const name = written.toLowerCase();
    const knob = knobs.find((candidate) => candidate.name === name);
    if (!knob) {
      const names = knobs.map((candidate) => candidate.name);
      throw new TonewrightError(
        "netlist-knob",
        `no knob ${quoted(written)}`,
        `${suggestion(name, names)}there are: ${listed(names)}`,
      );
    }
    parameters.set(name, knob.kind === "switch" ? switchIndex(knob, position) : turned(knob, position));
  }
  return parameters;
}

/** The parameter of a potentiometer at a position from 0 to 1. */
function turned(knob: Potentiometer, position: number | string): number {
  const { name, min, max, taper } = knob;
  if (typeof position === "number" && position >= 0 && position <= 1) {
    return min + (max - min) * taperShare(position, taper);
  }
  throw new TonewrightError(
    "netlist-knob",
    `knob "${name}" is at ${shown(position)}`,
    "give a position from 0 (counter-clockwise) to 1 (clockwise)",
  );
}

function switchIndex({ name, positions }: Switch, position: number | string): number {
  const index =
    typeof position === "string"
      ? positions.findIndex((candidate) => candidate.toLowerCase() === position.toLowerCase())
      : position;
  if (Number.isInteger(index) && index >= 0 && index < positions.length) return index;
  throw new TonewrightError(
    "netlist-knob",
    `switch "${name}" has no position ${shown(position)}`,
    `choose one of ${listed(positions)}, or an index from 0 to ${positions.length - 1}`,
  );
}

/** Texts in quotes; other things, which only JavaScript lets through, as they are. */
function shown(position: unknown): string {
  return typeof position === "string" ? quoted(position) : String(position);
}
