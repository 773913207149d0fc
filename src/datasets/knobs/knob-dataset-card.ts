import { z } from "zod";
import { TonewrightError } from "../../errors/index.ts";

const finite = z.number();
const count = z.int().nonnegative();

const knobSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  unit: z.string(),
  min: finite,
  max: finite,
  default: finite,
  spacing: z.enum(["linear", "logarithmic", "whole"]),
  positions: z.array(z.string()).optional(),
});

const sourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("circuit"),
    /** Of the library or of the netlist's file. */
    name: z.string(),
    /** SHA-256 of the netlist with its includes. */
    sha256: z.string(),
    oversampling: z.int().positive(),
    method: z.string(),
    /** How much of the past each piece of a recording was given. */
    warmUpSeconds: finite,
  }),
  z.strictObject({
    kind: z.literal("plugin"),
    /** URI or label. */
    name: z.string(),
    host: z.enum(["lv2file", "sox"]),
  }),
]);

const soundSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("generated"),
    name: z.string(),
    seconds: finite,
    seed: z.int(),
    preset: z.string(),
  }),
  z.strictObject({ kind: z.literal("file"), name: z.string(), seconds: finite, sha256: z.string(), group: z.string() }),
]);

const pairSchema = z.strictObject({
  input: z.string(),
  target: z.string(),
  split: z.enum(["train", "validation", "test"]),
  /** What a model that was trained on the training pairs has met of it. */
  cell: z.strictObject({ knobs: z.enum(["seen", "unseen"]), audio: z.enum(["seen", "unseen"]) }),
  /** In the order of `knobs`. */
  knobs: z.array(finite),
  /** Index in `sounds`, first sample of it, and length. */
  sound: count,
  start: count,
  samples: z.int().positive(),
  /** Of the target. */
  peak: finite,
});

const knobDatasetCardSchema = z.strictObject({
  format: z.literal("tonewright-knob-dataset"),
  version: z.literal(1),
  /** Of the effect. */
  name: z.string(),
  source: sourceSchema,
  /** Hz. */
  sampleRate: z.int().positive(),
  /** Those that file names tell, in their order. */
  knobs: z.array(knobSchema),
  /** The other knobs of the effect and where they stood, by name. */
  fixed: z.record(z.string(), finite),
  plan: z.strictObject({
    kind: z.enum(["grid", "latin", "corners"]),
    settings: z.int().positive(),
    seed: z.int(),
    /** As typed. */
    knobs: z.string(),
  }),
  split: z.strictObject({
    by: z.enum(["none", "time", "file", "group", "knobs", "both"]),
    fractions: z.strictObject({ validation: finite, test: finite }),
    seed: z.int(),
  }),
  /** What all targets were multiplied with, so that none is beyond full scale. */
  gain: finite,
  /** The largest peak before that. */
  peak: finite,
  sounds: z.array(soundSchema),
  pairs: z.array(pairSchema),
  /** Recordings with knobs that move. */
  moving: z.array(
    z.strictObject({
      input: z.string(),
      target: z.string(),
      /** CSV: seconds, then a column for each knob. */
      trajectory: z.string(),
      /** As typed. */
      moves: z.string(),
      method: z.string(),
      peak: finite,
    }),
  ),
  /** Settings that could not be rendered. */
  failed: z.array(
    z.strictObject({ knobs: z.record(z.string(), finite), code: z.string(), message: z.string(), hint: z.string() }),
  ),
  warnings: z.array(z.string()),
});

/** How a dataset of an effect at several settings was made: enough to make it again. Plain JSON. */
export type KnobDatasetCard = z.infer<typeof knobDatasetCardSchema>;

/**
 * A card from a parsed JSON document.
 *
 * @param json - What `JSON.parse` gave.
 * @param options.name - File name for messages.
 * @throws TonewrightError `not-a-dataset-card`; `newer-version` if a later Tonewright wrote it; `bad-dataset-card` with
 *   the member that is wrong.
 */
export function parseKnobDatasetCard(json: unknown, { name }: { readonly name: string }): KnobDatasetCard {
  const head = z
    .looseObject({ format: z.literal("tonewright-knob-dataset"), version: z.int().positive() })
    .safeParse(json);
  if (!head.success) {
    throw new TonewrightError(
      "not-a-dataset-card",
      `"${name}" is no card of a dataset with knobs`,
      'give the dataset.json that simulate wrote; it begins with "format": "tonewright-knob-dataset"',
    );
  }
  if (head.data.version > 1) {
    throw new TonewrightError(
      "newer-version",
      `"${name}" has version ${head.data.version}, this program reads up to version 1`,
      "update Tonewright",
    );
  }
  const card = knobDatasetCardSchema.safeParse(json);
  if (card.success) return card.data;
  throw new TonewrightError(
    "bad-dataset-card",
    `"${name}": ${z.prettifyError(card.error)}`,
    "make the dataset again with simulate; the card is not made to be edited by hand",
  );
}
