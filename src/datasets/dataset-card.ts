import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";

const samples = z.int().nonnegative();
const exampleSchema = z
  .strictObject({ start: samples, scoreFrom: samples, end: samples })
  .refine(({ start, scoreFrom, end }) => start <= scoreFrom && scoreFrom < end, "start <= scoreFrom < end must hold");
const fileSchema = z.strictObject({
  name: z.string(),
  /** Hz. */
  sampleRate: z.int().positive(),
  /** Per channel. */
  samples: samples,
  channels: z.int().positive(),
  encoding: z.string(),
});

const datasetCardSchema = z.strictObject({
  format: z.literal("tonewright-dataset"),
  version: z.literal(1),
  dry: fileSchema,
  wet: fileSchema,
  /** Which channel was taken of files with several. */
  channel: z.enum(["auto", "left", "right", "mix"]),
  /** Positive if the wet comes after the dry. */
  delaySamples: z.int(),
  polarity: z.literal([1, -1]),
  correlation: z.number().min(-1).max(1),
  segment: z.strictObject({ length: z.int().positive(), skip: samples }).optional(),
  /** What the splits were made for. */
  contextSamples: samples,
  /** Sample indices on the time axis of the dry file. */
  splits: z.strictObject({
    train: z.array(exampleSchema),
    validation: z.array(exampleSchema),
    test: z.array(exampleSchema),
  }),
});

/** What was done with two recordings to make examples of them: enough to make the same ones again. Plain JSON. */
export type DatasetCard = z.infer<typeof datasetCardSchema>;

/**
 * A dataset card from a parsed JSON document, of this version or of an earlier one.
 *
 * @param json - What `JSON.parse` gave.
 * @param options.name - File name for messages.
 * @throws TonewrightError `not-a-dataset-card`; `newer-version` if a later Tonewright wrote it; `bad-dataset-card` with
 *   the member that is wrong.
 */
export function parseDatasetCard(json: unknown, { name }: { readonly name: string }): DatasetCard {
  const head = z.looseObject({ format: z.literal("tonewright-dataset"), version: z.int().positive() }).safeParse(json);
  if (!head.success) {
    throw new TonewrightError(
      "not-a-dataset-card",
      `"${name}" is no dataset card`,
      'give the file that a capture wrote; it begins with "format": "tonewright-dataset"',
    );
  }
  if (head.data.version > 1) {
    throw new TonewrightError(
      "newer-version",
      `"${name}" has version ${head.data.version}, this program reads up to version 1`,
      "update Tonewright",
    );
  }
  const card = datasetCardSchema.safeParse(json);
  if (card.success) return card.data;
  throw new TonewrightError(
    "bad-dataset-card",
    `"${name}": ${z.prettifyError(card.error)}`,
    "write the card again by a new capture; it is not made to be edited by hand",
  );
}
