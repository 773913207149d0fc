import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  editPage,
  joinBytes,
  makePage,
  movePosition,
  renumberPages,
  renumberStream,
  splitPages,
} from "../../../fixtures/signal/lossy/ogg-pages.ts";
import {
  esc10References,
  largestDistance,
  readLossyFile,
  references,
} from "../../../fixtures/signal/lossy/references.ts";
import { isTonewrightError } from "../../errors/index.ts";
import type { DecodedRecording } from "../recording.ts";
import { bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openOgg } from "./open-ogg.ts";

const name = "take.ogg";
const open = (bytes: Uint8Array) => openOgg(bytesSource(bytes), { name });
const decode = async (bytes: Uint8Array): Promise<DecodedRecording> => collectRecording(await open(bytes), { name });
const lengths = ({ channels }: DecodedRecording) => channels.map((channel) => channel.length);

const refusal = async (bytes: Uint8Array) => {
  const error = await decode(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isTonewrightError(error)) throw new Error(`expected a refusal, got ${error}`);
  expect(error.hint).not.toBe("");
  return `${error.code}: ${error.message}`;
};

const vorbis = readLossyFile("oggenc-44100-stereo.ogg");
const opus = readLossyFile("opusenc-48000-stereo.opus");
const vorbisPages = () => splitPages(vorbis);
const opusPages = () => splitPages(opus);

/** Positions in samples of the pages of sound. */
const positionOf = (page: Uint8Array | undefined) =>
  Number(new DataView(page?.buffer ?? new ArrayBuffer(14)).getBigInt64(6, true));

describe("openOgg gives the samples of the reference decoders", () => {
  const files = references.files.filter(({ file }) => !file.endsWith(".mp3"));

  it.each(files)("$file", async (reference) => {
    const { file, sampleRate, channels, samples, warnings = 0, picked } = reference;
    const stream = await open(readLossyFile(file));
    const recording = await collectRecording(stream, { name });
    const format = file.endsWith(".opus") ? "ogg-opus" : "ogg-vorbis";
    expect(recording).toMatchObject({ format, encoding: format, sampleRate });
    expect(lengths(recording)).toEqual(new Array(channels).fill(samples));
    if (warnings === 0) expect(stream.samples).toBe(samples);
    expect(recording.warnings).toHaveLength(warnings);
    // libvorbis by another compiler: 1.8e-7. The WebAssembly libopus approximates powers of two to 7.5e-5 of their
    // value (FLOAT_APPROX in celt/mathops.h), which scales the bands of music; the files reach 0.6.
    const tolerance = format === "ogg-opus" ? 7.5e-5 : 2.5e-7;
    expect(largestDistance(recording.channels, picked, references.step)).toBeLessThan(tolerance);
  });

  it.each(files.filter((file) => file.oggdecPicked !== undefined))(
    "and of oggdec, rounded: $file",
    async (reference) => {
      const { file, samples, oggdecSamples, oggdecPicked = "" } = reference;
      expect(oggdecSamples).toBe(samples);
      const { channels } = await decode(readLossyFile(file));
      // Half a step of 16 bits.
      expect(largestDistance(channels, oggdecPicked, references.step)).toBeLessThan(0.501 / 32_768);
    },
  );

  it("speech in Opus is not scaled by powers of two, and is equal", async () => {
    const file = "opusenc-speech-16000-mono.opus";
    const reference = files.find((candidate) => candidate.file === file);
    const { channels } = await decode(readLossyFile(file));
    expect(largestDistance(channels, reference?.picked ?? "", references.step)).toBeLessThan(1e-7);
  });

  it("the gain in the header of an Opus file is applied", async () => {
    const loud = await decode(opus);
    const quiet = await decode(readLossyFile("opusenc-gain-minus-6-db.opus"));
    const gain = Math.fround(10 ** (-6 / 20));
    for (const [c, channel] of quiet.channels.entries()) {
      const worst = channel.reduce(
        (most, value, n) => Math.max(most, Math.abs(value - gain * (loud.channels[c]?.[n] ?? 0))),
        0,
      );
      expect(worst).toBeLessThan(1e-7);
    }
  });

  const esc10 = new URL("../../../../shared/data/esc10/", import.meta.url);
  const reason = existsSync(esc10) ? undefined : "shared/data/esc10 is absent";
  describe.skipIf(reason !== undefined)(`files of ESC-10 (skips: ${reason ?? "no"})`, () => {
    it.each(esc10References.files)("$file", async ({ file, samples, sampleRate, picked }) => {
      const recording = await decode(new Uint8Array(readFileSync(new URL(file, esc10))));
      expect(recording.sampleRate).toBe(sampleRate);
      expect(lengths(recording)).toEqual([samples]);
      expect(largestDistance(recording.channels, picked, esc10References.step)).toBeLessThan(5e-7);
    });
  });
});

