import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Example } from "../datasets/index.ts";
import { epochBatches, evaluationPieces, planSequences, type SequencePlan, shardWork } from "./sequences.ts";

/** Examples one after the other with gaps, each with the same context; short ones among them. */
const examplesOf = fc
  .record({
    context: fc.integer({ min: 0, max: 3000 }),
    spans: fc.array(fc.record({ gap: fc.integer({ min: 0, max: 500 }), length: fc.integer({ min: 1, max: 30_000 }) }), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ context, spans }) => {
    let at = 0;
    return spans.map(({ gap, length }): Example => {
      const start = at + gap;
      at = start + context + length;
      return { start, scoreFrom: start + context, end: at };
    });
  });

const optionsOf = fc.oneof(
  fc.record({
    family: fc.constant("recurrent" as const),
    receptiveField: fc.constant(1),
    batch: fc.integer({ min: 1, max: 40 }),
    shards: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  }),
  fc.record({
    family: fc.constant("convolutional" as const),
    receptiveField: fc.integer({ min: 1, max: 5000 }),
    batch: fc.integer({ min: 1, max: 20 }),
  }),
);

/** A plan for the draw, or nothing where the material is refused as too short. */
function planFor(examples: Example[], options: Parameters<typeof planSequences>[1]): SequencePlan | undefined {
  try {
    return planSequences(examples, options);
  } catch (error) {
    expect(error).toMatchObject({ code: "too-short" });
    return undefined;
  }
}

/** Runs a law over many materials, plans and epochs. */
function law(check: (examples: Example[], plan: SequencePlan, draw: { seed: number; epoch: number }) => void): void {
  let planned = 0;
  fc.assert(
    fc.property(
      examplesOf,
      optionsOf,
      fc.integer(),
      fc.integer({ min: 0, max: 500 }),
      (examples, options, seed, epoch) => {
        const plan = planFor(examples, options);
        if (plan === undefined) return;
        planned++;
        check(examples, plan, { seed, epoch });
      },
    ),
    { seed: 5, numRuns: 300 },
  );
  // Most draws must really have been checked.
  expect(planned).toBeGreaterThan(150);
}

describe("the sequences of an epoch", () => {
  it("lie with their warm-up inside one training example, and their targets outside its context", () => {
    law((examples, plan, draw) => {
      for (const start of epochBatches(examples, plan, draw).flat()) {
        const end = start + plan.chunks * plan.chunkLength;
        const inside = examples.some((e) => e.start <= start - plan.warmUp && e.scoreFrom <= start && end <= e.end);
        expect([start, inside]).toEqual([start, true]);
      }
    });
  });

  it("have no target sample in common", () => {
    law((examples, plan, draw) => {
      const starts = epochBatches(examples, plan, draw)
        .flat()
        .sort((a, b) => a - b);
      const length = plan.chunks * plan.chunkLength;
      for (let i = 1; i < starts.length; i++) {
        expect((starts[i] ?? 0) - (starts[i - 1] ?? 0)).toBeGreaterThanOrEqual(length);
      }
    });
  });

  it("fill every batch, unless there are too few for one", () => {
    law((examples, plan, draw) => {
      const batches = epochBatches(examples, plan, draw);
      expect(batches.length).toBeGreaterThan(0);
      expect(batches[0]?.length).toBeGreaterThan(0);
      if (batches.length > 1) for (const batch of batches) expect(batch.length).toBe(plan.batch);
    });
  });

  it("depend on seed and epoch alone, and their number on neither", () => {
    law((examples, plan, { seed, epoch }) => {
      const batches = epochBatches(examples, plan, { seed, epoch });
      expect(epochBatches(examples, plan, { seed, epoch })).toEqual(batches);
      const sizes = (all: number[][]) => all.map((batch) => batch.length);
      expect(sizes(epochBatches(examples, plan, { seed, epoch: epoch + 1 }))).toEqual(sizes(batches));
      expect(sizes(epochBatches(examples, plan, { seed: seed + 1, epoch }))).toEqual(sizes(batches));
    });
  });

  it("come in another order and with other cuts from one epoch to the next", () => {
    const examples = Array.from({ length: 20 }, (_, i) => ({
      start: i * 20_000,
      scoreFrom: i * 20_000 + 1000,
      end: (i + 1) * 20_000,
    }));
    const plan = planSequences(examples, { family: "recurrent", receptiveField: 1, batch: 4 });
    const epochs = [0, 1, 2].map((epoch) => epochBatches(examples, plan, { seed: 1, epoch }).flat());
    expect(new Set(epochs.map((starts) => starts.join())).size).toBe(3);
    expect(new Set(epochs.map((starts) => [...starts].sort((a, b) => a - b).join())).size).toBe(3);
  });
});

