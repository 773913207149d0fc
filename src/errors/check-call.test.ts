import { describe, expect, it } from "vitest";
import { checkOptions } from "./check-call.ts";
import { nearestOption } from "./nearest-option.ts";

describe("checkOptions", () => {
  it("lets known names through, unknown ones that hold nothing, and those of a shared framing", () => {
    const given = { mels: 1, melz: undefined, hop: 1, sampleRate: 8000 };
    expect(() => checkOptions<{ mels?: number }>("f(x, options)", given, { mels: false })).not.toThrow();
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
