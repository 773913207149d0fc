import { z } from "zod";
import { parseDatasetCard } from "../datasets/index.ts";
import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { captureSettingsSchema } from "./capture-settings.ts";

/** The newest version of `run.json` that this code writes and reads. */
const version = 1;

const fileSchema = z.strictObject({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const checkSchema = z.looseObject({
  id: z.string(),
  verdict: z.enum(["pass", "warn", "refuse"]),
  message: z.string(),
});

const runRecordSchema = z.strictObject({
  format: z.literal("tonewright-run"),
  version: z.literal(version),
  command: z.enum(["capture", "demo"]),
  name: z.string(),
  status: z.enum(["running", "stopped", "failed", "finished"]),
  createdAt: z.string(),
  updatedAt: z.string(),
  toolVersion: z.string(),
  /** What was typed, for people. */
  commandLine: z.string(),
  settings: captureSettingsSchema,
  files: z.strictObject({ dry: fileSchema, wet: fileSchema }),
  /** A dataset card, once the recordings were divided. */
  dataset: z.unknown().transform((json, context) => {
    if (json === null) return null;
    try {
      return parseDatasetCard(json, { name: "run.json" });
    } catch (error) {
      if (!isTonewrightError(error)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  }),
  /** What inspection found. */
  checks: z.array(checkSchema),
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});

/** A run as its folder's `run.json` tells it. Paths are absolute, or relative to the folder for files inside it. */
export type RunRecord = z.infer<typeof runRecordSchema>;

/** A new run's record. */
export function newRunRecord(
  facts: Pick<RunRecord, "command" | "name" | "createdAt" | "toolVersion" | "commandLine" | "settings" | "files">,
): RunRecord {
  return {
    format: "tonewright-run",
    version,
    ...facts,
    status: "running",
    updatedAt: facts.createdAt,
    dataset: null,
    checks: [],
    error: null,
  };
}

/** The text of `run.json`. */
export function encodeRunRecord(record: RunRecord): string {
  return `${JSON.stringify(runRecordSchema.parse(record), null, 2)}\n`;
}

/**
 * The record in a `run.json`.
 *
 * @param text - Of the whole file.
 * @param options - `name` of the file, for messages.
 * @throws TonewrightError `corrupt-run` for anything but a whole record of a version known here.
 */
export function decodeRunRecord(text: string, { name }: { name: string }): RunRecord {
  const corrupt = (what: string, cause: unknown) =>
    new TonewrightError(
      "corrupt-run",
      `"${name}" does not describe a run: ${what}`,
      "start a new run; the model and the recordings are separate files and not affected",
      { cause },
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt("it is not JSON", error);
  }
  const result = runRecordSchema.safeParse(json);
  if (!result.success) throw corrupt(z.prettifyError(result.error).split("\n").join(" "), result.error);
  return result.data;
}
