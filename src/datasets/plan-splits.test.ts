import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSplits, type SplitOptions, type SplitPlan } from "./plan-splits.ts";

const NAMES = ["train", "validation", "test"] as const;
const scored = (plan: SplitPlan, name: (typeof NAMES)[number]) =>
  plan[name].reduce((sum, { scoreFrom, end }) => sum + end - scoreFrom, 0);

/** Every promise of a plan but the shares. */
function expectSound(plan: SplitPlan, { samples }: { samples: number }): void {
  const all = NAMES.flatMap((name) => plan[name].map((example) => ({ name, ...example })));
  const inOrder = all.filter(({ start, scoreFrom, end }) => {
    const whole = [start, scoreFrom, end].every(Number.isInteger);
    return whole && 0 <= start && start <= scoreFrom && scoreFrom < end && end <= samples;
  });
  expect(inOrder).toHaveLength(all.length);
  // What one split hears, context included, no other split scores; within a split nothing is scored twice.
  const ordered = all.sort((a, b) => a.start - b.start);
  const leaks = ordered.filter((next, k) => {
    const previous = ordered[k - 1];
    if (previous === undefined) return false;
    return previous.end > (next.name === previous.name ? next.scoreFrom : next.start);
  });
  expect(leaks).toEqual([]);
}

describe("planSplits of one recording", () => {
  it("cuts a minute into two blocks of train, validation and test with gaps between", () => {
    const plan = planSplits({ samples: 60_500, sampleRate: 1000, contextSamples: 100 });
    // 5 gaps of 100 leave 60000: 24000, 3000 and 3000 twice.
    expect(plan).toEqual({
      train: [
        { start: 0, scoreFrom: 0, end: 24_000 },
        { start: 30_200, scoreFrom: 30_300, end: 54_300 },
      ],
      validation: [
        { start: 24_000, scoreFrom: 24_100, end: 27_100 },
        { start: 54_300, scoreFrom: 54_400, end: 57_400 },
      ],
      test: [
        { start: 27_100, scoreFrom: 27_200, end: 30_200 },
        { start: 57_400, scoreFrom: 57_500, end: 60_500 },
      ],
      warnings: [],
    });
  });

  it("keeps its promises for any length, context and shares", () => {
    const options = fc.record({
      samples: fc.integer({ min: 1, max: 20_000_000 }),
      sampleRate: fc.constantFrom(8000, 44100, 48000, 96000),
      contextSamples: fc.integer({ min: 0, max: 30_000 }),
      fractions: fc.record({
        validation: fc.double({ min: 0.02, max: 0.4, noNaN: true }),
        test: fc.double({ min: 0.02, max: 0.4, noNaN: true }),
      }),
    });
    let planned = 0;
    fc.assert(
      fc.property(options, (options) => {
        let plan: SplitPlan;
        try {
          plan = planSplits(options);
        } catch (error) {
          expect(error).toMatchObject({ code: "too-short" });
          return;
        }
        planned++;
        expectSound(plan, options);
        const blocks = plan.train.length;
        expect(blocks).toBeLessThanOrEqual(8);
        expect(plan.validation).toHaveLength(blocks);
        expect(plan.test).toHaveLength(blocks);
        const total = options.samples - (3 * blocks - 1) * options.contextSamples;
        // Rounding only: one sample each.
        expect(Math.abs(scored(plan, "validation") - options.fractions.validation * total)).toBeLessThanOrEqual(1);
        expect(Math.abs(scored(plan, "test") - options.fractions.test * total)).toBeLessThanOrEqual(1);
        expect(NAMES.reduce((sum, name) => sum + scored(plan, name), 0)).toBe(total);
        const heard = NAMES.flatMap((name) => plan[name]).filter(({ start }) => start > 0);
        expect(heard.every(({ start, scoreFrom }) => scoreFrom - start === options.contextSamples)).toBe(true);
      }),
      { seed: 5, numRuns: 1000 },
    );
    expect(planned).toBeGreaterThan(800);
  });

  it("uses fewer blocks where the context would eat the recording", () => {
    const plan = (contextSamples: number) => planSplits({ samples: 9_600_000, sampleRate: 48000, contextSamples });
    expect(plan(4092).train).toHaveLength(7); // 200 s, a block per 30 s
    expect(plan(200_000).train).toHaveLength(3); // 8 gaps of 200000 are just under a fifth
  });

  it("refuses a recording too short for the context, with the length that is needed", () => {
    const options = { sampleRate: 10_000, contextSamples: 5000 };
    // 2 gaps of 5000 and 2048 samples for a tenth.
    expect(() => planSplits({ ...options, samples: 30_479 })).toThrow(
      expect.objectContaining({ code: "too-short", message: expect.stringMatching(/30479 samples .*at least 30480/) }),
    );
    expectSound(planSplits({ ...options, samples: 30_480 }), { samples: 30_480 });
  });

  it("refuses shares that leave nothing for one of the three", () => {
    for (const fractions of [
      { validation: 0, test: 0.1 },
      { validation: 0.5, test: 0.5 },
      { validation: Number.NaN, test: 0.1 },
    ]) {
      expect(() => planSplits({ samples: 1e6, sampleRate: 48000, contextSamples: 0, fractions })).toThrow(
        expect.objectContaining({ code: "bad-fractions" }),
      );
    }
  });
});

