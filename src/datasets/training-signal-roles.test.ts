import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSplits } from "./plan-splits.ts";
import { planRoles } from "./training-signal-roles.ts";

describe("planRoles", () => {
  it("covers the signal with eight, one and one tenths of each block of about 30 s", () => {
    expect(planRoles({ length: 600, sampleRate: 10 })).toEqual([
      { role: "train", start: 0, end: 240 },
      { role: "validation", start: 240, end: 270 },
      { role: "test", start: 270, end: 300 },
      { role: "train", start: 300, end: 540 },
      { role: "validation", start: 540, end: 570 },
      { role: "test", start: 570, end: 600 },
    ]);
  });

  it("lies where planSplits cuts: what is scored for one role reaches into another by a few contexts at most", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 700 }), fc.constantFrom(200, 1000, 4096), (seconds, contextSamples) => {
        const sampleRate = 44_100;
        const length = seconds * sampleRate;
        const spans = planRoles({ length, sampleRate });
        const splits = planSplits({ samples: length, sampleRate, contextSamples });
        for (const role of ["train", "validation", "test"] as const) {
          const own = spans.filter((span) => span.role === role);
          expect(splits[role].length).toBe(own.length);
          for (const [k, { scoreFrom, end }] of splits[role].entries()) {
            // Before its own stretch lies the rest of another: 0.25 s of silence, or less in a short signal.
            expect(own[k]!.start - scoreFrom).toBeLessThan(2.5 * contextSamples);
            expect(end).toBeLessThanOrEqual(own[k]!.end + 1);
          }
        }
      }),
    );
  });
});
