import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom, encodeFlac, encodeWav } from "../signal/index.ts";
import { collectionPage } from "./collection-page.ts";
import { pageLimits } from "./collection-page-sounds.ts";
import { type InspectedFolder, type InspectFolderOptions, inspectFolder } from "./inspect-collection.node.ts";
import { collectionDocument } from "./inspect-collection-document.ts";
import { readExcerpts } from "./inspect-collection-excerpts.node.ts";

const sampleRate = 8000;
let root = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tonewright-inspect-"));
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Noise through a filter that depends on the class, with a loudness that moves. */
function sound(seed: number, { seconds = 1, smooth = 0.5 } = {}): Float32Array {
  const random = createRandom(seed);
  let state = 0;
  return Float32Array.from({ length: seconds * sampleRate }, (_, n) => {
    state += smooth * (0.4 * random.uniform() - 0.2 - state);
    return state * (1 + 0.5 * Math.sin(n / 700 + seed));
  });
}

async function write(path: string, content: Float32Array | Uint8Array | string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  const bytes =
    content instanceof Float32Array
      ? await encodeWav({ channels: [content], sampleRate }, { encoding: "pcm16" })
      : content;
  await writeFile(file, bytes);
}

async function writeClean(folder: string, count = 10): Promise<void> {
  for (const [c, label] of ["cat", "dog"].entries()) {
    for (let n = 0; n < count; n++) {
      await write(
        `${folder}/${label}/${String(n).padStart(2, "0")}.wav`,
        sound(100 * c + n, { smooth: c === 0 ? 0.9 : 0.3 }),
      );
    }
  }
}

async function inspect(folder: string, options: Partial<InspectFolderOptions> = {}): Promise<InspectedFolder> {
  let milliseconds = 0;
  const work = inspectFolder(join(root, folder), {
    ...{ threads: 1, stop: new AbortController().signal, clock: () => milliseconds++ },
    ...options,
  });
  for (;;) {
    const step = await work.next();
    if (step.done === true) return step.value;
  }
}

const faults = ({ report }: InspectedFolder) =>
  Object.fromEntries(
    report.findings
      .filter(({ verdict }) => verdict !== "pass")
      .map((one) => [one.id, one.items.map(({ files }) => files)]),
  );

