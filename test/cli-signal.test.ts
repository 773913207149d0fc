import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { signalPartNames, signalPresetNames, signalPresets } from "../src/datasets/index.ts";
import { decodeRecording } from "../src/signal/index.ts";
import { errorOf, runCli, Workplace } from "./cli-harness.ts";

const place = new Workplace();
afterAll(() => place.remove());

const role = z.enum(["train", "validation", "test"]);
const seconds = z.number().positive();
const document = z.strictObject({
  kind: z.literal("training-signal"),
  version: z.literal(1),
  file: z.string(),
  encoding: z.enum(["pcm24", "pcm16", "pcm32", "float32"]),
  seed: z.int(),
  mixture: z.union([z.string(), z.record(z.string(), z.number())]),
  seconds,
  sampleRate: z.int(),
  rmsDb: z.number(),
  peakDb: z.number(),
  truePeakDb: z.number(),
  crestDb: z.number(),
  loudness: z.number().nullable(),
  constantDb: z.number().nullable(),
  silentShare: z.number(),
  levels: z.array(z.strictObject({ fromDb: z.number(), toDb: z.number(), share: z.number() })),
  octaves: z.array(z.strictObject({ frequencyHz: z.number(), levelDb: z.number() })),
  kinds: z.array(z.looseObject({ generator: z.string(), parts: z.int().positive(), seconds })),
  roles: z.strictObject({ train: z.number(), validation: z.number(), test: z.number() }),
  parts: z.array(
    z.strictObject({
      generator: z.string(),
      role,
      seed: z.int(),
      level: z.strictObject({ startDb: z.number(), endDb: z.number() }).nullable(),
      start: z.int(),
      end: z.int(),
      startSeconds: z.number(),
      seconds,
    }),
  ),
  warnings: z.array(z.string()),
});

async function signal(...args: string[]) {
  const result = await runCli(["signal", ...args, "--json"], place.folder);
  expect(result.code, result.stdout).toBe(0);
  return document.parse(JSON.parse(result.stdout));
}

async function refused(code: number, ...args: string[]) {
  const result = await runCli(["signal", ...args, "--json"], place.folder);
  expect(result.code).toBe(code);
  return errorOf(result);
}

const read = (name: string) => decodeRecording(new Uint8Array(readFileSync(place.path(name))), { name });

