import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  computeFrontEnd,
  createRandom,
  decodeNpy,
  encodeWav,
  type FrontEndDocument,
  frontEndPreset,
  meanOfChannels,
  resample,
} from "../signal/index.ts";
import { type CollectionRequest, extractFolderFeatures } from "./features-collection.node.ts";
import { extractFileFeatures, readSampleRate } from "./features-file.node.ts";
import { changeFrontEnd } from "./features-front-end.ts";
import type { FeatureWork } from "./features-job.node.ts";

const folder = mkdtempSync(join(tmpdir(), "tonewright-features-"));
const inside = (...names: string[]) => join(folder, ...names);
afterAll(() => rmSync(folder, { recursive: true }));

const random = createRandom(11);
const noise = (samples: number, gain: number) => Float32Array.from({ length: samples }, () => gain * random.normal());
const sounds: Readonly<Record<string, { readonly channels: Float32Array[]; readonly sampleRate: number }>> = {
  "a.wav": { channels: [noise(30_000, 0.1)], sampleRate: 22050 },
  "b/stereo.wav": { channels: [noise(40_000, 0.1), noise(40_000, 0.02)], sampleRate: 44100 },
  "b/z.wav": { channels: [noise(9000, 0.01)], sampleRate: 8000 },
};

beforeAll(async () => {
  mkdirSync(inside("in", "b"), { recursive: true });
  for (const [name, recording] of Object.entries(sounds)) writeFileSync(inside("in", name), await encodeWav(recording));
  writeFileSync(inside("in", "broken.wav"), "no sound at all");
  writeFileSync(inside("in", "notes.txt"), "not a sound");
  symlinkSync("nowhere", inside("in", "gone.flac"));
});

/** What the features of a sound must be. */
function expected(name: string, document: FrontEndDocument) {
  const { channels, sampleRate } = sounds[name]!;
  const x = resample(meanOfChannels(channels), { from: sampleRate, to: document.sampleRate });
  return computeFrontEnd(x, document);
}

const work = (document: FrontEndDocument, options: Partial<FeatureWork> = {}): FeatureWork => ({
  ...{ document, channel: "mix", sameRate: false, precision: "float64", makeFolder: true },
  page: { commandLine: "", createdAt: "", toolVersion: "" },
  ...options,
});

async function run(request: Partial<CollectionRequest> & { readonly work: FeatureWork }) {
  const steps = extractFolderFeatures(inside("in"), {
    ...{ threads: 1, stop: new AbortController().signal, clock: () => 0, listFiles: true },
    ...request,
  });
  const stages: string[] = [];
  let step = await steps.next();
  for (; step.done !== true; step = await steps.next()) stages.push(step.value.stage);
  return { ...step.value, stages };
}

describe("extractFolderFeatures", () => {
  const mfcc = frontEndPreset("librosa", ["mfcc", "zcr"]);
  // Live, so that it takes the other way through the file.
  const live = changeFrontEnd(mfcc, { topDb: null });

  it("writes a table per sound, the numbers of computeFrontEnd, and names what it cannot read", async () => {
    for (const [k, document] of [mfcc, live].entries()) {
      const out = inside(`out${k}`);
      const found = await run({ work: work(document, { format: "npy" }), out: { type: "folder", path: out } });
      expect(found.done).toBe(3);
      expect(found.files.map(({ path }) => path)).toEqual(["a.wav", "b/stereo.wav", "b/z.wav"]);
      expect(found.failed.map(({ path, code }) => [path, code])).toEqual([
        ["gone.flac", "broken-link"],
        ["broken.wav", "unknown-format"],
      ]);
      for (const name of Object.keys(sounds)) {
        const path = join(out, name.replace(".wav", ".npy"));
        const { shape, values } = decodeNpy(readFileSync(path), { name: path });
        const { rows, frames, values: wanted } = expected(name, document);
        expect(shape).toEqual([rows, frames]);
        expect(values).toEqual(wanted);
      }
      expect(readdirSync(out).sort()).toEqual(["a.npy", "b"]);
    }
  });

  it("writes a line per sound: mean and deviation of each row", async () => {
    const found = await run({ work: work(mfcc), out: { type: "table", path: inside("table.csv") } });
    const [head, ...lines] = readFileSync(inside("table.csv"), "utf8").trimEnd().split("\n");
    expect(head?.split(",").slice(0, 3)).toEqual(["path", "mfcc_0_mean", "mfcc_0_std"]);
    expect(lines.map((line) => line.split(",")[0])).toEqual(["a.wav", "b/stereo.wav", "b/z.wav"]);
    const { frames, values } = expected("b/z.wav", mfcc);
    const row = values.subarray(20 * frames, 21 * frames);
    const mean = row.reduce((sum, value) => sum + value, 0) / frames;
    const std = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / frames);
    const cells = lines[2]!.split(",").map(Number);
    expect(cells.at(-2)).toBeCloseTo(mean, 12);
    expect(cells.at(-1)).toBeCloseTo(std, 12);
    expect(found.frames).toBe(Object.keys(sounds).reduce((sum, name) => sum + expected(name, mfcc).frames, 0));
  });

  it("brings all rows to mean 0 and deviation 1 if told to", async () => {
    const found = await run({ work: work(mfcc), normalise: true });
    expect(found.stages.indexOf("measuring")).toBeLessThan(found.stages.indexOf("computing"));
    const { normalisation } = found.document;
    expect(normalisation?.frames).toBe(found.frames);
    expect(normalisation?.mean.length).toBe(21);
    for (let k = 0; k < 21; k++) {
      // Of 225 frames, each rounded a few times.
      expect(Math.abs(found.statistics!.mean[k]!)).toBeLessThan(1e-12);
      expect(found.statistics!.squares[k]! / found.frames).toBeCloseTo(1, 10);
    }
  });

  it("refuses what would fail for every file before it reads one", async () => {
    const wide = changeFrontEnd(frontEndPreset("librosa", ["yin"]), { fmaxHz: 20_000 });
    await expect(run({ work: work(wide) })).rejects.toMatchObject({ code: "bad-option" });
  });

  it("ends at once where nothing can be written", async () => {
    const out = { type: "folder" as const, path: inside("in", "a.wav", "sub") };
    await expect(run({ work: work(mfcc, { format: "npy" }), out })).rejects.toMatchObject({
      code: "unwritable-folder",
    });
  });

  it("lists files that have another rate where nothing is to be resampled", async () => {
    const found = await run({ work: work(mfcc, { sameRate: true }) });
    expect(found.files.map(({ path }) => path)).toEqual(["a.wav"]);
    expect(found.failed.map(({ code }) => code)).toEqual([
      "broken-link",
      "wrong-sample-rate",
      "wrong-sample-rate",
      "unknown-format",
    ]);
    expect(await readSampleRate(inside("in"), { isFolder: true, stop: new AbortController().signal })).toBe(22050);
  });

  it("keeps what was written before a stop, and leaves nothing half done", async () => {
    const stop = new AbortController();
    const out = inside("stopped");
    const steps = extractFolderFeatures(inside("in"), {
      ...{ work: work(mfcc, { format: "csv" }), threads: 1, stop: stop.signal, clock: () => 0 },
      out: { type: "folder", path: out },
    });
    let step = await steps.next();
    while (step.done !== true) {
      if (step.value.done === 1) stop.abort();
      step = await steps.next();
    }
    expect(step.value.stopped).toMatchObject({ stage: "computing", of: 4 });
    expect(readdirSync(out)).toEqual(["a.csv"]);
  });
});

