import fc from "fast-check";
import { expect, it } from "vitest";
import { sumOver } from "../regression/sum.ts";
import { pairwiseSum } from "./pairwise-sum.ts";

it("pairwiseSum adds as numpy does", () => {
  // numpy 1.24: float(np.add.reduce(1 / np.arange(1, n + 1))) for these n.
  const golden: [number, number][] = [
    [0, 0.0],
    [1, 1.0],
    [7, 2.5928571428571425],
    [8, 2.7178571428571425],
    [13, 3.180133755133755],
    [100, 5.187377517639621],
    [128, 5.433147092589173],
    [129, 5.440899030573669],
    [136, 5.493542515771517],
    [137, 5.50084178584451],
    [300, 6.282663880299504],
    [1001, 7.486469861549347],
    [5000, 9.094508852984436],
  ];
  for (const [count, expected] of golden) {
    expect(pairwiseSum(Float64Array.from({ length: count }, (_, n) => 1 / (n + 1))), `${count}`).toBe(expected);
  }
});

it("pairwiseSum is near the exact sum for any number of values", () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400, size: "max" });
  fc.assert(
    fc.property(values, (list) => {
      const exact = sumOver(list.length, (n) => list[n]!);
      expect(Math.abs(pairwiseSum(Float64Array.from(list)) - exact)).toBeLessThanOrEqual(1e-14 * exact);
    }),
  );
});
