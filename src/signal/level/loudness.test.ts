import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { integratedLoudness, loudnessRange, momentaryLoudness, shortTermLoudness } from "./loudness.ts";
import { createLoudnessMeter } from "./loudness-meter.ts";

interface GoldenSound {
  readonly sampleRate: number;
  readonly channels: number;
  readonly levels: readonly number[];
  readonly integratedLufs: number;
  readonly rangeLu: number;
  readonly momentaryLufs: readonly number[];
  readonly shortTermLufs: readonly number[];
  readonly truePeaks: readonly number[];
}
const golden = JSON.parse(
  readFileSync(new URL("../../../fixtures/signal/loudness/golden.json", import.meta.url), "utf8"),
) as readonly GoldenSound[];

/** The sound of fixtures/signal/loudness/make.py. */
function goldenSound({ sampleRate, channels, levels }: GoldenSound): Float32Array[] {
  let state = 1;
  const period = Math.floor(sampleRate / 55);
  const sound = Array.from({ length: channels }, () => new Float32Array(sampleRate * levels.length));
  for (let n = 0; n < sampleRate * levels.length; n++) {
    const level = levels[Math.floor(n / sampleRate)]!;
    const saw = Math.floor(((2 * (n % period) - period) * level) / (2 * period));
    for (let c = 0; c < channels; c++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const noise = Math.floor((((state >>> 16) - 32768) * level) / 65536);
      sound[c]![n] = Math.floor((saw + noise) / (1 + (c % 3))) / 32768;
    }
  }
  return sound;
}

/** A 1 kHz sine in pieces of a level, in dBFS of its peak, and a length; `null` is silence. */
function tones(pieces: readonly (readonly [levelDb: number | null, seconds: number])[], rate = 48000): Float32Array {
  const parts = pieces.map(([levelDb, seconds]) => ({
    amplitude: levelDb === null ? 0 : 10 ** (levelDb / 20),
    samples: Math.round(seconds * rate),
  }));
  const y = new Float32Array(parts.reduce((sum, part) => sum + part.samples, 0));
  let n = 0;
  for (const { amplitude, samples } of parts) {
    for (const end = n + samples; n < end; n++) y[n] = amplitude * Math.sin((2 * Math.PI * 1000 * n) / rate);
  }
  return y;
}

