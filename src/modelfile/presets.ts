import { nearestName, TonewrightError } from "../errors/index.ts";
import {
  type Architecture,
  architectureLimits,
  type GruArchitecture,
  type LstmArchitecture,
  type WaveNetArchitecture,
  type WaveNetArray,
} from "./architecture.ts";

const evenDilations = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const shortDilations = [1, 2, 4, 8, 16, 32, 64];
const longDilations = [128, 256, 512, ...evenDilations];

/** NAM's A1 family: channels of the two arrays, and the dilations of each. */
const waveNetPresets = {
  standard: { channels: [16, 8], dilations: [evenDilations, evenDilations] },
  lite: { channels: [12, 6], dilations: [shortDilations, longDilations] },
  feather: { channels: [8, 4], dilations: [shortDilations, longDilations] },
  nano: { channels: [4, 2], dilations: [shortDilations, longDilations] },
} as const;

type WaveNetPresetName = keyof typeof waveNetPresets;

const waveNetPresetNames = Object.keys(waveNetPresets) as WaveNetPresetName[];

/** The forms that `presetArchitecture` understands, for help texts; N is the hidden size, L the layers. */
export const presetForms: readonly string[] = [
  "lstm-N",
  "lstm-LxN",
  "gru-N",
  "gru-LxN",
  ...waveNetPresetNames.map((name) => `wavenet-${name}`),
];

/**
 * The architecture that a short name stands for: mono in, mono out, no skip, zero start state.
 *
 * @param name - `lstm-32`, `lstm-2x16`, `gru-8`, `gru-2x8` (any size from 1 to 512, 1 to 8 layers), or
 *   `wavenet-standard`, `wavenet-lite`, `wavenet-feather`, `wavenet-nano`.
 * @returns A fresh object; change it freely.
 * @throws TonewrightError `unknown-model`, with the nearest name in the hint.
 * @see NAM's trainer, `get_wavenet_config` (nam/train/core.py), for the four WaveNets.
 */
export function presetArchitecture(name: string): Architecture {
  const recurrent = /^(lstm|gru)-(?:(\d{1,6})x)?(\d{1,6})$/.exec(name);
  if (recurrent !== null) return recurrentPreset(name, recurrent);
  const waveNetName = waveNetPresetNames.find((preset) => name === `wavenet-${preset}`);
  if (waveNetName !== undefined) return waveNetPreset(waveNetName);
  const shown = JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);
  const nearest = nearestName(name, candidateNames(name));
  throw new TonewrightError(
    "unknown-model",
    `there is no model named ${shown}`,
    `${nearest === undefined ? "" : `did you mean "${nearest}"? `}use one of ${presetForms.join(", ")}`,
  );
}

/**
 * A short name for an architecture: the preset's own name if it is one, otherwise its main sizes.
 *
 * For people: several architectures can share it.
 *
 * @param architecture - A valid architecture.
 * @returns Such as `lstm-32`, `gru-2x8 with skip`, `wavenet-standard`, `wavenet (8 channels, 23 layers)`.
 */
export function describeArchitecture(architecture: Architecture): string {
  switch (architecture.kind) {
    case "lstm":
    case "gru":
      return describeRecurrent(architecture);
    case "wavenet": {
      const preset = waveNetPresetNames.find((name) => sameWaveNet(architecture, waveNetPreset(name)));
      if (preset !== undefined) return `wavenet-${preset}`;
      const layers = architecture.arrays.reduce((sum, array) => sum + array.dilations.length, 0);
      const channels = architecture.arrays.map((array) => array.channels).join("+");
      return `wavenet (${channels} channels, ${layers} ${layers === 1 ? "layer" : "layers"})`;
    }
    default:
      return architecture satisfies never;
  }
}

function recurrentPreset(name: string, match: RegExpExecArray): LstmArchitecture | GruArchitecture {
  const layers = match[2] === undefined ? 1 : Number(match[2]);
  const hiddenSize = Number(match[3]);
  const { hiddenSize: maxHidden, layers: maxLayers } = architectureLimits;
  if (hiddenSize < 1 || hiddenSize > maxHidden || layers < 1 || layers > maxLayers) {
    const inRange = (value: number, max: number): number => Math.min(Math.max(value, 1), max);
    const nearest = recurrentName(match[1] ?? "", inRange(layers, maxLayers), inRange(hiddenSize, maxHidden));
    throw new TonewrightError(
      "unknown-model",
      `"${name}" asks for ${layers} x ${hiddenSize} units; 1 to ${maxLayers} layers of 1 to ${maxHidden} are possible`,
      `the nearest model is "${nearest}"`,
    );
  }
  const shape = { inputSize: 1, hiddenSize, layers, outputSize: 1, skip: false };
  return match[1] === "lstm" ? { kind: "lstm", ...shape, initialState: false } : { kind: "gru", ...shape };
}

function waveNetPreset(name: WaveNetPresetName): WaveNetArchitecture {
  const { channels, dilations } = waveNetPresets[name];
  const array = (index: 0 | 1): WaveNetArray => ({
    inputSize: index === 0 ? 1 : channels[0],
    conditionSize: 1,
    channels: channels[index],
    kernelSizes: dilations[index].map(() => 3),
    dilations: [...dilations[index]],
    activation: { type: "tanh" },
    gated: false,
    head: { outputSize: index === 0 ? channels[1] : 1, kernelSize: 1, bias: index === 1 },
  });
  return { kind: "wavenet", arrays: [array(0), array(1)], headScale: 0.02 };
}

/** Equal but for the head scale's last digits: a `.nam` file stores it as a float32. */
function sameWaveNet(a: WaveNetArchitecture, b: WaveNetArchitecture): boolean {
  return Math.fround(a.headScale) === Math.fround(b.headScale) && JSON.stringify(a.arrays) === JSON.stringify(b.arrays);
}

function describeRecurrent({
  kind,
  layers,
  hiddenSize,
  inputSize,
  outputSize,
  skip,
}: LstmArchitecture | GruArchitecture): string {
  const extras = [
    ...(inputSize > 1 ? [`${inputSize} inputs`] : []),
    ...(outputSize > 1 ? [`${outputSize} outputs`] : []),
    ...(skip ? ["skip"] : []),
  ];
  return recurrentName(kind, layers, hiddenSize) + (extras.length > 0 ? ` with ${extras.join(", ")}` : "");
}

function recurrentName(kind: string, layers: number, hiddenSize: number): string {
  return layers === 1 ? `${kind}-${hiddenSize}` : `${kind}-${layers}x${hiddenSize}`;
}

/** The preset names that have the same numbers in them as the name that was typed. */
function candidateNames(name: string): string[] {
  const numbers = (name.slice(0, 64).match(/\d{1,3}/g) ?? []).map(Number);
  const sized = (numbers.at(-1) ?? 0) >= 1 && (numbers.at(-1) ?? 0) <= architectureLimits.hiddenSize;
  const hiddenSize = sized ? (numbers.at(-1) ?? 32) : 32;
  const layers = numbers.length > 1 ? Math.min(Math.max(numbers.at(-2) ?? 2, 1), architectureLimits.layers) : 1;
  return [
    ...["lstm", "gru"].map((kind) => recurrentName(kind, layers, hiddenSize)),
    ...waveNetPresetNames.map((preset) => `wavenet-${preset}`),
  ];
}
