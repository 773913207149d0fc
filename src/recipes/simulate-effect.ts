import { type EffectKnob, type KnobMovement, knobValueAt } from "../datasets/index.ts";
import { circuitLibrary, type Netlist, readNetlist, type SimulateOptions, simulateCircuit } from "../circuits/index.ts";

/** How a circuit's equations are stepped through time. */
export type IntegrationMethod = NonNullable<SimulateOptions["method"]>;

/** A circuit as text: plain data, so that it can be sent to a worker. */
export interface CircuitSource {
  /** Of the library or of the netlist's file, without its ending. */
  readonly name: string;
  /** Of the file, for messages. */
  readonly file: string;
  readonly text: string;
  /** Texts that the netlist includes, by path. */
  readonly includes: Readonly<Record<string, string>>;
}

/** A circuit that is to be played. */
export interface CircuitEffect {
  readonly kind: "circuit";
  readonly source: CircuitSource;
  /** Steps of the solver per sample. */
  readonly oversampling: number;
  readonly method: IntegrationMethod;
}

/** A plug-in that another program plays. */
export interface PluginEffect {
  readonly kind: "plugin";
  /** LV2 URI, or LADSPA label. */
  readonly name: string;
  readonly host: "lv2file" | "sox";
  /** Symbols of the ports behind the knobs, by knob. LADSPA: indices. */
  readonly ports: Readonly<Record<string, string>>;
  /** LADSPA: file of the plug-in. */
  readonly module?: string | undefined;
  /** LV2: symbols of the audio inputs that get the sound. */
  readonly inputs?: readonly string[] | undefined;
  /** LADSPA: control ports in order, outputs included; null for outputs. */
  readonly controls?: readonly (string | null)[] | undefined;
}

/** What makes wet of dry. */
export type SimulatedEffect = CircuitEffect | PluginEffect;

/** The netlist of a source. */
export function netlistOf({ file, text, includes }: CircuitSource): Netlist {
  return readNetlist(text, { name: file, files: includes });
}

/** The knobs of a circuit, as positions: 0 is counter-clockwise, 1 clockwise; switches by index. */
export function knobsOfCircuit({ knobs }: Pick<Netlist, "knobs">): EffectKnob[] {
  return knobs.map((knob): EffectKnob => {
    const { name, label } = knob;
    if (knob.kind === "switch") {
      const { positions, position } = knob;
      const max = positions.length - 1;
      return { name, label, unit: "", min: 0, max, default: position, spacing: "whole", positions };
    }
    return { name, label, unit: "", min: 0, max: 1, default: knob.position, spacing: "linear" };
  });
}

/** A circuit of the library, for `simulate --list`. */
export interface ListedCircuit {
  readonly name: string;
  readonly summary: string;
  readonly knobs: readonly EffectKnob[];
}

/** The circuits that come with Tonewright, with their knobs. */
export function listCircuits(): ListedCircuit[] {
  return circuitLibrary.map(({ name, summary, netlist }) => {
    const knobs = knobsOfCircuit(readNetlist(netlist, { name }));
    return { name, summary, knobs };
  });
}

/** Where knobs stand: values by name, or how they move while the sound runs. Others stay as drawn. */
export type KnobCourse = Readonly<Record<string, number>> | readonly KnobMovement[];

/** A stretch of a sound that is to go through a circuit. */
export interface RenderJob {
  readonly knobs: KnobCourse;
  /** Where in the whole sound `input` begins. */
  readonly startSeconds: number;
  /** The sound with what comes before and behind, shape `[samples]`. */
  readonly input: Float32Array;
  /** Of `input`: what is wanted. */
  readonly from: number;
  readonly to: number;
}

/** Plays stretches of sound through one circuit. */
export type RenderStretch = (job: RenderJob, onProgress?: (samples: number) => void) => Float32Array;

/**
 * A function that plays stretches of sound through a circuit, each from rest.
 *
 * @throws TonewrightError those of `readNetlist`; the function: those of `simulateCircuit`.
 */
export function stretchRenderer(
  { source, oversampling, method }: CircuitEffect,
  { sampleRate }: { readonly sampleRate: number },
): RenderStretch {
  const netlist = netlistOf(source);
  return ({ knobs, startSeconds, input, from, to }, onProgress) =>
    simulateCircuit(netlist, input, {
      sampleRate,
      knobs: isMoving(knobs) ? (seconds) => positionsAt(knobs, startSeconds + seconds) : knobs,
      oversampling,
      method,
      onProgress,
    }).slice(from, to);
}

function isMoving(knobs: KnobCourse): knobs is readonly KnobMovement[] {
  return Array.isArray(knobs);
}

function positionsAt(movements: readonly KnobMovement[], seconds: number): Record<string, number> {
  return Object.fromEntries(
    movements.map((movement) => {
      const { name, min, max } = movement.knob;
      // Rounding must not carry a value beyond its range.
      return [name, Math.min(max, Math.max(min, knobValueAt(movement, seconds)))];
    }),
  );
}
