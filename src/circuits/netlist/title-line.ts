import { LineCursor } from "./line-cursor.ts";

/** What the letters of elements have in front of model or value. X has any number. */
const nodeCounts: Readonly<Record<string, number>> = {
  d: 2,
  q: 3,
  j: 3,
  m: 3,
  s: 4,
  w: 2,
  a: 3,
  r: 2,
  c: 2,
  l: 2,
  v: 2,
};

/** Whether a title looks like an element with a number at its end, or like a directive: it was meant to be read. */
export function looksLikeElement(title: string): boolean {
  return /^\./.test(title) || /^[rcldqjmvixbefghk]\w*\s+\S+\s+\S+\s+(\S+\s+)*[\d{'.]\S*/i.test(title);
}

/**
 * Whether a title is an element of the netlist below it: its words are where nodes would be, and most of them are nodes there.
 *
 * @param nodes - Of all elements of the netlist, lower case.
 */
export function joinsNodes(title: string, nodes: ReadonlySet<string>): boolean {
  if (!/^[a-z]\w*\s/i.test(title)) return false;
  const cursor = new LineCursor({ text: title, file: "", parts: [{ at: 0, line: 1 }], directive: false });
  const name = cursor.word()?.toLowerCase() ?? "";
  const words: string[] = [];
  while (!cursor.atEnd && !cursor.atSetting()) {
    const word = cursor.word();
    if (word === undefined) break;
    words.push(word.toLowerCase());
  }
  const letter = name[0] ?? "";
  const count = letter === "x" ? words.length - 1 : (nodeCounts[letter] ?? 0);
  if (count < 1 || words.length <= count) return false;
  const known = words.slice(0, count).filter((word) => word === "0" || nodes.has(word)).length;
  return known >= Math.min(2, count) && known * 2 > count;
}
