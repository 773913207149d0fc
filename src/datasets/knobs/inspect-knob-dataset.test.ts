import { describe, expect, it } from "vitest";
import { createRandom } from "../../signal/index.ts";
import type { EffectKnob } from "./effect-knob.ts";
import { createKnobListener } from "./hear-knob-file.ts";
import { type KnobDatasetReport, inspectKnobDataset } from "./inspect-knob-dataset.ts";
import { knobCoverage } from "./knob-coverage.ts";
import type { KnobSplit } from "./knob-dataset.ts";
import { measureKnobPair } from "./measure-knob-pair.ts";
import { planSettings } from "./plan-settings.ts";
import type { KnobSplitMode } from "./split-knob-data.ts";

const sampleRate = 8000;
const knobs = ["drive", "tone"].map(
  (name): EffectKnob => ({ name, label: name, unit: "", min: 0, max: 1, default: 0.5, spacing: "linear" }),
);

const noise = (seed: number, samples = 2 * sampleRate) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: samples }, () => 0.2 * random.normal());
};

interface Made {
  readonly knobs: readonly [number, number];
  readonly split: KnobSplit;
  readonly input?: Float32Array;
  readonly target?: Float32Array;
}

/** A dataset of pairs that are in order but for what is said. */
function inspect(pairs: readonly Made[], splitBy?: KnobSplitMode): KnobDatasetReport {
  return inspectKnobDataset({
    splitBy,
    dataset: {
      name: "x",
      knobs,
      knobsFrom: "card",
      inverse: false,
      pairs: pairs.map(({ knobs: values, split }, k) => ({
        input: `${split}/input_${k}_.wav`,
        target: `${split}/target_${k}_x__${values.join("__")}.wav`,
        knobs: values,
        split,
      })),
    },
    facts: pairs.map(({ knobs: [drive, tone], input = noise(1), target }) =>
      measureKnobPair(input, target ?? input.map((v) => (0.5 + 0.1 * tone) * Math.tanh((3 + drive) * v)), {
        sampleRate,
      }),
    ),
  });
}

const ids = ({ findings }: KnobDatasetReport) =>
  findings.filter(({ verdict }) => verdict !== "pass").map(({ id, verdict }) => `${verdict} ${id}`);
const byId = ({ findings }: KnobDatasetReport, id: string) => findings.find((one) => one.id === id);
const grid = [0, 0.5, 1].flatMap((drive) => [0, 0.5, 1].map((tone) => [drive, tone] as const));
const good: Made[] = [
  ...grid.map((values): Made => ({ knobs: values, split: "train" })),
  ...grid.map((values): Made => ({ knobs: values, split: "test", input: noise(2) })),
];

