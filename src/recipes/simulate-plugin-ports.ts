import type { EffectKnob } from "../datasets/index.ts";

/** What a plug-in says of itself. */
export interface PluginDescription {
  readonly title: string;
  /** Control inputs; the symbol (LV2) or index (LADSPA) of each stands beside it. */
  readonly knobs: readonly { readonly knob: EffectKnob; readonly port: string }[];
  /** Symbols of audio inputs, side chains left out. */
  readonly audioInputs: readonly string[];
  readonly audioOutputs: readonly string[];
  /** All control ports in order, outputs as null: what a LADSPA host wants to be told. */
  readonly controls: readonly (string | null)[];
}

const core = "http://lv2plug.in/ns/lv2core#";

/** Inputs that hosts serve, not people. */
const hostPorts = new Set(["enabled", "freeWheeling", "latency"].map((name) => `${core}${name}`));

/**
 * What `lv2info` prints of a plug-in.
 *
 * @param text - Its standard output.
 */
export function readLv2Info(text: string): PluginDescription {
  const [head = "", ...blocks] = text.split(/^\tPort \d+:$/m);
  const ports = blocks.map(readLv2Port);
  const inputs = ports.filter(({ is }) => is("InputPort"));
  const controls = inputs.filter(({ is, designation }) => is("ControlPort") && !hostPorts.has(designation));
  const knobs = controls.map((port) => ({ knob: lv2Knob(port), port: port.symbol }));
  const audio = (direction: string) => ports.filter(({ is }) => is("AudioPort") && is(direction));
  return {
    title: /^\tName:\s*(.*)$/m.exec(head)?.[1]?.trim() ?? "",
    knobs,
    audioInputs: audio("InputPort").flatMap(({ has, symbol }) => (has("isSideChain") ? [] : [symbol])),
    audioOutputs: audio("OutputPort").map(({ symbol }) => symbol),
    controls: knobs.map(({ knob }) => knob.name),
  };
}

function readLv2Port(block: string) {
  const values = new Map<string, string[]>();
  const points: { readonly value: number; readonly name: string }[] = [];
  let member = "";
  for (const line of block.split("\n")) {
    const [, key, rest = ""] = /^\t\t([A-Z][A-Za-z ]*):\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined) member = key;
    const text = (key === undefined ? line : rest).trim();
    const [, value, name] = /^(\S+) = "(.*)"$/.exec(text) ?? [];
    if (member === "Scale Points" && value !== undefined && name !== undefined) {
      points.push({ value: Number(value), name });
    } else if (text !== "") values.set(member, [...(values.get(member) ?? []), text]);
  }
  const types = values.get("Type") ?? [];
  const properties = values.get("Properties") ?? [];
  const number = (name: string) => Number(values.get(name)?.[0] ?? Number.NaN);
  return {
    symbol: values.get("Symbol")?.[0] ?? "",
    label: values.get("Name")?.[0] ?? "",
    designation: values.get("Designation")?.[0] ?? "",
    range: { min: number("Minimum"), max: number("Maximum"), default: number("Default") },
    points: points.sort((p, q) => p.value - q.value),
    is: (type: string) => types.includes(`${core}${type}`),
    has: (property: string) => properties.some((one) => one.endsWith(`#${property}`)),
  };
}

function lv2Knob({ symbol, label, range, points, has }: ReturnType<typeof readLv2Port>): EffectKnob {
  const ends = sensibleRange(range);
  const named = points.length > 1 && points.every(({ value }, k) => value === k);
  const positions = has("toggled") ? ["off", "on"] : has("enumeration") && named ? points.map(({ name }) => name) : [];
  return {
    name: symbol.toLowerCase(),
    label,
    unit: "",
    ...(positions.length > 0 ? asSwitch(positions, ends.default) : ends),
    spacing:
      positions.length > 0 || has("integer") ? "whole" : has("logarithmic") && ends.min > 0 ? "logarithmic" : "linear",
  };
}

/**
 * What `analyseplugin` prints of a LADSPA plug-in.
 *
 * @param text - Its standard output, for one label.
 * @param options.sampleRate - Hz; some ranges are parts of it.
 */
export function readLadspaInfo(text: string, { sampleRate }: { readonly sampleRate: number }): PluginDescription {
  const knobs: { readonly knob: EffectKnob; readonly port: string }[] = [];
  const controls: (string | null)[] = [];
  const audio = { input: [] as string[], output: [] as string[] };
  const names = new Set<string>();
  for (const line of text.split("\n")) {
    const [, label, direction, kind, rest = ""] =
      /^(?:Ports:)?\s*"(.*)" (input|output), (control|audio)(?:, (.*))?$/.exec(line) ?? [];
    if (label === undefined) continue;
    if (kind === "audio") audio[direction as "input" | "output"].push(label);
    else if (direction === "output") controls.push(null);
    else {
      const knob = ladspaKnob(label, rest, { sampleRate, names });
      names.add(knob.name);
      knobs.push({ knob, port: String(controls.length) });
      controls.push(knob.name);
    }
  }
  const title = /^Plugin Name: "(.*)"$/m.exec(text)?.[1] ?? "";
  return { title, knobs, audioInputs: audio.input, audioOutputs: audio.output, controls };
}

function ladspaKnob(
  label: string,
  text: string,
  { sampleRate, names }: { readonly sampleRate: number; readonly names: ReadonlySet<string> },
): EffectKnob {
  const number = (part: string | undefined) =>
    part === undefined ? Number.NaN : Number(part.replace("*srate", "")) * (part.includes("*srate") ? sampleRate : 1);
  const [, low, high] = /^(\S+) to ([^\s,]+)/.exec(text) ?? [];
  const [, usual] = /default ([^\s,]+)/.exec(text) ?? [];
  const ends = sensibleRange({ min: number(low), max: number(high), default: number(usual) });
  const isSwitch = /toggled/i.test(text);
  const whole = isSwitch || /\binteger\b/.test(text);
  return {
    name: unusedName(label, names),
    label: label.replace(/\s*\([^)]*\)/g, ""),
    unit: /\((dB|Hz|kHz|ms|s|%|cents|semitones)\)/i.exec(label)?.[1] ?? "",
    ...(isSwitch ? asSwitch(["off", "on"], ends.default) : ends),
    spacing: whole ? "whole" : /\blogarithmic\b/.test(text) && ends.min > 0 ? "logarithmic" : "linear",
  };
}

/** `Attack time (ms)` as one types it: `attack-time`. */
function unusedName(label: string, names: ReadonlySet<string>): string {
  const plain = label
    .replace(/\([^)]*\)/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const name = plain === "" ? "knob" : plain;
  if (!names.has(name)) return name;
  let n = 2;
  while (names.has(`${name}-${n}`)) n++;
  return `${name}-${n}`;
}

function asSwitch(positions: readonly string[], usual: number) {
  const max = positions.length - 1;
  return { min: 0, max, default: Math.min(max, Math.max(0, Math.round(usual))), positions };
}

/** Ports may leave their range open. */
function sensibleRange({ min, max, default: usual }: { min: number; max: number; default: number }) {
  const low = Number.isFinite(min) ? min : Number.isFinite(usual) ? Math.min(0, usual) : 0;
  const high = Number.isFinite(max) && max > low ? max : Math.max(low + 1, Number.isFinite(usual) ? usual : 0);
  const within = Number.isFinite(usual) ? Math.min(high, Math.max(low, usual)) : low;
  return { min: low, max: high, default: within };
}
