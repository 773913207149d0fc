import { describe, expect, it } from "vitest";
import { createRandom, type DecodedRecording } from "../signal/index.ts";
import { assertUsable, type Check, type DatasetReport } from "./check.ts";
import { inspectPair } from "./inspect-pair.ts";

const sampleRate = 8000;
const names = { dryName: "dry.wav", wetName: "wet.wav" };

/** Thirty seconds of noise bursts that decay, with a rest of two seconds at 10 s. */
function performance(seed: number): Float32Array {
  const random = createRandom(seed);
  let level = 0;
  return Float32Array.from({ length: 30 * sampleRate }, (_, n) => {
    const resting = n >= 10 * sampleRate && n < 12 * sampleRate;
    level = n % 2000 === 0 && !resting ? 0.2 + 0.2 * random.uniform() : level * 0.998;
    return resting ? 0 : level * Math.max(-2, Math.min(2, random.normal()));
  });
}

const dry = performance(1);
const wet = Float32Array.from(dry, (_, n) => -0.5 * Math.tanh(8 * (dry[n - 12] ?? 0)));
const recording = (samples: Float32Array, more: Partial<DecodedRecording> = {}): DecodedRecording => ({
  channels: [samples],
  sampleRate,
  format: "wav",
  encoding: "float32",
  warnings: [],
  ...more,
});
const inspect = (d: Float32Array, w: Float32Array, more: object = {}) =>
  inspectPair(recording(d), recording(w), { ...names, ...more });
const find = ({ checks }: DatasetReport, id: string, about?: "dry" | "wet"): Check => {
  const check = checks.find((c) => c.id === id && (about === undefined || c.about === about) && c.verdict !== "pass");
  return check ?? checks.find((c) => c.id === id && (about === undefined || c.about === about)) ?? fail(id, checks);
};
const fail = (id: string, checks: Check[]): never => {
  throw new Error(`no check "${id}" among ${checks.map((check) => check.id).join(", ")}`);
};
const changed = (x: Float32Array, change: (value: number, n: number) => number) => Float32Array.from(x, change);

describe("inspectPair of a good pair", () => {
  const report = inspect(dry, wet);

  it("passes every check, and finds delay, polarity and correlation", () => {
    expect(report.checks.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report).toMatchObject({ sampleRate, seconds: 30, alignment: { delaySamples: 12, polarity: -1 } });
    expect(find(report, "delay")).toMatchObject({
      value: 12,
      message: expect.stringContaining("12 samples (1.50 ms) late"),
    });
    expect(find(report, "polarity").message).toContain("inverted");
    expect(find(report, "correlation").value).toBeGreaterThan(0.8);
    expect(() => assertUsable(report)).not.toThrow();
  });

  it("names the same checks for every pair", () => {
    const ids = report.checks.map(({ id, about }) => (about === undefined ? id : `${id} ${about}`));
    expect(ids).toEqual([
      "rate",
      "length",
      ...["dry", "wet"].flatMap((about) =>
        ["channels", "silence", "level", "dc", "clipping"].map((id) => `${id} ${about}`),
      ),
      "delay",
      "polarity",
      "correlation",
      "noise-floor wet",
      "order",
    ]);
  });

  it("looks at a dry recording alone", () => {
    const alone = inspectPair(recording(dry), undefined, { dryName: "dry.wav" });
    expect(alone.checks.map(({ id }) => id)).toEqual(["channels", "silence", "level", "dc", "clipping", "length"]);
    expect(alone.alignment).toBeUndefined();
  });
});

describe("inspectPair doubts", () => {
  it("a given delay at which nothing matches while another one does", () => {
    const check = find(inspect(dry, wet, { delaySamples: 500 }), "delay");
    expect(check).toMatchObject({ verdict: "warn", value: 500 });
    expect(check.message).toMatch(/500 samples late, as given, .* 0\.0\d; at 12 samples it is 0\.[89]\d/);
    expect(find(inspect(dry, wet, { delaySamples: 12 }), "delay").verdict).toBe("pass");
  });

  it("samples far above full scale", () => {
    const check = find(
      inspect(
        dry,
        changed(wet, (v) => 100 * v),
      ),
      "level",
      "wet",
    );
    expect(check).toMatchObject({ verdict: "warn", message: expect.stringContaining("far above full scale") });
  });

  it("no mean with a sign that it does not have", () => {
    const check = find(
      inspect(
        changed(dry, (v) => v - 1e-5),
        wet,
      ),
      "dc",
      "dry",
    );
    expect(check.message).not.toContain("-0.0000");
  });
});

