import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, nearestName } from "./nearest-name.ts";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["lstm", "lstm", 0],
    ["lstm", "lst", 1],
    ["lstm", "ltsm", 1], // two neighbours swapped count once
    ["kitten", "sitting", 3],
  ])("between %j and %j is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it("is 0 only for equal words, and never more than the longer one", () => {
    const word = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
      { seed: 1 },
    );
  });
});

describe("nearestName", () => {
  const commands = ["demo", "capture", "evaluate", "export", "render"];

  it("finds the word that was meant, whatever its case", () => {
    expect(nearestName("captrue", commands)).toBe("capture");
    expect(nearestName("RENDER", commands)).toBe("render");
    expect(nearestName("dmo", commands)).toBe("demo");
  });

  it("finds none where nothing is near", () => {
    expect(nearestName("xylophone", commands)).toBeUndefined();
    expect(nearestName("anything", [])).toBeUndefined();
  });
});
