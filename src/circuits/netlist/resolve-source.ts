import { type Frame, numberOf, pairOf, settingOf } from "./frame.ts";
import type { SourceElement, Waveform } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

/** Which argument of a waveform is its value at rest. */
const restArgument: Readonly<Record<string, number>> = { sin: 0, pulse: 0, exp: 0, sffm: 0, pwl: 1 };

/**
 * An independent source.
 *
 * Of the source that the audio drives, only the constant part counts: `DC`, or the waveform's offset. The audio takes the
 * waveform's place. A waveform on any other source is refused, since the recording would not contain what it does.
 */
export function resolveSource(frame: Frame, element: SourceElement): void {
  const { kind, name, place, constant, waveform, settings } = element;
  const { builder, prefix } = frame;
  const full = prefix + name;
  if (waveform && full !== frame.input) {
    throw netlistError(
      "netlist-unsupported",
      place,
      `${quoted(full)} has the waveform ${waveform.shape.toUpperCase()}, and is not the source that the audio drives`,
      `name it as the input ("*.input ${name.slice(0, 40)}"), or give it a constant value`,
    );
  }
  const size = constant ? numberOf(frame, constant) : waveform ? atRest(frame, waveform) : 0;
  const at = builder.locate(place);
  const [from, to] = pairOf(frame, element.nodes, place);
  if (kind === "current-source") {
    builder.add({
      kind,
      name: full,
      ...at,
      terminals: [from, to],
      amps: size * (settingOf(frame, settings, "m") ?? 1),
    });
    return;
  }
  const ohms = settingOf(frame, settings, "rser") ?? 0;
  if (ohms < 0)
    throw netlistError("netlist-value", place, `${quoted(full)} has Rser=${ohms}`, "write a resistance above 0");
  const inner = ohms > 0 ? builder.node(`${name}#rser`, { prefix, ports: frame.ports, place }) : from;
  builder.add({ kind, name: full, ...at, terminals: [inner, to], volts: size });
  if (ohms > 0) builder.add({ kind: "resistor", name: `${full}#rser`, ...at, terminals: [from, inner], ohms });
  const farads = settingOf(frame, settings, "cpar") ?? 0;
  if (farads < 0)
    throw netlistError("netlist-value", place, `${quoted(full)} has Cpar=${farads}`, "write a capacitance above 0");
  if (farads > 0) builder.add({ kind: "capacitor", name: `${full}#cpar`, ...at, terminals: [from, to], farads });
}

function atRest(frame: Frame, { shape, arguments: values }: Waveform): number {
  const value = Object.hasOwn(restArgument, shape) ? values[restArgument[shape] ?? 0] : undefined;
  return value ? numberOf(frame, value) : 0;
}
