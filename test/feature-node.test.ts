import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  computeFrontEnd,
  createRandom,
  decodeRecording,
  featureRows,
  type FrontEndDocument,
  frontEnd,
  meanOfChannels,
} from "../src/signal/index.ts";
import { type BrowserBundle, openBrowserBundle, reasonWithoutBrowser } from "./browser-bundle.ts";
import type { PageTask, Rendered } from "./feature-node-page.ts";
import { liveFeatures, liveFramings } from "./live-features.ts";

const sampleRate = 48_000;
const recordingPath = new URL("../../shared/data/di/guitar-riff.wav", import.meta.url);
const builtPath = new URL("../dist/src/realtime/feature-processor.worklet.js", import.meta.url);
const precisions = ["float64", "float32"] as const;

/** Two notes with overtones and a decay, a beat of noise, a breath of silence; not a whole number of blocks long. */
function music(seconds: number): Float32Array {
  const random = createRandom(11);
  const length = Math.floor(seconds * sampleRate) + 37;
  return Float32Array.from({ length }, (_, n) => {
    const t = n / sampleRate;
    const beat = t % 0.25;
    let value = 0.2 * Math.exp(-40 * beat) * random.normal();
    for (let k = 1; k <= 8; k++) {
      value += (0.2 / k) * Math.exp(-1.5 * (t % 0.5)) * Math.sin(2 * Math.PI * k * (t < 0.5 ? 196 : 246.94) * t);
    }
    return t > 0.9 && t < 1 ? 0 : value;
  });
}

/** One rendering: what came from the audio thread, and what the whole sound gives in Node. */
interface Comparison {
  readonly rows: number;
  readonly frames: number;
  /** Shape `[frames, rows]`. */
  readonly found: Float64Array;
  /** Shape `[rows, frames]`. */
  readonly expected: Float64Array;
}

/** The largest difference of two numbers of some rows, and the same over the largest number there. */
function differenceOf({ rows, frames, found, expected }: Comparison, from = 0, count = rows) {
  let largest = 0;
  let size = 0;
  for (let t = 0; t < frames; t++) {
    for (let k = from; k < from + count; k++) {
      const value = expected[k * frames + t]!;
      const difference = Math.abs(found[t * rows + k]! - value);
      if (!(difference <= largest)) largest = difference;
      size = Math.max(size, Math.abs(value));
    }
  }
  return { largest, relative: largest / size };
}

