import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KnobSplitItem, type KnobSplitPiece, splitKnobData } from "./split-knob-data.ts";

/** Every setting with every sound. */
const crossed = (settings: number, sounds: number, samples = 1000): KnobSplitItem[] =>
  Array.from({ length: settings * sounds }, (_, k) => ({
    setting: `s${Math.floor(k / sounds)}`,
    audio: `a${k % sounds}`,
    samples,
  }));

const trained = (pieces: readonly KnobSplitPiece[]) => pieces.filter(({ split }) => split === "train");
const others = (pieces: readonly KnobSplitPiece[]) => pieces.filter(({ split }) => split !== "train");
const overlap = (a: KnobSplitPiece, b: KnobSplitPiece) => a.start < b.end && b.start < a.end;

describe("splitKnobData", () => {
  it("by time cuts every recording at the same places", () => {
    expect(splitKnobData(crossed(2, 1), { by: "time", seed: 1 })).toEqual(
      [0, 1].flatMap((item) => [
        { item, split: "train", cell: { knobs: "seen", audio: "seen" }, start: 0, end: 800 },
        { item, split: "validation", cell: { knobs: "seen", audio: "unseen" }, start: 800, end: 900 },
        { item, split: "test", cell: { knobs: "seen", audio: "unseen" }, start: 900, end: 1000 },
      ]),
    );
  });

  it("by knobs keeps settings apart, whose audio is seen", () => {
    const pieces = splitKnobData(crossed(10, 1), { by: "knobs", seed: 1 });
    expect(pieces.map(({ split }) => split).sort()).toEqual(["test", ...Array(8).fill("train"), "validation"]);
    for (const { cell } of others(pieces)) expect(cell).toEqual({ knobs: "unseen", audio: "seen" });
  });

  it("by knobs says that the audio is unseen where every recording has its own", () => {
    const own = crossed(10, 1).map((item, k) => ({ ...item, audio: `a${k}` }));
    for (const { cell } of others(splitKnobData(own, { by: "knobs", seed: 1 }))) {
      expect(cell).toEqual({ knobs: "unseen", audio: "unseen" });
    }
  });

  it("by both gives the three cells of a test, and leaves out what fits into none", () => {
    const pieces = splitKnobData(crossed(10, 1), { by: "both", seed: 1 });
    const cells = pieces.filter(({ split }) => split === "test").map(({ cell }) => `${cell.knobs} ${cell.audio}`);
    expect(cells.filter((cell) => cell === "seen unseen")).toHaveLength(9);
    expect(cells.filter((cell) => cell === "unseen seen")).toHaveLength(1);
    expect(cells.filter((cell) => cell === "unseen unseen")).toHaveLength(1);
    expect(pieces).toHaveLength(9 * 3 + 2);
  });

  it("by group keeps a group together", () => {
    const items = crossed(3, 6).map((item) => ({ ...item, group: `g${Number(item.audio.slice(1)) % 3}` }));
    const pieces = splitKnobData(items, { by: "group", seed: 4 });
    for (const group of ["g0", "g1", "g2"]) {
      const splits = new Set(pieces.filter(({ item }) => items[item]!.group === group).map(({ split }) => split));
      expect(splits.size).toBe(1);
    }
  });

  it.each([
    ["file", crossed(5, 2)],
    ["group", crossed(5, 2)],
    ["knobs", crossed(2, 9)],
    ["both", crossed(1, 9)],
    ["time", crossed(1, 1, 3)],
  ] as const)("refuses %s where there is too little", (by, items) => {
    expect(() => splitKnobData(items, { by, seed: 1 })).toThrow(expect.objectContaining({ code: "cannot-split" }));
  });

  it("refuses shares that leave nothing for training", () => {
    expect(() =>
      splitKnobData(crossed(5, 5), { by: "file", fractions: { validation: 0.5, test: 0.5 }, seed: 1 }),
    ).toThrow(expect.objectContaining({ code: "bad-fractions" }));
  });

  it("law: no audio at one setting is in two splits, every mode keeps what it promises, cells are true", () => {
    fc.assert(
      fc.property(
        fc.record({
          items: fc.oneof(
            fc
              .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5 }))
              .map(([settings, sounds]) => crossed(settings, sounds)),
            fc.array(
              fc.record({
                setting: fc.constantFrom("s0", "s1", "s2", "s3", "s4"),
                audio: fc.constantFrom("a0", "a1", "a2", "a3", "a4", "a5"),
                group: fc.option(fc.constantFrom("g0", "g1", "g2"), { nil: undefined }),
                samples: fc.integer({ min: 40, max: 3000 }),
              }),
              { minLength: 1, maxLength: 25 },
            ),
          ),
          by: fc.constantFrom("none", "time", "file", "group", "knobs", "both"),
          audio: fc.constantFrom(undefined, "time", "group"),
          validation: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
          test: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
          seed: fc.integer({ min: 0, max: 1e6 }),
        }),
        ({ items: given, by, audio, validation, test, seed }) => {
          // One sound is in one group, and no recording comes twice.
          const groups = new Map<string, string | undefined>();
          const seen = new Set<string>();
          const all: readonly KnobSplitItem[] = given;
          const items = all.flatMap((item): KnobSplitItem[] => {
            if (!groups.has(item.audio)) groups.set(item.audio, item.group);
            const key = `${item.setting} ${item.audio}`;
            if (seen.has(key)) return [];
            seen.add(key);
            return [{ ...item, group: groups.get(item.audio) }];
          });
          const options = { by, audio, fractions: { validation, test }, seed };
          let pieces: KnobSplitPiece[];
          try {
            pieces = splitKnobData(items, options);
          } catch (error) {
            expect((error as { code: string }).code).toBe("cannot-split");
            return;
          }
          expect(splitKnobData(items, options)).toEqual(pieces);
          const train = trained(pieces);
          expect(train.length).toBeGreaterThan(0);
          for (const piece of pieces) {
            expect(piece.start >= 0 && piece.start < piece.end).toBe(true);
            expect(piece.end).toBeLessThanOrEqual(items[piece.item]!.samples);
          }
          for (const one of others(pieces)) {
            const { setting, audio: sound, group } = items[one.item]!;
            const sameAudio = train.some((t) => items[t.item]!.audio === sound && overlap(t, one));
            const sameKnobs = train.some((t) => items[t.item]!.setting === setting);
            expect(one.cell).toEqual({
              knobs: sameKnobs ? "seen" : "unseen",
              audio: sameAudio ? "seen" : "unseen",
            });
            // Nothing that is trained on is judged by.
            expect(sameAudio && train.some((t) => t.item === one.item && overlap(t, one))).toBe(false);
            if (by === "time" || by === "file" || by === "group") expect(one.cell.audio).toBe("unseen");
            if (by === "knobs") expect(one.cell.knobs).toBe("unseen");
            if (by === "group") {
              const key = group ?? sound;
              const inTrain = train.some((t) => (items[t.item]!.group ?? items[t.item]!.audio) === key);
              expect(inTrain).toBe(false);
            }
            if (by === "both") {
              const { knobs, audio: heard } = one.cell;
              expect(knobs === "seen" && heard === "seen").toBe(false);
              if (one.split === "validation") expect(one.cell).toEqual({ knobs: "seen", audio: "unseen" });
            }
          }
          // Validation and test have nothing in common either.
          const [validated, tested] = ["validation", "test"].map((split) => pieces.filter((p) => p.split === split));
          for (const v of validated!) {
            for (const t of tested!) {
              const same = items[v.item]!.audio === items[t.item]!.audio && overlap(v, t);
              if (by === "knobs") expect(items[v.item]!.setting === items[t.item]!.setting).toBe(false);
              else expect(same).toBe(false);
            }
          }
          if (by === "both") {
            const unseen = tested!.some(({ cell }) => cell.knobs === "unseen" && cell.audio === "unseen");
            expect(unseen).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
