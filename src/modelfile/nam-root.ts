import { z } from "zod";
import { describeIssues, type JsonObject, jsonObjectSchema } from "./json-text.ts";
import { invalidNam, unsupportedNam } from "./nam-error.ts";

const rootSchema = z.looseObject({
  version: z.string(),
  architecture: z.string(),
  config: jsonObjectSchema,
  weights: z.array(z.unknown()).nullish(),
  sample_rate: z.number().nullish(),
  metadata: jsonObjectSchema.nullish(),
});

/** The root object of a `.nam` file, with its version accepted. */
export type NamRoot = z.infer<typeof rootSchema>;

/** The newest version of the format that this code knows. */
const newest = { minor: 7, patch: 0 } as const;

/**
 * The root object of a `.nam` file, or of one nested in it.
 *
 * @param value - A parsed JSON object.
 * @param options - `name` of the file, for messages.
 * @returns The checked root, and a note if the file is a little newer than this code.
 * @throws TonewrightError `invalid-nam`, or `unsupported-nam` for a version outside 0.5.0 to 0.7.x.
 * @see NeuralAmpModelerCore NAM/get_dsp.cpp: versions from 0.5.0; a higher patch number still loads.
 */
export function readNamRoot(value: JsonObject, { name }: { name: string }): { root: NamRoot; notes: string[] } {
  const result = rootSchema.safeParse(value);
  if (!result.success) throw invalidNam(name, `is not a valid .nam file: ${describeIssues(result.error)}`);
  const { version } = result.data;
  const parts = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(version)?.slice(1).map(Number);
  if (parts === undefined)
    throw invalidNam(name, `has the version ${JSON.stringify(version.slice(0, 32))}, not like 0.5.4`);
  const [major = 0, minor = 0, patch = 0] = parts;
  if (major !== 0 || minor < 5 || minor > newest.minor) {
    throw unsupportedNam(name, `.nam version ${version} (0.5.0 to 0.${newest.minor}.x can be read)`);
  }
  const isNewer = minor === newest.minor && patch > newest.patch;
  const notes = isNewer
    ? [`.nam version ${version} is newer than 0.${newest.minor}.${newest.patch}: new fields were ignored`]
    : [];
  return { root: result.data, notes };
}
