import { describe, expect, it } from "vitest";
import { levelCases } from "./level.cases.ts";
import { melCases } from "./mel.cases.ts";
import { pitchCases } from "./pitch.cases.ts";
import { rhythmCases } from "./rhythm.cases.ts";
import { separationCases } from "./separation.cases.ts";
import { spectralCases } from "./spectral.cases.ts";
import { spectrumCases } from "./spectrum.cases.ts";
import { relativeError, snrDb, type VectorCase, vector, vectorFile, vectorsMissing } from "./vectors.ts";

const cases: Readonly<Record<string, VectorCase>> = {
  ...levelCases,
  ...melCases,
  ...pitchCases,
  ...rhythmCases,
  ...separationCases,
  ...spectralCases,
  ...spectrumCases,
};

interface Manifest {
  readonly cases: readonly {
    readonly id: string;
    readonly outputs: Readonly<Record<string, { readonly file: string }>>;
  }[];
}

describe.skipIf(vectorsMissing !== undefined)("the vectors of librosa 0.11", () => {
  const manifest = JSON.parse(new TextDecoder().decode(vectorFile("librosa-0.11.0/manifest.json"))) as Manifest;

  for (const { id, outputs } of manifest.cases) {
    const one = cases[id];
    it(`${id} agrees`, () => {
      if (one === undefined) throw new Error(`no case computes ${id}`);
      const found = one.compute();
      expect(Object.keys(found).sort()).toEqual(Object.keys(outputs).sort());
      for (const [output, { file }] of Object.entries(outputs)) {
        const expected = vector("librosa-0.11.0", file.replace(".npy", "")).values;
        const values = found[output]!;
        expect(values.length, `length of ${output}`).toBe(expected.length);
        if (one.snrDb !== undefined) expect(snrDb(values, expected), output).toBeGreaterThan(one.snrDb);
        else expect(relativeError(values, expected), output).toBeLessThan(one.tolerance ?? 1e-6);
      }
    });
  }

  it("are 96, all of them computed", () => {
    expect(manifest.cases).toHaveLength(96);
    expect(Object.keys(cases).sort()).toEqual(manifest.cases.map(({ id }) => id).sort());
  });
});