describe("openOgg and positions", () => {
  it("a piece of a longer stream starts at its first sample, whatever its position", async () => {
    const pages = vorbisPages().map((page, k) => (k < 2 ? page : movePosition(page, 5_000_000)));
    const stream = await open(joinBytes(...pages));
    expect(stream.samples).toBe(30_870);
    expect((await collectRecording(stream, { name })).channels).toEqual((await decode(vorbis)).channels);
    const later = opusPages().map((page, k) => (k < 2 ? page : movePosition(page, 48_000)));
    // Its only page of sound now tells the start, so there is no end to cut: 26 packets of 20 ms less the pre-skip.
    expect(lengths(await decode(joinBytes(...later)))).toEqual([24_648, 24_648]);
  });

  it("samples before position 0 are cut in front of a Vorbis stream", async () => {
    const pages = vorbisPages().map((page, k) => (k < 2 ? page : movePosition(page, -700)));
    const stream = await open(joinBytes(...pages));
    expect(stream.samples).toBe(30_170);
    const cut = await collectRecording(stream, { name });
    const whole = await decode(vorbis);
    expect(cut.channels).toEqual(whole.channels.map((channel) => channel.subarray(700)));
  });

  it("and refused in an Opus stream, as opusdec does", async () => {
    const [head, tags, sound] = splitPages(opus) as [Uint8Array, Uint8Array, Uint8Array];
    const early = editPage(sound, (view) => {
      view.setUint8(5, 0); // not the last page
      view.setBigInt64(6, 10_000n, true);
    });
    const message = await refusal(joinBytes(head, tags, early));
    expect(message).toBe(
      'corrupt-file: "take.ogg" is damaged: at 0.000 s, its first position, 10000, is before its sound',
    );
  });

  it("an end before the last packet's is cut, one page or several", async () => {
    for (const [bytes, samples] of [
      [opus, 24_000],
      [vorbis, 30_870],
    ] as const) {
      const pages = splitPages(bytes);
      const last = pages.at(-1) ?? new Uint8Array();
      const shorter = joinBytes(...pages.slice(0, -1), movePosition(last, -300));
      expect((await open(shorter)).samples).toBe(samples - 300);
      const whole = await decode(bytes);
      expect((await decode(shorter)).channels).toEqual(whole.channels.map((channel) => channel.slice(0, -300)));
    }
  });

  it("an end behind the last packet's means that sound is missing", async () => {
    const pages = vorbisPages();
    const late = joinBytes(...pages.slice(0, -1), movePosition(pages.at(-1) ?? new Uint8Array(), 3000));
    expect(await refusal(late)).toMatch(/^corrupt-file: .* samples are missing before position 33870$/);
  });

  it("positions that run backwards", async () => {
    const pages = vorbisPages().map((page, k) => (k === 3 ? movePosition(page, -5000) : page));
    expect(await refusal(joinBytes(...pages))).toMatch(/the positions of its pages run backwards$/);
  });
});

