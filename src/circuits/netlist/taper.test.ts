import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTaper, taperPosition, taperShare } from "./taper.ts";

describe("tapers", () => {
  it("are known by the names on potentiometers", () => {
    expect(readTaper("A")).toEqual({ kind: "audio", middle: 0.15 });
    expect(readTaper("log")).toEqual({ kind: "audio", middle: 0.15 });
    expect(readTaper("a10")).toEqual({ kind: "audio", middle: 0.1 });
    expect(readTaper("B")).toEqual({ kind: "linear", middle: 0.5 });
    expect(readTaper("C20")).toEqual({ kind: "reverse-audio", middle: 0.2 });
    for (const text of ["", "X", "B15", "A0", "A50", "A60", "15", "A-1"]) expect(readTaper(text)).toBeUndefined();
  });

  it("pass through 0, their middle and 1", () => {
    const audio = readTaper("A10")!;
    expect([0, 0.5, 1].map((x) => taperShare(x, audio))).toEqual([0, expect.closeTo(0.1, 12), 1]);
    const reverse = readTaper("C10")!;
    expect([0, 0.5, 1].map((x) => taperShare(x, reverse))).toEqual([0, expect.closeTo(0.9, 12), 1]);
  });

  it("rise, and can be turned back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom("A", "B", "C", "A5", "C30"),
        (x, y, name) => {
          const taper = readTaper(name)!;
          expect(taperPosition(taperShare(x, taper), taper)).toBeCloseTo(x, 9);
          if (x < y) expect(taperShare(x, taper)).toBeLessThanOrEqual(taperShare(y, taper));
        },
      ),
    );
  });
});
