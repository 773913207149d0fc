import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { explainWriteError, readFileBytes, requireFree, requireSeparate, writeFileAtomic } from "./files.node.ts";

const folder = mkdtempSync(join(tmpdir(), "tonewright-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("writeFileAtomic", () => {
  it("replaces a file as a whole and leaves nothing else behind", async () => {
    const path = join(folder, "a.bin");
    await writeFileAtomic(path, "one");
    await writeFileAtomic(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(["a.bin"]);
  });

  it("says which path cannot be written, and why", async () => {
    const inFile = join(folder, "a.bin", "b.bin");
    await expect(writeFileAtomic(inFile, "x")).rejects.toMatchObject({
      code: "unwritable-folder",
      message: `"${inFile}" cannot be written: a part of its path is a file, not a folder (ENOTDIR)`,
    });
    await expect(writeFileAtomic(join(folder, "none", "b.bin"), "x")).rejects.toMatchObject({
      code: "unwritable-folder",
    });
  });
});

describe("requireSeparate", () => {
  it("knows an input by any of its names, and lets every other file be written", async () => {
    const path = join(folder, "input.wav");
    writeFileSync(path, "sound");
    symlinkSync(path, join(folder, "soft.wav"));
    linkSync(path, join(folder, "hard.wav"));
    for (const name of ["input.wav", "soft.wav", "hard.wav"]) {
      await expect(requireSeparate([path], [join(folder, name)]), name).rejects.toMatchObject({
        code: "overwrites-input",
      });
    }
    writeFileSync(join(folder, "other.wav"), "sound");
    await requireSeparate([path, join(folder, "none.wav")], [join(folder, "other.wav"), join(folder, "none.wav")]);
    for (const name of ["input.wav", "soft.wav", "hard.wav", "other.wav"]) rmSync(join(folder, name));
  });
});

describe("explainWriteError", () => {
  it("tells a full disk from a folder that may not be written, and leaves other errors alone", () => {
    const error = (code: string) => Object.assign(new Error(code), { code });
    expect(explainWriteError(error("ENOSPC"), "x")).toMatchObject({ code: "disk-full" });
    expect(explainWriteError(error("EACCES"), "x")).toMatchObject({ code: "unwritable-folder" });
    const other = error("EIO");
    expect(explainWriteError(other, "x")).toBe(other);
  });
});

describe("readFileBytes", () => {
  it("gives plain bytes, whose slice is a copy", async () => {
    writeFileSync(join(folder, "b.bin"), "abc");
    const bytes = await readFileBytes(join(folder, "b.bin"));
    expect(bytes.constructor).toBe(Uint8Array);
    expect([...bytes]).toEqual([97, 98, 99]);
  });

  it("names the nearest file, or the folder that is not there", async () => {
    await expect(readFileBytes(join(folder, "bb.bin"))).rejects.toMatchObject({
      code: "file-not-found",
      hint: `did you mean "${join(folder, "b.bin")}"?`,
    });
    await expect(readFileBytes(join(folder, "no", "b.bin"))).rejects.toMatchObject({
      code: "file-not-found",
      hint: expect.stringContaining(join(folder, "no")),
    });
    await expect(readFileBytes(folder)).rejects.toMatchObject({ code: "unreadable-file" });
  });
});

describe("requireFree", () => {
  it("refuses a path that is taken", async () => {
    await requireFree([join(folder, "new.bin")]);
    await expect(requireFree([join(folder, "b.bin")])).rejects.toMatchObject({ code: "file-exists" });
  });
});
