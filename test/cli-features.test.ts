import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  computeFrontEnd,
  createRandom,
  decodeNpy,
  encodeWav,
  frontEndPreset,
  parseFrontEnd,
} from "../src/signal/index.ts";
import { errorOf, runCli, startCli, until, Workplace } from "./cli-harness.ts";

const place = new Workplace();
afterAll(() => place.remove());

const sampleRate = 22_050;
const random = createRandom(4);
const soundOf = (k: number) =>
  Float32Array.from({ length: 8000 + 700 * k }, (_, n) => {
    return 0.2 * Math.sin((2 * Math.PI * (200 + 50 * k) * n) / sampleRate) + 0.02 * random.normal();
  });

beforeAll(async () => {
  mkdirSync(place.path("sounds", "deep"), { recursive: true });
  for (let k = 0; k < 20; k++) {
    const name = `${k % 3 === 0 ? "deep/" : ""}${String(k).padStart(2, "0")}.wav`;
    await place.wav(`sounds/${name}`, soundOf(k), { sampleRate });
  }
  writeFileSync(place.path("sounds", "bad.ogg"), "no sound");
  await place.wav("one.wav", soundOf(0), { sampleRate });
});

const run = (...args: string[]) => runCli(["features", ...args], place.folder);

/** Runs with --json what must succeed. */
function json(...args: string[]): Promise<unknown> {
  return jsonOf(0, ...args);
}

/** Runs with --json what ends with this exit code. */
async function jsonOf(code: number, ...args: string[]): Promise<unknown> {
  const result = await run(...args, "--json");
  expect(result.stderr).toBe("");
  expect(result.code).toBe(code);
  return JSON.parse(result.stdout);
}

const row = z.strictObject({
  name: z.string(),
  mean: z.number(),
  deviation: z.number(),
  min: z.number(),
  max: z.number(),
});
const feature = z.strictObject({
  kind: z.string(),
  order: z.literal([0, 1, 2]),
  from: z.int(),
  rows: z.int().positive(),
});
const shared = { frontEnd: z.unknown(), features: z.array(feature), notLive: z.array(z.string()), rows: z.array(row) };
const fileDocument = z.strictObject({
  ...shared,
  kind: z.literal("features"),
  version: z.literal(1),
  input: z.string(),
  sound: z.strictObject({
    ...{ format: z.literal("wav"), encoding: z.literal("float32"), sampleRate: z.literal(sampleRate) },
    ...{ channels: z.literal(1), seconds: z.number(), rows: z.int(), frames: z.int(), warnings: z.array(z.string()) },
  }),
  frames: z.int(),
  out: z.string().nullable(),
  work: z.strictObject({ seconds: z.number().positive() }),
});
const folderDocument = z.strictObject({
  ...shared,
  kind: z.literal("features-of-folder"),
  version: z.literal(1),
  input: z.string(),
  stopped: z.null(),
  ...{ sounds: z.int(), seconds: z.number(), frames: z.int(), out: z.string().nullable() },
  files: z.array(
    z.strictObject({ path: z.string(), seconds: z.number(), frames: z.int(), out: z.string().optional() }),
  ),
  failed: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string(), hint: z.string() })),
  warnings: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  work: z.strictObject({ seconds: z.number().positive(), threads: z.int() }),
});

describe("features of a file", () => {
  it("are librosa's, in an .npy of float32 with a row per coefficient", async () => {
    const found = fileDocument.parse(await json("one.wav", "--preset", "librosa", "--kind", "mfcc", "--out", "F.npy"));
    const table = computeFrontEnd(readBack("one.wav"), frontEndPreset("librosa", ["mfcc"]));
    const { shape, values } = decodeNpy(readFileSync(place.path("F.npy")), { name: "F.npy" });
    expect(shape).toEqual([20, table.frames]);
    expect(values).toEqual(Float64Array.from(Float32Array.from(table.values)));
    expect(found.rows.map(({ name }) => name).slice(0, 2)).toEqual(["mfcc_0", "mfcc_1"]);
    expect(found.features).toEqual([{ kind: "mfcc", order: 0, from: 0, rows: 20 }]);
    expect(found.notLive[0]).toContain("80 dB below the loudest moment");
  });

  it("come back the same from a stored front end", async () => {
    const options = ["--kind", "log-mel,zcr", "--mels", "20", "--hop", "256", "--top-db", "none", "--deltas", "1"];
    await json("one.wav", ...options, "--normalise", "--save-front-end", "fe.json", "--out", "a.csv");
    await json("one.wav", "--front-end", "fe.json", "--out", "b.csv");
    const document = parseFrontEnd(JSON.parse(readFileSync(place.path("fe.json"), "utf8")));
    expect(document).toMatchObject({ hop: 256, deltas: 1, features: [{ mels: 20, logarithm: { topDb: null } }, {}] });
    expect(document.normalisation?.mean.length).toBe(42);
    const text = readFileSync(place.path("b.csv"), "utf8");
    expect(text).toBe(readFileSync(place.path("a.csv"), "utf8"));
    expect(text.split("\n")[0]).toMatch(
      /^time,log_mel_0,.*,zero_crossing_rate,log_mel_0_delta,.*zero_crossing_rate_delta$/,
    );
  });

  it("are shown in a terminal", async () => {
    const { stdout, code } = await run("one.wav", "--kind", "log-mel,centroid", "--fast");
    expect(code).toBe(0);
    for (const text of ["129 rows", "float32", "Log-mel spectrogram", "Spectral centroid", "▁", "█", "log_mel_0"]) {
      expect(stdout).toContain(text);
    }
  });

  it("become a plot", async () => {
    await json("one.wav", "--kind", "mfcc", "--out", "plot.png");
    expect(readFileSync(place.path("plot.png")).subarray(1, 4).toString()).toBe("PNG");
  });
});

