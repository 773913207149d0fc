import { TonewrightError } from "../errors/index.ts";
import { type FrontEndDocument, parseFrontEnd } from "../signal/index.ts";
import { readFileBytes, writeFileAtomic } from "./files.node.ts";

/**
 * The front end that is stored in a file.
 *
 * @throws TonewrightError `file-not-found`, `unreadable-file`, `bad-front-end`, `future-version`.
 */
export async function readFrontEndFile(path: string): Promise<FrontEndDocument> {
  const text = new TextDecoder().decode(await readFileBytes(path));
  try {
    return parseFrontEnd(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TonewrightError(
      "bad-front-end",
      `"${path}" is no JSON: ${error.message}`,
      "give a file with a front end, as tonewright features --save-front-end writes",
    );
  }
}

/**
 * Stores a front end in a file.
 *
 * @throws TonewrightError `disk-full`, `unwritable-folder`.
 */
export async function writeFrontEndFile(path: string, document: FrontEndDocument): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(document, null, 2)}\n`);
}
