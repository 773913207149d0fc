import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeNam, type ModelDocument, parameterCount, presetArchitecture } from "../modelfile/index.ts";
import { playingLevels } from "./playing-levels.ts";

const folder = fileURLToPath(new URL("../../../shared/data/conformance/nam-core/", import.meta.url));

describe("playingLevels", () => {
  it.skipIf(!existsSync(folder))("agrees with what NAM's trainer wrote into its own files (needs shared data)", () => {
    for (const name of ["lstm.nam", "wavenet.nam", "identity/wavenet_minimal.nam"]) {
      const document = decodeNam(new Uint8Array(readFileSync(folder + name)), { name });
      const found = playingLevels(document);
      // Other noise of the same spectrum and level: within a decibel. NAM's gains also hold an unsettled start.
      expect(Math.abs((found?.loudnessDb ?? 0) - (document.metadata.loudnessDb ?? 0)), name).toBeLessThan(1);
      expect(Math.abs((found?.gain ?? 1) - (document.metadata.gain ?? 0)), name).toBeLessThan(0.12);
    }
  });

  it("says nothing about a model that is silent", () => {
    const architecture = presetArchitecture("lstm-2");
    const weights = new Float32Array(parameterCount(architecture));
    const silent: ModelDocument = { architecture, sampleRate: 48_000, weights, metadata: { name: "silent" } };
    expect(playingLevels(silent)).toBeUndefined();
  });
});
