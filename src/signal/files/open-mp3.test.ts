import { describe, expect, it } from "vitest";
import { joinBytes } from "../../../fixtures/signal/lossy/ogg-pages.ts";
import { largestDistance, readLossyFile, referenceOf, references } from "../../../fixtures/signal/lossy/references.ts";
import { isTonewrightError } from "../../errors/index.ts";
import type { DecodedRecording } from "../recording.ts";
import { bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openMp3 } from "./open-mp3.ts";

const name = "take.mp3";
const open = (bytes: Uint8Array) => openMp3(bytesSource(bytes), { name });
const decode = async (bytes: Uint8Array): Promise<DecodedRecording> => collectRecording(await open(bytes), { name });

const refusal = async (bytes: Uint8Array) => {
  const error = await decode(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isTonewrightError(error)) throw new Error(`expected a refusal, got ${error}`);
  expect(error.hint).not.toBe("");
  return `${error.code}: ${error.message}`;
};

/** Where each frame begins, by the numbers of the file at hand: MPEG-1, a constant 128 kbit/s, 44.1 kHz. */
function framesOf128kbits(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at += 417 + (((bytes[at + 2] ?? 0) >> 1) & 1)) starts.push(at);
  return starts;
}

const tagged = readLossyFile("lame-cbr-44100-stereo.mp3");
const untagged = readLossyFile("lame-no-tag-32000-stereo.mp3");
const starts = framesOf128kbits(tagged);
const startOf = (frame: number) => starts[frame] ?? Number.NaN;

describe("openMp3 gives the samples of mpg123", () => {
  const files = references.files.filter(({ file }) => file.endsWith(".mp3"));

  it.each(files)("$file", async (reference) => {
    const stream = await open(readLossyFile(reference.file));
    const recording = await collectRecording(stream, { name });
    const { sampleRate, channels, samples, warnings = 0 } = reference;
    expect(recording).toMatchObject({ format: "mp3", encoding: "mp3", sampleRate });
    expect(recording.channels.map((channel) => channel.length)).toEqual(new Array(channels).fill(samples));
    expect([undefined, samples]).toContain(stream.samples);
    expect(recording.warnings).toHaveLength(warnings);
    // Other order of float operations; the largest found is 1.7e-6.
    expect(largestDistance(recording.channels, reference.picked, references.step)).toBeLessThan(2e-6);
  });

  it.each(files.filter((file) => file.lameSamples === file.samples))(
    "and of lame, which cuts values off at 16 bits: $file",
    async (file) => {
      const { channels } = await decode(readLossyFile(file.file));
      // One step of 16 bits, and what two float decoders differ by.
      expect(largestDistance(channels, file.lamePicked ?? "", references.step)).toBeLessThan(1.05 / 32_768);
    },
  );

  it("one channel stays one, though the decoder makes two of it", async () => {
    const { channels } = await decode(readLossyFile("lame-vbr-48000-mono.mp3"));
    expect(channels).toHaveLength(1);
  });

  it.each(references.paddings)(
    "trims as mpg123 does: $start in front, $end at the end",
    async ({ start, end, samples }) => {
      const bytes = tagged.slice();
      const at = 36 + 120; // the encoder's name in a tag of MPEG-1 stereo
      bytes.set([start >> 4, ((start & 15) << 4) | (end >> 8), end & 255], at + 21);
      bytes.set([0, 0], at + 34); // no checksum
      const stream = await open(bytes);
      expect(stream.samples).toBe(samples);
      expect((await collectRecording(stream, { name })).channels[0]).toHaveLength(samples);
    },
  );

  it("takes a VBRI tag for a silent frame, as mpg123 1.31 does", async () => {
    const bytes = tagged.slice();
    const frames = starts.length - 1;
    bytes.fill(0, 4, startOf(1));
    bytes.set(
      [..."VBRI"].map((letter) => letter.charCodeAt(0)),
      36,
    );
    bytes.set([0, 1], 40);
    bytes.set([0, 0, 0, frames], 36 + 14);
    const stream = await open(bytes);
    expect(stream.samples).toBeUndefined();
    const [left = new Float32Array()] = (await collectRecording(stream, { name })).channels;
    expect(left).toHaveLength(1152 * (frames + 1));
    expect(left.subarray(0, 1152).every((value) => value === 0)).toBe(true);
  });
});

