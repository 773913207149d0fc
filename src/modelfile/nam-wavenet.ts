import { z } from "zod";
import type { Activation, WaveNetArchitecture, WaveNetArray } from "./architecture.ts";
import { describeIssues, isJsonObject, type JsonObject } from "./json-text.ts";
import { invalidNam, unsupportedNam } from "./nam-error.ts";

const optionalInt = z.int().nullish();
const optionalSwitch = z.looseObject({ active: z.boolean().nullish(), groups: optionalInt }).nullish();

const arraySchema = z.looseObject({
  input_size: z.int(),
  condition_size: z.int(),
  channels: z.int(),
  bottleneck: optionalInt,
  kernel_size: optionalInt,
  kernel_sizes: z.array(z.int()).max(1000).nullish(),
  dilations: z.array(z.int()).max(1000),
  head: z
    .looseObject({ out_channels: z.int(), kernel_size: z.int(), bias: z.boolean(), head_dilation: optionalInt })
    .nullish(),
  head_size: optionalInt,
  head_bias: z.boolean().nullish(),
  gated: z.boolean().nullish(),
  groups_input: optionalInt,
  groups_input_mixin: optionalInt,
  layer1x1: optionalSwitch,
  head1x1: optionalSwitch,
});

type NamArray = z.infer<typeof arraySchema>;

const configSchema = z.looseObject({
  layers: z.array(arraySchema).max(1000),
  head_scale: z.number(),
  in_channels: optionalInt,
});

const filmKeys = [
  "conv_pre_film",
  "conv_post_film",
  "input_mixin_pre_film",
  "input_mixin_post_film",
  "activation_pre_film",
  "activation_post_film",
  "layer1x1_post_film",
  "head1x1_post_film",
] as const;

/**
 * The architecture that the `config` of a `.nam` WaveNet describes, in its legacy or its present keys.
 *
 * Its `headScale` is the JSON's; the last weight overrides it, and only the caller has the weights.
 *
 * @param config - The `config` object.
 * @param options - `name` of the file, for messages.
 * @returns The architecture, not yet checked against the limits.
 * @throws TonewrightError `invalid-nam`, or `unsupported-nam` with the feature.
 * @see NeuralAmpModelerCore NAM/wavenet/model.cpp, `parse_config_json`.
 */
export function readWaveNetConfig(config: JsonObject, { name }: { name: string }): WaveNetArchitecture {
  if (isJsonObject(config.condition_dsp)) throw unsupportedNam(name, "a condition model (condition_dsp)");
  if (isJsonObject(config.head)) throw unsupportedNam(name, "a head after the layer arrays (config.head)");
  const result = configSchema.safeParse(config);
  if (!result.success)
    throw invalidNam(name, `has a WaveNet config that is not valid: ${describeIssues(result.error)}`);
  const { layers, head_scale: headScale, in_channels: inChannels } = result.data;
  if ((inChannels ?? 1) !== 1) throw unsupportedNam(name, `${inChannels} input channels`);
  return {
    kind: "wavenet",
    arrays: layers.map((array, index) => readArray(array, `layers[${index}]`, name)),
    headScale,
  };
}

function readArray(array: NamArray, where: string, name: string): WaveNetArray {
  refuseExtras(array, where, name);
  const layerCount = array.dilations.length;
  const activation = readActivation(
    oneForAll(array.activation, "activation", { layerCount, where, name }),
    where,
    name,
  );
  const gated = readGating(array, { layerCount, where, name });
  const { kernel_size: kernelSize, kernel_sizes: kernelSizes } = array;
  if ((kernelSize ?? null) === null && (kernelSizes ?? null) === null) {
    throw invalidNam(name, `has neither kernel_size nor kernel_sizes in ${where}`);
  }
  const head = array.head ?? { out_channels: array.head_size, kernel_size: 1, bias: array.head_bias };
  if (typeof head.out_channels !== "number" || typeof head.bias !== "boolean") {
    throw invalidNam(name, `has neither head nor head_size and head_bias in ${where}`);
  }
  return {
    inputSize: array.input_size,
    conditionSize: 1,
    channels: array.channels,
    kernelSizes: kernelSizes ?? array.dilations.map(() => kernelSize ?? 1),
    dilations: array.dilations,
    activation,
    gated,
    head: { outputSize: head.out_channels, kernelSize: head.kernel_size, bias: head.bias },
  };
}

function refuseExtras(array: NamArray, where: string, name: string): void {
  const refuse = (feature: string): never => {
    throw unsupportedNam(name, `${feature} in ${where}`);
  };
  if (array.condition_size !== 1) refuse(`a condition of size ${array.condition_size}`);
  if ((array.bottleneck ?? array.channels) !== array.channels) {
    refuse(`a bottleneck of ${array.bottleneck} for ${array.channels} channels`);
  }
  if ((array.groups_input ?? 1) !== 1) refuse(`grouped convolutions (groups_input ${array.groups_input})`);
  if ((array.groups_input_mixin ?? 1) !== 1)
    refuse(`a grouped mix-in (groups_input_mixin ${array.groups_input_mixin})`);
  if ((array.layer1x1?.active ?? true) !== true) refuse("layers without layer1x1");
  if ((array.layer1x1?.groups ?? 1) !== 1) refuse(`a grouped layer1x1 (groups ${array.layer1x1?.groups})`);
  if (array.head1x1 && array.head1x1.active !== false) refuse("head1x1");
  if ((array.head?.head_dilation ?? 1) !== 1) refuse(`a dilated head (head_dilation ${array.head?.head_dilation})`);
  for (const key of filmKeys) {
    const film = array[key];
    const isOff =
      film === undefined || film === null || film === false || (isJsonObject(film) && film.active === false);
    if (!isOff) refuse(`FiLM (${key})`);
  }
}

