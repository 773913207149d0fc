import type { OwnDirectives } from "./knob-reader.ts";
import type { NetlistBody, NetlistInput, NetlistOutput, SourceElement } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";

const outputNames = ["out", "vout", "output"];

/**
 * Input and output: as written, or by the names that people give them.
 *
 * @throws TonewrightError `netlist-port` if `*.input` names no voltage source
 */
export function findPorts(
  body: NetlistBody,
  { input, output, inputVolts }: OwnDirectives,
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
  const driven = sources.filter(({ ac, waveform }) => ac || waveform);
  const usual = names.find((name) => name === "vin") ?? (driven.length === 1 ? driven[0]?.name : undefined);
  const source = input?.source ?? usual;
  const volts = inputVolts ?? input?.volts ?? 1;
  const nodes = new Set(
    body.elements.flatMap((element) =>
      element.kind === "device"
        ? element.words.slice(0, 4).map(({ text }) => text)
        : element.kind === "coupling"
          ? []
          : [...element.nodes],
    ),
  );
  const usualOutput = outputNames.find((name) => nodes.has(name) || nodes.has(`/${name}`));
  const outputNode = usualOutput === undefined || nodes.has(usualOutput) ? usualOutput : `/${usualOutput}`;
  const found: NetlistOutput | undefined = output
    ? { nodes: output.nodes, volts: output.volts }
    : outputNode === undefined
      ? undefined
      : { nodes: [outputNode, "0"], volts: 1 };
  return {
    ...(source === undefined ? {} : { input: { source, volts } }),
    ...(found ? { output: found } : {}),
  };
}
