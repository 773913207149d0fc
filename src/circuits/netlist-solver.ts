import { checkOptions, isTonewrightError, TonewrightError, wrongCall } from "../errors/index.ts";
import type { Circuit } from "./circuit.ts";
import type { IntegrationMethod } from "./devices/device.ts";
import { checkNetlist } from "./netlist/check-netlist.ts";
import type { Netlist } from "./netlist/netlist.ts";
import { listed } from "./netlist/netlist-error.ts";
import { resolveCircuit } from "./netlist/resolve-circuit.ts";
import { topNodes } from "./netlist/top-nodes.ts";
import type { CircuitSolver } from "./solver/circuit-solver.ts";
import { createFastCircuitSolver } from "./solver/fast-circuit-solver.ts";

/** At which setting, and how finely, a netlist is solved. */
export interface NetlistSolverOptions {
  /** Positions of knobs by name; others stay as drawn. */
  readonly knobs?: Readonly<Record<string, number | string>>;
  /** Seconds from one input sample to the next. */
  readonly stepSeconds: number;
  /** Default trapezoidal. */
  readonly method?: IntegrationMethod | undefined;
}

/**
 * The solver of a netlist at some setting of its knobs, and the volts of full scale.
 *
 * @throws TonewrightError `no-circuit-input` if the netlist has no input or output, `bad-option`, `wrong-call`,
 *   `unknown-option`, `missing-option`, those of `resolveCircuit` and of `createCircuitSolver`
 */
export function createNetlistSolver(
  netlist: Netlist,
  options: NetlistSolverOptions,
): { readonly solver: CircuitSolver; readonly inputVolts: number; readonly outputVolts: number } {
  const call = "createNetlistSolver(netlist, options)";
  checkNetlist(call, netlist);
  checkOptions(call, options, { stepSeconds: true, knobs: false, method: false });
  const { knobs = {}, stepSeconds, method } = options;
  if (!(typeof stepSeconds === "number" && stepSeconds > 0 && stepSeconds < Infinity))
    throw wrongCall(call, "the option stepSeconds", stepSeconds, "give the seconds of a step: 1 / 48000");
  if (method !== undefined && !methods.includes(method)) {
    throw new TonewrightError("bad-option", `there is no method "${method}"`, `use one of: ${methods.join(", ")}`);
  }
  const circuit = resolveCircuit(netlist, { knobs });
  const { input, output } = netlist;
  if (input === undefined || output === undefined) throw noPort(netlist, circuit);
  try {
    const solver = createFastCircuitSolver(circuit, { input: input.source, output: output.nodes, stepSeconds, method });
    return { solver, inputVolts: input.volts, outputVolts: output.volts };
  } catch (error) {
    // The solver knows lines; the file's name is the netlist's.
    const line = isTonewrightError(error) ? /^line (\d+: )/.exec(error.message) : null;
    if (line === null || !isTonewrightError(error)) throw error;
    const message = `${netlist.name}:${line[1]}${error.message.slice(line[0].length)}`;
    throw new TonewrightError(error.code, message, error.hint);
  }
}

const methods: readonly IntegrationMethod[] = ["trapezoidal", "gear2"];

function noPort(netlist: Netlist, circuit: Circuit): TonewrightError {
  const { name, input, elements, warnings } = netlist;
  // A first line that was taken for the title may have been the input.
  const note = warnings.find((warning) => warning.includes("title"));
  const sources = elements.filter(({ kind }) => kind === "voltage-source").map((source) => source.name);
  const nodes = topNodes(netlist, circuit.nodes).filter((node) => node !== "0");
  return new TonewrightError(
    "no-circuit-input",
    `"${name}" does not say where the audio goes ${input === undefined ? "in" : "out"}${note === undefined ? "" : ` (${note})`}`,
    input === undefined
      ? sources.length === 0
        ? 'add a voltage source at its input ("Vin in 0 0") and name it: "*.input Vin"'
        : `name the voltage source at its input: "*.input ${sources[0]}"; there are: ${listed(sources)}`
      : `name the node at its output: "*.output out"; there are: ${listed(nodes)}`,
  );
}