describe("inspectFolder", () => {
  it("finds nothing wrong in a clean folder", async () => {
    await writeClean("clean");
    const inspected = await inspect("clean");
    expect(faults(inspected)).toEqual({});
    expect(inspected).toMatchObject({
      stopped: null,
      fingerprint: { secondsPerFile: 300, bytesPerSecond: 320, bytes: 20 * 320 },
    });
    expect(inspected.report.summary).toMatchObject({ files: 20, formats: [{ value: "wav", files: 20 }] });
    expect(inspected.report.sources.label).toBe("folders");
  });

  it("finds every fault that was planted", async () => {
    await writeClean("faulty");
    const plain = sound(3, { smooth: 0.9 });
    await write("faulty/cat/copy of 03.wav", plain);
    const quiet = sound(105, { smooth: 0.3 })
      .subarray(1000)
      .map((value) => 0.3 * value);
    await write("faulty/dog/quiet 05.flac", await encodeFlac({ channels: [quiet], sampleRate }, { bits: 16 }));
    await write(
      "faulty/dog/00 again.wav",
      sound(0, { smooth: 0.9 }).map((value) => -0.7 * value),
    );
    await write("faulty/dog/silent.wav", new Float32Array(sampleRate));
    await write(
      "faulty/dog/clipped.wav",
      sound(501).map((_, n) => Math.max(-1, Math.min(1, 3 * Math.sin(n / 5)))),
    );
    await write(
      "faulty/dog/offset.wav",
      sound(502, { smooth: 0.3 }).map((value) => value + 0.1),
    );
    await write("faulty/cat/long.wav", sound(503, { seconds: 9, smooth: 0.9 }));
    await write("faulty/cat/empty.wav", new Uint8Array(0));
    await write("faulty/cat/page.wav", "<!doctype html><html><body>404</body></html>");
    await write(
      "faulty/cat/cut.wav",
      (await encodeWav({ channels: [plain], sampleRate }, { encoding: "pcm16" })).subarray(0, 30),
    );
    await write("faulty/beside.wav", sound(504));
    await write("faulty/notes.txt", "see README");
    await write("faulty/README", "a text without an ending");
    await write("faulty/.hidden/1.wav", new Uint8Array(0));
    await symlink(join(root, "faulty"), join(root, "faulty/cat/loop"));
    await symlink(join(root, "nowhere"), join(root, "faulty/cat/broken.wav"));

    const inspected = await inspect("faulty");
    expect(faults(inspected)).toMatchObject({
      files: [["cat/cut.wav"], ["cat/empty.wav"], ["cat/page.wav"]],
      folders: [["cat/broken.wav"], ["cat/loop"]],
      labels: [["beside.wav"]],
      silence: [["dog/silent.wav"]],
      clipping: [["dog/clipped.wav"]],
      offset: [["dog/offset.wav"]],
      "duration-outliers": [["cat/long.wav"]],
      "exact-duplicates": [["cat/03.wav", "cat/copy of 03.wav"]],
      "near-duplicates": [["dog/05.wav", "dog/quiet 05.flac"]],
      "duplicates-across-classes": [["cat/00.wav", "dog/00 again.wav"]],
      formats: [["dog/quiet 05.flac"]],
    });
    const others = inspected.report.findings.find(({ id }) => id === "other-files");
    expect(others?.items.map(({ files }) => files[0])).toEqual(["README", "notes.txt"]);
    expect(others?.message).toContain("1 hidden file or folder passed over");
    const [html] = inspected.report.unreadable.filter(({ path }) => path.endsWith("page.wav"));
    expect(html).toMatchObject({ code: "unknown-format", message: expect.stringContaining("cat/page.wav") });
    const [near] = inspected.report.findings.find(({ id }) => id === "near-duplicates")?.items ?? [];
    // 1000 samples were cut off the beginning.
    expect((near?.at?.[0] ?? 0) - (near?.at?.[1] ?? 0)).toBeCloseTo(0.125, 2);
  });

  it("looks for a table in the folder, and takes one that is named", async () => {
    await writeClean("table", 4);
    const rows = ["cat", "dog"].flatMap((label) =>
      ["00", "01", "02"].map((n) => `${label}/${n}.wav,${label},${n === "02" ? "test" : "train"}`),
    );
    await write("table/meta.csv", `file,species,split\n${[...rows, "cat/77.wav,cat,test"].join("\n")}\n`);
    await write("table/prices.csv", "item,price\n1,2\n");
    const found = await inspect("table");
    expect(found.report.sources).toMatchObject({ table: { name: "meta.csv" }, label: "table", split: "table" });
    expect(faults(found)).toMatchObject({
      "missing-files": [["cat/77.wav"]],
      "unlisted-files": [["cat/03.wav"], ["dog/03.wav"]],
    });
    expect((await inspect("table", { table: "none" })).report.sources).toMatchObject({ table: null, label: "folders" });
    const named = await inspect("table", { table: join(root, "table/meta.csv"), columns: { label: "split" } });
    expect(named.report.summary.classes.map(({ label }) => label)).toEqual(["train", "test"]);
  });

  it("refuses tables and columns that are not there", async () => {
    await writeClean("columns", 1);
    await write("columns/meta.csv", "file,species\ncat/00.wav,cat\ndog/00.wav,dog\n");
    await write("columns/prices.csv", "item,price\n1,2\n");
    const code = (options: Partial<InspectFolderOptions>) =>
      inspect("columns", options).catch((error) => [error.code, error.message]);
    expect(await code({ columns: { label: "kind" } })).toEqual([
      "no-such-column",
      '"meta.csv" has no column "kind"; its columns are "file", "species"',
    ]);
    expect(await code({ table: "prices.csv" })).toMatchObject([
      "no-path-column",
      expect.stringContaining('"item", "price"'),
    ]);
    expect(await code({ table: "metadata.csv" })).toMatchObject([
      "file-not-found",
      expect.stringContaining("metadata.csv"),
    ]);
    await rm(join(root, "columns/meta.csv"));
    await rm(join(root, "columns/prices.csv"));
    expect(await code({ columns: { group: "speaker" } })).toMatchObject([
      "no-table",
      expect.stringContaining("speaker"),
    ]);
  });

  it("refuses what is no folder of sounds", async () => {
    await mkdir(join(root, "empty"));
    await write("texts/a.txt", "x");
    const code = (folder: string) => inspect(folder).catch((error) => error.code);
    expect(await code("empty")).toBe("no-sounds");
    expect(await code("texts")).toBe("no-sounds");
    expect(await code("nowhere")).toBe("folder-not-found");
    expect(await code("texts/a.txt")).toBe("not-a-folder");
  });

  it.skipIf(process.getuid?.() === 0)("names what may not be read (root may read everything)", async () => {
    await writeClean("locked", 1);
    await write("locked/secret/1.wav", sound(9));
    await chmod(join(root, "locked/secret"), 0);
    await chmod(join(root, "locked/cat/00.wav"), 0);
    expect(faults(await inspect("locked"))).toMatchObject({ folders: [["secret"]], files: [["cat/00.wav"]] });
    await chmod(join(root, "locked/secret"), 0o700);
  });

  it("does not enter a folder twice that is linked", async () => {
    await writeClean("linked", 2);
    await symlink(join(root, "linked/cat"), join(root, "linked/also cats"));
    const inspected = await inspect("linked");
    expect(inspected.report.summary.files).toBe(4);
    expect(faults(inspected).folders).toEqual([["also cats"]]);
    await symlink(join(root, "clean/dog"), join(root, "linked/more"));
    expect((await inspect("linked")).report.summary.classes).toMatchObject([{ label: "more", files: 10 }, {}, {}]);
  });

  it("stops when it is told to, and is about what it has heard by then", async () => {
    const controller = new AbortController();
    const work = inspectFolder(join(root, "clean"), { threads: 1, stop: controller.signal, clock: () => 0 });
    let step = await work.next();
    for (; step.done !== true; step = await work.next())
      if (step.value.stage === "hearing" && step.value.done >= 3) controller.abort();
    const { stopped, report } = step.value;
    expect(stopped?.of).toBe(20);
    expect(stopped?.done).toBeGreaterThanOrEqual(3);
    expect(stopped?.done).toBeLessThan(20);
    expect(report.summary.files).toBe(stopped?.done);
  });

  it("tells how far it is", async () => {
    const work = inspectFolder(join(root, "clean"), { threads: 1, stop: new AbortController().signal, clock: () => 0 });
    const events: string[] = [];
    for (let step = await work.next(); step.done !== true; step = await work.next())
      events.push(`${step.value.stage} ${step.value.done}/${step.value.of}`);
    expect(events).toContain("hearing 20/20");
    expect(events.at(-1)).toBe("comparing 0/20");
  });
});

