import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { arrangeRounds } from "./training-signal-rounds.ts";

const kinds = [
  { kind: "a", share: 5, least: 10 },
  { kind: "b", share: 3, least: 10 },
  { kind: "c", share: 1, least: 30 },
] as const;

describe("arrangeRounds", () => {
  it("fills every stretch without gaps, and no part reaches from one into another", () => {
    const stretches = fc.array(fc.tuple(fc.integer({ min: 20, max: 900 }), fc.nat(50)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 500 }), fc.nat(), (lengths, roundLength, seed) => {
        let position = 0;
        const spans = lengths.map(([length, gap]) => {
          const start = position + gap;
          position = start + length;
          return { start, end: position };
        });
        const { placed } = arrangeRounds(kinds, { spans, roundLength, random: createRandom(seed) });
        for (const { start, end } of spans) {
          let at = start;
          for (const part of placed.filter((one) => one.start >= start && one.start < end)) {
            expect(part.start).toBe(at);
            at = part.end;
          }
          expect(at).toBe(end);
        }
      }),
    );
  });

  it("gives every kind its turn in each round, near its share of the time", () => {
    const spans = [{ start: 0, end: 9000 }];
    const { placed, missing } = arrangeRounds(kinds, { spans, roundLength: 900, random: createRandom(1) });
    expect(missing).toEqual([]);
    for (let round = 0; round < 10; round++) {
      const names = placed.filter((part) => part.round === round).map(({ kind }) => kind);
      expect([...names].sort()).toEqual(["a", "b", "c"]);
    }
    for (const { kind, share } of kinds) {
      const time = placed.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.end - part.start, 0);
      expect(Math.abs(time / 9000 / (share / 9) - 1)).toBeLessThan(0.1);
    }
  });

  it("makes rounds longer for the least lengths, and leaves out the smallest share where there is no room", () => {
    const random = createRandom(1);
    const one = arrangeRounds(kinds, { spans: [{ start: 0, end: 60 }], roundLength: 5, random });
    expect(one.placed.length).toBe(3);
    expect(one.placed.find(({ kind }) => kind === "c")).toMatchObject({ round: 0 });
    const less = arrangeRounds(kinds, { spans: [{ start: 0, end: 40 }], roundLength: 5, random });
    expect(less.missing).toEqual(["c"]);
    expect(new Set(less.placed.map(({ kind }) => kind))).toEqual(new Set(["a", "b"]));
  });

  it("does not put a kind next to itself", () => {
    const { placed } = arrangeRounds(kinds, {
      spans: [{ start: 0, end: 90_000 }],
      roundLength: 900,
      random: createRandom(2),
    });
    for (let k = 1; k < placed.length; k++) expect(placed[k]!.kind).not.toBe(placed[k - 1]!.kind);
  });
});
