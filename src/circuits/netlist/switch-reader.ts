import type { ElementLine } from "./element-line.ts";
import { takePair } from "./element-line.ts";
import type { NetlistElement } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

const shapes = {
  s: "S1 a b control+ control- model",
  w: "W1 a b Vsensor model",
} as const;

/** S (switched by a voltage) or W (by the current of a voltage source). `ON` and `OFF` behind the model say nothing here. */
export function readSwitch(letter: "s" | "w", line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const nodes = takePair(line, shapes[letter]);
  const words: string[] = [];
  while (!cursor.atEnd && !cursor.atSetting()) {
    const word = cursor.word();
    if (word === undefined) break;
    words.push(word.toLowerCase());
  }
  if (/^(on|off)$/.test(words.at(-1) ?? "")) words.pop();
  const model = words.pop();
  if (model === undefined || words.length !== (letter === "s" ? 2 : 1)) {
    throw netlistError(
      "netlist-nodes",
      place,
      `${quoted(cursor.line.text)} has not the words of a switch`,
      `write: ${shapes[letter]}`,
    );
  }
  return { kind: "switch", letter, name, place, settings: cursor.settings(), nodes, control: words, model };
}
