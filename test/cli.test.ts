import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeModel } from "../src/modelfile/index.ts";
import { createEngine } from "../src/realtime/index.ts";
import { decodeRecording, decodeWav } from "../src/signal/index.ts";
import { distorted, drySignal, errorOf, runCli, Workplace } from "./cli-harness.ts";

const scores = z.strictObject({
  esr: z.number().min(0),
  esrDcBlocked: z.number().min(0),
  mae: z.number().min(0),
  mrstft: z.number().min(0),
});
const baselines = z.strictObject({
  gain: scores.extend({ gain: z.number() }),
  fir: scores.extend({ taps: z.literal(64) }),
});
const model = z.strictObject({ architecture: z.string(), parameters: z.int().positive() });
const data = z.strictObject({
  sampleRate: z.literal(44_100),
  seconds: z.number().positive(),
  delaySamples: z.int(),
  polarity: z.literal([1, -1]),
});
const positive = z.number().positive();
const realtime = z.strictObject({ timesRealtime: positive });
const captureDocument = z.strictObject({
  run: z.string(),
  model,
  data,
  splits: z.strictObject({ train: positive, validation: positive, test: positive }),
  scores: z.strictObject({ test: scores }),
  baselines,
  training: z.strictObject({
    steps: z.int().positive(),
    epochs: z.int().positive(),
    seconds: positive,
    samplesPerSecond: positive,
    threads: z.int().positive(),
    shards: z.int().positive(),
  }),
  realtime,
});

const place = new Workplace();
const dry = drySignal(8);
let captured: z.infer<typeof captureDocument>;

/** Runs a command with --json that must succeed. */
async function json(...args: string[]): Promise<unknown> {
  const result = await runCli([...args, "--json"], place.folder);
  expect(result.stderr.split("\n").filter((line) => line.startsWith("error"))).toEqual([]);
  expect(result.code).toBe(0);
  return JSON.parse(result.stdout);
}

beforeAll(async () => {
  const wet = distorted(dry);
  await place.wav("dry.wav", dry, { encoding: "pcm24" });
  // 37 samples late and upside down, as a chain of converters and an inverting stage would be.
  const late = new Float32Array(wet.length);
  for (let n = 37; n < late.length; n++) late[n] = -(wet[n - 37] ?? 0);
  await place.wav("wet.wav", late, { encoding: "pcm24" });
  const document = await json("capture", "dry.wav", "wet.wav", "--model", "lstm-4", "--epochs", "40", "--out", "run");
  captured = captureDocument.parse(document);
}, 60_000);
afterAll(() => place.remove());

