import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../errors/index.ts";
import { crc32, encodeSafetensors, parameterCount, presetArchitecture } from "../modelfile/index.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";

const architecture = presetArchitecture("gru-2x3");
const ramp = (from: number) => Float32Array.from({ length: parameterCount(architecture) }, (_, i) => from + i / 64);
const scores = { esr: 0.25, esrDcBlocked: 0.125 };
const checkpoint: Checkpoint = {
  architecture,
  settings: '{"seed":1,"name":"naïve"}',
  plan: { epochs: 10, totalSteps: 200, validateEvery: 1, settled: true },
  step: 40,
  epoch: 2,
  batch: 3,
  seconds: 12.5,
  epochLoss: 1.25,
  epochSteps: 3,
  weights: ramp(0),
  moments: [ramp(1), ramp(2)],
  best: { step: 20, scores, weights: ramp(3) },
  history: [{ step: 20, seconds: 6, loss: 0.5, validation: scores }],
};
const bytes = encodeCheckpoint(checkpoint);
const decode = (data: Uint8Array) => decodeCheckpoint(data, { name: "run/checkpoint" });

/** The code of the error that decoding gives; "none" if it gives none. */
function errorCode(data: Uint8Array): string {
  try {
    decode(data);
    return "none";
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    expect(error.message).toContain("run/checkpoint");
    return error.code;
  }
}

describe("a checkpoint", () => {
  it("comes back as it was stored", () => {
    expect(decode(bytes)).toEqual(checkpoint);
    // A Buffer, whose slice is a view, is read like any bytes.
    expect(decode(Buffer.from(bytes))).toEqual(checkpoint);
  });

  it("comes back without a best when there was no validation yet", () => {
    const early = { ...checkpoint, best: null, history: [] };
    expect(decode(encodeCheckpoint(early))).toEqual(early);
  });

  it("is refused when its end is missing, wherever it was cut", () => {
    for (let length = 0; length < bytes.length; length += length < 64 ? 1 : 37) {
      expect([length, errorCode(bytes.subarray(0, length))]).toEqual([length, "corrupt-checkpoint"]);
    }
  });

  it("is refused, or means the same, when any one byte is changed", () => {
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x11;
      const code = errorCode(changed);
      if (code === "none") expect([at, decode(changed)]).toEqual([at, checkpoint]);
      else expect([at, code]).toEqual([at, "corrupt-checkpoint"]);
    }
  });

  it("is refused when its description is another version or has other fields", () => {
    const stored = (text: string): Uint8Array => {
      const names = ["weights", "adam.first", "adam.second", "best"];
      const data = ramp(0);
      const encoded = new TextEncoder().encode(text);
      const parts = [encoded, ...names.map(() => new Uint8Array(data.buffer))];
      const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      parts.reduce((at, part) => {
        whole.set(part, at);
        return at + part.length;
      }, 0);
      return encodeSafetensors({
        tensors: new Map(names.map((name) => [name, { shape: [data.length], data }])),
        metadata: { checkpoint: text, crc32: String(crc32(whole)) },
      });
    };
    const { weights: _w, moments: _m, best: _b, ...rest } = checkpoint;
    const header = { format: "tonewright-checkpoint", version: 1, ...rest, best: null };
    expect(errorCode(stored(JSON.stringify(header)))).toBe("none");
    const others = [{ ...header, version: 2 }, { ...header, step: -1 }, { ...header, extra: 1 }, { version: 1 }, null];
    for (const other of others) expect(errorCode(stored(JSON.stringify(other)))).toBe("corrupt-checkpoint");
    expect(errorCode(stored("{"))).toBe("corrupt-checkpoint");
  });

  it("is refused, never anything worse, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(errorCode(noise)).toBe("corrupt-checkpoint");
      }),
      { seed: 1, numRuns: 300 },
    );
    const piece = fc.record({
      at: fc.integer({ min: 0, max: bytes.length - 1 }),
      noise: fc.uint8Array({ minLength: 1, maxLength: 12 }),
      cut: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        let mutated = Array.from(bytes);
        for (const { at, noise, cut } of pieces)
          mutated = [...mutated.slice(0, at), ...noise, ...mutated.slice(at + cut)];
        expect(["corrupt-checkpoint", "none"]).toContain(errorCode(Uint8Array.from(mutated)));
      }),
      { seed: 2, numRuns: 400 },
    );
  });
});
