import { describe, expect, it } from "vitest";
import { scoredSpans } from "./example.ts";

describe("scoredSpans", () => {
  it("is all of a recording, or the rest of every whole segment", () => {
    expect(scoredSpans(10)).toEqual([{ start: 0, end: 10 }]);
    expect(scoredSpans(11, { length: 4, skip: 1 })).toEqual([
      { start: 1, end: 4 },
      { start: 5, end: 8 },
    ]);
    expect(scoredSpans(3, { length: 4, skip: 1 })).toEqual([]);
  });

  it("refuses segments without anything left to score", () => {
    for (const segment of [
      { length: 4, skip: 4 },
      { length: 4, skip: -1 },
      { length: 2.5, skip: 0 },
      { length: 0, skip: 0 },
    ]) {
      expect(() => scoredSpans(10, segment)).toThrow(expect.objectContaining({ code: "bad-segment" }));
    }
  });
});