describe("planSplits of segments", () => {
  const segment = { length: 10, skip: 4 };

  it("gives whole segments with a segment between splits, and warns about the rest", () => {
    const plan = planSplits({ samples: 127, sampleRate: 10, contextSamples: 4, segment });
    // 12 segments, 2 gaps: 8 train, 1 validation, 1 test.
    expect(plan.train.map(({ start }) => start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    expect(plan.validation).toEqual([{ start: 90, scoreFrom: 94, end: 100 }]);
    expect(plan.test).toEqual([{ start: 110, scoreFrom: 114, end: 120 }]);
    expect(plan.warnings).toEqual([expect.stringContaining("last 7 samples (0.70 s)")]);
  });

  it("keeps its promises for any number of segments", () => {
    const options = fc.record({
      samples: fc.integer({ min: 0, max: 4_000_000 }),
      sampleRate: fc.constantFrom(44100, 48000),
      contextSamples: fc.integer({ min: 0, max: 30_000 }),
      segment: fc
        .integer({ min: 1000, max: 100_000 })
        .chain((length) => fc.record({ length: fc.constant(length), skip: fc.nat(length - 1) })),
    });
    fc.assert(
      fc.property(options, (options: SplitOptions & { segment: { length: number; skip: number } }) => {
        const { length, skip } = options.segment;
        const count = Math.floor(options.samples / length);
        if (count < 5) {
          expect(() => planSplits(options)).toThrow(expect.objectContaining({ code: "too-short" }));
          return;
        }
        const plan = planSplits(options);
        expectSound(plan, options);
        const onGrid = NAMES.flatMap((name) => plan[name]).every(
          ({ start, scoreFrom, end }) => start % length === 0 && scoreFrom - start === skip && end - start === length,
        );
        expect(onGrid).toBe(true);
        const used = NAMES.reduce((sum, name) => sum + plan[name].length, 0);
        const tenth = used / 10;
        // A split has at least one segment in each block, and otherwise its share rounded.
        for (const name of ["validation", "test"] as const) {
          expect(plan[name].length).toBeGreaterThanOrEqual(1);
          expect(plan[name].length).toBeLessThanOrEqual(Math.max(1, tenth + 0.5));
          expect(plan[name].length).toBeGreaterThanOrEqual(tenth - 0.5);
        }
        expect(used).toBeGreaterThanOrEqual(count < 15 ? count - 2 : 0.8 * count);
        // Neighbours in different splits are a whole segment apart.
        const owner = new Map(NAMES.flatMap((name) => plan[name].map(({ start }) => [start / length, name] as const)));
        expect([...owner].filter(([index, name]) => (owner.get(index + 1) ?? name) !== name)).toEqual([]);
        expect(plan.warnings).toHaveLength(options.samples % length === 0 ? 0 : 1);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it("refuses too few segments, and segments without a scored part", () => {
    const options = { sampleRate: 10, contextSamples: 0 };
    expect(() => planSplits({ ...options, samples: 49, segment })).toThrow(/4 whole segments .* at least 5/);
    expect(() => planSplits({ ...options, samples: 90, segment: { length: 10, skip: 10 } })).toThrow(
      expect.objectContaining({ code: "bad-segment" }),
    );
  });
});