describe("the shards of a step", () => {
  it("hold every sequence of the batch once, in order, and never more than their lanes", () => {
    law((examples, plan, draw) => {
      const [batch = []] = epochBatches(examples, plan, draw);
      for (let chunk = 0; chunk < plan.chunks; chunk++) {
        const work = shardWork(batch, plan, chunk);
        expect(work.flatMap(({ starts }) => starts)).toEqual(batch);
        expect(work.map(({ shard }) => shard)).toEqual(work.map((_, i) => i));
        expect(work.length).toBeLessThanOrEqual(plan.shards);
        for (const one of work) {
          expect(one.starts.length).toBeGreaterThan(0);
          expect(one.starts.length).toBeLessThanOrEqual(Math.ceil(plan.batch / plan.shards));
          expect([one.warmUp, one.offset, one.length]).toEqual([
            plan.warmUp,
            chunk * plan.chunkLength,
            plan.chunkLength,
          ]);
        }
      }
    });
  });

  it("are one sequence each for a convolutional model", () => {
    const examples = [{ start: 0, scoreFrom: 100, end: 200_000 }];
    const plan = planSequences(examples, { family: "convolutional", receptiveField: 4093, batch: 16 });
    expect(plan).toEqual({ warmUp: 4092, chunks: 1, chunkLength: 8192, batch: 16, shards: 16 });
    const [batch = []] = epochBatches(examples, plan, { seed: 1, epoch: 0 });
    expect(shardWork(batch, plan, 0).map(({ starts }) => starts.length)).toEqual(Array(16).fill(1));
  });
});

describe("material that is too short", () => {
  it("is refused with its length and the length that is needed", () => {
    const short = [{ start: 0, scoreFrom: 0, end: 4000 }];
    expect(() => planSequences(short, { family: "convolutional", receptiveField: 4093 })).toThrow(
      "the longest training span has 4000 samples, this model needs at least 4348",
    );
    expect(() => planSequences([], { family: "recurrent", receptiveField: 1 })).toThrow("0 samples");
    expect(() =>
      planSequences([{ start: 0, scoreFrom: 40, end: 80 }], { family: "recurrent", receptiveField: 1 }),
    ).toThrow("the longest training span has 80 samples");
  });
});

describe("the pieces of a split", () => {
  it("hold every sample to be scored once, with context from inside the example", () => {
    fc.assert(
      fc.property(examplesOf, fc.integer({ min: 0, max: 5000 }), (examples, warmUp) => {
        const pieces = evaluationPieces(examples, warmUp);
        for (const { start, scoreFrom, end } of examples) {
          const own = pieces.filter((piece) => piece.scoreFrom >= scoreFrom && piece.end <= end);
          let at = scoreFrom;
          for (const piece of own) {
            expect(piece.scoreFrom).toBe(at);
            expect(piece.end - piece.scoreFrom).toBeGreaterThan(0);
            expect(piece.start).toBeGreaterThanOrEqual(start);
            expect(piece.start).toBe(at === scoreFrom ? start : Math.max(start, at - warmUp));
            at = piece.end;
          }
          expect(at).toBe(end);
        }
        expect(pieces.length).toBeGreaterThanOrEqual(examples.length);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
