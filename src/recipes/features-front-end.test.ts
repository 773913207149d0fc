import { describe, expect, it } from "vitest";
import { frontEnd, frontEndPreset } from "../signal/index.ts";
import { changeFrontEnd, checkFrontEnd } from "./features-front-end.ts";

describe("changeFrontEnd", () => {
  const mfccAndPitch = frontEndPreset("librosa", ["mfcc", "yin", "spectral-contrast"]);

  it("changes a parameter in every feature that has it, and leaves the others", () => {
    const changed = changeFrontEnd(mfccAndPitch, { mels: 40, fminHz: 100, topDb: null, hop: 256, deltas: 1 });
    expect(changed).toEqual({
      ...mfccAndPitch,
      hop: 256,
      deltas: 1,
      features: [
        {
          ...mfccAndPitch.features[0],
          mels: 40,
          fminHz: 100,
          logarithm: { kind: "db", reference: 1, floor: 1e-10, topDb: null },
        },
        { ...mfccAndPitch.features[1], fminHz: 100 },
        // Its bands begin at 200 Hz whatever mel bands do.
        { ...mfccAndPitch.features[2], topDb: null },
      ],
    });
    expect(changeFrontEnd(mfccAndPitch, {})).toEqual(mfccAndPitch);
  });

  it("puts a window where it belongs", () => {
    const kaldi = frontEndPreset("kaldi", ["fbank", "rms"]);
    expect(changeFrontEnd(kaldi, { window: "hamming" })).toMatchObject({
      window: "hamming",
      features: [{ window: "hamming" }, { kind: "rms" }],
    });
    expect(() => changeFrontEnd(kaldi, { window: "haning" })).toThrow("does not fit");
  });

  it("shortens a window that would not fit into shorter frames", () => {
    const speech = frontEnd({ sampleRate: 16000, fftSize: 512, windowLength: 400, features: [{ kind: "rms" }] });
    expect(changeFrontEnd(speech, { fftSize: 1024 }).windowLength).toBe(400);
    expect(changeFrontEnd(speech, { fftSize: 256 }).windowLength).toBe(256);
  });

  it("says what a parameter belongs to if nothing has it", () => {
    expect(() => changeFrontEnd(frontEndPreset("librosa", ["rms", "zcr"]), { coefficients: 13 })).toThrow(
      "coefficients was given, and rms, zero-crossing-rate have none",
    );
  });
});

describe("checkFrontEnd", () => {
  it("finds what would fail for every file", () => {
    const wide = frontEnd({ sampleRate: 8000, features: [{ kind: "yin", fminHz: 100, fmaxHz: 5000 }] });
    expect(() => checkFrontEnd(wide)).toThrow("pitches from 100 to 5000 Hz");
    checkFrontEnd(frontEndPreset("librosa", ["mfcc", "chroma-cqt"]));
  });
});
