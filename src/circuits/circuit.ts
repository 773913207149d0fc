/**
 * A circuit without subcircuits, parameters or knobs left open: what the solver takes.
 *
 * Node 0 is ground. Terminals are node indices, in the order that SPICE writes them.
 */
export interface Circuit {
  readonly title: string;
  /** Names, lower case; index 0 is ground. Nodes inside a subcircuit are named `x1.n2`. */
  readonly nodes: readonly string[];
  readonly elements: readonly Element[];
  /** Of the whole circuit. */
  readonly temperatureCelsius: number;
  /** From `.ic`: volts by node index; held while the operating point is looked for. */
  readonly initialVolts: ReadonlyMap<number, number>;
}

interface Base {
  /** As written, lower case, with the path of its subcircuits in front: `x1.r3`. */
  readonly name: string;
  /** Line in the netlist, from 1, for messages. */
  readonly line: number;
  /** Name of the included file that the line is in; absent where it is the netlist itself. */
  readonly file?: string;
}

/** One element. All numbers are in SI units; model cards are resolved into `parameters` (lower case, SPICE's names). */
export type Element =
  | Resistor
  | Capacitor
  | Inductor
  | Coupling
  | VoltageSource
  | CurrentSource
  | ControlledSource
  | BehaviouralSource
  | SemiconductorElement;

export interface Resistor extends Base {
  readonly kind: "resistor";
  readonly terminals: readonly [number, number];
  readonly ohms: number;
}

export interface Capacitor extends Base {
  readonly kind: "capacitor";
  readonly terminals: readonly [number, number];
  readonly farads: number;
}

export interface Inductor extends Base {
  readonly kind: "inductor";
  readonly terminals: readonly [number, number];
  readonly henries: number;
}

/** Magnetic coupling of two inductors, by their names; several couplings make a transformer. */
export interface Coupling extends Base {
  readonly kind: "coupling";
  readonly inductors: readonly [string, string];
  /** Above 0, at most 1. */
  readonly coefficient: number;
}

/** An independent source. `volts` is its constant value; the one that the audio drives adds the audio to it. */
export interface VoltageSource extends Base {
  readonly kind: "voltage-source";
  readonly terminals: readonly [number, number];
  readonly volts: number;
}

export interface CurrentSource extends Base {
  readonly kind: "current-source";
  /** The current flows through the source from the first to the second. */
  readonly terminals: readonly [number, number];
  readonly amps: number;
}

/** E (volts per volt), G (amps per volt), F (amps per amp), H (volts per amp), linear. */
export interface ControlledSource extends Base {
  readonly kind: "vcvs" | "vccs" | "cccs" | "ccvs";
  readonly terminals: readonly [number, number];
  readonly gain: number;
  /** E and G: the controlling nodes. */
  readonly control?: readonly [number, number];
  /** F and H: the name of the voltage source whose current controls. */
  readonly sensor?: string;
}

/** B sources, and E and G with `VALUE={…}`: an expression of voltages and currents. */
export interface BehaviouralSource extends Base {
  readonly kind: "behavioural-voltage" | "behavioural-current";
  readonly terminals: readonly [number, number];
  readonly expression: Expression;
}

/** Diode (anode, cathode), BJT (collector, base, emitter), JFET and MOSFET (drain, gate, source; MOSFET also bulk). */
export interface SemiconductorElement extends Base {
  readonly kind: "diode" | "npn" | "pnp" | "njf" | "pjf" | "nmos" | "pmos";
  readonly terminals: readonly number[];
  /** Instance area (multiplies currents and capacitances, divides resistances). Default 1. */
  readonly area: number;
  /** Model parameters that were given, lower case, SI units; defaults are the device's. MOSFETs add `w` and `l`. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** An expression over the circuit's voltages and currents, parameters already put in. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  /** Volts from the first to the second node. */
  | { readonly kind: "voltage"; readonly nodes: readonly [number, number] }
  /** Amps through a voltage source, by name. */
  | { readonly kind: "current"; readonly source: string }
  | { readonly kind: "time" }
  | { readonly kind: "unary"; readonly operation: "negate" | "not"; readonly argument: Expression }
  | {
      readonly kind: "binary";
      readonly operation:
        | "add"
        | "subtract"
        | "multiply"
        | "divide"
        | "power"
        | "less"
        | "less-equal"
        | "greater"
        | "greater-equal"
        | "equal"
        | "not-equal"
        | "and"
        | "or";
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `abs`, `sqrt`, `exp`, `ln`, `log10`, `sin`, `cos`, `tan`, `atan`, `sinh`, `cosh`, `tanh`, `min`, `max`, `pow` (|x|^y signed as SPICE's pwr/pwrs are separate), `pwr`, `pwrs`, `uramp`, `u` (step), `sgn`, `limit`, `if`. */
  | { readonly kind: "call"; readonly name: ExpressionFunction; readonly arguments: readonly Expression[] };

/** Functions that expressions may call. */
export type ExpressionFunction =
  | "abs"
  | "sqrt"
  | "exp"
  | "ln"
  | "log10"
  | "sin"
  | "cos"
  | "tan"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "min"
  | "max"
  | "pwr"
  | "pwrs"
  | "uramp"
  | "u"
  | "sgn"
  | "limit"
  | "if";
