import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";
import { describeIssues } from "./json-text.ts";

/** The largest sizes a model may state; they keep a damaged file from asking for gigabytes. */
export const architectureLimits = {
  hiddenSize: 512,
  layers: 8,
  channelsInOut: 64,
  arrays: 8,
  layersPerArray: 64,
  channels: 512,
  kernelSize: 256,
  dilation: 65_536,
  receptiveField: 1_048_576,
  parameters: 16_777_216,
} as const;

const count = (max: number) => z.int().min(1).max(max);

const activationSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("tanh") }),
  z.strictObject({ type: z.literal("sigmoid") }),
  z.strictObject({ type: z.literal("relu") }),
  z.strictObject({ type: z.literal("leaky-relu"), slope: z.number().min(-16).max(16) }),
]);

const recurrentShape = {
  inputSize: count(architectureLimits.channelsInOut),
  hiddenSize: count(architectureLimits.hiddenSize),
  layers: count(architectureLimits.layers),
  outputSize: count(architectureLimits.channelsInOut),
  skip: z.boolean(),
};

const lstmSchema = z.strictObject({ kind: z.literal("lstm"), ...recurrentShape, initialState: z.boolean() });

const gruSchema = z.strictObject({ kind: z.literal("gru"), ...recurrentShape });

const waveNetArraySchema = z
  .strictObject({
    inputSize: count(architectureLimits.channels),
    conditionSize: z.literal(1, { error: "the condition is the mono input, so conditionSize is 1" }),
    channels: count(architectureLimits.channels),
    kernelSizes: z.array(count(architectureLimits.kernelSize)).min(1).max(architectureLimits.layersPerArray),
    dilations: z.array(count(architectureLimits.dilation)).min(1).max(architectureLimits.layersPerArray),
    activation: activationSchema,
    gated: z.boolean(),
    head: z.strictObject({
      outputSize: count(architectureLimits.channels),
      kernelSize: count(architectureLimits.kernelSize),
      bias: z.boolean(),
    }),
  })
  .refine((array) => array.kernelSizes.length === array.dilations.length, {
    error: "kernelSizes and dilations have one entry per layer each, so their lengths are equal",
    path: ["dilations"],
  });

const waveNetSchema = z
  .strictObject({
    kind: z.literal("wavenet"),
    arrays: z.array(waveNetArraySchema).min(1).max(architectureLimits.arrays),
    headScale: z.number(),
  })
  .superRefine((net, context) => {
    const fault = (index: number, key: string, message: string): void => {
      context.addIssue({ code: "custom", message, path: ["arrays", index, key] });
    };
    net.arrays.forEach((array, index) => {
      const before = net.arrays[index - 1];
      const after = net.arrays[index + 1];
      const inputSize = before === undefined ? 1 : before.channels;
      const headSize = after === undefined ? 1 : after.channels;
      if (array.inputSize !== inputSize) fault(index, "inputSize", `is ${array.inputSize}, ${inputSize} expected`);
      if (array.head.outputSize !== headSize) {
        fault(index, "head", `has outputSize ${array.head.outputSize}, ${headSize} expected`);
      }
    });
  });

/** The zod schema of `Architecture`; it also checks that the arrays of a wavenet fit each other. */
export const architectureSchema = z.discriminatedUnion("kind", [lstmSchema, gruSchema, waveNetSchema]);

/** What is done to a value between two linear maps; `slope` is the gain below zero. */
export type Activation = z.infer<typeof activationSchema>;

/** Long short-term memory: gates i, f, g, o; `initialState` adds a stored start state per layer. */
export type LstmArchitecture = z.infer<typeof lstmSchema>;

/** Gated recurrent unit in torch's form: gates r, z, n, with a bias inside the reset product. */
export type GruArchitecture = z.infer<typeof gruSchema>;

/** One stack of dilated layers of a NAM WaveNet: `kernelSizes` and `dilations` have one entry per layer. */
export type WaveNetArray = z.infer<typeof waveNetArraySchema>;

/** The WaveNet of Neural Amp Modeler (NAM): layer arrays in a row, and a last gain `headScale`. */
export type WaveNetArchitecture = z.infer<typeof waveNetSchema>;

/** Everything Tonewright can train, store and play. A switch over `kind` ends in `satisfies never`. */
export type Architecture = LstmArchitecture | GruArchitecture | WaveNetArchitecture;

/**
 * The value as an `Architecture`, or an error that lists each field that is wrong.
 *
 * Limits on sums (receptive field, number of parameters) are checked by `checkModelDocument`.
 *
 * @param value - Any value, such as a part of a parsed JSON text.
 * @param options - `name` of the file it is from, for messages.
 * @returns The same content, typed.
 * @throws TonewrightError `invalid-architecture` with the path and value rule of each fault.
 */
export function parseArchitecture(value: unknown, { name }: { name?: string | undefined } = {}): Architecture {
  const result = architectureSchema.safeParse(value);
  if (result.success) return result.data;
  throw new TonewrightError(
    "invalid-architecture",
    `${name === undefined ? "the model" : `"${name}"`} has an architecture that is not valid: ${describeIssues(result.error)}`,
    "correct the named fields, or start from presetArchitecture",
  );
}