describe("the document about a folder", () => {
  it("holds the facts about every file, and survives JSON", async () => {
    const inspected = await inspect("clean");
    const document = JSON.parse(JSON.stringify(collectionDocument({ folder: "clean", ...inspected })));
    expect(document).toMatchObject({ kind: "collection", version: 1, verdict: "pass", stopped: null });
    expect(document.files).toHaveLength(20);
    expect(document.files[0]).toMatchObject({
      path: "cat/00.wav",
      label: "cat",
      sampleRate,
      seconds: 1,
      channels: 1,
      nonFinite: 0,
    });
    expect(document.files[0].colour).toBeUndefined();
  });
});

describe("the page about a folder", () => {
  const page = async (folder: string) => {
    const inspected = await inspect(folder);
    const excerpts = await readExcerpts(join(root, folder), inspected.report);
    const about = { title: folder, commandLine: "inspect x", createdAt: "2026-01-01", toolVersion: "0" };
    return { excerpts, html: await collectionPage({ ...about, report: inspected.report, ...excerpts }) };
  };

  it("shows what to put right with players, and needs nothing but itself", async () => {
    const { html, excerpts } = await page("faulty");
    expect(html).toContain("dog/00 again.wav");
    expect(html.match(/<audio /g)?.length).toBeGreaterThanOrEqual(10);
    expect(excerpts.pictures.map(({ label }) => label)).toEqual(["cat", "dog"]);
    // Every address is within the page or data; namespaces are names.
    const addresses = html.match(/(?:src|href)="(?!data:|#)[^"]*"/g);
    expect(addresses).toBeNull();
    expect(html.match(/https?:\/\/[^"\s<]+/g)?.filter((url) => !url.startsWith("http://www.w3.org/")) ?? []).toEqual(
      [],
    );
    expect(html.match(/<svg (?![^>]*aria-label=)/g)).toBeNull();
    expect(html.match(/<img (?![^>]*alt="[^"]+")/g)).toBeNull();
  });

  it("keeps to its limits", async () => {
    const { excerpts } = await page("faulty");
    expect(excerpts.sounds.size).toBeLessThanOrEqual(pageLimits.players);
    for (const { seconds, url } of excerpts.sounds.values()) {
      expect(seconds).toBeLessThanOrEqual(pageLimits.secondsPerPlayer);
      expect(url).toMatch(/^data:audio\/flac;base64,/);
    }
  });

  it("says of a clean folder that nothing is wrong, and does not run what a file is called", async () => {
    expect((await page("clean")).html).toContain("Nothing is wrong with these files");
    await writeClean("<script>alert(1)</script>", 1);
    expect((await page("<script>alert(1)</script>")).html).not.toContain("<script>alert");
  });

  it("is made of a single file as well", async () => {
    await write("single/one.wav", sound(1));
    expect((await page("single")).html).toContain("no file has a label".replace("n", "N"));
  });
});
