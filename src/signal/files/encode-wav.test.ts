import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeWav } from "./decode-wav.ts";
import { encodeWav, type WavEncoding } from "./encode-wav.ts";

const roundTrip = async (channels: Float32Array[], encoding: WavEncoding, sampleRate = 44100) =>
  decodeWav(await encodeWav({ channels, sampleRate }, { encoding }), { name: "round-trip.wav" });

describe("encodeWav", () => {
  const steps: [WavEncoding, number][] = [
    ["pcm16", 2 ** 15],
    ["pcm24", 2 ** 23],
    ["pcm32", 2 ** 31],
  ];
  for (const [encoding, scale] of steps) {
    it(`gives back what ${encoding} can hold, bit for bit`, async () => {
      const values = [-scale, -scale + 256, -256, 0, 256, 512, scale - 256].map((v) => v / scale);
      const { channels, encoding: stored } = await roundTrip([Float32Array.from(values)], encoding);
      expect(stored).toBe(encoding);
      expect(channels[0]).toEqual(Float32Array.from(values));
    });
  }

  it("writes the bytes of a plain 16-bit file", async () => {
    const bytes = await encodeWav(
      { channels: [Float32Array.of(-1, 1 / 32768)], sampleRate: 48000 },
      { encoding: "pcm16" },
    );
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    // RIFF 40 WAVE fmt 16: tag 1, 1 channel, 48000 Hz, 96000 bytes/s, 2 bytes per frame, 16 bits; data 4: 8000 0001
    expect(hex).toBe(
      "524946462800000057415645666d74201000000001000100" + "80bb000000770100020010006461746104000000" + "00800100",
    );
  });

  it("rounds to the nearest step and clips at full scale", async () => {
    const { channels } = await roundTrip([Float32Array.of(0.4 / 32768, 0.6 / 32768, 1, 2, -2)], "pcm16");
    expect(Array.from(channels[0]!, (v) => v * 32768)).toEqual([0, 1, 32767, 32767, -32768]);
  });

  it("keeps every float32 and every channel as it is", async () => {
    const sound = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 50 })).chain(([count, samples]) =>
      fc.array(fc.float32Array({ minLength: samples, maxLength: samples, noNaN: true, noDefaultInfinity: true }), {
        minLength: count,
        maxLength: count,
      }),
    );
    await fc.assert(
      fc.asyncProperty(sound, async (channels) => {
        expect((await roundTrip(channels, "float32")).channels).toEqual(channels);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("writes more than one block of the library", async () => {
    const ramp = Float32Array.from({ length: 10_001 }, (_, n) => (n - 5000) / 32768);
    expect((await roundTrip([ramp, ramp.map((v) => -v)], "pcm16")).channels[1]![10_000]).toBe(-5000 / 32768);
  });

  it("refuses what no file could hold", async () => {
    await expect(encodeWav({ channels: [], sampleRate: 48000 })).rejects.toMatchObject({ code: "empty-recording" });
    await expect(encodeWav({ channels: [new Float32Array(0)], sampleRate: 48000 })).rejects.toMatchObject({
      code: "empty-recording",
    });
    await expect(
      encodeWav({ channels: [new Float32Array(2), new Float32Array(3)], sampleRate: 48000 }),
    ).rejects.toMatchObject({ code: "length-mismatch" });
    await expect(encodeWav({ channels: [Float32Array.of(0, Number.NaN)], sampleRate: 1000 })).rejects.toMatchObject({
      code: "non-finite-samples",
      message: expect.stringContaining("0.0010 s"),
    });
  });
});
