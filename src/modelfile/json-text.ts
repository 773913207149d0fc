import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";

/** A value that a JSON text can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** An object of a parsed JSON text. */
export type JsonObject = { [key: string]: JsonValue };

/** Far more than any model file needs; it keeps a recursive check from running out of stack. */
const maxDepth = 64;

/**
 * The JSON object that the bytes spell.
 *
 * A text that nests deeper than 64 levels is refused, so that everything later may recurse.
 *
 * @param bytes - UTF-8 text, with or without a byte order mark.
 * @param options - `name` of the file for messages, `code` of the error to throw.
 * @returns The root object.
 * @throws TonewrightError with the given code if the bytes are no UTF-8, no JSON, or not one object.
 */
export function parseJsonObject(bytes: Uint8Array, { name, code }: { name: string; code: string }): JsonObject {
  const fail = (found: string, hint = "choose another file, or export it again"): never => {
    throw new TonewrightError(code, `"${name}" ${found}`, hint);
  };
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    fail("is not a text file: it has bytes that are not UTF-8");
  }
  if (nestingDepth(text) > maxDepth) fail(`nests deeper than ${maxDepth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (/\b(?:NaN|-?Infinity)\b/.test(text)) {
      fail("holds NaN or Infinity, which JSON cannot", "train the model again: its weights have diverged");
    }
    fail(`is not valid JSON: ${error instanceof Error ? shorten(error.message, 120) : "unreadable"}`);
  }
  return isJsonObject(value) ? value : fail("is JSON, but not an object");
}

/** True for an object of a parsed JSON text: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A deep copy that JSON can hold: members that are `undefined` are left out.
 *
 * @param value - Plain data.
 * @param options - `what` the value is, for the message.
 * @returns The copy.
 * @throws TonewrightError `invalid-model` at a number that is not finite, or a function, date, map or the like.
 */
export function toJson(value: unknown, { what, depth = 0 }: { what: string; depth?: number }): JsonValue {
  const refuse = (found: string): never => {
    throw new TonewrightError(
      "invalid-model",
      `${what} ${found}, which JSON cannot hold`,
      "correct it or leave it out",
    );
  };
  if (depth > maxDepth) refuse("nests too deeply");
  const inside = (member: unknown, key: string | number): JsonValue =>
    toJson(member, { what: `${what}.${key}`, depth: depth + 1 });
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : refuse(`is ${value}`);
  if (Array.isArray(value)) return value.map(inside);
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (typeof value !== "object" || (prototype !== Object.prototype && prototype !== null)) {
    return refuse(`is ${typeof value === "object" ? "not plain data" : `a ${typeof value}`}`);
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, inside(member, key)]),
  );
}

/** Any JSON object, unchecked inside; `parseJsonObject` has limited its depth. */
export const jsonObjectSchema = z.custom<JsonObject>(isJsonObject, { error: "must be an object" });

/** The first faults of a zod check in one line, for a message. */
export function describeIssues(error: z.ZodError): string {
  const faults = error.issues.slice(0, 4).map(({ path, message }) => `${path.join(".") || "(root)"}: ${message}`);
  return shorten(faults.join("; "), 300);
}

/** The text, cut with an ellipsis if it is longer than `length` letters. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    if (inString) {
      if (letter === 0x5c) i++;
      else if (letter === 0x22) inString = false;
    } else if (letter === 0x22) inString = true;
    else if (letter === 0x5b || letter === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (letter === 0x5d || letter === 0x7d) depth--;
  }
  return deepest;
}
