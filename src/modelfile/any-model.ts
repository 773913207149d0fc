import { TonewrightError } from "../errors/index.ts";
import { decodeModel, isModelFile } from "./document-file.ts";
import { type JsonObject, parseJsonObject } from "./json-text.ts";
import type { ModelDocument } from "./model-document.ts";
import { decodeNamObject } from "./nam-decode.ts";
import { decodeRtneuralObject } from "./rtneural-decode.ts";

/**
 * The model in a file of any format that Tonewright reads: `model.tonewright`, `.nam`, or RTNeural JSON.
 *
 * The content decides, not the file's ending.
 *
 * @param bytes - The whole file.
 * @param options - `name` of the file, for messages.
 * @returns A checked document; `metadata.source` tells the format if it is not our own.
 * @throws TonewrightError `unknown-model-format`, and the codes of `decodeModel`, `decodeNam`, `decodeRtneural`.
 */
export function decodeAnyModel(bytes: Uint8Array, { name }: { name: string }): ModelDocument {
  if (isModelFile(bytes)) return decodeModel(bytes, { name });
  if (!startsLikeJson(bytes)) throw unknown(name, otherFile(bytes));
  const value = parseJsonObject(bytes, { name, code: "unknown-model-format" });
  if ("architecture" in value && "config" in value) return decodeNamObject(value, { name });
  if ("layers" in value && "in_shape" in value) return decodeRtneuralObject(value, { name });
  throw unknown(name, otherJson(value));
}

function startsLikeJson(bytes: Uint8Array): boolean {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const start = bytes.subarray(hasMark ? 3 : 0).find((byte) => !(byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)));
  return start === 0x7b;
}

function otherFile(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("RIFF") || start.startsWith("RF64")) return "a sound (WAV) file";
  if (start.startsWith("PK\u0003\u0004")) return "a zip archive (unpack it first)";
  if (start.charCodeAt(8) === 0x7b && start.slice(3, 8) === "\0\0\0\0\0")
    return "a safetensors file, which has tensors but no architecture";
  return "neither a Tonewright model nor JSON";
}

function otherJson(value: JsonObject): string {
  if ("state_dict" in value || "model_data" in value)
    return "a GuitarML (Proteus, NeuralPi) file, which cannot be read yet";
  if ("variables" in value && "dilations" in value) return "a SmartGuitarAmp file, which cannot be read yet";
  const keys = Object.keys(value)
    .slice(0, 5)
    .map((key) => JSON.stringify(key.slice(0, 20)));
  return `JSON with ${keys.length === 0 ? "no keys" : `the keys ${keys.join(", ")}`}`;
}

function unknown(name: string, found: string): TonewrightError {
  return new TonewrightError(
    "unknown-model-format",
    `"${name}" is not a model that can be read: it is ${found}`,
    "choose a model.tonewright, a .nam (LSTM or WaveNet) or an RTNeural JSON (lstm or gru) file",
  );
}
