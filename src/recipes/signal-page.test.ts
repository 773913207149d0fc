import { describe, expect, it } from "vitest";
import { trainingSignal } from "../datasets/index.ts";
import { createRandom } from "../signal/index.ts";
import { signalPage } from "./signal-page.ts";
import { levelHistogram, measureSignal, samplesOfRole, spectrumBands } from "./signal-page-facts.ts";

const sampleRate = 16_000;
const signal = trainingSignal({ seconds: 20, sampleRate, seed: 3, preset: "everything" });

describe("levelHistogram", () => {
  it("tells the share of the time at each level, silence in the lowest", () => {
    // 50 frames of 20 ms: 10 silent, 15 at -43.1 dBFS, 25 at -6.0 dBFS.
    const x = Float32Array.from({ length: 16_000 }, (_, n) => {
      return (n < 3200 ? 0 : n < 8000 ? 0.007 : 0.5) * Math.sign(Math.sin(n));
    });
    const bins = levelHistogram(x, { sampleRate, stepDb: 10 });
    expect(bins.length).toBe(9);
    expect(bins[0]).toEqual({ fromDb: -10, toDb: 0, share: 0.5 });
    expect(bins[4]).toEqual({ fromDb: -50, toDb: -40, share: 0.3 });
    expect(bins[8]).toEqual({ fromDb: -90, toDb: -80, share: 0.2 });
  });
});

describe("spectrumBands", () => {
  it("puts a sine into its band, and white noise 3 dB higher per octave", () => {
    const sine = Float32Array.from({ length: 32_000 }, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / sampleRate));
    for (const { frequencyHz, levelDb } of spectrumBands(sine, { sampleRate, bandsPerOctave: 1 })) {
      if (frequencyHz === 1000) expect(levelDb).toBeCloseTo(0, 3);
      else expect(levelDb).toBeLessThan(-40);
    }
    const random = createRandom(1);
    const noise = Float32Array.from({ length: 200_000 }, () => random.normal());
    const bands = spectrumBands(noise, { sampleRate, bandsPerOctave: 1 });
    expect(bands.map(({ frequencyHz }) => frequencyHz)).toEqual([31.25, 62.5, 125, 250, 500, 1000, 2000, 4000]);
    for (let k = 4; k < 8; k++) expect(bands[k]!.levelDb - bands[k - 1]!.levelDb).toBeCloseTo(3, 0);
  });
});

describe("measureSignal", () => {
  it("agrees with the plan", () => {
    const facts = measureSignal(signal);
    expect(facts.peakDb).toBeCloseTo(-1, 4);
    expect(facts.truePeakDb).toBeGreaterThanOrEqual(facts.peakDb);
    expect(facts.roles.train + facts.roles.validation + facts.roles.test).toBeCloseTo(20, 9);
    expect(facts.kinds.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(20, 9);
    expect(facts.kinds.reduce((sum, { parts }) => sum + parts, 0)).toBe(signal.parts.length);
    expect(samplesOfRole(signal, "test").length).toBe(2 * sampleRate);
    expect(facts.loudness).toBeLessThan(facts.rmsDb + 6);
  });

  it("has no loudness for less than 0.4 s", () => {
    expect(measureSignal(trainingSignal({ seconds: 0.3, sampleRate, seed: 1 })).loudness).toBeNull();
  });
});

describe("signalPage", () => {
  const input = { subtitle: "a & b", commandLine: "signal", createdAt: "today", toolVersion: "1" };

  it("shows every part of the plan, and needs nothing from elsewhere", async () => {
    const page = await signalPage({ ...input, title: "<dry>.wav", signal });
    expect(page).toContain("<h1>&#60;dry&#62;.wav</h1>");
    const bars = page.match(/<title>[a-z-]+: [\d.]+ s, [\d.]+ s long/g) ?? [];
    expect(bars.length).toBe(signal.parts.length);
    expect(page.match(/<button type="button"/g)?.length).toBe(measureSignal(signal).kinds.length - 1); // not for silence
    expect(page).toContain("Validation: no room for");
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
  });

  it("can be about a signal of a part of a second, at any rate", async () => {
    for (const rate of [8000, 88_201, 768_000]) {
      const short = trainingSignal({ seconds: 0.25, sampleRate: rate, seed: 1 });
      expect(await signalPage({ ...input, title: "short", signal: short })).toContain("data:audio/flac");
    }
  });
});
