import { nameWithoutEnding } from "./file-title.ts";
import { isJsonObject, type JsonObject, type JsonValue, shorten } from "./json-text.ts";
import type { ModelMetadata } from "./model-document.ts";

/** Our text fields and numbers, and NAM's names for them. */
const texts = {
  modeledBy: "modeled_by",
  gearType: "gear_type",
  gearMake: "gear_make",
  gearModel: "gear_model",
  toneType: "tone_type",
} as const;

const numbers = {
  loudnessDb: "loudness",
  gain: "gain",
  inputLevelDbu: "input_level_dbu",
  outputLevelDbu: "output_level_dbu",
} as const;

const dateParts = ["year", "month", "day", "hour", "minute", "second"] as const;

/**
 * The metadata of a `.nam` file in our words. A field of an unexpected type is left out: none of them changes the sound.
 *
 * @param metadata - The `metadata` object of the file.
 * @param options - `name` of the file, used if the metadata has no name.
 * @returns What could be read; NAM's training block goes to `training.nam` as it is.
 * @see neural-amp-modeler nam/models/metadata.py
 */
export function readNamMetadata(metadata: JsonObject, { name }: { name: string }): ModelMetadata {
  const found: Record<string, JsonValue> = {};
  for (const [ours, theirs] of Object.entries(texts)) {
    const value = metadata[theirs];
    if (typeof value === "string" && value !== "") found[ours] = shorten(value, 900);
  }
  for (const [ours, theirs] of Object.entries(numbers)) {
    const value = metadata[theirs];
    if (typeof value === "number" && Number.isFinite(value)) found[ours] = value;
  }
  const createdAt = readDate(metadata.date);
  const title = typeof metadata.name === "string" && metadata.name !== "" ? metadata.name : nameWithoutEnding(name);
  return {
    name: shorten(title, 900),
    ...found,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(isJsonObject(metadata.training) ? { training: { nam: metadata.training } } : {}),
  };
}

/**
 * Our metadata in NAM's words; what NAM has no word for is left out.
 *
 * @param metadata - Checked metadata.
 * @returns Plain JSON, without a date if `createdAt` is absent or no ISO 8601 time.
 */
export function writeNamMetadata(metadata: ModelMetadata): JsonObject {
  const date = writeDate(metadata.createdAt);
  const written: JsonObject = { ...(date === undefined ? {} : { date }), name: metadata.name };
  for (const [ours, theirs] of Object.entries({ ...numbers, ...texts })) {
    const value = metadata[ours as keyof typeof numbers | keyof typeof texts];
    if (value !== undefined) written[theirs] = value;
  }
  const training = metadata.training?.nam;
  return isJsonObject(training) ? { ...written, training } : written;
}

function readDate(date: JsonValue | undefined): string | undefined {
  if (!isJsonObject(date)) return undefined;
  const parts = dateParts.map((part) => date[part]);
  if (!parts.every((part) => typeof part === "number" && Number.isInteger(part) && part >= 0 && part < 10_000))
    return undefined;
  const [year, ...rest] = parts;
  const [month, day, hour, minute, second] = rest.map((part) => String(part).padStart(2, "0"));
  return `${String(year).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
}

function writeDate(createdAt: string | undefined): JsonObject | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(createdAt ?? "")?.slice(1);
  if (parts === undefined) return undefined;
  return Object.fromEntries(dateParts.map((part, index) => [part, Number(parts[index])]));
}
