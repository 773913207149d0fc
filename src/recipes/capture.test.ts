import { describe, expect, it } from "vitest";
import { trainingSignal } from "../datasets/index.ts";
import { decodeModel, encodeModel } from "../modelfile/index.ts";
import type { DecodedRecording } from "../signal/index.ts";
import { openLocalPool } from "../training/index.ts";
import { type CaptureEvent, type CaptureOptions, type CaptureResult, capture } from "./capture.ts";
import { reportHtml } from "./report.ts";

const sampleRate = 16_000;
const { samples: dry } = trainingSignal({ sampleRate, seconds: 6, seed: 1 });
const recording = (samples: Float32Array): DecodedRecording => ({
  channels: [samples],
  sampleRate,
  format: "wav",
  encoding: "float32",
  warnings: [],
});
let ticks = 0;
const options: CaptureOptions = {
  dry: { name: "dry.wav", recording: recording(dry) },
  wet: { name: "wet <1>.wav", recording: recording(dry.map((value) => Math.tanh(4 * value))) },
  name: "clipper <i>",
  settings: { model: "lstm-3", length: { epochs: 40 }, build: "simd" },
  threads: 1,
  openPool: openLocalPool,
  // A clock that moves on by itself: nothing here waits for the real one.
  clock: () => 40 * ticks++,
};

async function run(
  changes: Partial<CaptureOptions> = {},
): Promise<{ events: CaptureEvent[]; result: CaptureResult | null }> {
  const job = capture({ ...options, ...changes });
  const events: CaptureEvent[] = [];
  let next = await job.next();
  for (; !next.done; next = await job.next()) events.push(next.value);
  return { events, result: next.value };
}

describe("capture", () => {
  it("yields what happens in order, and returns a model with scores beside baselines", async () => {
    const { events, result } = await run();
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(["prepared", "start"]);
    expect(types.at(-1)).toBe("judging");
    expect(types).toContain("validation");
    expect(result?.summary.model).toEqual({ architecture: "lstm-3", parameters: 64 });
    expect(result?.summary.data).toEqual({ sampleRate, seconds: 6, delaySamples: 0, polarity: 1 });
    expect(result?.summary.scores.test.esr).toBeLessThan(result?.summary.baselines.fir.esr ?? 0);
    const { document } = result as CaptureResult;
    expect(document.metadata.scores).toMatchObject({ test: result?.summary.scores.test });
    expect(decodeModel(encodeModel(document), { name: "m" })).toEqual(document);
  });

  it("ends with nothing when it is told to stop, and gives the checkpoint to go on from", async () => {
    const stop = new AbortController();
    const saved: unknown[] = [];
    stop.abort();
    const { events, result } = await run({
      stop: stop.signal,
      save: async (checkpoint) => void saved.push(checkpoint),
    });
    expect(result).toBeNull();
    expect(saved.length).toBeGreaterThanOrEqual(1);
    const types = events.map(({ type }) => type);
    expect(types).not.toContain("judging");
    expect(types).toContain("checkpoint");
  });

  it("passes a refusal of the recordings on", async () => {
    const silent = { name: "silent.wav", recording: recording(new Float32Array(dry.length)) };
    await expect(run({ wet: silent })).rejects.toMatchObject({ code: "silent-recording" });
  });
});

describe("reportHtml", () => {
  it("is one page with plots and players, and takes names for text", async () => {
    const { result } = await run();
    const { summary, evaluation, history, checks } = result as CaptureResult;
    const page = await reportHtml({
      title: options.name,
      summary,
      evaluation,
      history,
      checks,
      files: { dry: "dry.wav", wet: "wet <1>.wav" },
      commandLine: "tonewright capture dry.wav 'wet <1>.wav'",
      settings: [["seed", "1"]],
      createdAt: "2026-01-02T03:04:05.000Z",
      toolVersion: "0.1.0",
    });
    expect(["<i>", "<1>"].filter((text) => page.includes(text))).toEqual([]);
    expect(page.match(/<audio /g)?.length).toBe(3);
    // Two waveforms, spectra, transfer, levels, training.
    expect(page.match(/<svg /g)?.length).toBe(6);
    // The letters may occur by chance in the audio.
    expect(page.replace(/base64,[^"]*/g, "").match(/NaN|undefined|Infinity/g)).toBeNull();
  });
});