describe("openMp3 reads block by block", () => {
  it("blocks of 32 frames that belong to the caller, and only once", async () => {
    const stream = await open(untagged);
    const blocks: Float32Array[][] = [];
    for await (const block of stream.blocks()) blocks.push(block);
    expect(blocks.map(([left]) => left?.length)).toEqual([17_280]);
    expect(blocks[0]?.[0]?.buffer).not.toBe(blocks[0]?.[1]?.buffer);
    expect(() => stream.blocks()).toThrow("bug");
  });

  it("gives the sound before the damage first", async () => {
    const bytes = tagged.slice();
    bytes[startOf(15)] = 0; // the sync word of frame 15, which is the 15th of sound
    const stream = await open(bytes);
    let samples = 0;
    const reading = async () => {
      for await (const [left] of stream.blocks()) samples += left?.length ?? 0;
    };
    await expect(reading()).rejects.toThrow('"take.mp3" is damaged: at 0.341 s, no frame begins');
    expect(samples).toBe(14 * 1152 - 1105);
  });

  it("can be left early, and the next file is read as if nothing had been", async () => {
    const stream = await open(tagged);
    for await (const block of stream.blocks()) {
      expect(block).toHaveLength(2);
      break;
    }
    const { channels } = await decode(tagged);
    expect(largestDistance(channels, referenceOf("lame-cbr-44100-stereo.mp3").picked, references.step)).toBeLessThan(
      2e-6,
    );
  });
});

describe("openMp3 with tags around the sound", () => {
  const id3v2 = (size: number) =>
    joinBytes(Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, size >> 7, size & 127), new Uint8Array(size));
  const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const id3v1 = joinBytes(ascii("TAG"), new Uint8Array(125));
  const ape = joinBytes(ascii("APETAGEX"), Uint8Array.of(208, 7, 0, 0, 42, 0, 0, 0), new Uint8Array(16));
  const lyrics = ascii("LYRICSBEGINLYR00003La!000022LYRICS200");

  it.each([
    ["ID3v2 in front, twice, padded with zeros", joinBytes(id3v2(300), id3v2(5), new Uint8Array(999), tagged)],
    ["ID3v1 at the end", joinBytes(tagged, id3v1)],
    ["APE and ID3v1 at the end", joinBytes(tagged, new Uint8Array(10), ape, id3v1)],
    ["Lyrics3 and ID3v1 at the end", joinBytes(tagged, lyrics, id3v1)],
    ["zeros at the end", joinBytes(tagged, new Uint8Array(5000))],
  ])("%s", async (_, bytes) => {
    const expected = await decode(tagged);
    expect(await decode(bytes)).toEqual({ ...expected, warnings: [] });
  });

  it("warns of what is neither a frame nor a tag at the end", async () => {
    const { warnings, channels } = await decode(joinBytes(tagged, ascii("something else")));
    expect(warnings).toEqual(['"take.mp3" ends in 14 bytes at 0.524 s that are no whole frame; they are left out']);
    expect(channels[0]).toHaveLength(22_050);
  });
});