describe("extractFileFeatures", () => {
  const stop = new AbortController().signal;

  it("takes one channel or the mean of them", async () => {
    const document = frontEndPreset("librosa", ["rms"], { sampleRate: 44100 });
    const { channels } = sounds["b/stereo.wav"]!;
    const of = async (channel: FeatureWork["channel"]) => {
      const found = await extractFileFeatures(inside("in", "b", "stereo.wav"), {
        ...{ work: work(document, { channel }), stop },
      });
      return found?.statistics.mean[0];
    };
    const meanRms = (x: Float32Array) => {
      const { values, frames } = computeFrontEnd(x, document);
      return values.reduce((sum, value) => sum + value, 0) / frames;
    };
    expect(await of("left")).toBeCloseTo(meanRms(channels[0]!), 12);
    expect(await of("right")).toBeCloseTo(meanRms(channels[1]!), 12);
    expect(await of("mix")).toBeCloseTo(meanRms(meanOfChannels(channels)), 12);
    const mono = extractFileFeatures(inside("in", "a.wav"), { work: work(document, { channel: "right" }), stop });
    await expect(mono).rejects.toMatchObject({ code: "no-such-channel" });
  });

  it("draws a plot, or a page that needs nothing else", async () => {
    const document = frontEndPreset("librosa", ["rms"]);
    const write = async (format: "png" | "html") => {
      const target = inside(`plot.${format}`);
      await extractFileFeatures(inside("in", "a.wav"), { work: work(document, { format }), target, stop });
      return readFileSync(target);
    };
    const png = await write("png");
    // The first sign of a PNG, and the width in its header: twice 1000 dots.
    expect([png.readUInt32BE(0), png.readUInt32BE(16)]).toEqual([0x89504e47, 2000]);
    const page = (await write("html")).toString();
    expect(page).toContain('src="data:audio/flac;base64,');
    expect(page).toContain("&#34;format&#34;: &#34;tonewright-front-end&#34;");
    expect(page.replaceAll("http://www.w3.org/", "")).not.toMatch(/(src|href)="(?!data:)|https?:|url\(/);
  });

  it("says what is wrong, and leaves nothing", async () => {
    const document = frontEndPreset("kaldi", ["fbank"]);
    writeFileSync(inside("short.wav"), await encodeWav({ channels: [new Float32Array(50)], sampleRate: 16000 }));
    const target = inside("short.npy");
    const short = extractFileFeatures(inside("short.wav"), { work: work(document, { format: "npy" }), target, stop });
    await expect(short).rejects.toMatchObject({ code: "signal-too-short" });
    expect(existsSync(target)).toBe(false);
    const gone = extractFileFeatures(inside("gone.wav"), { work: work(document), stop });
    await expect(gone).rejects.toMatchObject({ code: "file-not-found" });
  });
});
