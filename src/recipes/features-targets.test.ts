import { describe, expect, it } from "vitest";
import { featureTargets } from "./features-targets.ts";

describe("featureTargets", () => {
  it("mirrors paths with another ending", () => {
    const targets = featureTargets(["dogs.v2/bark.wav", "dogs.v2/noname", "cat.one.ogg"], { format: "npy" });
    expect(["dogs.v2/bark.wav", "dogs.v2/noname", "cat.one.ogg"].map(targets.of)).toEqual([
      "dogs.v2/bark.npy",
      "dogs.v2/noname.npy",
      "cat.one.npy",
    ]);
  });

  it("keeps endings where paths would meet, also on disks that do not know capitals", () => {
    const paths = ["a.wav", "A.ogg", "b.wav", "b.wav.ogg", "c/a.wav"];
    const found = paths.map(featureTargets(paths, { format: "csv" }).of);
    expect(found).toEqual(["a.wav.csv", "A.ogg.csv", "b.csv", "b.wav.ogg.csv", "c/a.csv"]);
  });
});
