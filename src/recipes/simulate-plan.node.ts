import {
  countSettings,
  effectFileName,
  type EffectKnob,
  type KnobAxis,
  type KnobPlanKind,
  type KnobSplitMode,
  mostSettings,
  planSettings,
  readKnobChoices,
  readKnobMovements,
  roundKnob,
} from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { sha256 } from "./run-folder.node.ts";
import {
  type CircuitEffect,
  type IntegrationMethod,
  knobsOfCircuit,
  netlistOf,
  type SimulatedEffect,
  stretchRenderer,
} from "./simulate-effect.ts";
import { guessedPorts, idleKnobs } from "./simulate-circuit-facts.ts";
import { findPlugin } from "./simulate-plugin.node.ts";
import {
  describeRequest,
  knobsByName,
  plannedPairs,
  refuseDoubles,
  type SimulatedSound,
  type SimulationRequest,
} from "./simulate-request.ts";
import { checkSound, describeSoundFile } from "./simulate-sounds.node.ts";
import { findCircuit } from "./simulate-source.node.ts";
import { isOfSetting } from "./simulate-work.node.ts";

/** A dataset as one asks for it. */
export interface SimulationWish {
  /** A circuit of the library, or a netlist's file. */
  readonly circuit?: string | undefined;
  /** Instead: an LV2 URI, or a LADSPA label. */
  readonly plugin?: string | undefined;
  /** See `readKnobChoices`. */
  readonly knobs?: string | undefined;
  /** Default: `latin` with a number of settings, else `grid`. */
  readonly plan?: KnobPlanKind | undefined;
  readonly settings?: number | undefined;
  /** Of the training signal; default 3. */
  readonly minutes?: number | undefined;
  /** Name of a mixture of the training signal; default `guitar`. */
  readonly signal?: string | undefined;
  /** Sound files, instead of the training signal. */
  readonly inputs?: readonly string[] | undefined;
  /** Finds the group of a sound file in its path; default: its folder. */
  readonly groupPattern?: RegExp | undefined;
  /** Hz; default: that of the first sound file, else 48000. */
  readonly sampleRate?: number | undefined;
  readonly oversampling?: number | undefined;
  readonly method?: IntegrationMethod | undefined;
  /** Default: `none` for one setting of one sound, `file` for three sounds and more, else `time`. */
  readonly split?: KnobSplitMode | undefined;
  /** See `readKnobMovements`. */
  readonly move?: string | undefined;
  readonly seed: number;
}

/** An effect with its knobs. */
export interface FoundEffect {
  readonly effect: SimulatedEffect;
  /** For folders and files. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly knobs: readonly EffectKnob[];
  /** SHA-256 of the netlist with its includes; empty for plug-ins. */
  readonly sourceHash: string;
  /** Sentences about what was read and left out. */
  readonly warnings: readonly string[];
}

/** A dataset that can be made, and how it differs from others. */
export interface PlannedSimulation {
  readonly request: SimulationRequest;
  readonly description: Readonly<Record<string, unknown>>;
  readonly found: FoundEffect;
}

const defaults = { minutes: 3, sampleRate: 48_000, oversampling: 8, signal: "guitar" } as const;

/**
 * The effect that is asked for, with its knobs; a circuit that cannot be played where its knobs rest is refused.
 *
 * @throws TonewrightError `unknown-circuit`, `file-not-found`, those of `readNetlist` and `simulateCircuit`;
 *   `program-missing`, `unknown-plugin`, `unusable-plugin`.
 */
export async function findEffect(wish: SimulationWish): Promise<FoundEffect> {
  const found = await readEffect(wish);
  if (found.effect.kind === "circuit") {
    const play = stretchRenderer(found.effect, { sampleRate: wish.sampleRate ?? defaults.sampleRate });
    play({ knobs: {}, startSeconds: 0, input: new Float32Array(32), from: 0, to: 32 });
  }
  return found;
}

