import type { Frame } from "./frame.ts";
import { resolveControlled } from "./resolve-controlled.ts";
import { resolveDevice } from "./resolve-device.ts";
import { resolveInstance } from "./resolve-instance.ts";
import { resolveCoupling, resolvePassive } from "./resolve-passive.ts";
import { resolveSource } from "./resolve-source.ts";
import { resolveSwitch } from "./resolve-switch.ts";

/** Adds all elements of a body to the circuit, in its order; subcircuits where their instances stand. */
export function resolveBody(frame: Frame): void {
  for (const element of frame.body.elements) {
    switch (element.kind) {
      case "resistor":
      case "capacitor":
      case "inductor":
        resolvePassive(frame, element);
        break;
      case "coupling":
        resolveCoupling(frame, element);
        break;
      case "voltage-source":
      case "current-source":
        resolveSource(frame, element);
        break;
      case "linear":
      case "polynomial":
      case "behavioural":
        resolveControlled(frame, element);
        break;
      case "device":
        resolveDevice(frame, element);
        break;
      case "switch":
        resolveSwitch(frame, element);
        break;
      case "instance":
        resolveInstance(frame, element, resolveBody);
        break;
      default:
        throw new Error(`bug: element ${JSON.stringify(element satisfies never)}`);
    }
  }
}