describe("inspectPair refuses", () => {
  const refused = (report: DatasetReport) => {
    const check = report.checks.find(({ verdict }) => verdict === "refuse");
    expect(check?.hint).toBeTruthy();
    expect(() => assertUsable(report)).toThrow(expect.objectContaining({ code: check?.code, message: check?.message }));
    return check;
  };

  it("different sample rates", () => {
    const report = inspectPair(recording(dry), recording(wet, { sampleRate: 44100 }), names);
    expect(refused(report)).toMatchObject({ id: "rate", code: "rate-mismatch" });
    expect(refused(report)?.message).toBe('"wet.wav" is 44100 Hz, "dry.wav" is 8000 Hz');
  });

  it("silence, and what only hisses", () => {
    expect(refused(inspect(dry, new Float32Array(dry.length)))).toMatchObject({
      id: "silence",
      about: "wet",
      code: "silent-recording",
      message: '"wet.wav" is all zeros',
    });
    const hiss = changed(dry, (v) => 1e-5 * v);
    expect(refused(inspect(hiss, wet))).toMatchObject({ id: "silence", about: "dry", code: "silent-recording" });
  });

  it("a take of less than a second, or of less than a segment", () => {
    expect(refused(inspect(dry.subarray(0, 7999), wet))).toMatchObject({
      id: "length",
      code: "too-short",
      message: expect.stringContaining('"dry.wav" is too short, at least 1.00 s (8000 samples) are needed'),
    });
    const segment = { length: 100_000, skip: 10 };
    expect(refused(inspect(dry.subarray(0, 90_000), wet, { segment }))).toMatchObject({
      code: "bad-segment",
      message: '"dry.wav" has 90000 samples (11.25 s), less than one segment of 100000 samples',
    });
    const alone = inspectPair(recording(dry.subarray(0, 90_000)), undefined, { dryName: "dry.wav", segment });
    expect(refused(alone)).toMatchObject({ id: "length", code: "bad-segment" });
  });

  it("numbers that cannot be samples", () => {
    const report = inspect(
      dry,
      changed(wet, (v) => 1e8 * v),
    );
    expect(refused(report)).toMatchObject({ id: "level", about: "wet", code: "absurd-level" });
  });

  it("a heavily clipped wet", () => {
    const hot = changed(wet, (v) => Math.max(-1, Math.min(1, 5 * v)));
    const check = refused(inspect(dry, hot));
    expect(check).toMatchObject({ id: "clipping", about: "wet", code: "clipped" });
    expect(check?.seconds).toBeGreaterThan(0);
  });

  it("recordings that have nothing to do with each other", () => {
    expect(refused(inspect(dry, performance(2)))).toMatchObject({ id: "correlation", code: "unrelated-signals" });
  });

  it("a wet that comes before the dry", () => {
    expect(refused(inspect(wet, dry))).toMatchObject({ id: "delay", code: "swapped" });
    // Unless the user says so.
    expect(find(inspect(wet, dry, { delaySamples: -12 }), "delay").verdict).toBe("pass");
  });
});