describe("signal", () => {
  it("writes a 24 bit WAV with what the document says", async () => {
    const found = await signal("--out", "dry.wav", "--seconds", "12", "--seed", "5");
    const { channels, sampleRate, encoding } = await read("dry.wav");
    expect([channels.length, channels[0]?.length, sampleRate, encoding]).toEqual([1, 12 * 48_000, 48_000, "pcm24"]);
    expect(found.file).toBe(place.path("dry.wav"));
    expect(found.peakDb).toBeCloseTo(-1, 3);
    expect(found.rmsDb + found.crestDb).toBeCloseTo(found.peakDb, 9);
    expect(found.parts[0]?.start).toBe(0);
    for (const [k, part] of found.parts.entries()) expect(part.start).toBe(found.parts[k - 1]?.end ?? 0);
    expect(found.parts.at(-1)?.end).toBe(12 * 48_000);
    expect(found.levels.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const ofAll = found.octaves.reduce((sum, { levelDb }) => sum + 10 ** (levelDb / 10), 0);
    expect(ofAll).toBeGreaterThan(0.95); // the rest lies below 22 Hz and above 22.6 kHz
    expect(ofAll).toBeLessThanOrEqual(1);
  });

  it("writes the same samples as FLAC, and the same bytes for the same seed", async () => {
    const args = ["--seconds", "3", "--preset", "drums", "--sample-rate", "44100"];
    await signal("--out", "a.wav", ...args);
    await signal("--out", "again.wav", ...args);
    await signal("--out", "b.flac", ...args);
    await signal("--out", "other.wav", ...args, "--seed", "2");
    const [wav, flac, other] = await Promise.all(["a.wav", "b.flac", "other.wav"].map(read));
    expect(readFileSync(place.path("again.wav")).equals(readFileSync(place.path("a.wav")))).toBe(true);
    expect(flac?.channels[0]?.every((v, n) => v === wav?.channels[0]?.[n])).toBe(true);
    expect(other?.channels[0]?.every((v, n) => v === wav?.channels[0]?.[n])).toBe(false);
  });

  it("takes parts of one's own choice, and says what it made", async () => {
    const found = await signal("--out", "mine.wav", "--seconds", "8", "--parts", "vowels=3,sweep,silence");
    expect(found.mixture).toEqual({ vowels: 3, sweep: 1, silence: 1 });
    expect(new Set(found.kinds.map(({ generator }) => generator))).toEqual(new Set(["vowels", "sweep", "silence"]));
    const result = await runCli(["signal", "--out", "mine.wav", "--seconds", "60"], place.folder);
    expect(result.stdout).toMatch(/^wrote mine\.wav\n/);
    for (const name of Object.keys(signalPresets.guitar)) expect(result.stdout).toContain(`  ${name} `);
    expect(result.stdout).toMatch(/level {4}RMS -\d+\.\d dBFS, peak -1\.0 dBFS .*, -\d+\.\d LUFS/);
    expect(result.stdout).toMatch(/ 1k Hz +-\d+ {2}█+/);
    expect(result.stdout).toMatch(/roles {4}train 48 s, validation 6 s, test 6 s/);
    expect(result.stderr).toBe("");
  });

  it("writes a page that fetches nothing", async () => {
    await signal("--out", "p.wav", "--seconds", "5", "--preset", "voice", "--page", "p.html");
    const page = readFileSync(place.path("p.html"), "utf8");
    expect(page).toContain("<h1>p.wav</h1>");
    for (const words of ["Long-term average spectrum", "Levels", "data:audio/flac", "Plan of the signal", "vowels"]) {
      expect(page).toContain(words);
    }
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it("refuses what cannot be, says what can, and writes nothing", async () => {
    const out = ["--out", "no.wav"];
    expect(await refused(1, ...out, "--seconds", "0.05")).toMatchObject({
      code: "signal-length",
      hint: "give 0.2 s or more",
    });
    expect(await refused(1, ...out, "--sample-rate", "1")).toMatchObject({
      code: "signal-rate",
      message: "a signal at 1 Hz was asked for",
    });
    expect(await refused(1, ...out, "--sample-rate", "1000000")).toMatchObject({ code: "signal-rate" });
    expect(await refused(1, ...out, "--seconds", "20h")).toMatchObject({ code: "signal-length" });
    const part = await refused(1, ...out, "--parts", "guitar-lines=2");
    expect(part.code).toBe("unknown-part");
    for (const name of signalPartNames) expect(part.hint).toContain(name);
    expect(existsSync(place.path("no.wav"))).toBe(false);
    expect(await refused(1, "--out", "nowhere/no.wav", "--seconds", "1")).toMatchObject({ code: "unwritable-folder" });
  });

  it("ends with exit code 2 for a command line that cannot be meant", async () => {
    const preset = await refused(2, "--out", "no.wav", "--preset", "piano");
    for (const name of signalPresetNames) expect(`${preset.message} ${preset.hint}`).toContain(name);
    for (const [args, words] of [
      [[], "missing the file to write"],
      [["--out", "no.mp3"], "neither .wav nor .flac"],
      [["--out", "no.flac", "--encoding", "float32"], "FLAC does not hold float32"],
      [["--out", "no.wav", "--page", "no.txt"], "does not end in .html"],
      [["--out", "no.wav", "--seconds", "0"], "'0' is invalid"],
      [["--out", "no.wav", "--seconds", "-5"], "'-5' is invalid"],
      [["--out", "no.wav", "--seconds", "NaN"], "'NaN' is invalid"],
      [["--out", "no.wav", "--sample-rate", "44100.5"], "is invalid"],
      [["--out", "no.wav", "--parts", "kick=0"], "is no part with a share above 0"],
      [["--out", "no.wav", "--parts", "kick", "--preset", "drums"], "cannot be used with"],
    ] as const) {
      expect((await refused(2, ...args)).message, args.join(" ")).toContain(words);
    }
    expect(existsSync(place.path("no.wav"))).toBe(false);
  });
});
