import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeNpy } from "../files/npy.ts";
import { splitOnSilence, trim, trimRecording } from "./trim.ts";

const vectors = new URL("../../../../shared/data/conformance/features/librosa-0.11.0/", import.meta.url);
const haveVectors = existsSync(vectors);
const vector = (name: string) =>
  Array.from(decodeNpy(readFileSync(new URL(`${name}.npy`, vectors)), { name: `${name}.npy` }).values);

/** Zeros, a burst, zeros: `before`, `loud` and `after` samples. */
const burst = (before: number, loud: number, after: number, level = 0.5) =>
  Float32Array.from({ length: before + loud + after }, (_, n) =>
    n >= before && n < before + loud ? (n % 2 === 0 ? level : -level) : 0,
  );

describe("trim", () => {
  it.skipIf(!haveVectors)("cuts where librosa cuts", () => {
    const y = vector("input_y");
    const zeros = (n: number) => new Array<number>(n).fill(0);
    // As in generate.py: silence, the music, silence, the music at 0.3, silence.
    const sound = Float64Array.from([...zeros(9000), ...y, ...zeros(12000), ...y.map((v) => 0.3 * v), ...zeros(5000)]);
    const { start, end } = trim(sound, { topDb: 40 }).span;
    expect([start, end]).toEqual(vector("trim"));
    expect(splitOnSilence(sound, { topDb: 40 }).flatMap((span) => [span.start, span.end])).toEqual(vector("split"));
  });

  it("keeps every frame that touches the sound, by hand", () => {
    // Frames of 4 centred on multiples of 2 see 2 samples back and 1 ahead: those at 8, 10, 12 and 14 touch 9 to 12.
    const y = burst(9, 4, 11);
    const { samples, span } = trim(y, { frameLength: 4, hop: 2 });
    expect(span).toEqual({ start: 8, end: 16 });
    expect(samples).toEqual(y.subarray(8, 16));
  });

  it("measures from an amplitude where one is given", () => {
    // Amplitude 0.05 is 26 dB below 1.
    const quiet = burst(4096, 4096, 4096, 0.05);
    expect(trim(quiet).samples.length).toBeLessThan(8192);
    expect(trim(quiet, { reference: 1, topDb: 20 }).span).toEqual({ start: 0, end: 0 });
    expect(trim(quiet, { reference: 1, topDb: 46 }).span).toEqual(trim(quiet, { topDb: 20 }).span);
  });

  it("takes nothing as quieter than 1e-5, as librosa does", () => {
    const quiet = burst(4096, 4096, 4096, 0.0009);
    expect(trim(quiet).samples.length).toBe(3 * 4096);
    expect(trim(quiet, { topDb: 30 }).samples.length).toBeLessThan(8192);
  });

  it("returns silence whole, and nothing from nothing", () => {
    expect(trim(new Float32Array(5000)).span).toEqual({ start: 0, end: 5000 });
    expect(trim(new Float32Array(5000), { reference: 1 }).samples.length).toBe(0);
    expect(trim(new Float32Array(0)).span).toEqual({ start: 0, end: 0 });
  });

  it("cuts channels together, where all are silent", () => {
    const channels = [burst(4096, 512, 8192), burst(8192, 512, 4096)];
    const { recording, span } = trimRecording({ channels, sampleRate: 8000 });
    expect(span.start).toBe(trim(channels[0]!).span.start);
    expect(span.end).toBe(trim(channels[1]!).span.end);
    expect(recording.channels.map((x) => x.length)).toEqual([span.end - span.start, span.end - span.start]);
  });

  it("refuses options that mean nothing, and bad samples", () => {
    const y = new Float32Array(10);
    for (const topDb of [0, -3, Number.NaN]) expect(() => trim(y, { topDb })).toThrow(`${topDb} dB below`);
    expect(() => trim(y, { hop: 0 })).toThrow("a hop of 0");
    expect(() => trim(y, { frameLength: 1.5 })).toThrow("frames of 1.5");
    expect(() => trim(y, { reference: Number.NaN })).toThrow("NaN");
    expect(() => splitOnSilence([y, y.subarray(1)])).toThrow("channel 2: 9 samples");
    expect(() => splitOnSilence([y, Float32Array.from(y, (_, n) => (n === 3 ? Number.NaN : 0))])).toThrow(
      "channel 2: sample 3 is NaN",
    );
  });
});

describe("splitOnSilence", () => {
  it("separates what a silent frame separates", () => {
    const y = Float32Array.of(...burst(100, 50, 50), ...burst(100, 50, 0));
    const spans = splitOnSilence(y, { frameLength: 10, hop: 10 });
    // Frames of 10 centred on tens: the burst at 100 to 149 reaches frames 10 to 15, the one at 300 to 349 frames 30 to 35.
    expect(spans).toEqual([
      { start: 100, end: 160 },
      { start: 300, end: 350 },
    ]);
  });
});
