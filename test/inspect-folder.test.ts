import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createRandom, encodeWav } from "../src/signal/index.ts";
import { errorOf, runCli, startCli, until } from "./cli-harness.ts";

const sampleRate = 8000;
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tonewright-inspect-cli-"));
  const rows: string[] = [];
  for (const [c, label] of ["cat", "dog"].entries()) {
    mkdirSync(join(folder, "sounds", label), { recursive: true });
    for (let n = 0; n < 12; n++) {
      const random = createRandom(100 * c + n);
      // The last dog is the first cat, quieter: in another class and another split.
      const source = c === 1 && n === 11 ? createRandom(0) : random;
      const samples = Float32Array.from(
        { length: sampleRate },
        () => 0.1 * source.normal() * (c === 1 && n === 11 ? 0.5 : 1),
      );
      const bytes = await encodeWav({ channels: [samples], sampleRate }, { encoding: "pcm16" });
      writeFileSync(join(folder, "sounds", label, `${n}.wav`), bytes);
      rows.push(`${label}/${n}.wav,${label},${n === 11 ? "test" : "train"},${n === 3 ? "" : 10 + n}`);
    }
  }
  writeFileSync(join(folder, "sounds", "meta.csv"), `path,label,split,snr\n${rows.join("\n")}\n`);
  writeFileSync(join(folder, "one.wav"), readFileSync(join(folder, "sounds/cat/0.wav")));
  mkdirSync(join(folder, "empty"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const finding = z.object({
  id: z.string(),
  verdict: z.enum(["pass", "warn", "refuse"]),
  message: z.string(),
  hint: z.string().optional(),
  count: z.number(),
  items: z.array(
    z.object({
      files: z.array(z.string()),
      note: z.string(),
      value: z.number().optional(),
      at: z.array(z.number()).optional(),
    }),
  ),
});
const collection = z.object({
  kind: z.literal("collection"),
  version: z.literal(1),
  folder: z.string(),
  verdict: z.enum(["pass", "warn", "refuse"]),
  stopped: z.object({ done: z.number(), of: z.number(), compared: z.boolean() }).nullable(),
  summary: z.looseObject({ files: z.number(), majorityBaseline: z.number().nullable() }),
  sources: z.looseObject({ label: z.string().nullable() }),
  findings: z.array(finding),
  missingValues: z.array(
    z.looseObject({
      column: z.string(),
      ways: z.array(z.object({ method: z.string(), fills: z.array(z.unknown()), error: z.number() })),
    }),
  ),
  fingerprint: z.object({ secondsPerFile: z.number(), bytesPerSecond: z.number(), bytes: z.number() }),
  work: z.object({ seconds: z.number() }),
  files: z.array(
    z.looseObject({ path: z.string(), label: z.string().nullable(), sampleRate: z.number(), hash: z.string() }),
  ),
  filesLeftOut: z.literal(0),
  unreadable: z.array(z.unknown()),
});

describe("inspect <folder>", () => {
  it("prints one document whose names are stable, with the leak at the top", async () => {
    const { code, stdout } = await runCli(["inspect", "sounds", "--json"], folder);
    expect(code).toBe(0);
    const document = collection.parse(JSON.parse(stdout));
    expect(document).toMatchObject({ verdict: "refuse", stopped: null, summary: { files: 24, majorityBaseline: 0.5 } });
    expect(document.findings[0]).toMatchObject({
      id: "duplicates-across-splits",
      verdict: "refuse",
      items: [
        {
          files: ["cat/0.wav", "dog/11.wav"],
          note: expect.stringContaining('in classes "cat" and "dog" in splits "train" and "test"'),
        },
      ],
    });
    expect(document.missingValues.map(({ column }) => column)).toEqual(["snr"]);
    expect(document.files).toHaveLength(24);
    expect(document.files[0]).toMatchObject({ path: "cat/0.wav", label: "cat", sampleRate });
  });

  it("finds the same with any number of threads", async () => {
    const found = async (threads: string) => {
      const document = collection.parse(
        JSON.parse((await runCli(["inspect", "sounds", "--json", "--threads", threads], folder)).stdout),
      );
      return { ...document, work: undefined };
    };
    expect(await found("3")).toEqual(await found("1"));
  });

  it("prints the worst first, and writes a page and a document", async () => {
    const { code, stdout, stderr } = await runCli(["inspect", "sounds/", "--out", "page.html", "--progress"], folder);
    expect(code).toBe(0);
    expect(stderr).toContain("of 24 files");
    expect(stdout).toMatch(
      /24 files, 24 s in all[\s\S]*REFUSE {2}1 sound is in more than one split[\s\S]*warn[\s\S]*pass[\s\S]*Put 1 thing right/,
    );
    const page = readFileSync(join(folder, "page.html"), "utf8");
    expect(page).toContain("<title>sounds - Tonewright inspection</title>");
    expect(page).toContain("data:audio/flac;base64,");
    await runCli(["inspect", "sounds", "--out", "document.json"], folder);
    collection.parse(JSON.parse(readFileSync(join(folder, "document.json"), "utf8")));
  });

  it("takes labels and groups from the path", async () => {
    const typed = [
      "inspect",
      "sounds",
      "--json",
      "--table",
      "none",
      "--label-pattern",
      "/(\\d)",
      "--group-pattern",
      "^[a-z]+",
    ];
    const document = collection.parse(JSON.parse((await runCli(typed, folder)).stdout));
    expect(document.sources).toMatchObject({ table: null, label: "pattern", group: "pattern" });
    expect(document.summary.classes).toHaveLength(10);
  });

  it("stops at Ctrl-C and says how far it came", async () => {
    mkdirSync(join(folder, "many"));
    for (let n = 0; n < 900; n++) linkSync(join(folder, `sounds/cat/${n % 12}.wav`), join(folder, `many/${n}.wav`));
    const { child, ended } = startCli(["inspect", "many", "--threads", "1", "--progress"], folder);
    let heard = "";
    child.stderr?.on("data", (data) => {
      heard += data;
    });
    await until(() => heard.includes("reading"), { seconds: 30, what: "a line of progress" });
    child.kill("SIGINT");
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^Stopped after \d[\d,]* of 900 files: what follows is about these alone\./);
  });
});

describe("inspect refuses", () => {
  const refused = async (...args: string[]) => {
    const result = await runCli(["inspect", ...args, "--json"], folder);
    return [result.code, errorOf(result).code, errorOf(result).message];
  };

  it("folders without sounds, and columns that are not there", async () => {
    expect(await refused("empty")).toEqual([1, "no-sounds", 'there is no file in "empty"']);
    expect(await refused("nowhere/")).toMatchObject([1, "folder-not-found", 'there is no folder "nowhere/"']);
    expect(await refused("sounds", "--label-column", "kind")).toEqual([
      1,
      "no-such-column",
      '"meta.csv" has no column "kind"; its columns are "path", "label", "split", "snr"',
    ]);
  });

  it("options that would have no effect, and names that might hit a sound", async () => {
    expect(await refused("sounds", "one.wav")).toMatchObject([
      2,
      "usage",
      expect.stringContaining('"sounds" is a folder'),
    ]);
    expect(await refused("sounds", "--delay", "3")).toMatchObject([
      2,
      "usage",
      expect.stringContaining("--delay has no effect"),
    ]);
    expect(await refused("one.wav", "--table", "meta.csv")).toMatchObject([
      2,
      "usage",
      expect.stringContaining("--table has no effect"),
    ]);
    expect(await refused("sounds", "--out", "sounds/cat/0.wav")).toMatchObject([
      2,
      "usage",
      expect.stringContaining("neither .html nor .json"),
    ]);
    expect(await refused("sounds", "--label-pattern", "(")).toMatchObject([
      2,
      "usage",
      expect.stringContaining("--label-pattern"),
    ]);
    expect(existsSync(join(folder, "sounds/cat/0.wav"))).toBe(true);
  });
});
