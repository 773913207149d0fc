import { checkOptions, TonewrightError, wrongCall } from "../../errors/index.ts";
import type { Circuit } from "../circuit.ts";
import type { Netlist } from "./netlist.ts";

/**
 * Refuses what is no netlist that has been read: a text, or a circuit of the library.
 *
 * @param call - How the function is called, the netlist as `netlist`: `simulateCircuit(netlist, input, options)`.
 * @throws TonewrightError `wrong-call`
 */
export function checkNetlist(call: string, netlist: Netlist): void {
  if (Array.isArray(netlist?.elements) && Array.isArray(netlist.knobs) && Array.isArray(netlist.warnings)) return;
  const given: unknown = netlist;
  const text = typeof given === "string" ? "text" : isLibraryCircuit(given) ? "circuit.netlist" : undefined;
  const hint =
    text === undefined
      ? `write ${call}, with the netlist that readNetlist returns`
      : `read it first: ${call.replace(/\bnetlist\b/, `readNetlist(${text})`)}`;
  throw wrongCall(call, "the netlist", given, hint);
}

/** The same for a circuit that `resolveCircuit` made. @throws TonewrightError `wrong-call` */
export function checkCircuit(call: string, circuit: Circuit): void {
  if (Array.isArray(circuit?.elements) && Array.isArray(circuit.nodes)) return;
  const hint = `write ${call.replace(/\bcircuit\b/, "resolveCircuit(netlist)")}`;
  throw wrongCall(call, "the circuit", circuit, hint);
}

/** Refuses what is no netlist's text. @throws TonewrightError `wrong-call` */
export function checkNetlistText(call: string, text: string): void {
  const given: unknown = text;
  if (typeof given === "string") {
    const name = given.trim();
    if (!/^[^\r\n]{1,300}\.(cir|net|sp|spi|spice|ckt|asc|lib|sub|txt)$/i.test(name)) return;
    throw new TonewrightError(
      "wrong-call",
      `${call.replace(/\(.*/, "")}: ${JSON.stringify(name.slice(0, 60))} is the name of a file, where its text should be`,
      `read the file and give what is in it: ${call}`,
    );
  }
  const hint = isBytes(given)
    ? "for the bytes of a file write readNetlistBytes(bytes, options)"
    : isLibraryCircuit(given)
      ? `give its text: ${call.replace("text", "circuit.netlist")}`
      : isNetlist(given)
        ? "it has been read already: give it to simulateCircuit or resolveCircuit"
        : `write ${call}, with the text of the netlist`;
  throw wrongCall(call, "the netlist's text", given, hint);
}

/** Refuses what is no file's bytes. @throws TonewrightError `wrong-call` */
export function checkNetlistBytes(call: string, bytes: Uint8Array): void {
  if (isBytes(bytes)) return;
  const hint =
    typeof bytes === "string"
      ? "for a text write readNetlist(text, options)"
      : `write ${call}, with a Uint8Array: new Uint8Array(await file.arrayBuffer())`;
  throw wrongCall(call, "the file's bytes", bytes, hint);
}

/** Refuses wrong options of `readNetlist` and `readNetlistBytes`. @throws TonewrightError `wrong-call`, `unknown-option` */
export function checkReadOptions(
  call: string,
  options: {
    readonly name?: string;
    readonly files?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  },
): void {
  checkOptions(call, options, { name: false, files: false });
  const { name = "", files = {} } = options ?? {};
  if (typeof name !== "string") throw wrongCall(call, "the option name", name, 'give the file\'s name: "pedal.cir"');
  const given: unknown = files;
  const hint = 'give texts by name: { files: { "models.lib": text } }; for bytes there is decodeNetlist(bytes, name)';
  if (typeof given !== "object" || given === null || Array.isArray(given) || ArrayBuffer.isView(given))
    throw wrongCall(call, "the option files", given, hint);
  for (const [file, text] of given instanceof Map ? given : Object.entries(given)) {
    if (typeof text !== "string") throw wrongCall(call, `the text of ${JSON.stringify(file)}`, text, hint);
  }
}

/** Refuses what are no positions of knobs by name. @throws TonewrightError `wrong-call` */
export function checkPositions(call: string, knobs: unknown, place = "the positions of the knobs"): void {
  const isRecord = typeof knobs === "object" && knobs !== null && !Array.isArray(knobs) && !(knobs instanceof Map);
  if (!isRecord) throw wrongCall(call, place, knobs, "give positions by name: { drive: 0.7 }");
}

function isBytes(given: unknown): boolean {
  return ArrayBuffer.isView(given) && (given as Uint8Array).BYTES_PER_ELEMENT === 1;
}

function isNetlist(given: unknown): boolean {
  return typeof given === "object" && given !== null && "elements" in given;
}

function isLibraryCircuit(given: unknown): boolean {
  return typeof given === "object" && given !== null && "netlist" in given && typeof given.netlist === "string";
}
