import { describe, expect, it } from "vitest";
import { decodeNam, encodeNam, type ModelDocument, parameterCount, presetArchitecture } from "../modelfile/index.ts";
import { createEngine } from "../realtime/index.ts";
import { createRandom } from "../signal/index.ts";
import { settledLstmState } from "./settled-state.ts";

function model(name: string, seed: number): ModelDocument {
  const architecture = presetArchitecture(name);
  const random = createRandom(seed);
  const weights = new Float32Array(parameterCount(architecture)).map(() => 0.5 * random.normal());
  return { architecture, sampleRate: 48_000, weights, metadata: { name } };
}

describe("settledLstmState", () => {
  it("is where the engine is after a second of silence", () => {
    const document = model("lstm-2x5", 3);
    const state = settledLstmState(document);
    const engine = createEngine(document);
    engine.reset({ settled: false });
    engine.process(new Float32Array(48_000), new Float32Array(48_000));
    // A .nam that starts in that state, unsettled, goes on as the engine does.
    const nam = decodeNam(encodeNam(document, state === undefined ? {} : { initialState: state }), { name: "x.nam" });
    const started = createEngine(nam);
    started.reset({ settled: false });
    const input = new Float32Array(500).map((_, n) => 0.4 * Math.sin(n / 7));
    const [expected, found] = [new Float32Array(500), new Float32Array(500)];
    engine.process(input, expected);
    started.process(input, found);
    const worst = found.reduce((most, value, n) => Math.max(most, Math.abs(value - (expected[n] ?? 0))), 0);
    // The engine computes the silence in float32, this function in float64.
    expect(worst).toBeLessThan(2e-6);
  });

  it("is nothing for models that have no state of their own to store", () => {
    expect(settledLstmState(model("gru-4", 1))).toBeUndefined();
  });
});