describe("inspectPair warns", () => {
  const warned = (report: DatasetReport, id: string, about?: "dry" | "wet") => {
    const check = find(report, id, about);
    expect(check.verdict).toBe("warn");
    expect(check.hint).toBeTruthy();
    expect(() => assertUsable(report)).not.toThrow();
    return check;
  };

  it("of a few clipped places, with the time of the first", () => {
    const clipped = wet.slice();
    clipped.fill(-1, 40_000, 40_006);
    clipped.fill(1, 80_000, 80_004);
    expect(warned(inspect(dry, clipped), "clipping", "wet")).toMatchObject({
      seconds: 5,
      message: expect.stringMatching(/2 places \(10 samples, .* first at 5.000 s/),
    });
  });

  it("of a clipped dry, however heavy: it may be what was played", () => {
    const hot = changed(dry, (v) => Math.max(-1, Math.min(1, 5 * v)));
    const check = warned(
      inspect(
        hot,
        changed(hot, (v) => 0.3 * v),
      ),
      "clipping",
      "dry",
    );
    expect(check.value).toBeGreaterThan(0.005);
  });

  it("of different lengths, too little sound, an offset and two different channels", () => {
    expect(warned(inspect(dry, wet.subarray(0, 25 * sampleRate)), "length").message).toContain("25.00 s");
    expect(warned(inspect(dry.subarray(0, 80_000), wet), "length")).toMatchObject({ value: 10 });
    expect(
      warned(
        inspect(
          changed(dry, (v) => 0.01 * v),
          wet,
        ),
        "level",
        "dry",
      ).message,
    ).toContain("very quiet");
    expect(
      warned(
        inspect(
          dry,
          changed(wet, (v) => v - 0.018),
        ),
        "dc",
        "wet",
      ).value,
    ).toBeCloseTo(-0.018, 3);
    const stereo = recording(wet, { channels: [wet, dry] });
    expect(warned(inspectPair(recording(dry), stereo, names), "channels", "wet").message).toContain("left one is used");
  });

  it("of what the reader of a file had to put right", () => {
    const report = inspectPair(recording(dry, { warnings: ["no length"] }), recording(wet), names);
    expect(warned(report, "file", "dry").message).toBe("no length");
  });

  it("of noise while the dry rests, with the error that it costs", () => {
    const random = createRandom(4);
    const noisy = changed(wet, (v) => v + 0.02 * random.normal());
    const check = warned(inspect(dry, noisy), "noise-floor");
    // 20 log10(0.02) = -34 dBFS, in the rest after 10 s and the 0.3 s that may still ring.
    expect(check.value).toBeCloseTo(-34, 0);
    expect(check.seconds).toBeCloseTo(10.3, 1);
    expect(check.message).toMatch(/no model can have less than \d/);
  });

  it("of a wet that drops out while the dry plays", () => {
    const lost = wet.slice();
    lost.fill(0, 16_000, 16_320);
    expect(warned(inspect(dry, lost), "silence", "wet")).toMatchObject({ seconds: 2 });
  });

  it("of a wet that slips in the middle", () => {
    const slipped = changed(wet, (v, n) => (n < 120_000 ? v : (wet[n - 40] ?? 0)));
    expect(warned(inspect(dry, slipped), "delay").message).toContain("40 samples later");
  });

  it("of a dry that looks like the distorted one", () => {
    const distorted = changed(dry, (v) => 0.5 * Math.tanh(20 * v));
    expect(warned(inspect(distorted, dry), "order").message).toContain('"dry.wav" looks like the distorted one');
  });
});

describe("inspectPair leaves alone", () => {
  it("a device that saturates below full scale, hard and often", () => {
    const fuzz = changed(dry, (v) => Math.max(-0.9, Math.min(0.9, 100 * v)));
    expect(find(inspect(dry, fuzz), "clipping", "wet")).toMatchObject({ verdict: "pass", value: 0 });
  });

  it("a device whose rounded peaks reach full scale: it warns, but does not refuse", () => {
    const loud = changed(dry, (v) => Math.tanh(60 * v));
    const check = find(inspect(dry, loud), "clipping", "wet");
    expect(check.value).toBeGreaterThan(0.005);
    expect(check.verdict).toBe("warn");
  });

  it("single samples at full scale, and 16-bit ones that never reach it", () => {
    const peaks = changed(wet, (v, n) => (n % 5000 === 0 ? 1 : v));
    expect(find(inspect(dry, peaks), "clipping", "wet").verdict).toBe("pass");
    const low = changed(wet, (v, n) => (n > 100 && n < 110 ? 32765 / 32768 : v));
    const stored = recording(low, { encoding: "pcm16" });
    expect(find(inspectPair(recording(dry), stored, names), "clipping", "wet").verdict).toBe("pass");
  });

  it("but a 16-bit file clips a step below 1", () => {
    const flat = changed(wet, (v, n) => (n > 100 && n < 110 ? 32767 / 32768 : v));
    const stored = recording(flat, { encoding: "pcm16" });
    expect(find(inspectPair(recording(dry), stored, names), "clipping", "wet").verdict).toBe("warn");
  });

  it("what happens in the skipped part of segments", () => {
    const segment = { length: 4000, skip: 1500 };
    const start = changed(wet, (v, n) => (n % 4000 < 1000 ? -1 : v));
    const report = inspect(dry, start, { segment });
    expect(report.checks.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(report.alignment).toMatchObject({ delaySamples: 12, polarity: -1 });
    expect(() => assertUsable(inspect(dry, start))).toThrow(expect.objectContaining({ code: "clipped" }));
  });
});