describe("capture --json", () => {
  it("ends with one document of the agreed form", () => {
    // 4*4*(1+4) + 4*4 + 4 + 1 weights.
    expect(captured.model).toEqual({ architecture: "lstm-4", parameters: 101 });
    expect(captured.data.polarity).toBe(-1);
    // The device's own filter smears the start of its response; the estimate may be early by that, never late.
    expect(captured.data.delaySamples).toBeGreaterThanOrEqual(34);
    expect(captured.data.delaySamples).toBeLessThanOrEqual(37);
    expect(captured.data.seconds).toBeCloseTo(8 - captured.data.delaySamples / 44_100, 9);
    expect(captured.training.epochs).toBe(40);
    expect(captured.run).toBe(place.path("run"));
    // About a tenth each, less the gaps.
    expect(captured.splits.test).toBeGreaterThan(0.5);
    expect(captured.splits.train).toBeGreaterThan(5);
  });

  it("learns more than a linear filter can", () => {
    expect(captured.scores.test.esrDcBlocked).toBeLessThan(0.5 * captured.baselines.fir.esrDcBlocked);
    expect(captured.baselines.gain.gain).toBeLessThan(0);
  });

  it("leaves model, scores, report, checkpoint and record in the run's folder", async () => {
    const names = [
      "model.tonewright",
      "scores.json",
      "report.html",
      "checkpoint.safetensors",
      "run.json",
      "events.jsonl",
    ];
    for (const name of names) expect(existsSync(place.path("run", name)), name).toBe(true);
    expect(JSON.parse(readFileSync(place.path("run", "scores.json"), "utf8"))).toEqual(captured);
    const record = JSON.parse(readFileSync(place.path("run", "run.json"), "utf8"));
    expect(record.status).toBe("finished");
    expect(record.dataset.delaySamples).toBe(captured.data.delaySamples);
  });

  it("embeds a test vector that the engine reproduces", () => {
    const bytes = new Uint8Array(readFileSync(place.path("run", "model.tonewright")));
    const document = decodeModel(bytes, { name: "model.tonewright" });
    const { input, output } = document.testVector ?? { input: new Float32Array(0), output: new Float32Array(1) };
    const engine = createEngine(document);
    const found = new Float32Array(input.length);
    engine.reset({ settled: false });
    engine.process(input, found);
    expect(input.length).toBeGreaterThan(1000);
    const worst = found.reduce((most, value, n) => Math.max(most, Math.abs(value - (output[n] ?? Number.NaN))), 0);
    // The capture may have used the kernels with fused multiply-add, which round differently.
    expect(worst).toBeLessThanOrEqual(2e-6);
  });

  it("writes a report that needs nothing from outside", () => {
    const page = readFileSync(place.path("run", "report.html"), "utf8");
    expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(5);
    expect(page.match(/<audio [^>]*src="data:audio\/wav;base64,/g)?.length).toBe(3);
    // No address other than the names of XML dialects.
    const addresses = page.match(/(?:https?:)?\/\/[\w.-]+\.\w+[^\s"'<)]*/g) ?? [];
    expect(addresses.filter((address) => !address.includes("www.w3.org"))).toEqual([]);
  });

  it("gives the same numbers for the same seed, and others for another", async () => {
    const small = ["--model", "lstm-2", "--epochs", "2", "--kernels", "simd"];
    const [a, b, c] = await Promise.all([
      json("capture", "dry.wav", "wet.wav", ...small, "--seed", "7", "--out", "a"),
      json("capture", "dry.wav", "wet.wav", ...small, "--seed", "7", "--threads", "1", "--out", "b"),
      json("capture", "dry.wav", "wet.wav", ...small, "--seed", "8", "--out", "c"),
    ]).then((documents) => documents.map((document) => captureDocument.parse(document).scores.test));
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });
});

describe("evaluate --json", () => {
  const evaluation = z.strictObject({
    model,
    data,
    splits: z.strictObject({ train: positive, test: positive }),
    scores: z.strictObject({ test: scores }),
    baselines,
    realtime,
  });

  it("judges a run as its capture did", async () => {
    const found = evaluation.parse(await json("evaluate", "run"));
    expect(found.scores).toEqual(captured.scores);
    expect(found.baselines).toEqual(captured.baselines);
  });

  it("refuses options that a run does not hear, and recordings that are not the run's any more", async () => {
    const usage = await runCli(["evaluate", "run", "--segment", "4096", "--delay", "3"], place.folder);
    expect(usage.code).toBe(2);
    expect(usage.stderr).toContain("--segment and --delay");
    const before = readFileSync(place.path("wet.wav"));
    const changed = new Uint8Array(before);
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
    place.write("wet.wav", changed);
    const result = await runCli(["evaluate", "run", "--json"], place.folder);
    place.write("wet.wav", before);
    expect(errorOf(result)).toMatchObject({ code: "recording-changed", message: expect.stringContaining("wet.wav") });
  });

  it("judges a model file on the last 30 % of given recordings, and writes the document to --out", async () => {
    const args = ["--dry", "dry.wav", "--wet", "wet.wav", "--out", "evaluation.json"];
    const found = evaluation.parse(await json("evaluate", "run/model.tonewright", ...args));
    expect(found.splits.test / captured.data.seconds).toBeCloseTo(0.3, 3);
    expect(found.scores.test.esrDcBlocked).toBeLessThan(found.baselines.fir.esrDcBlocked);
    expect(JSON.parse(readFileSync(place.path("evaluation.json"), "utf8"))).toEqual(found);
  });
});

describe("export and render", () => {
  const rendered = z.strictObject({
    model: z.strictObject({ architecture: z.literal("lstm-4"), name: z.string() }),
    input: z.string(),
    output: z.strictObject({
      file: z.string(),
      encoding: z.literal(["float32", "pcm16", "pcm24"]),
      channels: z.literal(1),
      sampleRate: z.literal(44_100),
      seconds: z.literal(8),
      peak: positive,
      peakDb: z.number(),
      overFullScale: z.int(),
      timesRealtime: positive,
    }),
  });
  const samples = async (name: string) =>
    (await decodeWav(new Uint8Array(readFileSync(place.path(name))), { name })).channels[0] ?? new Float32Array(0);

  it("gives the same sound from every format", async () => {
    rendered.parse(await json("render", "run", "dry.wav", "own.wav"));
    const own = await samples("own.wav");
    expect(own.length).toBe(dry.length);
    for (const format of ["nam", "rtneural", "tonewright"]) {
      const exported = await json("export", "run", "--format", format, "--out", `m.${format}`);
      expect(exported).toMatchObject({ format, file: place.path(`m.${format}`) });
      await json("render", `m.${format}`, "dry.wav", `${format}.wav`);
      const other = await samples(`${format}.wav`);
      const worst = other.reduce((most, value, n) => Math.max(most, Math.abs(value - (own[n] ?? 0))), 0);
      // A .nam starts from its own burn-in on silence, computed in float64; the others have the same weights and start.
      expect(worst, format).toBeLessThanOrEqual(format === "nam" ? 2e-6 : 0);
    }
  });

  it("states loudness and a settled start in the .nam", () => {
    const nam = JSON.parse(readFileSync(place.path("m.nam"), "utf8"));
    expect(nam.metadata.loudness).toBeLessThan(0);
    expect(nam.metadata.gain).toBeGreaterThan(0);
    // 101 weights, and the 4 + 4 values of the start state.
    expect(nam.weights.length).toBe(109);
    expect(nam.sample_rate).toBe(44_100);
  });

  it("writes FLAC where the name says so, with 24 bits", async () => {
    rendered.parse(await json("render", "m.nam", "dry.wav", "whole.wav"));
    const { output } = rendered.parse(await json("render", "m.nam", "dry.wav", "whole.flac"));
    expect(output.encoding).toBe("pcm24");
    const bytes = new Uint8Array(readFileSync(place.path("whole.flac")));
    const { format, channels } = await decodeRecording(bytes, { name: "whole.flac" });
    expect(format).toBe("flac");
    const exact = await samples("whole.wav");
    for (const [n, value] of exact.entries()) expect(Math.abs(channels[0]![n]! - value)).toBeLessThanOrEqual(2 ** -24);
    const usage = await runCli(["render", "m.nam", "dry.wav", "x.flac", "--encoding", "float32"], place.folder);
    expect([usage.code, usage.stderr]).toEqual([2, expect.stringContaining("FLAC does not hold float32")]);
  });

  it("renders to 16 bits when asked", async () => {
    const { output } = rendered.parse(await json("render", "m.nam", "dry.wav", "short.wav", "--encoding", "pcm16"));
    expect(output.encoding).toBe("pcm16");
    const [a, b] = [await samples("nam.wav"), await samples("short.wav")];
    const worst = a.reduce((most, value, n) => Math.max(most, Math.abs(value - (b[n] ?? 0))), 0);
    // Half a step of 16 bits, and the rounding of the float32 itself.
    expect(worst).toBeLessThanOrEqual(0.5 / 32_768 + 1e-7);
  });

  it("says that NAM has no GRU, and writes nothing", async () => {
    await json("capture", "dry.wav", "wet.wav", "--model", "gru-2", "--epochs", "1", "--out", "gru");
    const result = await runCli(["export", "gru", "--format", "nam", "--out", "gru.nam", "--json"], place.folder);
    expect(result.code).toBe(1);
    expect(errorOf(result).code).toBe("nam-no-gru");
    expect(existsSync(place.path("gru.nam"))).toBe(false);
  });
});

describe("inspect --json", () => {
  const inspection = z.object({
    verdict: z.literal(["pass", "warn", "refuse"]),
    checks: z.array(
      z.looseObject({ id: z.string(), verdict: z.literal(["pass", "warn", "refuse"]), message: z.string() }),
    ),
  });

  it("lists every check, with or without a wet recording", async () => {
    const both = inspection.parse(await json("inspect", "dry.wav", "wet.wav"));
    const ids = new Set(both.checks.map(({ id }) => id));
    for (const id of ["rate", "length", "silence", "clipping", "dc", "delay", "polarity", "correlation"]) {
      expect(ids.has(id), id).toBe(true);
    }
    expect(both.checks.find(({ id }) => id === "delay")?.value).toBe(captured.data.delaySamples);
    const alone = inspection.parse(await json("inspect", "dry.wav"));
    expect(alone.checks.length).toBeLessThan(both.checks.length);
  });

  it("lists a refusal and still succeeds, since the checks are what was asked for", async () => {
    await place.wav("other-rate.wav", dry, { sampleRate: 48_000 });
    const found = inspection.parse(await json("inspect", "dry.wav", "other-rate.wav"));
    expect(found.verdict).toBe("refuse");
    expect(found.checks.find(({ verdict }) => verdict === "refuse")?.id).toBe("rate");
  });
});

describe("demo --json", () => {
  it("goes from nothing to a run with its recordings", async () => {
    const document = await json("demo", "--budget", "2s", "--out", "demo", "--no-play");
    const found = captureDocument.parse(document);
    expect(found.model.architecture).toBe("lstm-8");
    expect(found.data.delaySamples).toBe(0);
    for (const name of ["dry.wav", "wet.wav", "model.tonewright", "report.html"]) {
      expect(existsSync(place.path("demo", name)), name).toBe(true);
    }
  }, 60_000);
});

describe("help", () => {
  it("shows an example and the common options for every command", async () => {
    for (const name of ["demo", "capture", "evaluate", "export", "render", "inspect", "play", "bench"]) {
      const { code, stdout } = await runCli([name, "--help"], place.folder);
      expect(code, name).toBe(0);
      expect(stdout, name).toContain("Example");
      for (const option of ["--json", "--seed", "--threads", "--out"]) expect(stdout, name).toContain(option);
      expect(/--seed.*has no effect/.test(stdout), name).toBe(!["demo", "capture", "bench"].includes(name));
    }
  });
});
