import { LineCursor } from "./line-cursor.ts";
import { type LogicalLine, placeIn, readLogicalLines } from "./logical-lines.ts";
import type { Place } from "./netlist.ts";
import type { MissingFile } from "./missing-files.ts";
import { netlistError, quoted } from "./netlist-error.ts";

/** What the lines of a netlist may come from. */
export interface NetlistFiles {
  /** Texts that `.include` and `.lib` may name. */
  readonly files: ReadonlyMap<string, string>;
  readonly warn: (place: Place, text: string) => void;
  /** Told of files that were not given. */
  readonly miss: (file: MissingFile) => void;
}

/** Deepest nesting of files, and most lines in all. */
const nestingLimit = 16;
const lineLimit = 100_000;
/** Most characters of all included files, each counted as often as it is included. */
const characterLimit = 20_000_000;

/** Libraries that LTspice names whether they are needed or not; what they would define may be among our own parts. */
const standardLibrary = /^(standard\.(dio|bjt|jft|mos|ind|cap|res|bead)|opamp\.sub|universalop\w*\.(sub|lib))$/i;

/**
 * The lines of a netlist without its title, the lines of included files where they are included; up to `.end`.
 *
 * Files are found by the path as written or by its last part, whatever the case and the slashes.
 *
 * @throws TonewrightError `netlist-include` if a file includes itself, `netlist-limit`
 */
export function* readStatementLines(
  lines: readonly LogicalLine[],
  source: NetlistFiles,
): Generator<LogicalLine, void, undefined> {
  yield* walk(lines, { ...source, count: { lines: 0, characters: 0 }, chain: [] });
}

interface Walk extends NetlistFiles {
  readonly count: { lines: number; characters: number };
  readonly chain: readonly string[];
  /** Only these lines of the file: between `.lib section` and `.endl`. */
  readonly section?: string;
}

function* walk(lines: readonly LogicalLine[], state: Walk): Generator<LogicalLine, void, undefined> {
  let inside = state.section === undefined;
  let found = inside;
  let control: Place | undefined;
  const excess = lines[lineLimit - state.count.lines];
  if (excess) {
    throw netlistError(
      "netlist-limit",
      placeIn(excess, 0),
      `more than ${lineLimit} lines with all included files`,
      "simulate a part of it: one stage or one pedal at a time",
    );
  }
  state.count.lines += lines.length;
  for (const line of lines) {
    const place = placeIn(line, 0);
    const cursor = new LineCursor(line);
    const word = line.directive ? "" : (/^\.[a-z]+/i.exec(line.text)?.[0].toLowerCase() ?? "");
    if (control) {
      if (word === ".endc") control = undefined;
      continue;
    }
    if (word === ".control") {
      state.warn(place, ".control is not used, up to .endc");
      control = place;
      continue;
    }
    if (word === ".endl") {
      if (state.section !== undefined) inside = false;
      continue;
    }
    if (word === ".lib" && state.section !== undefined) {
      cursor.word();
      if (cursor.word()?.toLowerCase() === state.section && cursor.atEnd) {
        inside = true;
        found = true;
        continue;
      }
    }
    if (!inside) continue;
    if (word === ".end") break;
    if (word === ".include" || word === ".inc" || word === ".lib") {
      yield* included(cursor, state);
      continue;
    }
    yield line;
  }
  if (control) {
    throw netlistError("netlist-syntax", control, ".control has no .endc", "add .endc, or remove .control");
  }
  if (!found) {
    const place = lines[0] ? placeIn(lines[0], 0) : { file: state.chain.at(-1) ?? "", line: 1 };
    throw netlistError(
      "netlist-include",
      place,
      `the library has no section ${quoted(state.section ?? "")}`,
      "correct the .lib line",
    );
  }
}

function* included(cursor: LineCursor, state: Walk): Generator<LogicalLine, void, undefined> {
  const { place } = cursor;
  const written = /^\.\w+\s+(?:"([^"]*)"|'([^']*)'|(\S.*?))(?:\s+(\w+))?\s*$/.exec(cursor.line.text);
  const path = written?.[1] ?? written?.[2] ?? written?.[3] ?? "";
  const section = written?.[4];
  if (path === "") {
    throw netlistError("netlist-include", place, `${quoted(cursor.line.text)} names no file`, 'write .include "file"');
  }
  const whole = section === undefined ? path : `${path} ${section}`;
  const key = find(state.files, path) ?? find(state.files, whole);
  if (key === undefined) {
    const last = lastPart(path);
    if (standardLibrary.test(last)) {
      state.warn(
        place,
        `${last} was not given; LTspice names it ${/^standard/i.test(last) ? "in every netlist" : "as its own"}`,
      );
      return;
    }
    state.miss({ place, path: whole, file: last, given: [...state.files.keys()] });
    return;
  }
  const usesSection = section !== undefined && find(state.files, path) === key;
  if (state.chain.includes(key) && !usesSection) {
    throw netlistError(
      "netlist-include",
      place,
      `file ${quoted(key)} includes itself: ${[...state.chain, key].join(" -> ")}`,
      "remove one of the .include lines",
    );
  }
  if (state.chain.length >= nestingLimit) {
    throw netlistError(
      "netlist-limit",
      place,
      `files include one another more than ${nestingLimit} deep`,
      "join some files",
    );
  }
  const text = state.files.get(key) ?? "";
  state.count.characters += text.length + 1;
  if (state.count.characters > characterLimit) {
    throw netlistError(
      "netlist-limit",
      place,
      `more than ${characterLimit} characters with all included files`,
      "include less",
    );
  }
  if (/^\* LTspice Encrypted File/i.test(text)) {
    throw netlistError(
      "netlist-include",
      { file: key, line: 1 },
      "the file is encrypted by LTspice",
      "use a model that is published in the open",
    );
  }
  const lines = readLogicalLines(text.split(/\r\n|\n|\r/), { file: key });
  const { files, warn, miss, count } = state;
  const chain = [...state.chain, key];
  yield* walk(lines, { files, warn, miss, count, chain, ...(usesSection ? { section: section.toLowerCase() } : {}) });
}

function find(files: ReadonlyMap<string, string>, path: string): string | undefined {
  if (files.has(path)) return path;
  const wanted = normal(path);
  const keys = [...files.keys()];
  return (
    keys.find((key) => normal(key) === wanted) ?? keys.find((key) => normal(lastPart(key)) === normal(lastPart(path)))
  );
}

function normal(path: string): string {
  return path.replaceAll("\\", "/").replace(/^\.\//, "").toLowerCase();
}

function lastPart(path: string): string {
  return path.replaceAll("\\", "/").split("/").at(-1) ?? path;
}
