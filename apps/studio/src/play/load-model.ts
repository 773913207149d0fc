import { TonewrightError } from "../../../../src/errors/index.ts";
import { decodeAnyModel, type ModelDocument } from "../../../../src/modelfile/index.ts";

/** Endings of files that are taken for models; every other file is taken for sound. */
const modelEndings = [".tonewright", ".nam", ".json"];

/** For a file picker. */
export const modelFileTypes = modelEndings.join(",");

export function isModelFileName(name: string): boolean {
  return modelEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

/** The model that the server beside this page hands out, or undefined where the page is served without one. */
export async function fetchModel(): Promise<ModelDocument | undefined> {
  const response = await fetch("model");
  // A server of static pages answers with its start page instead.
  if (response.status === 404 || response.headers.get("content-type")?.startsWith("text/html")) return undefined;
  if (!response.ok) {
    throw new TonewrightError(
      "model-not-served",
      `the server answered ${response.status} ${response.statusText} instead of the model`,
      "start `tonewright play` again and open the address it prints",
    );
  }
  return decodeAnyModel(new Uint8Array(await response.arrayBuffer()), { name: "model" });
}

export async function readModelFile(file: File): Promise<ModelDocument> {
  return decodeAnyModel(new Uint8Array(await file.arrayBuffer()), { name: file.name });
}
