import { describe, expect, it } from "vitest";
import { createRandom, dcBlock, rms } from "../signal/index.ts";
import { addPluck, type Pluck } from "./training-signal-string.ts";

const plain: Pluck = {
  frequencyHz: 110,
  seconds: 1.5,
  velocity: 0.8,
  decaySeconds: 3,
  overtoneDecaySeconds: 0.5,
  pickPosition: 0.2,
};

function pluck(changes: Partial<Pluck>, sampleRate = 44_100): Float64Array {
  const note = { ...plain, ...changes };
  const out = new Float64Array(Math.round(note.seconds * sampleRate));
  addPluck(out, note, { start: 0, sampleRate, random: createRandom(3) });
  return out;
}

/** Strength of one frequency in part of a signal, seen through a Hann window. */
function strength(x: Float64Array, hertz: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  for (let n = 0; n < x.length; n++) {
    const v = (x[n] ?? 0) * Math.sin((Math.PI * n) / x.length) ** 2;
    re += v * Math.cos((2 * Math.PI * hertz * n) / sampleRate);
    im += v * Math.sin((2 * Math.PI * hertz * n) / sampleRate);
  }
  return Math.hypot(re, im);
}

/** The frequency near the given one at which a signal is strongest. */
function pitch(x: Float64Array, nearHz: number, sampleRate: number): number {
  let best = nearHz;
  for (const stepCents of [5, 0.5]) {
    const centre = best;
    for (let k = -12; k <= 12; k++) {
      const hertz = centre * 2 ** ((k * stepCents) / 1200);
      if (strength(x, hertz, sampleRate) > strength(x, best, sampleRate)) best = hertz;
    }
  }
  return best;
}

describe("addPluck", () => {
  it("is in tune to 2 cents from E2 to E6, at low and usual sample rates", () => {
    for (const sampleRate of [16_000, 44_100]) {
      for (const frequencyHz of [82.407, 146.83, 440, 1318.51]) {
        const x = pluck({ frequencyHz, seconds: 0.8 }, sampleRate);
        const cents = 1200 * Math.log2(pitch(x, frequencyHz, sampleRate) / frequencyHz);
        expect(Math.abs(cents)).toBeLessThan(2);
      }
    }
  });

  it("lets the fundamental fall by 60 dB in the decay time", () => {
    const x = pluck({ seconds: 2 });
    const early = strength(x.subarray(8820, 17_640), 110, 44_100); // centred at 0.3 s
    const late = strength(x.subarray(70_560, 79_380), 110, 44_100); // centred at 1.7 s
    // 60 dB * 1.4 / 3; the cubic interpolation takes a little more away.
    expect(20 * Math.log10(early / late)).toBeCloseTo(28, 0);
  });

  it("loses the overtones sooner", () => {
    // At 3960 Hz 60 dB in 0.5 s against 60 dB in 3 s: over 0.3 s they part by 30 dB. The dark one: 0.06 s, 0.1 s.
    for (const [overtoneDecaySeconds, lapseSeconds, expectedDb] of [
      [0.5, 0.3, 30],
      [1.2, 0.5, 15],
      [0.06, 0.04, 39.2],
    ] as const) {
      for (const sampleRate of [44_100, 96_000]) {
        const x = pluck({ seconds: 1, overtoneDecaySeconds }, sampleRate);
        const ratio = (seconds: number): number => {
          const from = Math.round(seconds * sampleRate);
          const part = x.subarray(from, from + Math.round(0.03 * sampleRate));
          return strength(part, 36 * 110, sampleRate) / strength(part, 110, sampleRate);
        };
        const lossDb = 20 * Math.log10(ratio(0.01) / ratio(0.01 + lapseSeconds));
        expect(Math.abs(lossDb / expectedDb - 1)).toBeLessThan(0.15); // neighbouring overtones leak into a short window
      }
    }
  });

  it("bends the pitch up by whole tones", () => {
    const x = pluck({ frequencyHz: 330, seconds: 1, bendSemitones: 2 });
    const end = pitch(x.subarray(22_050), 330 * 2 ** (2 / 12), 44_100);
    expect(Math.abs(1200 * Math.log2(end / (330 * 2 ** (2 / 12))))).toBeLessThan(4);
  });

  it("is softer and duller for a soft pluck, and does not overshoot wildly for a hard one", () => {
    const soft = pluck({ velocity: 0.2 });
    const hard = pluck({ velocity: 1 });
    const brightness = (x: Float64Array): number => rms(dcBlock(x, { pole: 0 })) / rms(x);
    expect(rms(soft)).toBeLessThan(0.5 * rms(hard));
    expect(brightness(soft)).toBeLessThan(brightness(hard));
  });

  it("has no constant part, and ends at rest", () => {
    const x = pluck({});
    const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
    expect(Math.abs(mean)).toBeLessThan(1e-4 * rms(x));
    expect(Math.abs(x.at(-1) ?? 1)).toBeLessThan(1e-4);
  });

  it("adds to what is there, and drops what reaches beyond the end", () => {
    const out = new Float64Array(1000).fill(1);
    addPluck(out, plain, { start: 900, sampleRate: 44_100, random: createRandom(3) });
    expect(out[899]).toBe(1);
    expect(out.subarray(900).some((v) => v !== 1)).toBe(true);
    addPluck(out, plain, { start: 2000, sampleRate: 44_100, random: createRandom(3) });
    expect(out.length).toBe(1000);
  });
});
