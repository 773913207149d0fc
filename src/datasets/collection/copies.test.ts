import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bytesSource, openRecording } from "../../signal/index.ts";
import { FingerprintStore } from "./fingerprint-store.ts";
import { createListener } from "./listen.ts";
import { matchFingerprints } from "./match-fingerprints.ts";

// Made by lame, oggenc, sox and flac: fixtures/datasets/make.py.
const fixtures = new URL("../../../fixtures/datasets/", import.meta.url);

async function hear(name: string) {
  const stream = await openRecording(bytesSource(readFileSync(new URL(name, fixtures))), { name });
  const listener = createListener({ ...stream, channels: stream.channelCount }, { fingerprintWords: 24_000 });
  for await (const block of stream.blocks()) listener.push(block);
  return listener.end();
}

describe("copies of a recording", () => {
  it.each([
    ["lossy.mp3", 0, 2.4],
    ["lossy.ogg", 0, 2.8],
    // Begins 0.4173 s later, at 22.05 instead of 16 kHz, a fifth of the level, turned over.
    ["cut.flac", 0.4173, 2.4],
  ])("are found again in %s", async (name, laterSeconds, fewestSeconds) => {
    const store = new FingerprintStore();
    for (const file of ["original.flac", "other.flac", name]) store.add((await hear(file)).fingerprint);
    const matching = matchFingerprints(store.all());
    let step = matching.next();
    while (step.done !== true) step = matching.next();
    expect(step.value).toHaveLength(1);
    const [pair] = step.value;
    expect(pair).toMatchObject({ a: 0, b: 2 });
    expect(pair?.seconds).toBeGreaterThan(fewestSeconds);
    // MP3 encoders add 0.03 s or so that not every reader takes away; words are 0.0125 s apart.
    expect(Math.abs((pair?.startA ?? 0) - (pair?.startB ?? 0) - laterSeconds)).toBeLessThan(0.05);
  });

  it("have other samples, but about the same brightness and level", async () => {
    const [original, lossy] = [(await hear("original.flac")).facts, (await hear("lossy.ogg")).facts];
    expect(lossy.hash).not.toBe(original.hash);
    expect(lossy.format).toBe("ogg-vorbis");
    expect(lossy.samples).toBe(original.samples);
    expect(20 * Math.log10(lossy.rms / original.rms)).toBeCloseTo(0, 0);
    expect(Math.log2((lossy.centroidHz ?? 1) / (original.centroidHz ?? 1))).toBeCloseTo(0, 0);
  });
});
