import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "./csv.ts";

const parse = (text: string) => parseCsv(text, { name: "meta.csv" });

describe("parseCsv", () => {
  it("reads commas, semicolons and tabs, line ends of all systems and a byte order mark", () => {
    const expected = {
      columns: ["path", "label"],
      rows: [
        ["a.wav", "dog"],
        ["b.wav", "cat"],
      ],
      oddLines: [],
    };
    expect(parse("path,label\na.wav,dog\nb.wav,cat\n")).toEqual(expected);
    expect(parse("\ufeffpath;label\r\na.wav;dog\r\n\r\nb.wav;cat")).toEqual(expected);
    expect(parse("path\tlabel\ra.wav\tdog\rb.wav\tcat\r")).toEqual(expected);
  });

  it("keeps separators, quotes and line breaks within quotes", () => {
    expect(parse('path,text\n"a,1.wav","say ""no""\nnow"\n').rows).toEqual([["a,1.wav", 'say "no"\nnow']]);
  });

  it("keeps spaces and empty fields, also at the end", () => {
    expect(parse("a,b,c\n dog ,,\n,x,").rows).toEqual([
      [" dog ", "", ""],
      ["", "x", ""],
    ]);
  });

  it("fills and cuts rows of another length, and says in which lines", () => {
    expect(parse('a,b\n1\n"x\ny",2\n1,2,3\n')).toMatchObject({
      rows: [
        ["1", ""],
        ["x\ny", "2"],
        ["1", "2"],
      ],
      oddLines: [2, 5],
    });
  });

  it("reads back any table that was written with quotes", () => {
    const cell = fc.string({ maxLength: 6 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const text = [["p", "q"], ...rows].map((row) => row.map(quoted).join(",")).join("\n");
        // A row without any text at all is taken for an empty line only if it has one field.
        expect(parse(text).rows).toEqual(rows);
      }),
    );
  });

  it("refuses nothing, an open quote, and two columns of one name", () => {
    const refused = (text: string) => {
      try {
        parse(text);
        return "read";
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(refused("")).toBe("empty-table");
    expect(refused("\n\n")).toBe("empty-table");
    expect(refused('a,b\n1,"2\n3,4')).toBe("bad-table");
    expect(refused("a,b,a\n")).toBe("bad-table");
  });
});
