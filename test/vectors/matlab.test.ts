import { describe, expect, it } from "vitest";
import { type AllCloseCase, type MatlabEntry, matlabCases } from "./matlab.cases.ts";
import { pitchMatlabCases } from "./matlab-pitch.cases.ts";
import { relativeError, vector, vectorFile, vectorsMissing } from "./vectors.ts";

const cases: Readonly<Record<string, AllCloseCase>> = { ...matlabCases, ...pitchMatlabCases };

describe.skipIf(vectorsMissing !== undefined)("the MATLAB vectors that librosa is tested with", () => {
  const manifest =
    vectorsMissing === undefined
      ? (JSON.parse(new TextDecoder().decode(vectorFile("matlab-npy/manifest.json"))) as readonly MatlabEntry[])
      : [];

  it("are 68, and each is mapped to one computation", () => {
    expect(manifest).toHaveLength(68);
    for (const { id } of manifest) {
      expect(
        Object.keys(cases).filter((start) => id.startsWith(start)),
        id,
      ).toHaveLength(1);
    }
  });

  for (const one of manifest) {
    it(`${one.id} agrees`, () => {
      const start = Object.keys(cases).find((begin) => one.id.startsWith(begin));
      const { compute, tolerance = 1e-9, close } = cases[start ?? ""]!;
      const expected = vector("matlab-npy", (one.out as { file: string }).file.replace(".npy", "")).values;
      const found = compute(one);
      expect(found.length).toBe(expected.length);
      if (close === undefined) {
        // Relative to each number, or to a millionth of the largest where it is smaller than that.
        expect(relativeError(found, expected)).toBeLessThan(tolerance);
        return;
      }
      for (const [n, value] of expected.entries()) {
        expect(Math.abs(found[n]! - value)).toBeLessThanOrEqual(close.absolute + close.relative * Math.abs(value));
      }
    });
  }
});
