import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSampleHash } from "./sample-hash.ts";

function hash(channels: readonly number[][], { sampleRate = 8000, piece = 100 } = {}): string {
  const hasher = createSampleHash({ channels: channels.length, sampleRate });
  const length = channels[0]?.length ?? 0;
  for (let at = 0; at < length; at += piece) {
    hasher.push(channels.map((samples) => Float32Array.from(samples.slice(at, at + piece))));
  }
  return hasher.end();
}

describe("createSampleHash", () => {
  it("is the same for the same samples, whatever the sizes of the pieces", () => {
    const samples = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 60 }), (x, piece) => {
        expect(hash([x, x], { piece })).toBe(hash([x, x]));
      }),
    );
  });

  it("differs when one sample, the rate, the order or the number of channels does", () => {
    const hashes = [
      hash([[0.1, 0.2, 0.3]]),
      hash([[0.1, 0.2, 0.30001]]),
      hash([[0.2, 0.1, 0.3]]),
      hash([[0.1, 0.2, 0.3]], { sampleRate: 8001 }),
      hash([
        [0.1, 0.2, 0.3],
        [0.1, 0.2, 0.3],
      ]),
      hash([[0, 0.1, 0.2, 0.3]]),
      hash([[0.1, 0.2, 0.3, 0]]),
      hash([[]]),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const one of hashes) expect(one).toMatch(/^[0-9a-f]{16}$/);
  });

  it("takes -0 for 0, and is the same on every machine", () => {
    expect(hash([[-0, 0.5]])).toBe(hash([[0, 0.5]]));
    expect(hash([[0.5, -0.25, 1]])).toMatchInlineSnapshot(`"317e13a06aec06d8"`);
  });

  it("has no two alike among 20,000 short recordings", () => {
    const seen = new Set<string>();
    for (let n = 0; n < 20_000; n++) seen.add(hash([[n / 32768, 0, (n % 7) / 8]]));
    expect(seen.size).toBe(20_000);
  });
});
