import { wrongCall } from "../../errors/index.ts";
import { checkNetlistBytes, checkReadOptions } from "./check-netlist.ts";
import type { Netlist } from "./netlist.ts";
import { netlistError } from "./netlist-error.ts";
import { readNetlist, type ReadNetlistOptions } from "./read-netlist.ts";

/**
 * A SPICE netlist from the bytes of its file: UTF-8 and UTF-16 with or without byte order mark (LTspice writes UTF-16),
 * otherwise Windows-1252, in which older programs write µ.
 *
 * @throws TonewrightError `netlist-encoding` if the bytes are no text, and those of `readNetlist`
 */
export function readNetlistBytes(bytes: Uint8Array, options: ReadNetlistOptions = {}): Netlist {
  const call = "readNetlistBytes(bytes, options)";
  checkNetlistBytes(call, bytes);
  checkReadOptions(call, options);
  return readNetlist(decodeNetlist(bytes, options.name ?? "netlist"), options);
}

/**
 * The text of a netlist's or library's file, for `ReadNetlistOptions.files`; encodings as in `readNetlistBytes`.
 *
 * @throws TonewrightError `netlist-encoding` if the bytes are no text, `wrong-call`
 */
export function decodeNetlist(bytes: Uint8Array, name: string): string {
  const call = "decodeNetlist(bytes, name)";
  checkNetlistBytes(call, bytes);
  if (typeof name !== "string") throw wrongCall(call, "the name", name, 'give the file\'s name: "models.lib"');
  const text = decode(bytes);
  const strange = Array.from({ length: Math.min(text.length, 10_000) }, (_, k) => text.charCodeAt(k)).filter(
    (c) => c === 0 || c === 0xfffd || (c < 32 && c !== 9 && c !== 10 && c !== 12 && c !== 13) || (c > 126 && c < 160),
  ).length;
  if (strange === 0 || (strange * 100 < Math.min(text.length, 10_000) && !text.includes("\0"))) return text;
  throw netlistError(
    "netlist-encoding",
    { file: name, line: 1 },
    "the file is binary, not text",
    "give the netlist itself (.cir, .net, .sp), saved as UTF-8",
  );
}

function decode(bytes: Uint8Array): string {
  const [a = 0, b = 0] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const half = zeroHalf(bytes);
  if (half !== undefined) return new TextDecoder(half === 1 ? "utf-16le" : "utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Share of letters in ASCII from which on a text is taken for UTF-16: titles and comments may be in other letters. */
const smallestHalf = 0.3;

/** Which byte of each pair is zero, where a text with letters of ASCII is UTF-16: 1 is little endian. */
function zeroHalf(bytes: Uint8Array): 0 | 1 | undefined {
  const pairs = Math.floor(Math.min(bytes.length, 4096) / 2);
  if (pairs < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let k = 0; k < 2 * pairs; k += 2) {
    if (bytes[k] === 0) even++;
    if (bytes[k + 1] === 0) odd++;
  }
  if (odd > pairs * smallestHalf && even === 0) return 1;
  return even > pairs * smallestHalf && odd === 0 ? 0 : undefined;
}

/** Every platform has it, but not the language's own library of types. */
declare class TextDecoder {
  constructor(label: string, options?: { readonly fatal: boolean });
  decode(bytes: Uint8Array): string;
}
