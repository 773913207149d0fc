import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockRun } from "./run-lock.node.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tonewright-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const lock = () => join(folder, "lock");

describe("lockRun", () => {
  it("lets nobody else in until it is given back", async () => {
    const release = await lockRun(folder);
    expect(readFileSync(lock(), "utf8")).toBe(`${process.pid}\n`);
    await expect(lockRun(folder)).rejects.toMatchObject({ code: "run-in-use" });
    await release();
    expect(existsSync(lock())).toBe(false);
    await (await lockRun(folder))();
  });

  it("respects a living process and leaves its lock", async () => {
    writeFileSync(lock(), `${process.ppid}\n`);
    await expect(lockRun(folder)).rejects.toMatchObject({
      code: "run-in-use",
      message: expect.stringContaining(`(${process.ppid})`),
    });
    expect(readFileSync(lock(), "utf8")).toBe(`${process.ppid}\n`);
  });

  it("takes over from a process that has ended, and a lock that names none", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    for (const text of [`${pid}\n`, ""]) {
      writeFileSync(lock(), text);
      const release = await lockRun(folder);
      expect(readFileSync(lock(), "utf8")).toBe(`${process.pid}\n`);
      await release();
    }
  });
});
