import type { Knob, Place, Potentiometer, Switch } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import { taperShare } from "./taper.ts";

/**
 * The parameters that knobs set.
 *
 * @param given - Positions by name, in any case; knobs that are not given keep the value of their `.param` line.
 * @throws TonewrightError `netlist-knob` if there is no such knob or position
 */
export function knobParameters(
  knobs: readonly Knob[],
  given: Readonly<Record<string, number | string>>,
  place: Place,
): Map<string, number> {
  const parameters = new Map<string, number>();
  for (const [written, position] of Object.entries(given)) {
    const name = written.toLowerCase();
    const knob = knobs.find((candidate) => candidate.name === name);
    if (!knob) {
      const names = knobs.map((candidate) => candidate.name);
      throw netlistError(
        "netlist-knob",
        place,
        `no knob ${quoted(written)}`,
        `${suggestion(name, names)}there are: ${listed(names)}`,
      );
    }
    parameters.set(name, knob.kind === "switch" ? switchIndex(knob, position, place) : turned(knob, position, place));
  }
  return parameters;
}

/** The parameter of a potentiometer at a position from 0 to 1. */
function turned(knob: Potentiometer, position: number | string, place: Place): number {
  const { name, min, max, taper } = knob;
  if (typeof position === "number" && position >= 0 && position <= 1) {
    return min + (max - min) * taperShare(position, taper);
  }
  throw netlistError(
    "netlist-knob",
    place,
    `knob "${name}" is at ${typeof position === "number" ? position : quoted(position)}`,
    "give a position from 0 (counter-clockwise) to 1 (clockwise)",
  );
}

function switchIndex({ name, positions }: Switch, position: number | string, place: Place): number {
  const index =
    typeof position === "number"
      ? position
      : positions.findIndex((candidate) => candidate.toLowerCase() === position.toLowerCase());
  if (Number.isInteger(index) && index >= 0 && index < positions.length) return index;
  throw netlistError(
    "netlist-knob",
    place,
    `switch "${name}" has no position ${typeof position === "number" ? position : quoted(position)}`,
    `choose one of ${listed(positions)}, or an index from 0 to ${positions.length - 1}`,
  );
}
