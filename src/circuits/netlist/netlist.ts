import type { ParsedExpression } from "./expression.ts";

/** A parsed netlist: parameters, subcircuits and knobs still open. Plain data, so it can be sent to a worker. */
export interface Netlist extends NetlistBody {
  /** Of the file, for messages. */
  readonly name: string;
  /** The first line, without a leading `*` or `.title`. */
  readonly title: string;
  /** From `*.description`, otherwise empty. */
  readonly description: string;
  readonly knobs: readonly Knob[];
  /** From `*.input`, otherwise a source named `vin`, otherwise the only source with `AC`; absent if there is none of these. */
  readonly input?: NetlistInput;
  /** From `*.output`, otherwise a node named `out`; absent if there is neither. */
  readonly output?: NetlistOutput;
  readonly initialVolts: readonly InitialVolts[];
  readonly temperature?: Formula;
  /** Nodes that are the same everywhere, lower case, from `.global`. */
  readonly globals: readonly string[];
  /** What was read and left out, one sentence each, with line. */
  readonly warnings: readonly string[];
}

/** What stands between `.subckt` and `.ends`, or outside of all subcircuits. */
export interface NetlistBody {
  readonly elements: readonly NetlistElement[];
  /** By name, lower case, as are all names. */
  readonly models: Readonly<Record<string, ModelCard>>;
  readonly subcircuits: Readonly<Record<string, Subcircuit>>;
  readonly parameters: Readonly<Record<string, Formula>>;
  readonly functions: Readonly<Record<string, UserFunction>>;
}

/** A subcircuit as defined; `defaults` are its parameters. */
export interface Subcircuit extends NetlistBody {
  readonly name: string;
  readonly place: Place;
  readonly ports: readonly string[];
  readonly defaults: Readonly<Record<string, Formula>>;
}

/** Where something stands. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A value as written. `expression` is null if it is no number or expression: the text then stands for itself. */
export interface Formula {
  readonly text: string;
  readonly place: Place;
  readonly expression: ParsedExpression | null;
}

/** Values by name. */
export type Settings = Readonly<Record<string, Formula>>;

/** From `.func`. */
export interface UserFunction {
  readonly parameters: readonly string[];
  readonly body: Formula;
}

/** From `.model`. */
export interface ModelCard {
  readonly name: string;
  readonly place: Place;
  /** Lower case: `d`, `npn`, … Empty if it takes the type of `base`. */
  readonly type: string;
  /** From `ako:`. */
  readonly base?: string;
  readonly settings: Settings;
}

/** From `.ic`. */
export interface InitialVolts {
  readonly node: string;
  readonly volts: Formula;
}

/** Which source the audio drives. */
export interface NetlistInput {
  /** Lower case. */
  readonly source: string;
  /** Volts that a sample of 1 stands for. */
  readonly volts: number;
  /** Of the `*.input` line; absent where the source was guessed. */
  readonly place?: Place;
}

/** Between which nodes the output is taken. */
export interface NetlistOutput {
  /** Lower case; the second is ground unless written. */
  readonly nodes: readonly [string, string];
  /** Volts that become a sample of 1. */
  readonly volts: number;
  /** Of the `*.output` or `.wave` line; absent where the node was guessed. */
  readonly place?: Place;
}

/** A control that sets one parameter of the netlist. */
export type Knob = Potentiometer | Switch;

/** A knob that turns. Its position is from 0 (counter-clockwise) to 1; the parameter is `min + (max - min) taper(position)`. */
export interface Potentiometer {
  readonly kind: "potentiometer";
  /** Of the parameter, lower case. */
  readonly name: string;
  /** What a panel would say. */
  readonly label: string;
  readonly taper: Taper;
  /** The parameter at position 0. */
  readonly min: number;
  /** The parameter at position 1. */
  readonly max: number;
  /** Position at which the parameter has the value of its `.param` line. */
  readonly position: number;
  readonly unit: string;
}

