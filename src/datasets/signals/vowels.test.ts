import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import { glottalSource } from "./glottal-source.ts";
import { bandShareDb, constantShare, pitchNear, windowedAmplitude } from "./measurements.ts";
import { vowels } from "./vowels.ts";

const sampleRate = 44_100;

describe("glottalSource", () => {
  it("has energy at its harmonics only, however high the pitch: nothing folds back", () => {
    for (const pitchHz of [220.7, 987.3, 2793.1]) {
      const source = { pitchAt: () => pitchHz, breath: 0, pressure: 0.7, jitter: 0 };
      const x = glottalSource(sampleRate, source, { sampleRate, random: createRandom(1) });
      const at = (hertz: number) => windowedAmplitude(x.subarray(4410), hertz, sampleRate);
      // Where the first harmonics beyond half the rate would fold to, and between the harmonics.
      const beyond = Math.ceil(sampleRate / 2 / pitchHz);
      for (const hertz of [sampleRate - beyond * pitchHz, sampleRate - (beyond + 1) * pitchHz, 1.5 * pitchHz]) {
        expect(20 * Math.log10(at(hertz) / at(pitchHz)), `${pitchHz} at ${hertz}`).toBeLessThan(-75);
      }
    }
  });
});

describe("vowels", () => {
  const spoken = (name: string, voice: "man" | "woman" = "man") =>
    vowels({ seed: 3, sampleRate, seconds: 1, voice, vowels: [name], pitchHz: voice === "man" ? 110 : 210 });
  const share = (x: Float64Array, lowHz: number, highHz: number) => bandShareDb(x, [lowHz, highHz], sampleRate);

  it("have the pitch asked for", () => {
    const measured = pitchNear(spoken("hod"), 110, sampleRate);
    expect(Math.abs(1200 * Math.log2(measured / 110))).toBeLessThan(2);
  });

  it("have their resonances where the tables say", () => {
    // "heed": 270 and 2290 Hz with a valley between; "hod": 730 and 1090 Hz; "who'd": 300 and 870 Hz.
    const [heed, hod, whod] = [spoken("heed"), spoken("hod"), spoken("who'd")];
    expect(share(heed, 2150, 2450)).toBeGreaterThan(share(heed, 1200, 1500) + 12);
    expect(share(hod, 600, 1200)).toBeGreaterThan(share(hod, 1500, 2100) + 12); // no peak there
    expect(share(whod, 700, 1000)).toBeGreaterThan(share(whod, 1300, 1600) + 12);
  });

  it("have higher resonances in a woman's voice", () => {
    expect(share(spoken("heed", "woman"), 2600, 3000)).toBeGreaterThan(share(spoken("heed", "woman"), 2000, 2300) + 6);
  });

  it("glide from one to the next: the second resonance falls on the way from heed to who'd", () => {
    const x = vowels({
      seed: 1,
      sampleRate,
      seconds: 3,
      manner: "sung",
      voice: "man",
      vowels: ["heed", "who'd"],
      pitchHz: 110,
    });
    const high = Array.from({ length: 30 }, (_, k) => share(x.subarray(k * 4410, (k + 1) * 4410), 2000, 2600));
    expect(Math.max(...high) - Math.min(...high)).toBeGreaterThan(15);
  });

  it("have no constant part", () => {
    for (const manner of ["spoken", "sung"] as const) {
      expect(constantShare(vowels({ seed: 9, sampleRate, seconds: 3, manner }))).toBeLessThan(2e-3);
    }
  });
});
