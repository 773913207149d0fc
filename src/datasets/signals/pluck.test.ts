import { describe, expect, it } from "vitest";
import { createRandom, dcBlock, rms } from "../../signal/index.ts";
import { bandShareDb, constantShare, pitchNear, windowedAmplitude } from "./measurements.ts";
import { bend, fretSteps, vibrato } from "./pitch-curve.ts";
import { addPluck, type Pluck } from "./pluck.ts";

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

const cents = (measured: number, wanted: number) => Math.abs(1200 * Math.log2(measured / wanted));
const semitones = (steps: number) => 2 ** (steps / 12);

describe("addPluck", () => {
  it("is in tune to 2 cents from E1 to E6, at low and usual sample rates", () => {
    for (const sampleRate of [16_000, 44_100]) {
      for (const frequencyHz of [41.203, 82.407, 146.83, 440, 1318.51]) {
        const x = pluck({ frequencyHz, seconds: 0.8 }, sampleRate);
        expect(cents(pitchNear(x, frequencyHz, sampleRate), frequencyHz), `${frequencyHz} Hz`).toBeLessThan(2);
      }
    }
  });

  it("lets the fundamental fall by 60 dB in the decay time", () => {
    const x = pluck({ seconds: 2 });
    const early = windowedAmplitude(x.subarray(8820, 17_640), 110, 44_100); // centred at 0.3 s
    const late = windowedAmplitude(x.subarray(70_560, 79_380), 110, 44_100); // centred at 1.7 s
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
          return windowedAmplitude(part, 36 * 110, sampleRate) / windowedAmplitude(part, 110, sampleRate);
        };
        const lossDb = 20 * Math.log10(ratio(0.01) / ratio(0.01 + lapseSeconds));
        expect(Math.abs(lossDb / expectedDb - 1)).toBeLessThan(0.15); // neighbouring overtones leak into a short window
      }
    }
  });

  it("lacks the overtones that have a node where the pick hits or the pickup listens", () => {
    const overtones = (changes: Partial<Pluck>) => {
      // 200 samples a period: a quarter and a fifth of it are whole samples.
      const x = pluck({ frequencyHz: 220.5, strike: 1, ...changes });
      return [1, 2, 3, 4, 5, 6].map((k) => windowedAmplitude(x.subarray(0, 8820), 220.5 * k, 44_100));
    };
    const quarter = overtones({ pickPosition: 0.25 });
    expect(quarter[3]! / quarter[2]!).toBeLessThan(0.03);
    const both = overtones({ pickPosition: 0.25, pickupPosition: 0.2 });
    expect(both[4]! / both[5]!).toBeLessThan(0.03);
  });

  it("bends the pitch up by whole tones, and a pitch can start below and slide up", () => {
    const bent = pluck({ frequencyHz: 330, seconds: 1, pitch: bend({ toSemitones: 2, seconds: 0.4 }) });
    const higher = 330 * semitones(2);
    expect(cents(pitchNear(bent.subarray(22_050), higher, 44_100), higher)).toBeLessThan(2);
    const slid = pluck({ frequencyHz: 330, pitch: bend({ fromSemitones: -5, toSemitones: 0, seconds: 0.1 }) });
    expect(cents(pitchNear(slid.subarray(8820), 330, 44_100), 330)).toBeLessThan(2);
  });

  it("swings in vibrato by the cents asked for", () => {
    const pitch = vibrato({ cents: 50, rateHz: 1, fromSeconds: 0 });
    const x = pluck({ frequencyHz: 880, seconds: 2, decaySeconds: 4, pitch });
    const at = (seconds: number) => {
      const from = Math.round((seconds - 0.05) * 44_100);
      return cents(pitchNear(x.subarray(from, from + 4410), 880, 44_100), 880);
    };
    expect(at(0.5)).toBeCloseTo(50, -0.8); // 3 cents: a window of 0.1 s sees a part of the swing
    expect(at(1)).toBeLessThan(3);
  });

  it("goes on at another fret after a hammer-on, without the pick's loud start", () => {
    const steps = [{ atSeconds: 0.5, semitones: 2 }];
    const x = pluck({ frequencyHz: 196, pitch: fretSteps(steps), taps: [{ atSeconds: 0.5, velocity: 0.2 }] });
    const higher = 196 * semitones(2);
    expect(cents(pitchNear(x.subarray(4410, 19_845), 196, 44_100), 196)).toBeLessThan(2);
    expect(cents(pitchNear(x.subarray(26_460), higher, 44_100), higher)).toBeLessThan(2);
    const level = (seconds: number) => rms(x.subarray(seconds * 44_100, (seconds + 0.05) * 44_100));
    expect(level(0.5)).toBeGreaterThan(level(0.44));
    expect(level(0.5)).toBeLessThan(0.6 * level(0));
  });

  it("is softer and duller for a soft pluck", () => {
    const [soft, hard] = [pluck({ velocity: 0.2 }), pluck({ velocity: 1 })];
    const brightness = (x: Float64Array): number => rms(dcBlock(x, { pole: 0 })) / rms(x);
    expect(rms(soft)).toBeLessThan(0.5 * rms(hard));
    expect(brightness(soft)).toBeLessThan(brightness(hard));
  });

  it("keeps below half the sample rate what it is made of, also while the pitch moves", () => {
    for (const pitch of [undefined, vibrato({ cents: 60, rateHz: 6, fromSeconds: 0 })]) {
      const x = pluck({ frequencyHz: 659.26, overtoneDecaySeconds: 0.9, pitch });
      expect(bandShareDb(x, [0.45 * 44_100, 22_050], 44_100)).toBeLessThan(-55);
      expect(bandShareDb(x, [0, 550], 44_100)).toBeLessThan(-45); // and nothing below the fundamental
    }
  });

  it("has no constant part, and ends at rest", () => {
    for (const x of [pluck({}), pluck({ pitch: bend({ toSemitones: 2, seconds: 0.3 }) })]) {
      expect(constantShare(x)).toBeLessThan(1e-3);
      expect(Math.abs(x.at(-1) ?? 1)).toBeLessThan(1e-4);
    }
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