describe.skipIf(reasonWithoutBrowser !== undefined)(`the feature node (skips: ${reasonWithoutBrowser ?? "no"})`, () => {
  let bundle: BrowserBundle;
  const sounds: Record<string, Float32Array[]> = { music: [music(1.1)] };
  const files: Record<string, Uint8Array | URL> = {};

  beforeAll(async () => {
    const [mono] = sounds.music as [Float32Array];
    sounds.stereo = [mono.map((value, n) => value + 0.1 * Math.sin(n / 9)), mono.map((value) => 0.5 * value)];
    sounds.broken = [mono.map((value, n) => (n % 5000 === 4999 ? (n % 2 ? Number.NaN : -Infinity) : value))];
    if (existsSync(recordingPath)) {
      const { channels } = await decodeRecording(readFileSync(recordingPath), { name: "guitar-riff.wav" });
      sounds.recording = [(channels[0] as Float32Array).slice(20_000, 20_000 + 1.5 * sampleRate)];
    }
    for (const [name, channels] of Object.entries(sounds)) {
      const all = new Float32Array(channels.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const channel of channels) {
        all.set(channel, at);
        at += channel.length;
      }
      files[name] = new Uint8Array(all.buffer);
    }
    if (existsSync(builtPath)) files["built.js"] = builtPath;
    bundle = await openBrowserBundle(new URL("./feature-node-page.ts", import.meta.url), { files });
  });
  afterAll(() => bundle?.close());

  const run = <Result>(task: PageTask) => bundle.run<Result>(task);

  /** Renders a sound offline in the page: every frame must come, in order, the last ones too. */
  async function compare(
    document: FrontEndDocument,
    file: string,
    more: { processor?: string } = {},
  ): Promise<Comparison> {
    const channels = sounds[file] ?? [];
    const rendered = await run<Rendered>({ kind: "render", document, file, channels: channels.length, ...more });
    const finite = meanOfChannels(channels).map((value) => (Number.isFinite(value) ? value : 0));
    const { rows, frames, values } = computeFrontEnd(finite, document);
    expect([rendered.rows, rendered.ended]).toEqual([rows, frames]);
    expect(rendered.indices).toEqual(Array.from({ length: frames }, (_, t) => t));
    // The same engine computes the same bits, live or whole; what remains is how engines round a cosine or a logarithm.
    expect([rendered.unchanged || file === "broken", rendered.exact]).toEqual([true, true]);
    const found = new Float64Array(Uint8Array.from(Buffer.from(rendered.features, "base64")).buffer);
    return { rows, frames, found, expected: values };
  }

  for (const [framingName, framing] of Object.entries(liveFramings)) {
    for (const precision of precisions) {
      for (const file of framingName === "2048 samples" ? ["music", "recording"] : ["music"]) {
        const absent = file === "recording" && !existsSync(recordingPath);
        const name = `every feature of ${file}, frames of ${framingName}, ${precision}, equals the whole sound's in Node`;
        it.skipIf(absent)(name, async () => {
          const features = liveFeatures();
          const document = frontEnd({ sampleRate, ...framing, precision, features: Object.values(features) });
          const comparison = await compare(document, file);
          const differences = featureRows(document).map(({ from, rows }, n) => {
            return { name: Object.keys(features)[n], ...differenceOf(comparison, from, rows) };
          });
          // Decibels, or what the feature is in.
          expect(differences.filter(({ largest, relative }) => !(largest <= 1e-5 && relative <= 1e-9))).toEqual([]);
        });
      }
    }
  }

  const one = frontEnd({ sampleRate, features: [{ kind: "mel" }, { kind: "rms" }] });

  it("hears the mean of two channels, and 0 where samples are not finite", async () => {
    for (const file of ["stereo", "broken"]) {
      expect(differenceOf(await compare(one, file)).relative).toBeLessThanOrEqual(1e-9);
    }
  });

  it.skipIf(!existsSync(builtPath))("runs from the built file (skips if the library is not built)", async () => {
    for (const precision of precisions) {
      const comparison = await compare(frontEnd({ ...one, precision }), "music", { processor: "built.js" });
      expect(differenceOf(comparison).relative).toBeLessThanOrEqual(1e-9);
    }
  });

  it("runs live: frames without gaps, ended, reset and closed at any time, in few messages", async () => {
    const document = frontEnd({ ...one, hop: 128, precision: "float32" });
    const { sounds: heard, ...rest } = await run<{
      flushed: number;
      first: number;
      messages: number;
      sounds: { frames: number; rising: boolean; finite: boolean }[];
      afterClose: number;
      later: string;
    }>({ kind: "play", document });
    // 375 frames are a second.
    expect(heard.map(({ rising, finite }) => [rising, finite])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
    expect(rest.first).toBeGreaterThanOrEqual(375);
    expect(rest.flushed).toBe(rest.first);
    // Every eighth block sends one.
    expect(rest.messages).toBeLessThan(rest.first / 4);
    expect(Math.min(...heard.slice(1).map(({ frames }) => frames))).toBeGreaterThanOrEqual(100);
    expect([rest.afterClose, rest.later]).toEqual([0, "node-closed"]);
  });

  it("says what is wrong", async () => {
    const notLive = frontEnd({ sampleRate, features: [{ kind: "pyin" }] });
    expect(await run({ kind: "refusals", document: one, notLive })).toEqual([
      "rate-mismatch: the audio context runs at 44100 Hz, the front end at 48000 Hz",
      expect.stringMatching(/^not-streamable: .*pyin: its line is the likeliest path/),
      expect.stringMatching(/^processor-not-loaded: .*\/not-there\.js/),
      expect.stringMatching(/^no-audio-worklet: /),
      "bad-option: batchSeconds is NaN",
      "signal-too-short: 100 samples are too few for frames of 2048",
      expect.stringMatching(/^bad-option: pitches from 400 to 300 Hz/),
    ]);
  });

  it("leaves no complaint in the page but that of the missing file", () => {
    expect(bundle.complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });
});
