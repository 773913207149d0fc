import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { featureRows } from "./feature-rows.ts";
import { computeFrontEnd } from "./front-end.ts";
import { frontEnd } from "./front-end-document.ts";
import { featureKinds, frontEndPreset } from "./presets.ts";

const noise = Float32Array.from({ length: 12000 }, createRandom(2).normal);

describe("featureRows", () => {
  it("tells the rows of every feature, as they are computed", () => {
    for (const kind of featureKinds) {
      const document = frontEndPreset("librosa", [kind]);
      expect(featureRows(document), kind).toEqual([
        { feature: document.features[0], order: 0, from: 0, rows: computeFrontEnd(noise, document).rows },
      ]);
    }
  });

  it("puts changes below all features", () => {
    const document = frontEnd({ ...frontEndPreset("librosa", ["mfcc", "rms"]), deltas: 2 });
    const [mfcc, rms] = document.features;
    expect(featureRows(document)).toEqual([
      { feature: mfcc, order: 0, from: 0, rows: 20 },
      { feature: rms, order: 0, from: 20, rows: 1 },
      { feature: mfcc, order: 1, from: 21, rows: 20 },
      { feature: rms, order: 1, from: 41, rows: 1 },
      { feature: mfcc, order: 2, from: 42, rows: 20 },
      { feature: rms, order: 2, from: 62, rows: 1 },
    ]);
    expect(computeFrontEnd(noise, document).rows).toBe(63);
  });
});
