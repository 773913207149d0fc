import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { completeSettings } from "./capture-settings.ts";
import { latestUnfinishedRun, makeRunFolder, openRun, removeLeftovers, runFiles, saveRun } from "./run-folder.node.ts";
import { decodeRunRecord, encodeRunRecord, newRunRecord, type RunRecord } from "./run-record.ts";

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "tonewright-runs-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

const file = { path: "/a/dry.wav", sha256: "0".repeat(64) };
const record = (changes: Partial<RunRecord> = {}): RunRecord => ({
  ...newRunRecord({
    command: "capture",
    name: "pedal",
    createdAt: "2026-01-02T03:04:05.000Z",
    toolVersion: "0.1.0",
    commandLine: "tonewright capture dry.wav wet.wav",
    settings: completeSettings({ model: "lstm-4", length: { epochs: 2 }, build: "simd" }),
    files: { dry: file, wet: file },
  }),
  ...changes,
});

describe("makeRunFolder", () => {
  it("counts up, and makes the folders above it", async () => {
    const runs = join(parent, "x", "runs");
    expect(await makeRunFolder({ parent: runs, name: "pedal" })).toBe(join(runs, "pedal-1"));
    expect(await makeRunFolder({ parent: runs, name: "pedal" })).toBe(join(runs, "pedal-2"));
  });

  it("takes a given folder unless it holds a run", async () => {
    const folder = join(parent, "mine");
    expect(await makeRunFolder({ folder })).toBe(folder);
    await saveRun({ folder, record: record() }, "2026-01-02T03:04:06.000Z");
    await expect(makeRunFolder({ folder })).rejects.toMatchObject({ code: "run-exists" });
  });
});

describe("makeRunFolder in a folder with other files", () => {
  it("refuses any name that a run would write, and leaves the file", async () => {
    for (const name of Object.values(runFiles)) {
      if (name === runFiles.record) continue;
      const folder = mkdtempSync(join(parent, "mine-"));
      writeFileSync(join(folder, name), "mine");
      await expect(makeRunFolder({ folder }), name).rejects.toMatchObject({ code: "file-exists" });
      expect(readFileSync(join(folder, name), "utf8")).toBe("mine");
    }
  });
});

describe("latestUnfinishedRun", () => {
  it("is the one that was worked on last, passing over finished and damaged ones", async () => {
    const times = { a: "2026-01-02T03:00:00.000Z", b: "2026-01-02T05:00:00.000Z", c: "2026-01-02T06:00:00.000Z" };
    for (const [name, time] of Object.entries(times)) {
      const folder = await makeRunFolder({ folder: join(parent, name) });
      writeFileSync(join(folder, "checkpoint.safetensors"), "");
      await saveRun({ folder, record: record({ status: name === "c" ? "finished" : "stopped" }) }, time);
    }
    await makeRunFolder({ folder: join(parent, "d") });
    writeFileSync(join(parent, "d", "run.json"), "{");
    expect((await latestUnfinishedRun(parent)).folder).toBe(join(parent, "b"));
  });

  it("passes over what failed and what has no checkpoint", async () => {
    for (const status of ["failed", "stopped"] as const) {
      const folder = await makeRunFolder({ folder: join(parent, status) });
      if (status === "failed") writeFileSync(join(folder, "checkpoint.safetensors"), "");
      await saveRun({ folder, record: record({ status }) }, "2026-01-02T03:00:00.000Z");
    }
    await expect(latestUnfinishedRun(parent)).rejects.toMatchObject({ code: "nothing-to-resume" });
  });

  it("says so if there is none", async () => {
    await expect(latestUnfinishedRun(join(parent, "none"))).rejects.toMatchObject({ code: "nothing-to-resume" });
  });
});

describe("a run's record", () => {
  it("comes back as it was stored", async () => {
    const folder = await makeRunFolder({ folder: join(parent, "one") });
    await saveRun({ folder, record: record() }, "2026-01-02T03:04:06.000Z");
    expect((await openRun(folder)).record).toEqual(record({ updatedAt: "2026-01-02T03:04:06.000Z" }));
  });

  it("is refused unless every member is right", () => {
    const text = encodeRunRecord(record());
    const broken = [
      text.slice(0, -3),
      "[]",
      text.replace('"version": 1', '"version": 2'),
      text.replace('"simd"', '"fast"'),
      text.replace('"epochs": 2', '"epochs": 0'),
      text.replace('"name"', '"nome"'),
      "{}",
      text.replace('"dataset": null', '"dataset": {"format": "tonewright-dataset", "version": 1}'),
      text.replace('"dataset": null', '"dataset": 3'),
    ];
    for (const one of broken) {
      expect(() => decodeRunRecord(one, { name: "run.json" })).toThrowError(
        expect.objectContaining({ code: "corrupt-run", message: expect.stringContaining("run.json") }),
      );
    }
  });
});

describe("removeLeftovers", () => {
  it("removes what a killed process was writing, and nothing else", async () => {
    for (const name of [".model.tonewright.123.tmp", "mine.tmp", ".hidden"]) writeFileSync(join(parent, name), "");
    await removeLeftovers(parent);
    expect([".model.tonewright.123.tmp", "mine.tmp", ".hidden"].map((name) => existsSync(join(parent, name)))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
