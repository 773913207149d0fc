import { netlistError, suggestion } from "./netlist-error.ts";
import type { Place } from "./netlist.ts";

/** A line with its continuations joined and its comments gone. */
export interface LogicalLine {
  readonly text: string;
  readonly file: string;
  /** Where each physical line begins in `text`, and its number. */
  readonly parts: readonly { readonly at: number; readonly line: number }[];
  /** Whether it is one of our directives, which SPICE takes for a comment. */
  readonly directive: boolean;
}

/** Longest logical line: longer ones are no netlists. */
const lengthLimit = 100_000;

/** Words that make a comment `*.word …` a directive. */
export const directiveWords = ["knob", "input", "output", "gain", "description"] as const;

/** Whether a comment is a directive of ours, or a misspelt one. */
function isDirective(comment: string): boolean {
  // With a blank in it, it is told of and not taken.
  const spaced = /^\*\s+\.([a-z]+)(?:\s|$)/i.exec(comment)?.[1]?.toLowerCase();
  if (directiveWords.some((known) => known === spaced)) return true;
  const word = /^\*\.([a-z]+)(?:\s|$)/i.exec(comment)?.[1]?.toLowerCase();
  return (
    word !== undefined && (directiveWords.some((known) => known === word) || suggestion(word, directiveWords) !== "")
  );
}

/**
 * The lines of a file: comments dropped (`*` or `#` in front; `;`, ` $ ` and ` //` behind), lines that begin with `+` joined to
 * the line before, comments in between notwithstanding. `*+` goes on with one of our directives.
 *
 * @param options.first - Number of the first line.
 * @throws TonewrightError `netlist-syntax` if the first line goes on with nothing, `netlist-limit` if a line has no end
 */
export function readLogicalLines(
  physical: readonly string[],
  { file, first = 1 }: { readonly file: string; readonly first?: number },
): LogicalLine[] {
  const lines: { text: string; file: string; parts: { at: number; line: number }[]; directive: boolean }[] = [];
  let code: (typeof lines)[number] | undefined;
  let comment: (typeof lines)[number] | undefined;
  physical.forEach((raw, n) => {
    const line = first + n;
    const start = (text: string, ours: boolean) => {
      const added = { text, file, parts: [{ at: 0, line }], directive: ours };
      lines.push(added);
      return added;
    };
    const join = (to: (typeof lines)[number], text: string) => {
      to.parts.push({ at: to.text.length, line });
      to.text += ` ${text}`;
      if (to.text.length <= lengthLimit) return;
      throw netlistError(
        "netlist-limit",
        { file, line },
        `the line and its continuations have more than ${lengthLimit} characters`,
        "split the element or the subcircuit",
      );
    };
    const trimmed = raw.trim();
    if (trimmed === "") return;
    if (trimmed.startsWith("*") || trimmed.startsWith("#")) {
      const more = /^\*\s*\+(.*)$/.exec(trimmed);
      if (isDirective(trimmed)) comment = start(trimmed.slice(1), true);
      else if (more && comment) join(comment, more[1] ?? "");
      else comment = undefined;
      return;
    }
    const text = withoutComment(trimmed);
    if (text === "") return;
    if (!text.startsWith("+")) {
      if (text.length > lengthLimit) join(start("", false), text);
      code = start(text, false);
      comment = undefined;
    } else if (code) join(code, text.slice(1));
    else {
      throw netlistError(
        "netlist-syntax",
        { file, line },
        'the line begins with "+", but no line is there to go on with',
        'remove the "+", or put the line behind the element it belongs to',
      );
    }
  });
  return lines;
}

/** The place of a character of a logical line. */
export function placeIn({ file, parts }: LogicalLine, at: number): Place {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((parts[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { file, line: parts[low]?.line ?? 1 };
}

/** `$` is a comment only between blanks, since LTspice's global nodes begin with it. */
function withoutComment(text: string): string {
  let inString = false;
  for (let k = 0; k < text.length; k++) {
    const c = text[k];
    if (c === '"') inString = !inString;
    if (inString) continue;
    const afterBlank = k === 0 || /\s/.test(text[k - 1] ?? "");
    const isComment =
      c === ";" ||
      (c === "$" && afterBlank && /^\s|^$/.test(text.slice(k + 1, k + 2))) ||
      (c === "/" && text[k + 1] === "/" && afterBlank);
    if (isComment) return text.slice(0, k).trimEnd();
  }
  return text;
}