describe("openMp3 tells damage", () => {
  it.each([
    ["in the middle of a frame", () => tagged.subarray(0, 6000)],
    ["between two frames", () => tagged.subarray(0, startOf(10))],
    ["in the first frame of sound", () => tagged.subarray(0, 600)],
  ])("a file with a tag that ends %s", async (_, cut) => {
    const message = await refusal(cut());
    expect(message).toMatch(/^truncated-file: "take.mp3" is cut short: its first frame declares 21 frames \(0.\d+ s\)/);
  });

  it("a file without a tag that ends in the middle of a frame: a warning, since it does not say how long it is", async () => {
    const { warnings, channels } = await decode(untagged.subarray(0, 3000));
    expect(channels[0]).toHaveLength(6 * 1152); // frames of 432 bytes
    expect(warnings).toEqual(['"take.mp3" ends in 408 bytes at 0.216 s that are no whole frame; they are left out']);
    expect(await refusal(untagged.subarray(0, 300))).toBe(
      'truncated-file: "take.mp3" is cut short: not even its first frame is complete (300 bytes)',
    );
  });

  it.each([
    [
      "junk between two frames",
      joinBytes(tagged.subarray(0, startOf(9)), Uint8Array.of(1, 2, 3), tagged.subarray(startOf(9))),
    ],
    ["a frame with a hole", joinBytes(tagged.subarray(0, startOf(9) - 50), tagged.subarray(startOf(9)))],
  ])("%s", async (_, bytes) => {
    expect(await refusal(bytes)).toMatch(/^corrupt-file: "take.mp3" is damaged: at 0.184 s, no frame begins where/);
  });

  it("a missing frame, where the next needs its bytes or else by the number of frames", async () => {
    const without = (frame: number) =>
      joinBytes(tagged.subarray(0, startOf(frame)), tagged.subarray(startOf(frame + 1)));
    expect(await refusal(without(9))).toMatch(/^(corrupt|truncated)-file/);
    expect(await refusal(without(1))).toMatch(/^(corrupt|truncated)-file/);
  });

  it("two files joined", async () => {
    expect(await refusal(joinBytes(tagged, tagged))).toBe(
      'corrupt-file: "take.mp3" is damaged: at 0.524 s, it goes on after the 21 frames that it declares: were files joined?',
    );
    const id3 = readLossyFile("lame-id3-44100-mono.mp3");
    const raw = joinBytes(untagged, id3);
    expect(await refusal(raw)).toBe(
      'corrupt-file: "take.mp3" is damaged: at 0.540 s, a tag lies between its frames: were files joined?',
    );
  });

  it("a change of the rate or of the channels", async () => {
    const withTag = readLossyFile("ffmpeg-cut-44100-mono.mp3");
    const other = withTag.subarray(withTag.indexOf(0xff));
    expect(await refusal(joinBytes(untagged, other))).toBe(
      'unsupported-encoding: "take.mp3" stores 32000 Hz stereo up to 0.540 s and 44100 Hz mono from there on',
    );
  });

  it("a wrong checksum of a frame, where frames have one", async () => {
    const bytes = readLossyFile("lame-abr-checksums-22050-mono.mp3");
    const at = 2000 + bytes.subarray(2000).findIndex((byte, k) => byte === 0xff && bytes[2001 + k] === 0xf2);
    bytes[at + 8] = (bytes[at + 8] ?? 0) ^ 16; // in the side information
    expect(await refusal(bytes)).toMatch(
      /^corrupt-file: "take.mp3" is damaged: at 0.\d{3} s, a frame fails its checksum/,
    );
  });

  it("a flipped bit in the sound itself: a warning by the checksum that LAME wrote over all of it", async () => {
    const bytes = tagged.slice();
    bytes[startOf(12) + 300] = (bytes[startOf(12) + 300] ?? 0) ^ 1;
    const { warnings } = await decode(bytes);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("does not have the checksum that its encoder wrote");
  });

  it("a damaged tag in the first frame, wherever the damage is", async () => {
    for (const at of [36, 37, 40, 43, 45, 60, 160, 178, 189]) {
      const bytes = tagged.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(await refusal(bytes)).toContain("its first frame, which tells how long it is, fails its own checksum");
    }
  });

  it("a damaged header of the first frame", async () => {
    const bytes = untagged.slice();
    bytes[0] = 0x7f;
    expect(await refusal(bytes)).toBe(
      'corrupt-file: "take.mp3" is damaged: at 0 s, its first frame is damaged (432 bytes from byte 0 on)',
    );
  });

  it("but a piece of a frame in front, as in a recorded radio stream, is only worth a warning", async () => {
    const { channels, warnings } = await decode(untagged.subarray(432 - 100));
    expect(channels[0]).toHaveLength(14 * 1152);
    expect(warnings[0]).toContain("begins with 100 bytes that are no frame");
  });
});

describe("openMp3 refuses by name", () => {
  it.each([
    [
      "refused-free-format.mp3",
      'unsupported-encoding: "take.mp3" stores MP3 without a listed bit rate ("free format")',
    ],
    ["refused-layer-2.mp3", 'unsupported-encoding: "take.mp3" stores MPEG audio Layer II (MP2)'],
    ["refused-aac.mp3", 'unsupported-encoding: "take.mp3" stores AAC (an ADTS stream)'],
    ["refused-flac.ogg", 'not-an-mp3: "take.mp3" is not an MP3 file: it looks like an Ogg file'],
  ])("%s", async (file, message) => {
    expect(await refusal(readLossyFile(file))).toBe(message);
  });

  it("files without sound", async () => {
    expect(await refusal(new Uint8Array(0))).toBe('empty-file: "take.mp3" is empty (0 bytes)');
    expect(await refusal(new Uint8Array(100))).toBe('empty-file: "take.mp3" holds no samples (0 s)');
    const onlyTag = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 10, ...new Uint8Array(10));
    expect(await refusal(onlyTag)).toBe('empty-file: "take.mp3" holds no samples (0 s)');
    expect(await refusal(onlyTag.subarray(0, 15))).toBe(
      'truncated-file: "take.mp3" is cut short: its tag declares 20 bytes, 15 are there',
    );
  });
});
