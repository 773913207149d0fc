import type { Circuit, Element, SemiconductorElement } from "../circuit.ts";
import { BehaviouralDevice } from "../devices/behavioural-device.ts";
import { BipolarTransistor } from "../devices/bipolar-transistor.ts";
import type { Device, Place } from "../devices/device.ts";
import { Diode } from "../devices/diode.ts";
import { ExpressionTape } from "../devices/expression-tape.ts";
import { JunctionFet } from "../devices/junction-fet.ts";
import { modelParameters } from "../devices/model-parameters.ts";
import { Mosfet } from "../devices/mosfet.ts";
import { type Equations, unknownOfNode } from "./equations.ts";

type NonlinearElement =
  | SemiconductorElement
  | Extract<Element, { kind: "behavioural-voltage" | "behavioural-current" }>;

/** The elements of a circuit that are not linear. */
export function nonlinearElements(circuit: Circuit): NonlinearElement[] {
  return circuit.elements.filter((element): element is NonlinearElement => {
    return element.kind.startsWith("behavioural") || "parameters" in element;
  });
}

/** The unknowns, and the equations of the same index, that nonlinear elements read or write. */
export function touchedUnknowns(circuit: Circuit, { currentOf, time }: Equations): Set<number> {
  const touched = new Set<number>();
  for (const element of nonlinearElements(circuit)) {
    if (element.kind === "behavioural-voltage") touched.add(currentOf.get(element.name)!);
    else for (const node of element.terminals) touched.add(unknownOfNode(node));
    if (!("expression" in element)) continue;
    for (const input of new ExpressionTape(element.expression).inputs) {
      if (input.kind === "current") touched.add(currentOf.get(input.source)!);
      else if (input.kind === "time") touched.add(time!);
      else for (const node of input.nodes) touched.add(unknownOfNode(node));
    }
  }
  touched.delete(-1);
  return touched;
}

/**
 * The devices of a circuit, at their places in the block.
 *
 * @param places - The place of every unknown that is kept.
 */
export function createDevices(
  circuit: Circuit,
  { currentOf, time }: Equations,
  places: ReadonlyMap<number, number>,
): Device[] {
  const placeOf = (unknown: number): Place => (unknown < 0 ? -1 : places.get(unknown)!);
  const ofNode = (node: number) => placeOf(unknownOfNode(node));
  return nonlinearElements(circuit).map((element) => {
    if ("expression" in element) {
      const voltageLike = element.kind === "behavioural-voltage";
      return new BehaviouralDevice(element.name, element.expression, {
        places: (input) => {
          if (input.kind === "time") return [placeOf(time!), -1];
          if (input.kind === "current") return [placeOf(currentOf.get(input.source)!), -1];
          return [ofNode(input.nodes[0]), ofNode(input.nodes[1])];
        },
        target: voltageLike
          ? [placeOf(currentOf.get(element.name)!), -1]
          : [ofNode(element.terminals[0]), ofNode(element.terminals[1])],
        sign: voltageLike ? -1 : 1,
      });
    }
    return createSemiconductor(element, element.terminals.map(ofNode), circuit);
  });
}

function createSemiconductor(element: SemiconductorElement, places: readonly Place[], circuit: Circuit): Device {
  const parameters = modelParameters(element, circuit);
  switch (element.kind) {
    case "diode":
      return new Diode(element.name, places, parameters);
    case "npn":
    case "pnp":
      return new BipolarTransistor(element.name, places, parameters, { sign: element.kind === "npn" ? 1 : -1 });
    case "njf":
    case "pjf":
      return new JunctionFet(element.name, places, parameters, { sign: element.kind === "njf" ? 1 : -1 });
    case "nmos":
    case "pmos":
      return new Mosfet(element.name, places, parameters, { sign: element.kind === "nmos" ? 1 : -1 });
    default:
      return element.kind satisfies never;
  }
}
