import { describe, expect, it } from "vitest";
import { folderLabel, folderSplit, patternValue, readPaths, spellingVariants } from "./labels.ts";

describe("labels from folders", () => {
  it("are the first folder, and nothing for a file beside the folders", () => {
    const reading = readPaths(["dog/1.wav", "cat/old/2.wav", "3.wav"]);
    expect(["dog/1.wav", "cat/old/2.wav", "3.wav"].map((path) => folderLabel(path, reading))).toEqual([
      "dog",
      "cat",
      undefined,
    ]);
    expect(folderSplit("dog/1.wav", reading)).toBeUndefined();
  });

  it("are the second folder below folders that are named after splits", () => {
    const reading = readPaths(["train/dog/1.wav", "Test/cat/2.wav"]);
    expect(folderLabel("train/dog/1.wav", reading)).toBe("dog");
    expect(folderSplit("Test/cat/2.wav", reading)).toBe("Test");
    expect(readPaths(["train/1.wav", "plane/2.wav"]).splitFolders).toBe(false);
    expect(readPaths(["train/1.wav", "train/2.wav"]).splitFolders).toBe(false);
  });
});

describe("patternValue", () => {
  it("is the first group, or the whole match", () => {
    expect(patternValue("recordings/7_theo_3.wav", /(\d)_/)).toBe("7");
    expect(patternValue("recordings/7_theo_3.wav", /theo/)).toBe("theo");
    expect(patternValue("recordings/x.wav", /(\d)_/)).toBeUndefined();
  });
});

describe("spellingVariants", () => {
  const variants = (...counts: [string, number][]) => spellingVariants(new Map(counts)).map(({ names }) => names);

  it("are names that differ in case, spaces and signs", () => {
    expect(variants(["Dog bark", 9], ["dog_bark", 2], ["dog bark ", 1], ["cat", 5])).toEqual([
      ["Dog bark", "dog_bark", "dog bark "],
    ]);
  });

  it("are rare names one letter off a frequent one", () => {
    expect(variants(["helicopter", 40], ["hellicopter", 1], ["helicoptar", 2])).toEqual([
      ["helicopter", "helicoptar"],
      ["helicopter", "hellicopter"],
    ]);
  });

  it("are not numbers, short names, or two frequent names", () => {
    expect(variants(["class1", 40], ["class2", 1])).toEqual([]);
    expect(variants(["cat", 40], ["bat", 1])).toEqual([]);
    expect(variants(["house", 40], ["mouse", 30])).toEqual([]);
    expect(variants(["0", 300], ["1", 300])).toEqual([]);
  });
});
