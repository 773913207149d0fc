import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../../errors/index.ts";
import { decodeWav } from "./decode-wav.ts";
import { openWav } from "./open-wav.ts";

const PCM = 1;
const FLOAT = 3;
const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (value: number) => [value & 255, (value >>> 8) & 255];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

interface Header {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly frameBytes?: number;
  readonly extensible?: boolean;
  readonly dataSize?: number;
  readonly riffSize?: number;
  readonly riff?: string;
  readonly before?: number[];
  readonly after?: number[];
}

/** A WAV file byte by byte, written from the format's description and not with the code under test. */
function wav(data: number[], header: Header = {}): Uint8Array {
  const { tag = PCM, channels = 1, rate = 48000, bits = 16, extensible = false, riff = "RIFF" } = header;
  const frameBytes = header.frameBytes ?? (channels * bits) / 8;
  const guid = [...u16(tag), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
  const plain = [...u16(extensible ? 0xfffe : tag), ...u16(channels), ...u32(rate), ...u32(rate * frameBytes)];
  const format = [...plain, ...u16(frameBytes), ...u16(bits)];
  if (extensible) format.push(...u16(22), ...u16(bits), ...u32(0), ...guid);
  const body = [
    ...ascii("WAVE"),
    ...(header.before ?? []),
    ...ascii("fmt "),
    ...u32(format.length),
    ...format,
    ...ascii("data"),
    ...u32(header.dataSize ?? data.length),
    ...data,
    ...(header.after ?? []),
  ];
  return Uint8Array.from([...ascii(riff), ...u32(header.riffSize ?? body.length), ...body]);
}

const float32 = (values: number[]) => [...new Uint8Array(Float32Array.from(values).buffer)];
const float64 = (values: number[]) => [...new Uint8Array(Float64Array.from(values).buffer)];
const decode = (bytes: Uint8Array) => decodeWav(bytes, { name: "take.wav" });
const refusal = async (bytes: Uint8Array) => {
  const error = await decode(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isTonewrightError(error)) throw new Error(`expected a refusal, got ${error}`);
  expect(error.hint).not.toBe("");
  return error;
};

describe("decodeWav reads every width exactly", () => {
  // Integers little-endian by hand: smallest, -1 step, 0, 1 step, largest.
  const widths = [
    { encoding: "pcm8", tag: PCM, bits: 8, data: [0, 127, 128, 129, 255], expected: [-128, -1, 0, 1, 127], scale: 128 },
    {
      encoding: "pcm16",
      tag: PCM,
      bits: 16,
      data: [0x00, 0x80, 0xff, 0xff, 0x00, 0x00, 0x01, 0x00, 0xff, 0x7f],
      expected: [-32768, -1, 0, 1, 32767],
      scale: 32768,
    },
    {
      encoding: "pcm24",
      tag: PCM,
      bits: 24,
      data: [0, 0, 0x80, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0, 0, 0xff, 0xff, 0x7f],
      expected: [-8388608, -1, 0, 1, 8388607],
      scale: 8388608,
    },
    {
      encoding: "pcm32",
      tag: PCM,
      bits: 32,
      data: [0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1, 0, 0, 0, 0x00, 0xff, 0xff, 0x7f],
      expected: [-2147483648, -1, 0, 1, 2147483392],
      scale: 2147483648,
    },
    {
      encoding: "float32",
      tag: FLOAT,
      bits: 32,
      data: float32([-1, -0.1, 0, 1.5, 3e-39]),
      expected: [-1, -0.1, 0, 1.5, 3e-39],
      scale: 1,
    },
    {
      encoding: "float64",
      tag: FLOAT,
      bits: 64,
      data: float64([-1, -0.1, 0, 1.5, Math.PI]),
      expected: [-1, -0.1, 0, 1.5, Math.PI],
      scale: 1,
    },
  ];
  for (const { encoding, tag, bits, data, expected, scale } of widths) {
    for (const extensible of [false, true]) {
      it(`${encoding}, ${extensible ? "extensible" : "plain"} header`, async () => {
        const recording = await decode(wav(data, { tag, bits, extensible, rate: 44100 }));
        expect(recording.channels).toHaveLength(1);
        // Exact: v / 2^(bits - 1) needs at most 24 bits here, and a float64 is rounded once to float32.
        expect(recording.channels[0]).toEqual(Float32Array.from(expected, (v) => v / scale));
        expect(recording.encoding).toBe(encoding);
        expect(recording.sampleRate).toBe(44100);
        expect(recording.warnings).toEqual([]);
      });
    }
  }

  it("rounds 32-bit integers to the nearest float32", async () => {
    const recording = await decode(wav([0xff, 0xff, 0xff, 0x7f, 0x81, 0, 0, 0x40], { bits: 32 }));
    expect(recording.channels[0]).toEqual(Float32Array.of(1, (2 ** 30 + 128) / 2 ** 31));
  });

  it("takes stereo and more channels apart", async () => {
    const stereo = await decode(wav([1, 0, 2, 0, 3, 0, 4, 0], { channels: 2 }));
    expect(stereo.channels.map((channel) => Array.from(channel, (v) => v * 32768))).toEqual([
      [1, 3],
      [2, 4],
    ]);
    const six = await decode(wav([129, 130, 131, 132, 133, 134], { channels: 6, bits: 8, extensible: true }));
    expect(six.channels.map((channel) => channel[0]! * 128)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("reads all of a file longer than the library's blocks of 2048", async () => {
    const count = 5 * 2048 + 17;
    const data = Array.from({ length: count }, (_, n) => u16(n)).flat();
    const { channels } = await decode(wav(data));
    expect(channels[0]).toHaveLength(count);
    expect(channels[0]!.every((value, n) => value * 32768 === n)).toBe(true);
  });

  it("reads a view into a larger buffer, and leaves the bytes alone", async () => {
    const file = wav([1, 0, 2, 0]);
    const larger = new Uint8Array(file.length + 7);
    larger.set(file, 3);
    const view = larger.subarray(3, 3 + file.length);
    const { channels } = await decode(view);
    expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([1, 2]);
    expect(view).toEqual(file);
  });

  it("skips other chunks, odd ones too, and a damaged tag does no harm", async () => {
    const before = [
      ...ascii("note"),
      ...u32(3),
      1,
      2,
      3,
      0,
      ...ascii("LIST"),
      ...u32(8),
      ...ascii("INFO"),
      255,
      255,
      255,
      255,
    ];
    const after = [...ascii("id3 "), ...u32(2), 7, 7];
    const { channels, warnings } = await decode(wav([5, 0], { before, after }));
    expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([5]);
    expect(warnings).toEqual([]);
  });

  it("finds the length of an RF64 file in its ds64 chunk", async () => {
    const ds64 = [
      ...ascii("ds64"),
      ...u32(28),
      ...u32(100),
      ...u32(0),
      ...u32(4),
      ...u32(0),
      ...u32(2),
      ...u32(0),
      ...u32(0),
    ];
    const after = [...ascii("LIST"), ...u32(4), ...ascii("INFO")];
    const options = { riff: "RF64", riffSize: 0xffffffff, dataSize: 0xffffffff, before: ds64, after };
    const { channels, warnings } = await decode(wav([5, 0, 6, 0], options));
    expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([5, 6]);
    expect(warnings).toEqual([]);
  });
});

describe("decodeWav compares the declared length with the file", () => {
  for (const dataSize of [0, 0xffffffff, 0x7ffff000]) {
    it(`reads on to the end, with a warning, if an interrupted recorder left ${dataSize}`, async () => {
      const { channels, warnings } = await decode(wav([1, 0, 2, 0, 3, 0], { dataSize, riffSize: dataSize }));
      expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([1, 2, 3]);
      expect(warnings.join()).toContain("6 bytes");
    });
  }

  it("says so if bytes follow the samples that are no chunks", async () => {
    const { channels, warnings } = await decode(wav([1, 0, 2, 0, 3, 0, 4, 0], { dataSize: 4 }));
    expect(channels[0]).toHaveLength(2);
    expect(warnings.join()).toContain("4 bytes behind its samples");
  });

  it("reads on to the end if a program counted beyond 32 bits and began at 0 again", async () => {
    const header = wav([], { dataSize: 1000 });
    const size = header.length + 2 ** 32 + 1000;
    const read = async (start: number, end: number) => {
      const bytes = new Uint8Array(Math.min(end, size) - start);
      bytes.set(header.subarray(start, end));
      return bytes;
    };
    const stream = await openWav({ size, read }, { name: "take.wav" });
    expect(stream.samples).toBe((2 ** 32 + 1000) / 2);
    expect(stream.warnings.join()).toContain("longer than 4 GiB");
  });

  it("finds chunks behind an odd number of bytes, with and without padding", async () => {
    const list = [...ascii("LIST"), ...u32(4), ...ascii("INFO")];
    for (const after of [list, [0, ...list]]) {
      expect((await decode(wav([1, 2, 3], { bits: 8, after }))).warnings).toEqual([]);
    }
  });

  it("does not care about a wrong outer size", async () => {
    expect((await decode(wav([1, 0, 2, 0], { riffSize: 8 }))).channels[0]).toHaveLength(2);
  });

  it("refuses a file that was cut short, with both sizes", async () => {
    const error = await refusal(wav([1, 0, 2, 0], { dataSize: 4000 }));
    expect(error.code).toBe("truncated-file");
    expect(error.message).toContain('"take.wav"');
    expect(error.message).toContain("4000");
    expect(error.message).toContain("holds 4");
  });

  it("refuses a file that ends inside its header, wherever it ends", async () => {
    const file = wav([]);
    for (let length = 1; length < 44; length++) {
      // From byte 12 on it is a WAV file, and before that it may only be called one if it begins like one.
      expect((await refusal(file.subarray(0, length))).code, `cut at ${length}`).toBe("truncated-file");
    }
  });

  it("refuses a file without samples, also when other chunks follow the empty one", async () => {
    expect((await refusal(new Uint8Array(0))).code).toBe("empty-file");
    expect((await refusal(wav([]))).code).toBe("empty-file");
    expect((await refusal(wav([], { after: [...ascii("LIST"), ...u32(4), ...ascii("INFO")] }))).code).toBe(
      "empty-file",
    );
  });

  it("leaves out an incomplete last sample and says so", async () => {
    const { channels, warnings } = await decode(wav([1, 0, 2], { dataSize: 3 }));
    expect(channels[0]).toHaveLength(1);
    expect(warnings.join()).toContain("1 bytes");
  });
});

describe("decodeWav refuses", () => {
  const foreign: [string, number[], RegExp][] = [
    ["html", ascii("<!doctype html><html>"), /web page/],
    ["html after a byte order mark", [0xef, 0xbb, 0xbf, ...ascii("  <HTML>")], /web page/],
    ["mp3 with a tag", ascii("ID3\x04\0\0\0\0\0\0"), /MP3/],
    ["bare mp3", [0xff, 0xfb, 0x90, 0x64], /MP3/],
    ["flac", ascii("fLaC\0\0\0\x22"), /FLAC/],
    ["ogg", ascii("OggS\0\x02"), /Ogg/],
    ["aiff", ascii("FORM\0\0\0\x20AIFF"), /AIFF/],
    ["m4a", [0, 0, 0, 32, ...ascii("ftypM4A ")], /M4A/],
    ["avi, which is RIFF too", [...ascii("RIFF"), 0, 0, 0, 0, ...ascii("AVI LIST")], /AVI/],
    ["a .nam model", ascii('{"version": "0.5.4"}'), /text/],
    ["noise", [3, 1, 4, 1, 5, 9, 2, 6, 0, 200], /no audio format/],
  ];
  for (const [what, bytes, kind] of foreign) {
    it(what, async () => {
      const error = await refusal(Uint8Array.from(bytes));
      expect(error.code).toBe("not-a-wav");
      expect(error.message).toMatch(kind);
      expect(error.message).toContain('"take.wav"');
    });
  }

  const headers: [string, Header, string, string][] = [
    ["no channels", { channels: 0, frameBytes: 2 }, "bad-header", "0 channels"],
    ["65535 channels", { channels: 65535, frameBytes: 2 }, "unsupported-channels", "65535 channels"],
    ["a rate of 0", { rate: 0 }, "bad-header", "0 Hz"],
    ["a rate of 1 GHz", { rate: 1e9 }, "unsupported-rate", "1000000000 Hz"],
    ["a frame size that does not fit", { frameBytes: 3 }, "bad-header", "3 bytes"],
    ["12-bit samples", { bits: 12, frameBytes: 2 }, "unsupported-encoding", "12-bit"],
    ["16-bit floats", { tag: FLOAT, bits: 16 }, "unsupported-encoding", "16-bit floats"],
    ["ADPCM", { tag: 2, bits: 4, frameBytes: 1 }, "unsupported-encoding", "ADPCM"],
    ["mu-law", { tag: 7, bits: 8 }, "unsupported-encoding", "mu-law"],
    ["big-endian files", { riff: "RIFX" }, "unsupported-encoding", "big-endian"],
  ];
  for (const [what, header, code, found] of headers) {
    it(what, async () => {
      const error = await refusal(wav([1, 0, 2, 0], header));
      expect(error.code).toBe(code);
      expect(error.message).toContain(found);
    });
  }

  it("samples that are no numbers, with channel and time", async () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const data = float32([0, 0, 0, 0, 0, bad]);
      const error = await refusal(wav(data, { tag: FLOAT, bits: 32, channels: 2, rate: 1000 }));
      expect(error.code).toBe("non-finite-samples");
      expect(error.message).toContain(`${bad} in channel 2 at 0.0020 s (sample 2)`);
    }
  });

  it("a float64 too large for float32", async () => {
    expect((await refusal(wav(float64([1e300]), { tag: FLOAT, bits: 64 }))).code).toBe("non-finite-samples");
  });
});

describe("decodeWav, whatever the bytes", () => {
  const startsFrom = [
    wav(Array.from({ length: 300 }, (_, n) => n & 255)),
    wav(float32(Array.from({ length: 60 }, (_, n) => Math.sin(n))), {
      tag: FLOAT,
      bits: 32,
      channels: 2,
      extensible: true,
    }),
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...startsFrom),
      fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 6 }),
      fc.nat(400),
      fc.boolean(),
    )
    .map(([file, changes, length, cut]) => {
      const copy = Uint8Array.from(file);
      for (const [at, value] of changes) copy[at] = value;
      return cut ? copy.subarray(0, length) : copy;
    });
  const anything = fc.oneof(mutated, fc.uint8Array({ maxLength: 200 }));

  it("gives a recording or a TonewrightError, and never hangs", async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        const outcome = await decode(bytes).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(isTonewrightError(outcome), `${outcome.stack}`).toBe(true);
          return;
        }
        const { channels, sampleRate } = outcome as Awaited<ReturnType<typeof decode>>;
        expect(sampleRate).toBeGreaterThan(0);
        expect(channels.length).toBeGreaterThan(0);
        for (const channel of channels) {
          expect(channel.length).toBe(channels[0]!.length);
          expect(channel.every(Number.isFinite)).toBe(true);
        }
      }),
      { seed: 20261120, numRuns: 3000, timeout: 10_000 }, // for one file; a file takes less than a millisecond
    );
  });
});

const data = new URL("../../../../shared/data/", import.meta.url);
describe.skipIf(!existsSync(data))("decodeWav on real files (skipped without ../shared/data)", () => {
  const files = [
    ["capture/klon/input.wav", "pcm16", 44100, 9371250],
    ["di/guitar-riff.wav", "pcm24", 48000, undefined],
    ["effects/band-dry.wav", "pcm24", 44100, undefined],
    ["di/irs/spring.wav", undefined, 48000, undefined],
  ] as const;
  for (const [path, encoding, rate, samples] of files) {
    it(path, async () => {
      const bytes = new Uint8Array(readFileSync(new URL(path, data)));
      const recording = await decodeWav(bytes, { name: path });
      if (encoding !== undefined) expect(recording.encoding).toBe(encoding);
      expect(recording.sampleRate).toBe(rate);
      if (samples !== undefined) expect(recording.channels[0]).toHaveLength(samples);
      expect(recording.warnings).toEqual([]);
    });
  }
});
