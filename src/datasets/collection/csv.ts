import { TonewrightError } from "../../errors/index.ts";

/** A table as it stands in a file. */
export interface CsvTable {
  /** Names of the columns, without spaces around them. */
  readonly columns: readonly string[];
  /** Shape `[rows][columns]`, text. */
  readonly rows: readonly (readonly string[])[];
  /** Rows that had fewer or more fields than columns, which were filled or cut: their line numbers. */
  readonly oddLines: readonly number[];
}

/**
 * The table in a text of comma, semicolon or tab separated values, whichever the first line has most of.
 *
 * Fields in double quotes may hold separators, line breaks and doubled quotes. Lines without any text are left out.
 *
 * @param text - The whole file; a byte order mark is skipped.
 * @param options.name - File name for messages.
 * @throws TonewrightError `empty-table` if there is no line, `bad-table` if a quote is never closed or two columns have
 *   one name.
 * @see RFC 4180
 */
export function parseCsv(text: string, { name }: { readonly name: string }): CsvTable {
  const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const [header, ...lines] = records(content, separatorOf(content), name);
  if (header === undefined) {
    throw new TonewrightError(
      "empty-table",
      `"${name}" holds no line`,
      "give a table whose first line names the columns",
    );
  }
  const columns = header.fields.map((field) => field.trim());
  const twice = columns.find((column, k) => column !== "" && columns.indexOf(column) !== k);
  if (twice !== undefined) {
    const hint = "give every column its own name in the first line";
    throw new TonewrightError("bad-table", `"${name}" has two columns "${twice}"`, hint);
  }
  const oddLines: number[] = [];
  const rows = lines.map(({ fields, line }) => {
    if (fields.length === columns.length) return fields;
    oddLines.push(line);
    return columns.map((_, k) => fields[k] ?? "");
  });
  return { columns, rows, oddLines };
}

function separatorOf(content: string): string {
  const first = /^[^\r\n]*/.exec(content)?.[0] ?? "";
  const counts = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

interface Line {
  readonly fields: string[];
  /** From 1. */
  readonly line: number;
}

function records(content: string, separator: string, name: string): Line[] {
  const found: Line[] = [];
  let fields: string[] = [];
  let line = 1;
  let begins = 1;
  const finish = () => {
    if (fields.length > 1 || fields[0] !== "") found.push({ fields, line: begins });
    fields = [];
  };
  for (let at = 0; at < content.length; ) {
    if (fields.length === 0) begins = line;
    let field: string;
    if (content[at] === '"') {
      const end = closingQuote(content, at);
      if (end < 0) {
        const hint = "open the table in an editor and close the quote, or double it where it is meant as a sign";
        throw new TonewrightError("bad-table", `"${name}" has a quote in line ${begins} that is never closed`, hint);
      }
      field = content.slice(at + 1, end).replaceAll('""', '"');
      line += field.split("\n").length - 1;
      at = end + 1;
      // What follows the closing quote belongs to the field as it is.
      const stop = endOfField(content, at, separator);
      field += content.slice(at, stop);
      at = stop;
    } else {
      const stop = endOfField(content, at, separator);
      field = content.slice(at, stop);
      at = stop;
    }
    fields.push(field);
    if (content[at] === separator) {
      at++;
      // A separator at the very end is followed by an empty field.
      if (at === content.length) fields.push("");
      continue;
    }
    if (content[at] === "\r" && content[at + 1] === "\n") at++;
    at++;
    line++;
    finish();
  }
  if (fields.length > 0) finish();
  return found;
}

function closingQuote(content: string, opening: number): number {
  for (let at = content.indexOf('"', opening + 1); at >= 0; at = content.indexOf('"', at + 1)) {
    if (content[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

function endOfField(content: string, from: number, separator: string): number {
  let at = from;
  while (at < content.length && content[at] !== separator && content[at] !== "\n" && content[at] !== "\r") at++;
  return at;
}
