import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { knownSamples, type ManifestEntry } from "../../../fixtures/signal/files/known-integers.ts";
import { decodeRecording } from "./open-recording.ts";

const folder = new URL("../../../fixtures/signal/files/", import.meta.url);
const read = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)));
const manifest = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as ManifestEntry[];

describe("decodeRecording gives the known integers of files by flac, SoX and ffmpeg, exactly", () => {
  it.each(manifest)("$file", async (entry) => {
    const recording = await decodeRecording(read(entry.file), { name: "no extension" });
    expect(recording.channels).toEqual(knownSamples(entry));
    const { format, encoding, sampleRate, warnings } = recording;
    expect({ format, encoding, rate: sampleRate, warnings: warnings.length }).toEqual({
      format: entry.format,
      encoding: entry.encoding,
      rate: entry.rate,
      warnings: entry.warnings,
    });
  });
});