/** A knob with named positions; the parameter is the position's index. */
export interface Switch {
  readonly kind: "switch";
  readonly name: string;
  readonly label: string;
  readonly positions: readonly string[];
  /** Index of the position that the `.param` line chooses. */
  readonly position: number;
}

/** How a potentiometer's resistance follows its rotation: straight, or with `middle` of it reached half way round. */
export interface Taper {
  readonly kind: "linear" | "audio" | "reverse-audio";
  /** Share of the resistance at half rotation (for `reverse-audio`, what is missing to 1). */
  readonly middle: number;
}

interface ElementBase {
  /** Lower case, with its letter. */
  readonly name: string;
  readonly place: Place;
  readonly settings: Settings;
}

/** An element line, its names not yet looked up. */
export type NetlistElement =
  | PassiveElement
  | CouplingElement
  | SourceElement
  | LinearElement
  | PolynomialElement
  | BehaviouralElement
  | DeviceElement
  | SwitchElement
  | InstanceElement;

/** R, C or L. */
export interface PassiveElement extends ElementBase {
  readonly kind: "resistor" | "capacitor" | "inductor";
  readonly nodes: readonly [string, string];
  readonly value?: Formula;
  readonly model?: string;
}

/** K. */
export interface CouplingElement extends ElementBase {
  readonly kind: "coupling";
  readonly inductors: readonly string[];
  readonly coefficient: Formula;
}

/** V or I. */
export interface SourceElement extends ElementBase {
  readonly kind: "voltage-source" | "current-source";
  readonly nodes: readonly [string, string];
  readonly constant?: Formula;
  readonly waveform?: Waveform;
  /** Whether it has an `AC` value: for SPICE's small-signal analysis, and a hint that it is the input. */
  readonly ac: boolean;
}

/** `SIN(0 1 1k)` and its kin. */
export interface Waveform {
  /** Lower case. */
  readonly shape: string;
  readonly arguments: readonly Formula[];
  /** Whether `REPEAT FOREVER` stands among the points of a PWL. */
  readonly repeats?: boolean;
}

/** E, F, G, H with one gain. */
export interface LinearElement extends ElementBase {
  readonly kind: "linear";
  readonly letter: "e" | "f" | "g" | "h";
  readonly nodes: readonly [string, string];
  /** E and G: two nodes. F and H: one voltage source. */
  readonly control: readonly string[];
  readonly gain: Formula;
}

/** E, F, G, H with `POLY(n)`. */
export interface PolynomialElement extends ElementBase {
  readonly kind: "polynomial";
  readonly letter: "e" | "f" | "g" | "h";
  readonly nodes: readonly [string, string];
  /** E and G: two nodes per dimension. F and H: a voltage source per dimension. */
  readonly control: readonly string[];
  readonly dimensions: number;
  readonly coefficients: readonly Formula[];
}

/** B, and E, F, G, H with `VALUE=`. */
export interface BehaviouralElement extends ElementBase {
  readonly kind: "behavioural";
  readonly quantity: "voltage" | "current" | "resistance";
  readonly nodes: readonly [string, string];
  readonly value: Formula;
  /** From `TABLE`: x and y of points in turn; `value` is x. */
  readonly table?: readonly Formula[];
}

/** D, Q, J, M, and XSPICE's potentiometer. */
export interface DeviceElement extends ElementBase {
  readonly kind: "device";
  readonly letter: "d" | "q" | "j" | "m" | "a";
  /** Nodes, model, and what follows: which is which depends on the models. */
  readonly words: readonly Formula[];
}

/** S or W. */
export interface SwitchElement extends ElementBase {
  readonly kind: "switch";
  readonly letter: "s" | "w";
  readonly nodes: readonly [string, string];
  /** S: two nodes. W: one voltage source. */
  readonly control: readonly string[];
  readonly model: string;
}

/** X. */
export interface InstanceElement extends ElementBase {
  readonly kind: "instance";
  readonly nodes: readonly string[];
  readonly subcircuit: string;
}
