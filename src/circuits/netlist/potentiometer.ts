import { type Frame, numberOf, pairOf } from "./frame.ts";
import type { Formula, InstanceElement, Place, Settings } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import { readTaper, taperShare } from "./taper.ts";

const shape = "XP1 end wiper end pot R=500k pos={drive} taper=A";

/**
 * A potentiometer as two resistors: the built-in subcircuit `pot`, if the netlist defines none of that name.
 *
 * At position 0 the wiper is at the first end, at 1 at the last: the order of the pins seen from the front. No end comes
 * closer than 0.1 ohm or a millionth of the resistance, whichever is more.
 */
export function resolvePotentiometer(frame: Frame, { name, place, nodes, settings }: InstanceElement): void {
  const [first, wiper, last] = nodes;
  if (first === undefined || wiper === undefined || last === undefined || nodes.length > 3) {
    throw netlistError(
      "netlist-nodes",
      place,
      `${quoted(frame.prefix + name)} has ${nodes.length} nodes, a pot has 3`,
      `write: ${shape}`,
    );
  }
  const wrong = Object.keys(settings).find((setting) => !["r", "pos", "taper"].includes(setting));
  if (wrong) {
    throw netlistError(
      "netlist-parameter",
      place,
      `${quoted(frame.prefix + name)}: a pot has no ${quoted(wrong)}`,
      `write: ${shape}`,
    );
  }
  addPotentiometer(frame, {
    name,
    place,
    nodes: [first, wiper, last],
    ohms: required(frame, settings, "r", { name, place }),
    position: required(frame, settings, "pos", { name, place }),
    taper: settings.taper?.text ?? "linear",
  });
}

/** Adds the two resistors of a potentiometer. */
export function addPotentiometer(
  frame: Frame,
  options: {
    readonly name: string;
    readonly place: Place;
    /** End, wiper, end. */
    readonly nodes: readonly [string, string, string];
    readonly ohms: number;
    /** 0 to 1. */
    readonly position: number;
    readonly taper: string;
  },
): void {
  const { name, place, nodes, ohms, position } = options;
  const full = frame.prefix + name;
  const taper = readTaper(options.taper);
  if (!taper) {
    throw netlistError(
      "netlist-value",
      place,
      `${quoted(full)} has no taper ${quoted(options.taper)}`,
      "write A (logarithmic), B (linear) or C (reverse), with the percentage at half rotation if you know it: A15",
    );
  }
  if (!(ohms > 0)) throw netlistError("netlist-value", place, `${quoted(full)} has ${ohms} ohm`, `write: ${shape}`);
  if (!(position >= 0 && position <= 1)) {
    throw netlistError(
      "netlist-value",
      place,
      `${quoted(full)} is at position ${position}`,
      "positions are from 0 to 1",
    );
  }
  const share = taperShare(position, taper);
  const least = Math.max(0.1, ohms * 1e-6);
  const [first, wiper, last] = nodes;
  const { builder } = frame;
  const halves = [
    ["r1", [first, wiper], share],
    ["r2", [wiper, last], 1 - share],
  ] as const;
  for (const [half, ends, part] of halves) {
    const terminals = pairOf(frame, ends, place);
    // Ends that are tied together, as where a pot is a variable resistor, are no element.
    if (terminals[0] === terminals[1]) continue;
    builder.add({
      kind: "resistor",
      name: `${full}.${half}`,
      ...builder.locate(place),
      terminals,
      ohms: Math.max(ohms * part, least),
    });
  }
}

function required(
  frame: Frame,
  settings: Settings,
  setting: string,
  { name, place }: { readonly name: string; readonly place: Place },
): number {
  const formula: Formula | undefined = Object.hasOwn(settings, setting) ? settings[setting] : undefined;
  if (formula) return numberOf(frame, formula);
  throw netlistError("netlist-syntax", place, `${quoted(frame.prefix + name)} has no ${setting}=`, `write: ${shape}`);
}