const stereo = (x: Float32Array) => [x, x];
const within = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected), `${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance);

describe("EBU Tech 3341, the cases that are sines", () => {
  const rate = { sampleRate: 48000 };

  it.each([
    { name: "1: -23 dBFS", pieces: [[-23, 20]], expected: -23 },
    { name: "2: -33 dBFS", pieces: [[-33, 20]], expected: -33 },
    {
      name: "3: the relative gate",
      pieces: [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      expected: -23,
    },
    {
      name: "4: both gates",
      pieces: [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
      expected: -23,
    },
    {
      name: "5: what passes both",
      pieces: [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      expected: -23,
    },
  ] as const)("$name", ({ pieces, expected }) => {
    // The recommendation asks for 0.1 LU.
    within(integratedLoudness(stereo(tones(pieces)), rate), expected, 0.1);
  });

  it("6: five channels with their weights", () => {
    const levels = [-28, -28, -24, -30, -30];
    within(
      integratedLoudness(
        levels.map((level) => tones([[level, 20]])),
        rate,
      ),
      -23,
      0.1,
    );
  });

  it("9: short-term loudness is steady over a pattern of 3 s", () => {
    const pattern = Array.from(
      { length: 5 },
      () =>
        [
          [-20, 1.34],
          [-30, 1.66],
        ] as const,
    ).flat();
    for (const value of shortTermLoudness(stereo(tones(pattern)), rate)) within(value, -23, 0.1);
  });

  it("10: the largest short-term loudness, whenever a tone of 3 s begins", () => {
    for (let i = 0; i < 20; i += 3) {
      const y = tones([
        [null, i * 0.15],
        [-23, 3],
        [null, 1],
      ]);
      within(Math.max(...shortTermLoudness(stereo(y), rate)), -23, 0.1);
    }
  });

  it("12: momentary loudness is steady over a pattern of 0.4 s", () => {
    const pattern = Array.from(
      { length: 25 },
      () =>
        [
          [-20, 0.18],
          [-30, 0.22],
        ] as const,
    ).flat();
    for (const value of momentaryLoudness(stereo(tones(pattern)), rate).subarray(6)) within(value, -23, 0.1);
  });

  it("13: the largest momentary loudness, whenever a tone of 0.4 s begins", () => {
    for (let i = 0; i < 20; i++) {
      const y = tones([
        [null, i * 0.02],
        [-23, 0.4],
        [null, 1],
      ]);
      const meter = createLoudnessMeter({ ...rate, channels: 2 });
      meter.push(stereo(y));
      within(meter.end().largestMomentaryLufs, -23, 0.1);
    }
  });
});

describe("EBU Tech 3342, the cases that are sines", () => {
  it.each([
    {
      pieces: [
        [-20, 20],
        [-30, 20],
      ],
      expected: 10,
    },
    {
      pieces: [
        [-20, 20],
        [-15, 20],
      ],
      expected: 5,
    },
    {
      pieces: [
        [-40, 20],
        [-20, 20],
      ],
      expected: 20,
    },
    {
      pieces: [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ],
      expected: 15,
    },
  ] as const)("a range of $expected LU", ({ pieces, expected }) => {
    // The recommendation asks for 1 LU.
    within(loudnessRange(stereo(tones(pieces)), { sampleRate: 48000 }), expected, 1);
  });
});

describe("loudness", () => {
  it.each(golden)("agrees with ffmpeg on $channels channels at $sampleRate Hz", (expected) => {
    const sound = goldenSound(expected);
    const { sampleRate, channels } = expected;
    // ffmpeg prints three decimals and puts blocks into a histogram of hundredths. It takes a percentile one block off,
    // which shows where there are only some dozens; the recommendation asks for 1 LU.
    within(integratedLoudness(sound, { sampleRate }), expected.integratedLufs, 0.011);
    within(loudnessRange(sound, { sampleRate }), expected.rangeLu, 0.2);
    const momentary = momentaryLoudness(sound, { sampleRate });
    const shortTerm = shortTermLoudness(sound, { sampleRate });
    const meter = createLoudnessMeter({ sampleRate, channels, truePeak: "measured" });
    for (const [second, value] of expected.momentaryLufs.entries()) {
      const block = second * sampleRate;
      meter.push(sound.map((x) => x.subarray(block, block + sampleRate)));
      const reading = meter.read();
      // In silence ffmpeg shows what is left in its filters.
      if (value > -100) {
        within(momentary[10 * (second + 1) - 4]!, value, 0.002);
        within(reading.momentaryLufs, value, 0.002);
      }
      if (second < 2) continue;
      within(shortTerm[10 * (second + 1) - 30]!, expected.shortTermLufs[second]!, 0.002);
      within(reading.shortTermLufs, expected.shortTermLufs[second]!, 0.002);
    }
    const reading = meter.end();
    expect(reading.integratedLufs).toBe(integratedLoudness(sound, { sampleRate }));
    expect(reading.rangeLu).toBe(loudnessRange(sound, { sampleRate }));
    // The meter looks ten times as often as the series do, so it may find a little more.
    expect(reading.largestMomentaryLufs).toBeGreaterThanOrEqual(Math.max(...momentary));
    within(reading.largestMomentaryLufs, Math.max(...momentary), 0.6);
    expect(reading.largestShortTermLufs).toBeGreaterThanOrEqual(Math.max(...shortTerm));
    within(reading.largestShortTermLufs, Math.max(...shortTerm), 0.1);
    // ffmpeg's interpolator ends earlier than ours, which matters for white noise: EBU Tech 3341 allows +0.2, -0.4 dB.
    within(20 * Math.log10(reading.truePeak!), 20 * Math.log10(Math.max(...expected.truePeaks)), 0.3);
  });

  it("reads a 997 Hz sine of 0 dBFS on one channel as -3.01 LUFS, at any rate", () => {
    // BS.1770-4 states this for 48 kHz; the curve bends a little near half the rate.
    for (const sampleRate of [8000, 11025, 22050, 44100, 48000, 96000, 192000]) {
      const x = Float64Array.from({ length: sampleRate }, (_, n) => Math.sin((2 * Math.PI * 997 * n) / sampleRate));
      within(integratedLoudness([x], { sampleRate }), -3.01, 0.06);
    }
  });

  it("rises by the gain, by 3 LU from one channel to two, and follows weights", () => {
    const x = tones([[-30, 2]]);
    const options = { sampleRate: 48000 };
    const one = integratedLoudness([x], options);
    expect(integratedLoudness([x.map((v) => 2 * v)], options) - one).toBeCloseTo(20 * Math.log10(2), 6);
    expect(integratedLoudness([x, x], options) - one).toBeCloseTo(10 * Math.log10(2), 10);
    expect(integratedLoudness([x, x], { ...options, weights: [0, 0.5] }) - one).toBeCloseTo(10 * Math.log10(0.5), 10);
  });

  it("is -Infinity in silence, and refuses what it cannot measure", () => {
    const silence = new Float32Array(48000);
    expect(integratedLoudness([silence], { sampleRate: 48000 })).toBe(Number.NEGATIVE_INFINITY);
    expect(loudnessRange([new Float32Array(4 * 48000)], { sampleRate: 48000 })).toBe(0);
    expect(() => integratedLoudness([silence.subarray(0, 19199)], { sampleRate: 48000 })).toThrow("less than 0.4 s");
    expect(() => integratedLoudness([new Float32Array(0)], { sampleRate: 48000 })).toThrow("less than 0.4 s");
    expect(() => loudnessRange([silence], { sampleRate: 48000 })).toThrow("less than 3 s");
    for (const sampleRate of [0, 1, -48000, Number.NaN]) {
      expect(() => integratedLoudness([silence], { sampleRate })).toThrow(`${sampleRate} Hz`);
    }
    expect(() => integratedLoudness(Array(7).fill(silence), { sampleRate: 48000 })).toThrow(
      "7 channels with no weights",
    );
    expect(() => integratedLoudness([], { sampleRate: 48000 })).toThrow("0 channels");
    expect(() => integratedLoudness([silence], { sampleRate: 48000, weights: [-1] })).toThrow("weights -1");
    expect(() => integratedLoudness([silence, silence.subarray(1)], { sampleRate: 48000 })).toThrow("48000, 47999");
    const bad = silence.slice();
    bad[24000] = Number.NaN;
    expect(() => integratedLoudness([silence, bad], { sampleRate: 48000 })).toThrow(
      "channel 2: sample 24000 (at 0.5000 s) is NaN",
    );
  });
});
