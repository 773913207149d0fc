import { describe, expect, it } from "vitest";
import { createRandom, rms } from "../../signal/index.ts";
import { chooseTouch, frequencyOfNote } from "./fretboard.ts";
import { guitarArpeggio, guitarChords, strum } from "./guitar-chords.ts";
import { guitarLead } from "./guitar-lead.ts";
import { guitarLine } from "./guitar-line.ts";
import { guitarMutes, palmMute } from "./guitar-mutes.ts";
import { bandShareDb, windowedAmplitude } from "./measurements.ts";

const sampleRate = 44_100;
const request = { seed: 4, sampleRate, seconds: 6 };

/** Part of the power above a frequency, in dB. */
const trebleDb = (x: Float64Array, hertz: number) => bandShareDb(x, [hertz, sampleRate / 2], sampleRate);

describe("guitar parts", () => {
  it("have next to nothing above 0.45 of the sample rate, at 44.1 and at 96 kHz", () => {
    for (const generate of [guitarLine, guitarLead, guitarChords, guitarArpeggio, guitarMutes]) {
      for (const rate of [44_100, 96_000]) {
        const x = generate({ seed: 4, sampleRate: rate, seconds: 3 });
        expect(bandShareDb(x, [0.45 * rate, rate / 2], rate), generate.name).toBeLessThan(-65);
      }
    }
  });

  it("of single notes stay within the range asked for", () => {
    const low = guitarLine({ ...request, lowestNote: 40, highestNote: 57 });
    const high = guitarLine({ ...request, lowestNote: 72, highestNote: 88 });
    // A slide may come from five semitones below: note 67 is 392 Hz.
    expect(bandShareDb(high, [0, 370], sampleRate)).toBeLessThan(-30);
    expect(bandShareDb(low, [80, 370], sampleRate)).toBeGreaterThan(-8); // overtones have the rest
  });

  it("swing in long notes by the cents asked for, and not if none are", () => {
    // A vibrato spreads the overtones: what lies between them is more.
    const still = guitarLead({ ...request, seconds: 3, vibratoCents: 0 });
    const swung = guitarLead({ ...request, seconds: 3, vibratoCents: 80 });
    expect(swung.some((v, n) => v !== still[n])).toBe(true);
  });

  it("strum the strings of a chord one after another", () => {
    const out = new Float64Array(sampleRate);
    const random = createRandom(1);
    const stroke = {
      start: 0,
      seconds: 1,
      velocity: 1,
      gapSeconds: 0.05,
      sampleRate,
      random,
      touch: chooseTouch(random),
    };
    strum(out, [0, 2, 2, 1, 0, 0], { ...stroke, upwards: false }); // E major
    const notes = [40, 47, 52, 56, 59, 64].map(frequencyOfNote);
    const early = out.subarray(0, 0.05 * sampleRate);
    const all = out.subarray(0.3 * sampleRate);
    for (const hertz of notes) {
      const beside = windowedAmplitude(all, hertz * 2 ** (1 / 24), sampleRate);
      expect(windowedAmplitude(all, hertz, sampleRate), `${hertz} Hz`).toBeGreaterThan(10 * beside);
    }
    // In the first 50 ms only the low E sounds: nothing at G sharp (207.65 Hz), two strings and a half overtone away.
    const ratio = (x: Float64Array) =>
      windowedAmplitude(x, notes[3]!, sampleRate) / windowedAmplitude(x, 2 * notes[0]!, sampleRate);
    expect(ratio(early)).toBeLessThan(0.5 * ratio(all));
  });

  it("die away under the palm within a tenth of a second, and are dull", () => {
    const random = createRandom(1);
    const out = new Float64Array(sampleRate);
    const place = { start: 0, sampleRate, random, touch: chooseTouch(random) };
    palmMute(out, 40, { ...place, seconds: 0.5, velocity: 1 });
    const [first, later] = [rms(out.subarray(0, 2205)), rms(out.subarray(6615, 8820))];
    expect(20 * Math.log10(first / later)).toBeGreaterThan(20); // 150 ms later
    expect(trebleDb(out, 4000)).toBeLessThan(trebleDb(guitarChords(request), 4000));
  });

  it("repeat palm mutes at the beat asked for", () => {
    const x = guitarMutes({ ...request, beatSeconds: 0.125 });
    const frame = Math.round(0.125 * sampleRate);
    let rises = 0;
    const strokes = Math.floor(x.length / frame) - 1;
    for (let k = 1; k <= strokes; k++) {
      const before = rms(x.subarray(k * frame - 1500, k * frame));
      if (rms(x.subarray(k * frame, k * frame + 1500)) > 1.5 * before) rises++;
    }
    expect(rises / strokes).toBeGreaterThan(0.9);
  });
});
