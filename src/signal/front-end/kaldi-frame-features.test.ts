import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { type KaldiFbankOptions, kaldiFbank, kaldiMfcc } from "../mel/kaldi.ts";
import { computeFrontEnd, createLiveFrontEnd } from "./front-end.ts";
import { type FeatureSpecInput, type FrontEndDocument, frontEnd } from "./front-end-document.ts";
import { frontEndPreset } from "./presets.ts";
import { reasonsNotLive } from "./reasons-not-live.ts";

const random = createRandom(9);
/** Noise that swells, with a pause. */
const x = Float32Array.from({ length: 7000 }, (_, n) => (n > 2000 && n < 2900 ? 0 : 1e-4 * n * random.normal()));

function live(document: FrontEndDocument): Float64Array {
  const engine = createLiveFrontEnd(document);
  const columns: number[][] = [];
  const take = (features: Float64Array) => void columns.push(Array.from(features));
  for (let n = 0; n < x.length; n += 128) engine.push(x.subarray(n, n + 128), take);
  engine.flush(take);
  return Float64Array.from({ length: engine.rows * columns.length }, (_, i) => {
    return columns[i % columns.length]![Math.floor(i / columns.length)]!;
  });
}

describe("Kaldi's features, live", () => {
  const frames = { sampleRate: 16000, fftSize: 400, hop: 160, center: false } as const;
  const variants: readonly Omit<KaldiFbankOptions, "window" | "fmaxHz" | "subtractMean">[] = [
    { amplitude: 32768 },
    { useEnergy: true, mels: 40 },
    { useEnergy: true, htkCompat: true, usePower: false, melFloor: 1, fminHz: 0 },
    { removeDc: false, preEmphasis: 0, htkCompat: true },
  ];

  it("are those of the whole sound, bit for bit", () => {
    for (const { onWarning: _, ...options } of variants) {
      for (const useLog of [true, false]) {
        const spec = { kind: "kaldi-fbank", ...options, useLog } as FeatureSpecInput;
        const document = frontEnd({ ...frames, features: [spec] });
        const whole = kaldiFbank(x, { sampleRate: 16000, ...options, useLog });
        expect(computeFrontEnd(x, document)).toEqual(whole);
        expect(live(document)).toEqual(whole.values);
      }
      const { usePower = true, ...others } = options;
      const document = frontEnd({
        ...frames,
        features: [{ kind: "kaldi-mfcc", ...others, usePower } as FeatureSpecInput],
      });
      const whole = kaldiMfcc(x, { sampleRate: 16000, ...others, usePower });
      expect(live(document)).toEqual(whole.values);
    }
  });

  it("are of the whole sound in frames of their own", () => {
    const document = frontEnd({ ...frames, fftSize: 512, windowLength: 400, features: [{ kind: "kaldi-fbank" }] });
    expect(computeFrontEnd(x, document)).toEqual(kaldiFbank(x, { sampleRate: 16000 }));
    expect(() => createLiveFrontEnd(document)).toThrow("set center to false and windowLength to null");
    for (const name of ["kaldi", "htk"] as const) {
      expect(reasonsNotLive(frontEndPreset(name, ["log-mel", "mfcc", "rms"]))).toEqual([]);
    }
  });
});
