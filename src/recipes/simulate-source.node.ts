import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { nearestName, TonewrightError } from "../errors/index.ts";
import { readFileBytes } from "./files.node.ts";
import { circuitLibrary, decodeNetlist } from "../circuits/index.ts";
import type { CircuitSource } from "./simulate-effect.ts";

/**
 * A circuit by its name in the library, or by the path of a netlist; a netlist's includes are read along.
 *
 * @throws TonewrightError `unknown-circuit` with the nearest name; `file-not-found`; `netlist-encoding`.
 */
export async function findCircuit(nameOrPath: string): Promise<CircuitSource> {
  const listed = circuitLibrary.find(({ name }) => name === nameOrPath.toLowerCase());
  if (listed !== undefined) {
    return { name: listed.name, file: `${listed.name}.cir`, text: listed.netlist, includes: {} };
  }
  const found = await stat(nameOrPath).catch(() => undefined);
  if (found === undefined && !/[\\/]|\.(cir|net|sp|spi|spice|ckt|txt|asc)$/i.test(nameOrPath)) {
    const names = circuitLibrary.map(({ name }) => name);
    const nearest = nearestName(nameOrPath, names);
    throw new TonewrightError(
      "unknown-circuit",
      `there is no circuit "${nameOrPath}"`,
      `${nearest === undefined ? "" : `did you mean "${nearest}"? `}there are ${names.join(", ")}; or give a netlist's file`,
    );
  }
  const text = decodeNetlist(await readFileBytes(nameOrPath), basename(nameOrPath));
  return {
    name: basename(nameOrPath, extname(nameOrPath)),
    file: basename(nameOrPath),
    text,
    includes: await readIncludes(text, dirname(resolve(nameOrPath))),
  };
}

/** More than any netlist of one effect has. */
const mostIncludes = 50;

/** Texts that a netlist includes, and those that these include, by path as written; what is not there is left to the reader. */
async function readIncludes(text: string, folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  const waiting = includedPaths(text);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (Object.hasOwn(texts, path) || Object.keys(texts).length >= mostIncludes) continue;
    const bytes = await readFile(resolve(folder, path.replaceAll("\\", "/"))).catch(() => undefined);
    if (bytes === undefined) continue;
    const included = decodeNetlist(new Uint8Array(bytes), basename(path));
    texts[path] = included;
    waiting.push(...includedPaths(included));
  }
  return texts;
}

function includedPaths(text: string): string[] {
  const pattern = /^[ \t]*\.(?:include|inc|lib)[ \t]+(?:"([^"\r\n]+)"|'([^'\r\n]+)'|(\S+))/gim;
  return Array.from(text.matchAll(pattern), (match) => match[1] ?? match[2] ?? match[3] ?? "");
}
