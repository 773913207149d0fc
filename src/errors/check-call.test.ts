import { describe, expect, it } from "vitest";
import { checkOptions } from "./check-call.ts";
import { nearestOption } from "./nearest-option.ts";

describe("checkOptions", () => {
  const check = (given: unknown) =>
    checkOptions<{ mels?: number; fftSize: number }>("f(x, options)", given as { fftSize: number }, {
      mels: false,
      fftSize: true,
    });

  it("lets known names through, names that hold nothing, and those that mean something to other calls", () => {
    expect(() => check({ fftSize: 8, mels: 1, melz: undefined, hop: 1, sampleRate: 8000, channels: [] })).not.toThrow();
    // `mel` could be a misspelt `mels`, but that is there.
    expect(() => check({ fftSize: 8, mels: 1, mel: 2 })).not.toThrow();
  });

  it.each([
    [{ fftSize: 8, mel: 2 }, "unknown-option"],
    [{ mels: 2 }, "missing-option"],
    [{}, "missing-option"],
    [undefined, "missing-option"],
    [null, "wrong-call"],
    [8, "wrong-call"],
    [[8], "wrong-call"],
    [new Float32Array(8), "wrong-call"],
  ])("refuses %j", (given, code) => {
    expect(() => check(given)).toThrow(expect.objectContaining({ code }));
  });
});

describe("nearestOption", () => {
  it.each([
    ["FFTSize", "fftSize"],
    ["n_mels", "mels"],
    ["win_length", "windowLength"],
    ["f_min", "fminHz"],
    ["hopp", "hop"],
    ["xyz", undefined],
  ])("of %s is %s", (name, expected) => {
    expect(nearestOption(name, ["sampleRate", "fftSize", "hop", "windowLength", "mels", "fminHz"])).toBe(expected);
  });
});
