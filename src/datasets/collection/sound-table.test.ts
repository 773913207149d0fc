import { describe, expect, it } from "vitest";
import { parseCsv } from "./csv.ts";
import { columnValues, isMissing, readSoundTable, rowsWithFiles } from "./sound-table.ts";

const read = (text: string, paths: readonly string[], more: Partial<Parameters<typeof readSoundTable>[1]> = {}) =>
  readSoundTable(parseCsv(text, { name: "meta.csv" }), { name: "meta.csv", paths, ...more });

describe("readSoundTable", () => {
  it("knows the columns of well-known data sets", () => {
    const esc = "filename,fold,target,category,src_file\n1-1-A.wav,1,0,dog,1\n";
    expect(read(esc, ["audio/1-1-A.wav"], { name: "meta/esc50.csv" })).toMatchObject({
      roles: { path: "filename", label: "category", split: "fold", group: "src_file" },
      files: ["audio/1-1-A.wav"],
    });
    const urban = "slice_file_name,fsID,start,fold,classID,class\n1.wav,7,0.0,5,3,dog_bark\n";
    expect(read(urban, ["fold5/1.wav"]).roles).toEqual({
      path: "slice_file_name",
      label: "class",
      split: "fold",
      group: "fsID",
    });
  });

  it("finds files below the folder, beside the table, by name and without ending", () => {
    const paths = ["a/1.wav", "a/2.wav", "b/2.wav", "b/3.flac", "sub/x/4.wav"];
    const files = (...wanted: string[]) =>
      read(`path\n${wanted.join("\n")}\n`, paths, { given: { path: "path" } }).files;
    expect(files("a/1.wav", "./a/1.wav", "a\\1.wav", "/data/set/a/1.wav", "1.wav", "1", "3")).toEqual([
      "a/1.wav",
      "a/1.wav",
      "a/1.wav",
      "a/1.wav",
      "a/1.wav",
      "a/1.wav",
      "b/3.flac",
    ]);
    // Two files are called 2.wav, and b/1.wav is not the same as a/1.wav.
    expect(files("2.wav", "b/1.wav", "9.wav")).toEqual([undefined, undefined, undefined]);
    const beside = readSoundTable(parseCsv("path\nx/4.wav\n", { name: "" }), { name: "sub/meta.csv", paths });
    expect(beside.files).toEqual(["sub/x/4.wav"]);
    expect(rowsWithFiles(beside)).toBe(1);
  });

  it("takes the columns that are named before those it knows", () => {
    const text = "path,label,species,fold\na.wav,x,dog,1\n";
    expect(read(text, ["a.wav"], { given: { label: "species" } }).roles).toEqual({
      path: "path",
      label: "species",
      split: "fold",
      group: undefined,
    });
  });

  it("refuses a column that is not there, with the list of those that are, and a table without paths", () => {
    expect(() => read("path,label\na.wav,x\n", ["a.wav"], { given: { label: "kind" } })).toThrow(
      expect.objectContaining({
        code: "no-such-column",
        message: '"meta.csv" has no column "kind"; its columns are "path", "label"',
      }),
    );
    expect(() => read("id,price\n1,2\n", ["a.wav"])).toThrow(
      expect.objectContaining({ code: "no-path-column", message: expect.stringContaining('"id", "price"') }),
    );
  });
});

describe("columnValues", () => {
  it("gives nothing where a field says nothing", () => {
    const table = parseCsv("path,x\na,1\nb,NA\nc, \nd,n/a\ne,0\n", { name: "" });
    expect(columnValues(table, "x")).toEqual(["1", undefined, undefined, undefined, "0"]);
    expect(["", "nan", "NULL", "-", "?", "None"].every(isMissing)).toBe(true);
    expect(["0", "nano", "none of these", "--x"].some(isMissing)).toBe(false);
  });
});
