import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planTrainingSignal, type SignalPart, type TrainingSignalOptions } from "./training-signal-plan.ts";
import { signalPresets, signalPresetNames } from "./signals/presets.ts";

const sampleRate = 44_100;

function plan(seconds: number, changes: Partial<TrainingSignalOptions> = {}) {
  return planTrainingSignal({ seconds, sampleRate, seed: 1, ...changes });
}

const seconds = (parts: readonly SignalPart[]) =>
  parts.reduce((sum, { start, end }) => sum + end - start, 0) / sampleRate;

describe("planTrainingSignal", () => {
  it("fills any length with parts that meet and never overlap", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 400, noNaN: true }),
        fc.nat(),
        fc.constantFrom(...signalPresetNames),
        (length, seed, preset) => {
          let position = 0;
          for (const part of plan(length, { seed, preset }).parts) {
            expect(part.start).toBe(position);
            expect(part.end).toBeGreaterThan(part.start);
            position = part.end;
          }
          expect(position).toBe(Math.round(length * sampleRate));
        },
      ),
    );
  });

  it("has every kind of the preset in training, in validation and in test, from 60 s on (everything: 90 s)", () => {
    for (const preset of signalPresetNames) {
      for (const length of [preset === "everything" ? 90 : 60, 90, 180, 600]) {
        const { parts, warnings } = plan(length, { preset });
        expect(warnings).toEqual([]);
        for (const role of ["train", "validation", "test"]) {
          const names = new Set<string>(parts.filter((part) => part.role === role).map(({ generator }) => generator));
          expect(names, `${preset}, ${length} s, ${role}`).toEqual(new Set(Object.keys(signalPresets[preset])));
        }
      }
    }
  });

  it("gives each role its tenths, and no two parts the same material", () => {
    const { parts } = plan(180);
    const of = (role: string) => seconds(parts.filter((part) => part.role === role));
    expect([of("train"), of("validation"), of("test")].map((s) => Math.round(s))).toEqual([144, 18, 18]);
    expect(new Set(parts.map(({ seed }) => seed)).size).toBe(parts.length);
  });

  it("ends every stretch of one role with silence, so that a short memory cannot hear across", () => {
    const { parts } = plan(90);
    for (let k = 1; k < parts.length; k++) {
      if (parts[k]!.role === parts[k - 1]!.role) continue;
      expect(parts[k - 1]!.generator).toBe("silence");
      expect(seconds([parts[k - 1]!])).toBeGreaterThanOrEqual(0.21);
    }
  });

  it("keeps to the shares of time", () => {
    const { parts } = plan(600);
    const total = Object.values(signalPresets.guitar).reduce((sum, share) => sum + share, 0);
    for (const [name, share] of Object.entries(signalPresets.guitar)) {
      const found = seconds(parts.filter(({ generator }) => generator === name)) / 600;
      expect(Math.abs(found - share / total), name).toBeLessThan(0.015);
    }
  });

  it("has loud and quiet parts in every role", () => {
    for (const role of ["train", "validation", "test"]) {
      const levels = plan(90)
        .parts.filter((part) => part.role === role)
        .flatMap(({ level }) => (level === null ? [] : [Math.max(level.startDb, level.endDb)]));
      expect(Math.max(...levels)).toBeGreaterThan(-2);
      expect(Math.min(...levels)).toBeLessThan(-20);
    }
  });

  it("takes parts of one's own choice", () => {
    const { parts } = plan(30, { parts: { vowels: 3, kick: 1 } });
    expect(new Set(parts.map(({ generator }) => generator))).toEqual(new Set(["vowels", "kick"]));
    const vowels = seconds(parts.filter(({ generator }) => generator === "vowels"));
    expect(vowels / 30).toBeCloseTo(0.75, 1);
  });

  it("is all for one role if asked", () => {
    const { parts, warnings } = plan(5, { role: "test" });
    expect(new Set(parts.map(({ role }) => role))).toEqual(new Set(["test"]));
    expect(new Set(parts.map(({ generator }) => generator))).toEqual(new Set(Object.keys(signalPresets.guitar)));
    expect(warnings).toEqual([]);
  });

  it("says what has no room", () => {
    expect(plan(2).warnings[0]).toMatch(/^2 s have no room for parts of their own .* that takes 2 s$|^train: no room/);
    expect(plan(1).warnings[0]).toMatch(
      /^1 s have no room for parts of their own for validation and test; that takes 2 s/,
    );
    expect(plan(6).warnings.join()).toMatch(/validation: no room for .*clicks/);
    expect(plan(6).parts.some(({ role }) => role === "test")).toBe(true);
  });

  it("refuses what cannot be, with what can", () => {
    const refused = (changes: Partial<TrainingSignalOptions>) => {
      try {
        plan(changes.seconds ?? 10, changes);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(refused({ seconds: 0.1 })).toMatchObject({ code: "signal-length", hint: "give 0.2 s or more" });
    expect(refused({ seconds: 0 })).toMatchObject({ code: "signal-length" });
    expect(refused({ seconds: -3 })).toMatchObject({ message: "a signal of -3 s was asked for" });
    expect(refused({ sampleRate: 1 })).toMatchObject({ code: "signal-rate", hint: expect.stringContaining("8000") });
    expect(refused({ preset: "piano" as "guitar" })).toMatchObject({
      code: "unknown-preset",
      hint: "choose one of guitar, bass, drums, voice, measurement, everything",
    });
    expect(refused({ preset: "toString" as "guitar" })).toMatchObject({ code: "unknown-preset" });
    const part = refused({ parts: { "guitar-lines": 1 } as unknown as { kick: number } });
    expect(part).toMatchObject({ code: "unknown-part", hint: expect.stringMatching(/guitar-line, .*, silence/) });
    expect(refused({ parts: { kick: -1 } })).toMatchObject({ message: 'a share of -1 for "kick"' });
    expect(refused({ parts: {} })).toMatchObject({ message: "a signal without a part that sounds" });
    expect(refused({ parts: { silence: 1 } })).toMatchObject({ message: "a signal without a part that sounds" });
  });
});