describe("inspectKnobDataset", () => {
  it("passes a grid with audio of its own for the test, and names the cell", () => {
    const report = inspect(good);
    expect(ids(report)).toEqual([]);
    expect(report.verdict).toBe("pass");
    expect(report.cells.filter(({ pairs }) => pairs > 0)).toEqual([
      { knobs: "seen", audio: "unseen", pairs: 9, seconds: 18 },
    ]);
    expect(report.splits.train).toEqual({ pairs: 9, seconds: 18 });
    expect(byId(report, "missing-settings")?.message).toContain("grid of 9");
    expect(byId(report, "lag")?.message).toBe("every target is in time");
  });

  it("finds knobs that move nothing, silence and DC", () => {
    const wet = (input: Float32Array) => input.map((v) => Math.tanh(v));
    const idle = good.map((pair): Made => ({ ...pair, target: wet(pair.input ?? noise(1)) }));
    const same = byId(inspect(idle), "same-targets");
    // One group of nine settings for each of two inputs.
    expect(same).toMatchObject({
      verdict: "warn",
      count: 2,
      message: expect.stringMatching(/^2 targets are the same/),
    });
    expect(same?.items[0]?.files).toHaveLength(9);
    expect(same?.items[0]?.note).toMatch(/^drive=0 tone=0 and drive=0 tone=0.5 and .* and 5 more$/);

    // -91 dBFS is silence; 1.2 % of the peak is DC, 0.8 % is not, and what the input has is its own.
    const whisper = noise(1).map((v) => (v === 0 ? 0 : 2.8e-5 * Math.sign(v)));
    expect(ids(inspect(good.with(0, { ...good[0]!, target: whisper })))).toContain("warn silence");
    const tone = Float32Array.from({ length: 2 * sampleRate }, (_, n) => 0.5 * Math.sin(n / 3));
    const dc = (target: number, input = 0) =>
      ids(
        inspect(
          good.with(0, {
            ...good[0]!,
            input: tone.map((v) => v + 0.5 * input),
            target: tone.map((v) => 0.5 * v + 0.25 * target),
          }),
        ),
      ).includes("warn dc");
    expect([dc(0.013), dc(0.008), dc(0.013, 0.013)]).toEqual([true, false, false]);
  });

  it("finds what a grid lacks, and what is there twice", () => {
    const report = inspect([...good.filter(({ knobs: [d, t] }) => d !== 0.5 || t !== 1), good[0]!]);
    expect(ids(report)).toEqual(["warn missing-settings", "warn doubled-settings"]);
    expect(byId(report, "missing-settings")?.items[0]?.note).toBe("drive=0.5 tone=1");
    expect(byId(report, "doubled-settings")?.items[0]).toEqual({
      files: ["train/target_0_x__0__0.wav", "train/target_16_x__0__0.wav"],
      note: "drive=0 tone=0",
    });
  });

  it("finds a late target, an inverted one, and one of another input", () => {
    const input = noise(1);
    const late = Float32Array.from(input, (_, n) => 0.5 * (input[n - 37] ?? 0));
    const report = inspect([
      ...good,
      { knobs: [0.1, 0.1], split: "train", input, target: late },
      { knobs: [0.2, 0.1], split: "train", input, target: input.map((v) => -v) },
      { knobs: [0.3, 0.1], split: "train", input, target: noise(5) },
    ]);
    expect(byId(report, "lag")).toMatchObject({
      verdict: "warn",
      items: [{ note: "37 samples, others 0", value: 37 }],
    });
    expect(byId(report, "polarity")?.items.map(({ value }) => value)).toEqual([-1]);
    expect(byId(report, "unrelated-pairs")?.items).toHaveLength(1);
  });

  it("refuses a recording that is in two splits", () => {
    const report = inspect([...good, { knobs: [0, 1], split: "test" }]);
    expect(report.verdict).toBe("refuse");
    expect(report.findings[0]).toMatchObject({ id: "split-leaks", items: [{ note: "drive=0 tone=1" }] });
  });

  it("refuses other rates and values beyond the range; warns of silence, clipping, lengths and a test that is not new", () => {
    const input = noise(1);
    const report = inspect([
      ...grid.map((values): Made => ({ knobs: values, split: "train" })),
      { knobs: [0.5, 1.2], split: "train" },
      { knobs: [0.1, 0.1], split: "train", target: new Float32Array(input.length) },
      { knobs: [0.2, 0.1], split: "train", target: input.map((v) => Math.max(-1, Math.min(1, 20 * v))) },
      { knobs: [0.3, 0.1], split: "train", target: input.slice(0, -10) },
      { knobs: [0.5, 0.5], split: "test" },
    ]);
    expect(ids(report)).toEqual([
      "refuse knob-ranges",
      "refuse split-leaks",
      "warn lengths",
      "warn silence",
      "warn clipping",
      "warn split-cells",
    ]);
    const facts = measureKnobPair(input, input, { sampleRate, targetRate: 44_100 });
    const pair = { input: "a", target: "b", knobs: [0, 0], split: null };
    const mixed = inspectKnobDataset({
      dataset: { name: "x", knobs, knobsFrom: "card", inverse: false, pairs: [pair] },
      facts: [facts],
    });
    expect(byId(mixed, "rates")?.verdict).toBe("refuse");
  });

  it("says where nothing is, and that the test goes beyond the training", () => {
    const random = createRandom(3);
    const few = Array.from({ length: 12 }, () => [0.4 * random.uniform(), 0.4 * random.uniform()] as const);
    const report = inspect([
      ...few.map((values): Made => ({ knobs: values, split: "train" })),
      { knobs: [0.9, 0.1], split: "test", input: noise(4) },
    ]);
    expect(ids(report)).toEqual(["warn knob-coverage", "warn knob-gaps", "warn test-range"]);
    expect(byId(report, "test-range")?.items[0]?.note).toMatch(/^drive is trained from 0\.\d+ to 0\.\d+$/);
  });

  it("warns of one test input that is trained on, unless only the knobs are meant to be new", () => {
    const pairs: Made[] = [...good, { knobs: [0.25, 0.5], split: "test" }];
    expect(ids(inspect(pairs))).toEqual(["warn audio-leaks"]);
    expect(byId(inspect(pairs), "audio-leaks")?.items).toEqual([
      {
        files: ["test/input_18_.wav", "test/target_18_x__0.25__0.5.wav"],
        note: "the same sound is trained on: train/input_0_.wav",
      },
    ]);
    expect(ids(inspect(pairs, "time"))).toEqual(["warn audio-leaks"]);
    expect(ids(inspect(pairs, "both"))).toEqual([]);
    // All of the test is so: the knobs are what is new there.
    const byKnobs: Made[] = [...good.slice(0, 9), { knobs: [0.25, 0.5], split: "test" }];
    expect(ids(inspect(byKnobs))).toEqual([]);
  });

  it("does not ask for values between the positions of a switch", () => {
    const settings = [0, 1].map((value) => ({ input: `i${value}`, target: `t${value}`, knobs: [value], split: null }));
    const gaps = (spacing: EffectKnob["spacing"]) => {
      const dataset = {
        name: "x",
        knobs: [{ ...knobs[0]!, spacing }],
        knobsFrom: "file-names",
        inverse: false,
      } as const;
      const report = inspectKnobDataset({ dataset: { ...dataset, pairs: settings }, facts: [null, null] });
      return byId(report, "knob-gaps")?.verdict;
    };
    expect([gaps("whole"), gaps("linear")]).toEqual(["pass", "warn"]);
  });

  it("counts files that cannot be read", () => {
    const pair = { input: "a", target: "b", knobs: [0, 0], split: null };
    const report = inspectKnobDataset({
      dataset: { name: "x", knobs, knobsFrom: "card", inverse: false, pairs: [pair] },
      facts: [null],
    });
    expect(report.findings[0]).toMatchObject({ id: "unusable-files", verdict: "refuse", count: 1 });
  });
});

