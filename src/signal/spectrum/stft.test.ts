import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { createRandom } from "../../kernels/index.ts";
import { istft } from "./istft.ts";
import { createStft, spectrogram, type StftOptions, stft } from "./stft.ts";
import { hann } from "./window.ts";

/** One bin of one frame by definition: mirrored signal, window centred in the frame. Values equal torch.stft's. */
function direct(x: Float64Array, t: number, k: number, fftSize: number, hop: number, window: Float64Array) {
  const offset = Math.floor((fftSize - window.length) / 2);
  let re = 0;
  let im = 0;
  for (let n = 0; n < window.length; n++) {
    let at = Math.abs(t * hop - fftSize / 2 + offset + n);
    if (at >= x.length) at = 2 * (x.length - 1) - at;
    re += window[n]! * x[at]! * Math.cos((2 * Math.PI * k * (offset + n)) / fftSize);
    im -= window[n]! * x[at]! * Math.sin((2 * Math.PI * k * (offset + n)) / fftSize);
  }
  return Math.hypot(re, im);
}

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return isTonewrightError(error) ? error.code : String(error);
  }
  return "no error";
};

describe("hann", () => {
  it("is periodic: starts at 0, has its 1 in the middle, and does not return to 0", () => {
    expect(Array.from(hann(4))).toEqual([0, expect.closeTo(0.5, 12), 1, expect.closeTo(0.5, 12)]);
    // Shifted by half of itself it adds up to 1, which is what makes it fit for averaging.
    const w = hann(64);
    for (let n = 0; n < 32; n++) expect(w[n]! + w[n + 32]!).toBeCloseTo(1, 12);
  });
});

describe("spectrogram", () => {
  const x = Float64Array.from({ length: 101 }, createRandom(4).normal);

  for (const [fftSize, hop, windowSamples] of [
    [32, 10, 32],
    [32, 7, 20],
    [64, 16, 33],
    [60, 16, 60],
  ] as const) {
    it(`equals its definition in every bin: ${fftSize}, hop ${hop}, window ${windowSamples}`, () => {
      const window = hann(windowSamples);
      const { frames, rows, values } = spectrogram(x, { fftSize, hop, window, padMode: "reflect" });
      expect(frames).toBe(1 + Math.floor(101 / hop));
      expect(rows).toBe(fftSize / 2 + 1);
      for (let t = 0; t < frames; t++) {
        for (let k = 0; k < rows; k++) {
          // Both are float64 sums of at most 64 numbers near 1.
          expect(values[k * frames + t]).toBeCloseTo(direct(x, t, k, fftSize, hop, window), 11);
        }
      }
    });
  }

  it("uses a Hann window of the whole frame and a hop of a quarter unless told otherwise", () => {
    expect(spectrogram(x, { fftSize: 16 })).toEqual(spectrogram(x, { fftSize: 16, hop: 4, window: hann(16) }));
  });

  it("raises magnitudes to the power that was asked for", () => {
    const options = { fftSize: 16, hop: 8 };
    const amplitude = spectrogram(x, options).values;
    const energy = spectrogram(x, { ...options, power: 2 }).values;
    const cube = spectrogram(x, { ...options, power: 3 }).values;
    for (const [n, a] of amplitude.entries()) {
      expect(energy[n]).toBeCloseTo(a * a, 10);
      expect(cube[n]).toBeCloseTo(a ** 3, 9);
    }
  });
});

describe("istft", () => {
  const x = Float64Array.from({ length: 1003 }, createRandom(5).normal);
  const options: StftOptions[] = [
    { fftSize: 64 },
    { fftSize: 64, hop: 20, windowLength: 50 },
    { fftSize: 60, hop: 15, window: "sqrt-hann" },
    { fftSize: 63, hop: 9 },
    { fftSize: 64, hop: 16, padMode: "reflect", window: "hamming" },
  ];
  for (const one of options) {
    it(`gives the signal back: ${JSON.stringify(one)}`, () => {
      const { padMode: _, ...framing } = one;
      const back = istft(stft(x, one), { ...framing, length: x.length });
      for (const [n, value] of x.entries()) expect(back[n]).toBeCloseTo(value, 11);
    });
  }

  it("gives uncentred frames back wherever the window is not zero", () => {
    const framing = { fftSize: 64, hop: 16, center: false };
    const back = istft(stft(x, framing), framing);
    for (let n = 1; n < 900; n++) expect(back[n]).toBeCloseTo(x[n]!, 11);
  });

  it("refuses a table that the frames cannot have", () => {
    expect(codeOf(() => istft(stft(x, { fftSize: 64 }), { fftSize: 32 }))).toBe("bad-option");
  });
});

describe("createStft", () => {
  it("refuses what cannot be framed, by code", () => {
    const noise = Float64Array.from({ length: 50 }, createRandom(6).normal);
    expect(codeOf(() => stft(new Float64Array(8), { fftSize: 16, padMode: "reflect" }))).toBe("signal-too-short");
    expect(codeOf(() => stft(new Float64Array(0), { fftSize: 16 }))).toBe("signal-too-short");
    expect(codeOf(() => stft(noise, { fftSize: 64, center: false }))).toBe("signal-too-short");
    expect(codeOf(() => createStft({ fftSize: 16, hop: 0 }))).toBe("bad-option");
    expect(codeOf(() => createStft({ fftSize: 16, windowLength: 17 }))).toBe("bad-option");
    expect(codeOf(() => createStft({ fftSize: 16, window: "hanning" as "hann" }))).toBe("bad-window");
    noise[7] = Number.NaN;
    expect(codeOf(() => stft(noise, { fftSize: 16 }))).toBe("non-finite-samples");
  });

  it("has one frame for a centred signal shorter than a frame, as librosa has", () => {
    expect(stft(Float64Array.of(1, 2, 3), { fftSize: 16 }).frames).toBe(1);
  });
});
