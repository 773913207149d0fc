import { describe, expect, it } from "vitest";
import { bassLine } from "./bass-line.ts";
import { bandShareDb } from "./measurements.ts";

const sampleRate = 44_100;

describe("bassLine", () => {
  const styles = (["fingers", "pick", "slap"] as const).map((style) => {
    return bassLine({ seed: 2, sampleRate, seconds: 6, style });
  });

  it("is mostly below 500 Hz and reaches down to 60 Hz", () => {
    for (const x of styles) {
      expect(bandShareDb(x, [35, 500], sampleRate)).toBeGreaterThan(-4);
      expect(bandShareDb(x, [35, 60], sampleRate)).toBeGreaterThan(-32);
    }
  });

  it("is brighter with a pick than with fingers, and slapped it has the most treble", () => {
    const [fingers, pick, slap] = styles.map((x) => bandShareDb(x, [1500, 22_050], sampleRate)) as [
      number,
      number,
      number,
    ];
    expect(pick).toBeGreaterThan(fingers + 6);
    expect(slap).toBeGreaterThan(pick - 6);
  });
});
