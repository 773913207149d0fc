import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lockRun } from "./run-lock.node.ts";
import {
  discardIfEmpty,
  openDatasetFolder,
  removeTemporaryFiles,
  requestHash,
  saveSimulationState,
} from "./simulate-folder.node.ts";
import type { SimulationState } from "./simulate-state.ts";

const place = await mkdtemp(join(tmpdir(), "tonewright-simulate-folder-"));
afterAll(() => rm(place, { recursive: true, force: true }));

const state = (changes: Partial<SimulationState> = {}): SimulationState => ({
  ...{ format: "tonewright-simulation", version: 1, hash: requestHash({ seed: 1 }), request: { seed: 1 } },
  ...{ status: "running", createdAt: "now", toolVersion: "1", commandLine: "it", warmUpSeconds: null },
  ...{ sounds: [], peaks: {}, means: {}, failed: {}, gain: null },
  ...changes,
});

/** A dataset's folder as a killed process leaves it. */
async function begun(name: string, changes: Partial<SimulationState> = {}): Promise<string> {
  const folder = join(place, name);
  for (const one of ["", "Train", ".simulation"]) await mkdir(join(folder, one));
  await saveSimulationState(folder, state(changes));
  await writeFile(join(folder, "Train", ".target_0.wav.123.tmp"), "x");
  return folder;
}

describe("openDatasetFolder", () => {
  it("takes a folder again in which a killed run has made nothing, unless somebody works in it", async () => {
    const folder = await begun("killed");
    const release = await lockRun(folder);
    const open = () => openDatasetFolder({ folder }, { request: { seed: 2 } });
    await expect(open()).rejects.toMatchObject({ code: "run-in-use" });
    await release();
    expect(await open()).toEqual({ folder, state: undefined, made: [] });
    expect(await readdir(folder)).toEqual(["simulation.json"]);
  });

  it("keeps a folder in which there are files", async () => {
    const folder = await begun("kept", { peaks: { "Train/target.wav": 0.5 } });
    await expect(openDatasetFolder({ folder }, { request: { seed: 2 } })).rejects.toMatchObject({
      code: "plan-changed",
    });
    expect(existsSync(join(folder, ".simulation"))).toBe(true);
  });

  it("tells which folders it has made", async () => {
    const opened = await openDatasetFolder({ parent: join(place, "sets"), name: "x" }, { request: {} });
    expect(opened.made).toEqual([join(place, "sets"), join(place, "sets", "x-1")]);
  });
});

describe("removeTemporaryFiles", () => {
  it("leaves those of another dataset further down alone", async () => {
    const folder = await begun("outer");
    const inner = await begun(join("outer", "inner"));
    await removeTemporaryFiles(folder);
    expect(await readdir(join(folder, "Train"))).toEqual([]);
    expect(await readdir(join(inner, "Train"))).toEqual([".target_0.wav.123.tmp"]);
  });
});

describe("discardIfEmpty", () => {
  it("keeps a sound that is begun, to be gone on with", async () => {
    const folder = await begun("long");
    await writeFile(join(folder, ".simulation", "render-0-0.f32"), "abcd");
    expect(await discardIfEmpty(folder)).toBe(false);
    await rm(join(folder, ".simulation", "render-0-0.f32"));
    expect(await discardIfEmpty(folder)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});
