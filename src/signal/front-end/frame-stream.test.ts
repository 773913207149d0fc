import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kernels/index.ts";
import { pad } from "../spectrum/padding.ts";
import { FrameStream, type Framing, frameStoreSize } from "./frame-stream.ts";

/** All frames of a signal that arrives in blocks of the given sizes, over and over. */
function framesOf(x: Float64Array, framing: Framing, blocks: readonly number[]): number[][] {
  const stream = new FrameStream(framing);
  const frames: number[][] = [];
  const take = () => {
    const frame = new Float64Array(framing.frameLength);
    stream.copyFrame(frame);
    frames.push(Array.from(frame));
  };
  for (let n = 0, b = 0; n < x.length; b++) {
    const size = blocks[b % blocks.length]!;
    stream.push(x.subarray(n, n + size), take);
    n += size;
  }
  stream.flush(take);
  return frames;
}

function bytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

describe("FrameStream", () => {
  it("gives the frames of the padded signal, whatever the blocks", () => {
    const draw = fc.record({
      frameLength: fc.integer({ min: 1, max: 24 }),
      hop: fc.integer({ min: 1, max: 40 }),
      center: fc.boolean(),
      padMode: fc.constantFrom("zero", "reflect", "edge") as fc.Arbitrary<Framing["padMode"]>,
      samples: fc.integer({ min: 1, max: 120 }),
      blocks: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(draw, ({ samples, blocks, ...framing }) => {
        const { frameLength, hop, center, padMode } = framing;
        const half = center ? Math.floor(frameLength / 2) : 0;
        if (padMode === "reflect") fc.pre(samples > half);
        if (!center) fc.pre(samples >= frameLength);
        const x = Float64Array.from({ length: samples }, createRandom(samples).normal);
        const whole = pad(x, { before: half, after: half, mode: padMode });
        const count = Math.floor((whole.length - frameLength) / hop) + 1;
        fc.pre(count > 0);
        const expected = Array.from({ length: count }, (_, t) =>
          Array.from(whole.subarray(t * hop, t * hop + frameLength)),
        );
        expect(framesOf(x, framing, blocks)).toEqual(expected);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("gives them of signals longer than its room, from blocks longer than that, in float32 too", () => {
    const draw = fc.record({
      frameLength: fc.integer({ min: 1, max: 300 }),
      hop: fc.integer({ min: 50, max: 700 }),
      center: fc.boolean(),
      padMode: fc.constantFrom("zero", "reflect", "edge") as fc.Arbitrary<Framing["padMode"]>,
      samples: fc.integer({ min: 400, max: 9000 }),
      blocks: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(draw, ({ samples, blocks, ...framing }) => {
        const { frameLength, hop, center, padMode } = framing;
        const half = center ? Math.floor(frameLength / 2) : 0;
        const x = Float64Array.from({ length: samples }, createRandom(samples).normal);
        const whole = Float32Array.from(pad(x, { before: half, after: half, mode: padMode }));
        const array = new Float32Array(7 + frameStoreSize(frameLength)).fill(Number.NaN);
        const stream = new FrameStream(framing, { array, start: 7 });
        let frames = 0;
        const check = (t: number) => {
          const frame = array.subarray(stream.frameAt, stream.frameAt + frameLength);
          expect(Buffer.compare(bytes(frame), bytes(whole.subarray(t * hop, t * hop + frameLength)))).toBe(0);
          frames++;
        };
        for (let n = 0, b = 0; n < samples; n += blocks[b++ % blocks.length]!) {
          stream.push(x.subarray(n, n + blocks[b % blocks.length]!), check);
        }
        stream.flush(check);
        expect(frames).toBe(Math.floor((whole.length - frameLength) / hop) + 1);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("gives a frame with other padding as well", () => {
    const x = Float64Array.from({ length: 30 }, (_, n) => n + 1);
    const framing = { frameLength: 9, hop: 2, center: true, padMode: "zero" } as const;
    const stream = new FrameStream(framing);
    for (const padMode of ["reflect", "edge", "zero"] as const) {
      const whole = pad(x, { before: 4, after: 4, mode: padMode });
      const frame = new Float64Array(9);
      const check = (t: number) => {
        stream.copyFrame(frame, padMode);
        expect(frame).toEqual(whole.subarray(2 * t, 2 * t + 9));
      };
      stream.push(x, check);
      stream.flush(check);
      expect(stream.frames).toBe(15);
      stream.reset();
    }
  });

  it("starts over after a reset", () => {
    const framing = { frameLength: 8, hop: 4, center: true, padMode: "edge" } as const;
    const stream = new FrameStream(framing);
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const frames: number[][] = [];
    for (let turn = 0; turn < 2; turn++) {
      const take = (t: number) => {
        const frame = new Float64Array(8);
        stream.copyFrame(frame);
        frames[2 * turn + t] = Array.from(frame);
      };
      stream.push(x, take);
      stream.flush(take);
      stream.reset();
    }
    expect(frames.slice(0, 2)).toEqual([
      [1, 1, 1, 1, 1, 2, 3, 4],
      [1, 2, 3, 4, 5, 6, 6, 6],
    ]);
    expect(frames.slice(2)).toEqual(frames.slice(0, 2));
  });

  it("refuses a signal without a frame, and padding that needs the end", () => {
    const short = new FrameStream({ frameLength: 8, hop: 4, center: false, padMode: "zero" });
    short.push(new Float64Array(7), () => {});
    expect(() => short.flush(() => {})).toThrow("7 samples are too few");
    expect(() => new FrameStream({ frameLength: 8, hop: 4, center: true, padMode: "wrap" })).toThrow("whole signal");
  });
});
