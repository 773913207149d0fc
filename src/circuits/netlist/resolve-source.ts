import { type Frame, numberOf, pairOf, settingOf } from "./frame.ts";
import type { SourceElement, Waveform } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import { combine, constant } from "./piecewise.ts";
import { waveformExpression } from "./waveform.ts";

/** Which argument of a waveform is its value at rest. */
const restArgument: Readonly<Record<string, number>> = { sin: 0, pulse: 0, exp: 0, sffm: 0, pwl: 1 };

/**
 * An independent source.
 *
 * Of the source that the audio drives, only the constant part counts: `DC`, or the waveform's offset. The audio takes the
 * waveform's place. Any other source follows its waveform: it becomes one of 0 V, whose current can be asked for, and an
 * expression of time.
 */
export function resolveSource(frame: Frame, element: SourceElement): void {
  const { kind, name, place, waveform, settings } = element;
  const { builder, prefix } = frame;
  const full = prefix + name;
  const moving = waveform && full !== frame.input ? waveformExpression(frame, element) : undefined;
  const size = element.constant ? numberOf(frame, element.constant) : waveform ? atRest(frame, waveform) : 0;
  const at = builder.locate(place);
  const [from, to] = pairOf(frame, element.nodes, place);
  if (kind === "current-source") {
    const count = settingOf(frame, settings, "m") ?? 1;
    if (moving) {
      const expression = count === 1 ? moving : combine("multiply", constant(count), moving);
      builder.add({ kind: "behavioural-current", name: full, ...at, terminals: [from, to], expression });
      return;
    }
    builder.add({
      kind,
      name: full,
      ...at,
      terminals: [from, to],
      amps: size * count,
    });
    return;
  }
  const ohms = settingOf(frame, settings, "rser") ?? 0;
  if (ohms < 0)
    throw netlistError("netlist-value", place, `${quoted(full)} has Rser=${ohms}`, "write a resistance above 0");
  const inner = ohms > 0 ? builder.node(`${name}#rser`, { prefix, ports: frame.ports, place }) : from;
  if (moving) {
    const behind = builder.node(`${name}#wave`, { prefix, ports: frame.ports, place });
    builder.add({ kind, name: full, ...at, terminals: [inner, behind], volts: 0 });
    const expression = moving;
    builder.add({ kind: "behavioural-voltage", name: `${full}#wave`, ...at, terminals: [behind, to], expression });
  } else builder.add({ kind, name: full, ...at, terminals: [inner, to], volts: size });
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
