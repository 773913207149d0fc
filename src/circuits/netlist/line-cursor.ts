import { parseExpression } from "./expression-parser.ts";
import { type LogicalLine, placeIn } from "./logical-lines.ts";
import type { Formula, Place, Settings } from "./netlist.ts";
import { type NetlistErrorCode, netlistError, quoted } from "./netlist-error.ts";
import { readSpiceNumber } from "./spice-number.ts";

const blank = /[\s,()]*/y;
const space = /\s*/y;
/** A word ends at blanks, commas, brackets, quotes and `=`. */
const word = /[^\s,()={}'"]+/y;

/** Reads the words and values of one logical line from left to right. Commas and parentheses are blanks to it. */
export class LineCursor {
  readonly line: LogicalLine;
  at = 0;

  constructor(line: LogicalLine) {
    this.line = line;
  }

  get place(): Place {
    return placeIn(this.line, this.at);
  }

  get atEnd(): boolean {
    this.#skip(blank);
    return this.at >= this.line.text.length;
  }

  /** The rest of the line. */
  get rest(): string {
    return this.line.text.slice(this.at);
  }

  /** The word that comes next, as written, without taking it; nothing if a group, a string or the end comes. */
  peekWord(): string | undefined {
    this.#skip(blank);
    word.lastIndex = this.at;
    return this.#wholeWord(word.exec(this.line.text)?.[0]);
  }

  /** Takes the next word. */
  word(): string | undefined {
    const found = this.peekWord();
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Whether the next word is the name of a setting: `=` follows. */
  atSetting(): boolean {
    const found = this.peekWord();
    if (found === undefined) return false;
    space.lastIndex = this.at + found.length;
    space.exec(this.line.text);
    return this.line.text[space.lastIndex] === "=" && this.line.text[space.lastIndex + 1] !== "=";
  }

  /** The next word as a node's name, lower case; nothing if there is none. */
  node(): string | undefined {
    if (this.atSetting()) return undefined;
    return this.word()?.toLowerCase();
  }

  /** Takes the name of a setting and its `=`. */
  settingName(): string {
    const found = this.word() ?? "";
    this.#skip(space);
    this.at++;
    return found.toLowerCase();
  }

  /**
   * The next value: `{…}`, `'…'`, `"…"`, a number, or a run of characters up to the next blank. Nothing at the end.
   *
   * What is no number and no expression is kept as text.
   */
  value(): Formula | undefined {
    if (this.atEnd) return undefined;
    const { text } = this.line;
    const start = this.at;
    const place = this.place;
    const first = text[start];
    if (first === '"') {
      const end = text.indexOf('"', start + 1);
      if (end < 0)
        throw this.error("netlist-syntax", `${quoted(text.slice(start))} has no closing quote`, "add the quote");
      this.at = end + 1;
      return { text: text.slice(start + 1, end), place, expression: this.#try(start + 1, end) };
    }
    if (first === "{" || first === "'") return this.formula({ endsAtBlank: true });
    if (first === "=" || first === "}") {
      throw this.error(
        "netlist-syntax",
        `found ${quoted(first)} where a value should be`,
        `remove the ${quoted(first)}`,
      );
    }
    const run = /[^\s,()={}'"]*/y;
    run.lastIndex = start;
    const simple = run.exec(text)?.[0] ?? "";
    const number = readSpiceNumber(simple);
    if (number !== undefined) {
      this.at += simple.length;
      return { text: simple, place, expression: { kind: "number", value: number } };
    }
    const parsed = this.#attempt(start);
    if (parsed && /^[\s,)]|^$/.test(text.slice(parsed.end, parsed.end + 1))) {
      this.at = parsed.end;
      return { text: text.slice(start, parsed.end), place, expression: parsed.expression };
    }
    const found = this.word() ?? "";
    if (found === "") this.at++;
    return { text: found, place, expression: null };
  }

  /** The expression that comes next, which may go on over blanks. */
  formula({ endsAtBlank = false } = {}): Formula {
    this.#skip(space);
    const place = this.place;
    const start = this.at;
    const { expression, end } = parseExpression({
      text: this.line.text,
      at: start,
      endsAtBlank,
      fail: (at, message, hint) => this.#expressionError(start, at, message, hint),
    });
    this.at = end;
    return { text: this.line.text.slice(start, end).trim(), place, expression };
  }

  /**
   * All settings `name=value` up to the end. A list `tc=1,2` gives `tc` and `tc2`;  other words go to `positional`;
   * without it they are refused.
   */
  settings(positional?: (value: Formula) => void): Settings {
    const found: Record<string, Formula> = Object.create(null);
    while (!this.atEnd) {
      if (!this.atSetting()) {
        const start = this.at;
        const value = this.value();
        if (value === undefined) break;
        if (positional) positional(value);
        else {
          this.at = start;
          throw this.error(
            "netlist-syntax",
            `${quoted(value.text)} is one word too many`,
            "remove it, or write it as a setting: name=value",
          );
        }
        continue;
      }
      const name = this.settingName();
      const value = this.value();
      if (value === undefined) {
        throw this.error(
          "netlist-syntax",
          `nothing stands behind "${name}="`,
          `give ${quoted(name)} a value, or remove it`,
        );
      }
      found[name] = value;
      for (let count = 2; this.#atListItem(); count++) {
        const next = this.value();
        if (next) found[name + count] = next;
      }
    }
    return found;
  }

  /** An error at the cursor, with the line's first word in front. */
  error(code: NetlistErrorCode, message: string, hint: string): Error {
    const subject = /^\S+/.exec(this.line.text)?.[0] ?? "";
    return netlistError(code, this.place, `${subject.slice(0, 40)}: ${message}`, hint);
  }

  #expressionError(start: number, at: number, message: string, hint: string): Error {
    const around = quoted(this.line.text.slice(start).trim());
    const place = placeIn(this.line, Math.min(at, this.line.text.length - 1));
    const subject = /^\S+/.exec(this.line.text)?.[0] ?? "";
    return netlistError("netlist-expression", place, `${subject.slice(0, 40)}: in ${around}: ${message}`, hint);
  }

  /** Whether a comma and a value come, and no setting. */
  #atListItem(): boolean {
    const comma = /\s*,/y;
    comma.lastIndex = this.at;
    return comma.test(this.line.text) && !this.atEnd && !this.atSetting();
  }

  /** KiCad's nodes may have brackets in them, behind a hyphen: `Net-(C1-Pad1)`. */
  #wholeWord(found: string | undefined): string | undefined {
    if (found === undefined || !found.endsWith("-")) return found;
    const bracket = /\([^\s()]*\)[^\s,()={}'"]*/y;
    bracket.lastIndex = this.at + found.length;
    return found + (bracket.exec(this.line.text)?.[0] ?? "");
  }

  #attempt(start: number): ReturnType<typeof parseExpression> | undefined {
    let failed: Error | undefined;
    try {
      return parseExpression({
        text: this.line.text,
        at: start,
        endsAtBlank: true,
        fail: () => {
          failed = new Error("no expression");
          return failed;
        },
      });
    } catch (error) {
      if (error === failed) return undefined;
      throw error;
    }
  }

  /** The expression from `start` that ends exactly at `end`, or null. */
  #try(start: number, end: number): Formula["expression"] {
    const parsed = this.#attempt(start);
    return parsed?.end === end ? parsed.expression : null;
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    pattern.exec(this.line.text);
    this.at = Math.max(this.at, pattern.lastIndex);
  }
}
