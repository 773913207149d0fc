import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../signal/index.ts";
import { type Piece, planTrainingSignal } from "./training-signal-plan.ts";

const sampleRate = 44_100;

function plan(seconds: number, seed: number): Piece[] {
  return planTrainingSignal({ length: Math.round(seconds * sampleRate), sampleRate, random: createRandom(seed) });
}

describe("planTrainingSignal", () => {
  it("fills the length with pieces that meet and never overlap", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 400, noNaN: true }), fc.nat(), (seconds, seed) => {
        let position = 0;
        for (const piece of plan(seconds, seed)) {
          expect(piece.start).toBe(position);
          expect(piece.end).toBeGreaterThanOrEqual(piece.start);
          position = piece.end;
        }
        expect(position).toBe(Math.round(seconds * sampleRate));
      }),
    );
  });

  it("has every kind, loud and quiet, in every tenth of the signal", () => {
    for (const seconds of [30, 60, 180, 600]) {
      for (let seed = 0; seed < 5; seed++) {
        const pieces = plan(seconds, seed);
        const length = seconds * sampleRate;
        for (let from = 0; from <= 0.9 * length; from += 0.02 * length) {
          const inside = pieces.filter((piece) => piece.start >= from && piece.end <= from + 0.1 * length);
          expect(new Set(inside.map((piece) => piece.kind)).size).toBe(6);
          const levels = inside.flatMap((p) => (p.kind === "silence" ? [] : [p.startDb, p.endDb]));
          expect(Math.max(...levels)).toBeGreaterThan(-6);
          expect(Math.min(...levels)).toBeLessThan(-15);
        }
      }
    }
  });

  it("keeps levels between -60 and -1 dB and has level ramps of both directions", () => {
    const pieces = plan(180, 1).filter((piece) => piece.kind !== "silence");
    for (const { startDb, endDb } of pieces) {
      expect(Math.min(startDb, endDb)).toBeGreaterThanOrEqual(-60);
      expect(Math.max(startDb, endDb)).toBeLessThanOrEqual(-1);
    }
    expect(pieces.some((piece) => piece.endDb > piece.startDb + 20)).toBe(true);
    expect(pieces.some((piece) => piece.endDb < piece.startDb - 20)).toBe(true);
  });
});
