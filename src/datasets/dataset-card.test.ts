import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../errors/index.ts";
import { type DatasetCard, parseDatasetCard } from "./dataset-card.ts";

const file = { name: "dry.wav", sampleRate: 44100, samples: 9_371_250, channels: 1, encoding: "pcm16" };

/** A card of version 1 as it lies on users' disks: it has to stay readable for ever. */
const version1: DatasetCard = {
  format: "tonewright-dataset",
  version: 1,
  dry: file,
  wet: { ...file, name: "wet.wav" },
  channel: "auto",
  delaySamples: -3,
  polarity: -1,
  correlation: 0.79,
  segment: { length: 22050, skip: 11025 },
  contextSamples: 11025,
  splits: {
    train: [{ start: 0, scoreFrom: 11025, end: 22050 }],
    validation: [{ start: 44100, scoreFrom: 55125, end: 66150 }],
    test: [],
  },
};
const parse = (card: unknown) => parseDatasetCard(card, { name: "dataset.json" });

describe("parseDatasetCard", () => {
  it("reads what was written, through JSON", () => {
    expect(parse(JSON.parse(JSON.stringify(version1)))).toEqual(version1);
    const { segment, ...whole } = version1;
    expect(parse(whole)).toEqual(whole);
  });

  it("names the member that is wrong", () => {
    const wrong = { ...version1, splits: { ...version1.splits, train: [{ start: 5, scoreFrom: 4, end: 9 }] } };
    expect(() => parse(wrong)).toThrow(
      expect.objectContaining({ code: "bad-dataset-card", message: expect.stringContaining("splits.train[0]") }),
    );
    expect(() => parse({ ...version1, polarity: 0 })).toThrow(/polarity/);
    expect(() => parse({ ...version1, extra: 1 })).toThrow(/extra/);
  });

  it("refuses other documents and later versions by their own codes", () => {
    for (const other of [null, 3, "text", [], {}, { format: "tonewright-dataset" }]) {
      expect(() => parse(other)).toThrow(expect.objectContaining({ code: "not-a-dataset-card" }));
    }
    expect(() => parse({ ...version1, version: 2 })).toThrow(expect.objectContaining({ code: "newer-version" }));
  });

  it("gives a card or a TonewrightError, whatever the document", () => {
    const damaged = fc.record(
      Object.fromEntries(
        Object.entries(version1).map(([key, value]) => [key, fc.oneof(fc.constant(value), fc.anything())]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), damaged), (document) => {
        try {
          parse(document);
        } catch (error) {
          expect(isTonewrightError(error), String(error)).toBe(true);
        }
      }),
      { seed: 8, numRuns: 1000 },
    );
  });
});