describe("openOgg reads chained streams", () => {
  const other = renumberStream(vorbisPages(), 2);

  it("of one rate as one recording", async () => {
    const stream = await open(joinBytes(...vorbisPages(), ...other));
    expect(stream.samples).toBeUndefined();
    const { channels } = await collectRecording(stream, { name });
    const [left = new Float32Array()] = (await decode(vorbis)).channels;
    expect(channels[0]).toHaveLength(61_740);
    expect(channels[0]?.subarray(0, 30_870)).toEqual(left);
    expect(channels[0]?.subarray(30_870)).toEqual(left);
  });

  it("and refuses one that differs, with the time", async () => {
    expect(await refusal(joinBytes(vorbis, ...renumberStream(opusPages(), 2)))).toBe(
      'unsupported-encoding: "take.ogg" stores 44100 Hz with 2 channels (ogg-vorbis) up to 0.700 s and ' +
        "48000 Hz with 2 channels (ogg-opus) from there on",
    );
  });

  it("damage in the second is told with the time in the file", async () => {
    const cut = joinBytes(...vorbisPages(), ...other.slice(0, -1));
    expect(await refusal(cut)).toMatch(
      /^truncated-file: "take.ogg" is cut short: it ends without its last page \(at 1\.\d/,
    );
    expect(await refusal(joinBytes(vorbis, vorbis))).toContain(
      "at 0.700 s, a second stream has the number of an earlier one",
    );
  });

  it("but not streams side by side", async () => {
    const [first = new Uint8Array(), ...rest] = vorbisPages();
    const [second = new Uint8Array()] = renumberStream(opusPages(), 2);
    expect(await refusal(joinBytes(first, second, ...rest))).toBe(
      'unsupported-encoding: "take.ogg" stores several streams side by side in Ogg (Vorbis and Opus)',
    );
  });
});

describe("openOgg tells damage", () => {
  it("any flipped bit", async () => {
    for (const file of [vorbis, opus]) {
      for (let at = 3; at < file.length; at += 331) {
        const bytes = file.slice();
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
        expect(await refusal(bytes)).toMatch(/^(corrupt-file|truncated-file|not-an-ogg): /);
      }
    }
  });

  it("any cut", async () => {
    for (const file of [vorbis, opus]) {
      for (let end = 4; end < file.length; end += 257) {
        expect(await refusal(file.subarray(0, end))).toMatch(/^truncated-file: "take.ogg" is cut short: it ends /);
      }
    }
  });

  it("gives the sound before the damage first, and tells the time", async () => {
    const pages = vorbisPages();
    const before = positionOf(pages[3]);
    const bytes = joinBytes(...pages);
    const at = joinBytes(...pages.slice(0, 4)).length + 200;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    let samples = 0;
    const reading = async () => {
      for await (const [left] of (await open(bytes)).blocks()) samples += left?.length ?? 0;
    };
    await expect(reading()).rejects.toThrow(`at ${(before / 44_100).toFixed(3)} s, a page fails its checksum`);
    expect(samples).toBe(before);
  });

  it("a missing page, also where the others were numbered anew", async () => {
    const pages = vorbisPages();
    const missing = [...pages.slice(0, 3), ...pages.slice(4)];
    expect(await refusal(joinBytes(...missing))).toMatch(/^corrupt-file: .* page 3 is missing \(page 4 follows\)$/);
    expect(await refusal(joinBytes(...renumberPages(missing)))).toMatch(
      /^corrupt-file: .* samples are missing before position/,
    );
  });

  it("a last page without its mark", async () => {
    const pages = vorbisPages();
    editPage(pages.at(-1) ?? new Uint8Array(), (view) => view.setUint8(5, 0));
    expect(await refusal(joinBytes(...pages))).toMatch(/^truncated-file: .* it ends without its last page/);
  });

  it("junk between pages, and a warning for bytes at the end", async () => {
    const pages = vorbisPages();
    expect(await refusal(joinBytes(...pages.slice(0, 3), Uint8Array.of(1, 2, 3), ...pages.slice(3)))).toContain(
      "no page begins where the one before ends",
    );
    const { warnings } = await decode(joinBytes(vorbis, new Uint8Array(128)));
    expect(warnings).toEqual(['"take.ogg" goes on for 128 bytes after its sound; they are left out']);
  });

  it("packets that are no sound", async () => {
    const [head, tags] = opusPages() as [Uint8Array, Uint8Array];
    const sound = makePage([Uint8Array.of(0xff, 0)], { flags: 4, position: 960, number: 2 });
    expect(await refusal(joinBytes(head, tags, sound))).toContain("at 0.000 s, a packet is not one of sound");
  });
});

describe("openOgg refuses by name", () => {
  it.each([
    ["refused-flac.ogg", 'unsupported-encoding: "take.ogg" stores FLAC in Ogg'],
    ["refused-theora.ogg", 'unsupported-encoding: "take.ogg" stores Theora video in Ogg'],
    ["lame-id3-44100-mono.mp3", 'not-an-ogg: "take.ogg" is not an Ogg file: it looks like an MP3 file'],
  ])("%s", async (file, message) => {
    expect(await refusal(readLossyFile(file))).toBe(message);
  });

  it("files without sound", async () => {
    expect(await refusal(new Uint8Array(0))).toBe('empty-file: "take.ogg" is empty (0 bytes)');
    const [head, tags] = opusPages() as [Uint8Array, Uint8Array];
    const nothing = makePage([], { flags: 4, number: 2 });
    expect(await refusal(joinBytes(head, tags, nothing))).toBe('empty-file: "take.ogg" holds no samples (0 s)');
  });

  it("headers that make no sense", async () => {
    const edit = (file: Uint8Array, change: (view: DataView) => void) => {
      const [head = new Uint8Array(), ...rest] = splitPages(file);
      return joinBytes(editPage(head, change), ...rest);
    };
    const inVorbis = (change: (view: DataView) => void) => refusal(edit(vorbis, change));
    const inOpus = (change: (view: DataView) => void) => refusal(edit(opus, change));
    const packet = 28; // where the packet of the first page begins
    expect(await inVorbis((view) => view.setUint32(packet + 12, 1, true))).toMatch(
      /^unsupported-rate: .* declares a sample rate of 1 Hz/,
    );
    expect(await inVorbis((view) => view.setUint8(packet + 11, 0))).toMatch(/^bad-header: .* it declares 0 channels/);
    expect(await inVorbis((view) => view.setUint8(packet + 11, 9))).toMatch(
      /^unsupported-encoding: .* 9 channels in Vorbis/,
    );
    expect(await inVorbis((view) => view.setUint8(packet + 28, 0xff))).toMatch(
      /^bad-header: .* blocks of 32768 and 32768/,
    );
    expect(await inOpus((view) => view.setUint8(packet + 8, 0x21))).toMatch(
      /^unsupported-encoding: .* Opus of version 33/,
    );
    expect(await inOpus((view) => view.setUint8(packet + 9, 3))).toMatch(/^bad-header: .* 3 channels of family 0/);
    expect(await inOpus((view) => view.setUint8(packet + 18, 2))).toMatch(
      /^unsupported-encoding: .* \(ambisonics\) in Opus/,
    );
    expect(await inOpus((view) => view.setUint8(packet + 18, 1))).toMatch(/^bad-header: .* make no sense/);
  });
});

it("openOgg decodes Opus packets that are longer than the library takes at once", async () => {
  const file = readLossyFile("opusenc-cbr-256-mono.opus");
  const [head, tags, sound] = splitPages(file) as [Uint8Array, Uint8Array, Uint8Array];
  const packets = packetsOf(sound);
  const [toc = 0] = packets[0] ?? [];
  const packed: Uint8Array[] = [];
  for (let k = 0; k < packets.length; k += 6) {
    const frames = packets.slice(k, k + 6).map((packet) => packet.subarray(1));
    packed.push(joinBytes(Uint8Array.of(toc | 3, 0x40 | frames.length, 100), ...frames, new Uint8Array(100)));
  }
  expect(packed[0]?.length).toBeGreaterThan(3840);
  const pages = packed.map((packet, k) => {
    const isLast = k === packed.length - 1;
    const position = isLast ? positionOf(sound) : 5760 * (k + 1);
    return makePage([packet], { flags: isLast ? 4 : 0, position, number: 2 + k });
  });
  expect((await decode(joinBytes(head, tags, ...pages))).channels).toEqual((await decode(file)).channels);
});

/** The packets of a page on which none goes on from or to another. */
function packetsOf(page: Uint8Array): Uint8Array[] {
  const segments = page[26] ?? 0;
  const packets: Uint8Array[] = [];
  let start = 27 + segments;
  let end = start;
  for (const length of page.subarray(27, 27 + segments)) {
    end += length;
    if (length === 255) continue;
    packets.push(page.subarray(start, end));
    start = end;
  }
  return packets;
}
