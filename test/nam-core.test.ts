import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorToSignalRatio } from "../src/metrics/index.ts";
import { decodeNam } from "../src/modelfile/index.ts";
import { renderSignal } from "../src/realtime/index.ts";

const folder = new URL("../../shared/data/conformance/", import.meta.url);
const floats = (path: string): Float32Array => {
  const bytes = readFileSync(new URL(path, folder));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

// Outputs of NeuralAmpModelerCore with exact tanh, float32. 1e-9 is the figure to reach; ours are far below.
describe.skipIf(!existsSync(folder))("NeuralAmpModelerCore's outputs (skips without ../shared/data)", () => {
  it.each(["lstm", "wavenet", "wavenet_a1_standard", "my_model"])("%s.nam", (name) => {
    const model = decodeNam(readFileSync(new URL(`nam-core/${name}.nam`, folder)), { name });
    const expected = floats(`nam-core/golden/nam-core-examples.${name}.exact.f32`);
    const output = renderSignal(model, floats("nam-core/golden/input.f32"));
    expect(errorToSignalRatio(output, expected)).toBeLessThan(1e-9);
  });

  it("A2.nam at full size", () => {
    const model = decodeNam(readFileSync(new URL("nam-core/A2.nam", folder)), { name: "A2" });
    const output = renderSignal(model, floats("nam-core/golden/input.f32"));
    expect(errorToSignalRatio(output, floats("nam-core/golden/nam-core-examples.A2.slim1.exact.f32"))).toBeLessThan(
      1e-9,
    );
  });

  it.each(["gated_legacy", "lstm_2x4", "act_ReLU", "act_Sigmoid"])("synthetic %s.nam", (name) => {
    const bytes = readFileSync(new URL(`nam-synthetic/${name}.nam`, folder));
    const output = renderSignal(decodeNam(bytes, { name }), floats("nam-synthetic/input8192.f32"));
    expect(errorToSignalRatio(output, floats(`nam-synthetic/${name}.exact.f32`))).toBeLessThan(1e-9);
  });
});