describe("knobCoverage", () => {
  it("measures by hand what can be seen by hand", () => {
    const coverage = knobCoverage(
      [
        [0, 0.25],
        [1, 0.25],
        [0, 0.25],
      ],
      knobs,
    );
    expect(coverage.settings).toBe(2);
    expect(coverage.knobs[0]).toMatchObject({ values: [0, 1], covered: 1, widestGap: { from: 0, to: 1, share: 1 } });
    expect(coverage.knobs[1]).toMatchObject({ covered: 0, widestGap: { from: 0.25, to: 1, share: 0.75 } });
    expect(coverage.grid).toEqual({ size: 2, missing: [] });
    // On a line with two points at its ends the middle is furthest; Halton's first point is the middle.
    expect(coverage.hole).toEqual({ values: [0.5, 0.25], distance: 0.5, evenDistance: 0.5 });
  });

  it("finds no remarkable hole in a Latin hypercube of usual size", () => {
    const axes = knobs.map((knob) => ({ knob, choice: { kind: "range" as const, min: 0, max: 1 } }));
    for (const count of [10, 30, 100]) {
      const { hole } = knobCoverage(planSettings(axes, { plan: "latin", count, seed: 1 }), knobs);
      expect(hole!.distance).toBeLessThan(2 * hole!.evenDistance);
    }
  });
});

describe("createKnobListener", () => {
  it("hears the same in pieces as at once", () => {
    const sound = noise(9, 23 * sampleRate + 11).map((value, n) => (n % 50_000 < 4 ? 1 : value));
    const whole = createKnobListener({ sampleRate });
    whole.push(sound);
    const pieces = createKnobListener({ sampleRate });
    for (let at = 0; at < sound.length; at += 777) pieces.push(sound.subarray(at, at + 777));
    const heard = whole.end();
    expect(pieces.end()).toEqual(heard);
    expect(heard).toMatchObject({ samples: sound.length, peak: 1, clippedShare: (4 * 4) / sound.length });
    expect(heard.loudest.end - heard.loudest.start).toBe(20 * sampleRate);
  });

  it("finds the loudest 20 s", () => {
    const sound = noise(9, 40 * sampleRate).map((value, n) =>
      n >= 12 * sampleRate && n < 33 * sampleRate ? value : 0,
    );
    sound[33 * sampleRate - 1] = 1;
    const listener = createKnobListener({ sampleRate });
    listener.push(sound);
    expect([12, 13]).toContain(listener.end().loudest.start / sampleRate);
  });
});
