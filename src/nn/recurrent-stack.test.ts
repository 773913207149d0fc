import { describe, expect, it } from "vitest";
import { createRandom } from "../tensor/index.ts";
import { initialRecurrentWeight } from "./recurrent-stack.ts";

const first = (name: string, length: number) =>
  initialRecurrentWeight(createRandom(7), { name, length, hiddenSize: 16 });

describe("first weights of a recurrent layer", () => {
  it("lie uniformly within 1 / sqrt(H)", () => {
    const values = first("gru.0.weight_hh", 20_000);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.25);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // A uniform variance is bound^2 / 3; five standard errors of 20,000 draws are 0.00065 and 0.005.
    expect(Math.abs(mean)).toBeLessThan(0.0052);
    expect(Math.abs(variance - 0.0625 / 3)).toBeLessThan(0.00066);
  });

  it("open an LSTM's forget gate and only that", () => {
    const [bias, gru] = [first("lstm.0.bias", 64), first("gru.0.bias_ih", 48)];
    bias.forEach((value, i) => {
      expect(Math.abs(value - (i >= 16 && i < 32 ? 1 : 0))).toBeLessThanOrEqual(0.25);
    });
    expect(Math.max(...gru)).toBeLessThanOrEqual(0.25);
  });

  it("start stored states at zero", () => {
    expect(first("lstm.0.initial_cell", 16)).toEqual(new Float32Array(16));
  });
});