interface Place {
  readonly layerCount: number;
  readonly where: string;
  readonly name: string;
}

/** The value of a key that may be given once or per layer; different values per layer are not supported. */
function oneForAll(value: unknown, key: string, { layerCount, where, name }: Place): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length !== layerCount)
    throw invalidNam(name, `has ${value.length} values of ${key} for ${layerCount} layers in ${where}`);
  const [first] = value;
  if (value.some((item) => JSON.stringify(item) !== JSON.stringify(first))) {
    throw unsupportedNam(name, `a different ${key} per layer in ${where}`);
  }
  return first;
}

function readGating(array: NamArray, place: Place): boolean {
  const { where, name } = place;
  const mode = oneForAll(array.gating_mode ?? (array.gated === true ? "gated" : "none"), "gating_mode", place);
  if (mode !== "none" && mode !== "gated")
    throw unsupportedNam(name, `the gating mode ${JSON.stringify(mode)} in ${where}`);
  if (mode === "none") return false;
  const secondary = oneForAll(array.secondary_activation, "secondary_activation", place) ?? "Sigmoid";
  const type = isJsonObject(secondary) ? secondary.type : secondary;
  if (type !== "Sigmoid") throw unsupportedNam(name, `a gate with activation ${JSON.stringify(type)} in ${where}`);
  return true;
}

function readActivation(value: unknown, where: string, name: string): Activation {
  const type = isJsonObject(value) ? value.type : value;
  if (typeof type !== "string") throw invalidNam(name, `has no activation in ${where}`);
  switch (type) {
    case "Tanh":
      return { type: "tanh" };
    case "Sigmoid":
      return { type: "sigmoid" };
    case "ReLU":
      return { type: "relu" };
    case "LeakyReLU": {
      const slope = (isJsonObject(value) ? value.negative_slope : undefined) ?? 0.01;
      if (typeof slope !== "number")
        throw invalidNam(name, `has a LeakyReLU in ${where} whose negative_slope is no number`);
      return { type: "leaky-relu", slope };
    }
    default:
      throw unsupportedNam(name, `the activation ${JSON.stringify(type.slice(0, 40))} in ${where}`);
  }
}

/**
 * True if the oldest form of the format (version 0.5, before per-layer kernels and activation objects) can say it.
 *
 * @param architecture - A valid WaveNet.
 */
export function fitsLegacyForm({ arrays }: WaveNetArchitecture): boolean {
  return arrays.every(
    ({ kernelSizes, activation, head }) =>
      kernelSizes.every((kernelSize) => kernelSize === kernelSizes[0]) &&
      head.kernelSize === 1 &&
      (activation.type !== "leaky-relu" || activation.slope === 0.01),
  );
}

/**
 * The `config` object of a `.nam` WaveNet, in its legacy keys if they suffice.
 *
 * @param architecture - A valid WaveNet.
 * @returns Plain JSON.
 */
export function writeWaveNetConfig(architecture: WaveNetArchitecture): JsonObject {
  const writeArray = fitsLegacyForm(architecture) ? writeLegacyArray : writePresentArray;
  return { layers: architecture.arrays.map(writeArray), head: null, head_scale: architecture.headScale };
}

function writeLegacyArray(array: WaveNetArray): JsonObject {
  return {
    input_size: array.inputSize,
    condition_size: array.conditionSize,
    head_size: array.head.outputSize,
    channels: array.channels,
    kernel_size: array.kernelSizes[0] ?? 1,
    dilations: array.dilations,
    activation: activationNames[array.activation.type],
    gated: array.gated,
    head_bias: array.head.bias,
  };
}

function writePresentArray(array: WaveNetArray): JsonObject {
  const type = activationNames[array.activation.type];
  return {
    input_size: array.inputSize,
    condition_size: array.conditionSize,
    head: { out_channels: array.head.outputSize, kernel_size: array.head.kernelSize, bias: array.head.bias },
    channels: array.channels,
    kernel_sizes: array.kernelSizes,
    dilations: array.dilations,
    activation: array.activation.type === "leaky-relu" ? { type, negative_slope: array.activation.slope } : { type },
    gating_mode: array.gated ? "gated" : "none",
    ...(array.gated ? { secondary_activation: "Sigmoid" } : {}),
  };
}

const activationNames = { tanh: "Tanh", sigmoid: "Sigmoid", relu: "ReLU", "leaky-relu": "LeakyReLU" } as const;