describe("features of a folder", () => {
  it("do not depend on the threads; what cannot be read is named", async () => {
    for (const threads of ["1", "3"]) {
      const out = ["--out", `table-${threads}.csv`, "--threads", threads];
      const found = folderDocument.parse(await jsonOf(1, "sounds", "--kind", "mfcc", "--normalise", ...out));
      expect(found.sounds).toBe(20);
      expect(found.failed.map(({ path, code }) => [path, code])).toEqual([["bad.ogg", "unknown-format"]]);
      expect(found.files.map(({ path }) => path)).toEqual(found.files.map(({ path }) => path).sort());
    }
    const text = readFileSync(place.path("table-1.csv"), "utf8");
    expect(readFileSync(place.path("table-3.csv"), "utf8")).toBe(text);
    expect(text.trimEnd().split("\n").length).toBe(21);
  });

  it("mirror its paths", async () => {
    await jsonOf(1, "sounds", "--kind", "rms", "--out", "mirror/", "--threads", "2");
    expect(readdirSync(place.path("mirror", "deep")).sort()).toEqual(
      readdirSync(place.path("sounds", "deep"))
        .map((name) => name.replace(".wav", ".npy"))
        .sort(),
    );
  });

  it("end with exit code 0 if all could be read, and 1 with a list if some could not", async () => {
    expect((await run("sounds/deep", "--kind", "rms")).code).toBe(0);
    const some = await run("sounds", "--kind", "rms", "--out", "some.csv");
    expect(some.code).toBe(1);
    expect(some.stdout).toContain("20 files");
    expect(some.stdout).toMatch(/without features \(1\):\n {2}"bad.ogg" is not a sound file/);
    expect(existsSync(place.path("some.csv"))).toBe(true);
  });

  it("end with exit code 1 and write nothing if nothing could be read", async () => {
    mkdirSync(place.path("rubbish"), { recursive: true });
    writeFileSync(place.path("rubbish", "x.wav"), "no sound");
    const result = await run("rubbish", "--kind", "rms", "--out", "rubbish.csv");
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('"x.wav" is not a sound file');
    expect(existsSync(place.path("rubbish.csv"))).toBe(false);
  });

  it("stop at Ctrl-C: what is written stays, and nothing half written", async () => {
    mkdirSync(place.path("many"), { recursive: true });
    const bytes = await encodeWav({ channels: [soundOf(0)], sampleRate });
    for (let k = 0; k < 400; k++) writeFileSync(place.path("many", `${1000 + k}.wav`), bytes);
    const { child, ended } = startCli(
      ["features", "many", "--kind", "pyin", "--out", "stopped", "--threads", "2"],
      place.folder,
    );
    const count = () => (existsSync(place.path("stopped")) ? readdirSync(place.path("stopped")).length : 0);
    await until(() => count() > 2, { seconds: 50, what: "the first features" });
    child.kill("SIGINT");
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/Stopped after \d+ of 400 files/);
    const names = readdirSync(place.path("stopped"));
    expect(names.length).toBeLessThan(400);
    expect(names.every((name) => /^\d+\.npy$/.test(name))).toBe(true);
    const sizes = new Set(names.map((name) => readFileSync(place.path("stopped", name)).length));
    expect(sizes.size).toBe(1);
  });
});

describe("mistakes", () => {
  it.each([
    [["one.wav", "--kind", "mffc"], "unknown-feature"],
    [["one.wav", "--kind", "rms", "--mels", "40"], "no-such-parameter"],
    [["one.wav", "--front-end", "one.wav"], "bad-front-end"],
    [["one.wav", "--out", "nowhere/x.npy"], "unwritable-folder"],
    [["one.wav", "--kind", "rms", "--save-front-end", "one.wav"], "overwrites-input"],
  ])("%j is refused by name", async (args, code) => {
    const result = await run(...args, "--json");
    expect(result.code).toBe(1);
    expect(errorOf(result).code).toBe(code);
  });

  it.each([
    [["one.wav", "--out", "x.txt"], ".npy, .csv, .png, .html"],
    [["sounds", "--out", "x.png"], "give a folder"],
    [["one.wav", "--out", "x.csv", "--save-front-end", "./x.csv"], "a name of its own"],
    [["one.wav", "--front-end", "fe.json", "--mels", "20"], "--mels has no effect"],
  ])("%j is no command", async (args, text) => {
    const result = await run(...args);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(text);
  });
});

/** The samples of a float32 WAV that this test wrote. */
function readBack(name: string): Float32Array {
  const bytes = readFileSync(place.path(name));
  const start = bytes.indexOf("data") + 8;
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}
