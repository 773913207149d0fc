import type { WaveOutput } from "./directive-reader.ts";
import type { OwnDirectives } from "./knob-reader.ts";
import type { NetlistBody, NetlistElement, NetlistInput, NetlistOutput, Place, SourceElement } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";

const outputNames = ["out", "vout", "output"];

/**
 * Input and output: as written, or by the names that people give them.
 *
 * @param warn - Told when the audio takes the place of a waveform.
 * @throws TonewrightError `netlist-port` if `*.input` names no voltage source
 */
export function findPorts(
  body: NetlistBody,
  { input, output, inputVolts, wave }: OwnDirectives & { readonly wave?: WaveOutput },
  warn: (place: Place, text: string) => void,
): { readonly input?: NetlistInput; readonly output?: NetlistOutput } {
  const sources = body.elements.filter((element): element is SourceElement => element.kind === "voltage-source");
  const names = sources.map(({ name }) => name);
  if (input && !names.includes(input.source)) {
    throw netlistError(
      "netlist-port",
      input.place,
      `*.input names ${quoted(input.source)}, which is no voltage source of the netlist`,
      `${suggestion(input.source, names)}there are: ${listed(names)}`,
    );
  }
  // A source with a waveform may be an LFO where another has `AC`.
  const only = (list: readonly SourceElement[]) => (list.length === 1 ? list[0]?.name : undefined);
  const driven = only(sources.filter(({ ac }) => ac)) ?? only(sources.filter(({ waveform }) => waveform));
  const played = only(sources.filter(({ waveform }) => waveform?.shape === "wavefile"));
  const usual = played ?? (names.includes("vin") ? "vin" : driven);
  const source = sources.find(({ name }) => name === (input?.source ?? usual));
  if (source?.waveform) {
    warn(source.place, `${source.name}: the audio takes the place of ${source.waveform.shape.toUpperCase()}`);
  }
  const found =
    output ?? (wave ? { nodes: [wave.node, "0"] as const, volts: 1, place: wave.place } : usualOutput(body));
  return {
    ...(source ? { input: { source: source.name, volts: inputVolts ?? input?.volts ?? 1, ...placeOf(input) } } : {}),
    ...(found
      ? {
          output: {
            nodes: [nodeName(found.nodes[0]), nodeName(found.nodes[1])],
            volts: found.volts,
            ...placeOf(found),
          },
        }
      : {}),
  };
}

/** Where a port is written, if it is. */
function placeOf(port: { readonly place?: Place } | undefined): { readonly place?: Place } {
  return port?.place ? { place: port.place } : {};
}

/** A node called `out` or the like, also on KiCad's root sheet: `/out`. */
function usualOutput({ elements }: NetlistBody): NetlistOutput | undefined {
  const nodes = new Set(elements.flatMap(nodesOf));
  const name = outputNames.flatMap((plain) => [plain, `/${plain}`]).find((candidate) => nodes.has(candidate));
  return name === undefined ? undefined : { nodes: [name, "0"], volts: 1 };
}

function nodesOf(element: NetlistElement): readonly string[] {
  if (element.kind === "coupling") return [];
  return element.kind === "device" ? element.words.slice(0, 4).map(({ text }) => text) : element.nodes;
}

/** As the circuit will call it. */
function nodeName(written: string): string {
  return written === "gnd" ? "0" : written.replaceAll(":", ".");
}