async function readEffect({
  circuit,
  plugin,
  sampleRate = defaults.sampleRate,
  oversampling = defaults.oversampling,
  method = "trapezoidal",
}: SimulationWish): Promise<FoundEffect> {
  if (plugin !== undefined) {
    const { effect, title, knobs } = await findPlugin(plugin, { sampleRate });
    const name = effectFileName(plugin.split(/[#/:]/).findLast((part) => part !== "") ?? plugin);
    return { effect, name, title, knobs, sourceHash: "", warnings: [] };
  }
  const source = await findCircuit(circuit ?? "");
  const netlist = netlistOf(source);
  const ports = guessedPorts(netlist, source.text);
  return {
    effect: { kind: "circuit", source, oversampling, method },
    name: effectFileName(source.name),
    title: netlist.title,
    knobs: knobsOfCircuit(netlist),
    sourceHash: sha256(new TextEncoder().encode(JSON.stringify([source.text, source.includes]))),
    warnings: ports === undefined ? netlist.warnings : [...netlist.warnings, ports],
  };
}

/**
 * What a wish comes to: every setting, every sound.
 *
 * @param options.clock - Milliseconds, monotonic; for an estimate of what is too much.
 * @throws TonewrightError those of `findEffect`; `unknown-knob`, `bad-knob`, `bad-plan`, `bad-movement`;
 *   `too-many-settings` with an estimate of time and size; those of `openRecording`; `no-group`; `same-recording`;
 *   `cannot-split`; those of `trainingSignal`; those of `simulateCircuit` that are about all settings.
 */
export async function planSimulation(
  wish: SimulationWish,
  { clock, threads }: { readonly clock: () => number; readonly threads: number },
): Promise<PlannedSimulation> {
  const { inputs = [], seed, knobs: text = "", settings: count } = wish;
  const files: Awaited<ReturnType<typeof describeSoundFile>>[] = [];
  for (const path of inputs) files.push(await describeSoundFile(path, { groupPattern: wish.groupPattern }));
  const sampleRate = wish.sampleRate ?? files[0]?.sampleRate ?? defaults.sampleRate;
  const found = await readEffect({ ...wish, sampleRate });
  const { effect, knobs } = found;
  const kind = wish.plan ?? (count === undefined ? "grid" : "latin");
  const axes = kind === "grid" && text.trim() === "" ? atRest(knobs) : readKnobChoices(text, knobs);
  const seconds = 60 * (wish.minutes ?? defaults.minutes);
  const sounds: SimulatedSound[] =
    files.length > 0
      ? files.map(({ sound }) => sound)
      : [{ kind: "generated", seconds, seed, preset: wish.signal ?? defaults.signal }];
  const wanted = countSettings(axes, { plan: kind, count });
  if (wanted > mostSettings) {
    const each = files.length > 0 ? files.reduce((sum, file) => sum + (file.seconds ?? 0), 0) : seconds;
    throw tooMany(wanted, { each, sampleRate, threads, speed: speedOf(effect, { sampleRate, clock }) });
  }
  refuseDoubles(sounds);
  for (const sound of sounds) checkSound(sound, { sampleRate });
  const settings = planSettings(axes, { plan: kind, count, seed });
  const named = new Set(axes.map(({ knob }) => knob));
  const isOne = settings.length === 1 && sounds.length === 1;
  const request: SimulationRequest = {
    effect,
    name: found.name,
    axes,
    fixed: Object.fromEntries(knobs.flatMap((knob) => (named.has(knob) ? [] : [[knob.name, knob.default]]))),
    plan: { kind, seed, knobs: text },
    settings,
    sounds,
    sampleRate,
    split: wish.split ?? (isOne ? "none" : sounds.length >= 3 ? "file" : "time"),
    seed,
    moves: readMoves(wish.move, { axes, effect, all: knobs }),
    warnings: idleWarnings(effect, axes),
  };
  tryCircuit(request);
  // Whether it can be divided does not depend on the exact lengths; an empty file is told when it is read.
  const lengths = sounds.map((sound, k) => (sound.kind === "generated" ? sound.seconds : files[k]?.seconds || 60));
  plannedPairs(request, { lengths: lengths.map((length) => Math.round(length * sampleRate)) });
  return { request, description: describeRequest(request, found), found };
}

/** Settings that are tried before it is said that all have the same fault. */
const mostTries = 100;

/** What is wrong with a circuit at all settings is told before a folder is made for them. */
function tryCircuit(request: SimulationRequest): void {
  const { effect, sampleRate, settings } = request;
  if (effect.kind === "plugin") return;
  const play = stretchRenderer(effect, { sampleRate });
  let first: unknown;
  for (const values of settings.slice(0, mostTries)) {
    try {
      play({ knobs: knobsByName(values, request), startSeconds: 0, input: new Float32Array(32), from: 0, to: 32 });
      return;
    } catch (error) {
      if (!isOfSetting(error)) throw error;
      // What goes wrong while it plays may do so after some time only; it is told where it happens.
      if (!error.code.startsWith("netlist-")) return;
      first ??= error;
    }
  }
  throw first;
}

/** Knobs of the dataset that nothing in the circuit hears. */
function idleWarnings(effect: SimulatedEffect, axes: readonly KnobAxis[]): string[] {
  if (effect.kind === "plugin") return [];
  const netlist = netlistOf(effect.source);
  const named = new Set(axes.map(({ knob }) => knob.name));
  return idleKnobs(netlist, knobsOfCircuit(netlist)).flatMap(({ name }) =>
    named.has(name)
      ? [`the knob "${name}" changes nothing: no part of the circuit uses it; write {${name}} into the value of one`]
      : [],
  );
}

/** All knobs where they stand if nobody touches them. */
function atRest(knobs: readonly EffectKnob[]): KnobAxis[] {
  return knobs.map((knob) => ({ knob, choice: { kind: "values", values: [roundKnob(knob.default, knob)] } }));
}

function readMoves(
  text: string | undefined,
  {
    axes,
    effect,
    all,
  }: { readonly axes: readonly KnobAxis[]; readonly effect: SimulatedEffect; readonly all: readonly EffectKnob[] },
): SimulationRequest["moves"] {
  if (text === undefined) return null;
  if (effect.kind === "plugin") {
    throw new TonewrightError(
      "bad-movement",
      "knobs of a plug-in cannot be moved while it plays: its host sets them once",
      "leave --move out",
    );
  }
  const movements = readKnobMovements(text, all);
  const outside = movements.find(({ knob }) => !axes.some((axis) => axis.knob === knob))?.knob.name;
  if (outside === undefined) return { text, movements };
  throw new TonewrightError(
    "bad-movement",
    `"${outside}" cannot be moved: it is none of the dataset's knobs`,
    `name it in --knobs too, such as ${outside}=0..1:3; a model learns only the knobs that are named there`,
  );
}

/** Seconds of sound that one thread renders in a second; nothing if that cannot be told. */
function speedOf(
  effect: SimulatedEffect,
  { sampleRate, clock }: { readonly sampleRate: number; readonly clock: () => number },
): number | undefined {
  if (effect.kind === "plugin") return undefined;
  const seconds = 0.05;
  try {
    const play = stretchRenderer(effect satisfies CircuitEffect, { sampleRate });
    const tone = Float32Array.from(
      { length: Math.round(2 * seconds * sampleRate) },
      (_, n) => 0.3 * Math.sin((2 * Math.PI * 220 * n) / sampleRate),
    );
    const job = (input: Float32Array) => play({ knobs: {}, startSeconds: 0, input, from: 0, to: input.length });
    job(tone.subarray(0, tone.length / 2));
    const started = clock();
    job(tone);
    return (2 * seconds * 1000) / Math.max(1e-3, clock() - started);
  } catch {
    return undefined;
  }
}

function tooMany(
  settings: number,
  {
    each,
    sampleRate,
    threads,
    speed,
  }: {
    readonly each: number;
    readonly sampleRate: number;
    readonly threads: number;
    readonly speed: number | undefined;
  },
): TonewrightError {
  const bytes = settings * each * sampleRate * 4;
  const hours = speed === undefined ? undefined : (settings * each) / speed / threads / 3600;
  const size = bytes >= 1e12 ? `${(bytes / 1e12).toPrecision(2)} TB` : `${(bytes / 1e9).toPrecision(2)} GB`;
  const time =
    hours === undefined
      ? ""
      : `${hours > 48 ? `${Math.round(hours / 24)} days` : `${hours.toPrecision(2)} hours`} and `;
  return new TonewrightError(
    "too-many-settings",
    `this plan has ${settings.toLocaleString("en")} settings of ${Number((each / 60).toPrecision(3))} min, about ${time}${size}; ` +
      `the most is ${mostSettings.toLocaleString("en")}`,
    "use fewer values or knobs, or draw some: --plan latin --settings 100",
  );
}
