/** circuits: simulated devices; a netlist or a circuit of the library in, what it makes of a sound out. Signals are `[samples]`. */

export type { Circuit, Element } from "./circuit.ts";
export { type DiodeClipperOptions, simulateDiodeClipper } from "./diode-clipper.ts";
export { circuitLibrary } from "./library/library.ts";
export type { LibraryCircuit } from "./library/library-circuit.ts";
export { knobParameters } from "./netlist/knob-values.ts";
export { evaluateConstant } from "./netlist/evaluate-constant.ts";
export type { Knob, Netlist, NetlistInput, NetlistOutput, Potentiometer, Switch, Taper } from "./netlist/netlist.ts";
export { type ReadNetlistOptions, readNetlist } from "./netlist/read-netlist.ts";
export { decodeNetlist, readNetlistBytes } from "./netlist/read-netlist-bytes.ts";
export { type ResolveOptions, resolveCircuit } from "./netlist/resolve-circuit.ts";
export { type SpiceDeckOptions, spiceDeck } from "./netlist/spice-deck.ts";
export { readTaper, taperPosition, taperShare } from "./netlist/taper.ts";
export { type WriteSpiceOptions, writeSpice } from "./netlist/write-spice.ts";
export { createNetlistSolver, type NetlistSolverOptions } from "./netlist-solver.ts";
export { type KnobPositions, type SimulateOptions, simulateCircuit } from "./simulate-circuit.ts";
export type { CircuitSolver, CircuitSolverOptions } from "./solver/circuit-solver.ts";
export { createCircuitSolver } from "./solver/plain-circuit-solver.ts";
