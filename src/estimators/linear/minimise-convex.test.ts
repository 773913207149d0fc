import { describe, expect, it } from "vitest";
import { minimiseConvex, type Objective } from "./minimise-convex.ts";

describe("minimiseConvex", () => {
  it("finds the bottom of a bowl whose sides differ a thousandfold", () => {
    const bowl: Objective = (point, gradient) => {
      let value = 0;
      for (let k = 0; k < point.length; k++) {
        const steepness = 1000 ** (k / (point.length - 1));
        gradient[k] = steepness * (point[k]! - k);
        value += 0.5 * steepness * (point[k]! - k) ** 2;
      }
      return value;
    };
    const found = minimiseConvex(bowl, new Float64Array(20), { tolerance: 1e-9, maxIterations: 1000 });
    expect(found.converged).toBe(true);
    // The flattest side has curvature 1, so that the error is at most the slope.
    for (const [k, value] of found.point.entries()) expect(Math.abs(value - k)).toBeLessThan(1e-9);
  });

  it("goes on where the value is all rounding: the slope decides", () => {
    // 1e8 + cosh: the value cannot tell points within 1e-4 of the minimum apart.
    const floor: Objective = (point, gradient) => {
      gradient[0] = Math.sinh(point[0]! - 3);
      return 1e8 + Math.cosh(point[0]! - 3);
    };
    const found = minimiseConvex(floor, new Float64Array(1), { tolerance: 1e-12, maxIterations: 100 });
    expect(found.converged).toBe(true);
    expect(Math.abs(found.point[0]! - 3)).toBeLessThan(1e-12);
  });

  it("ends on a slope without end", () => {
    const slope: Objective = (_, gradient) => {
      gradient[0] = 1;
      return Number.NaN;
    };
    const found = minimiseConvex(slope, new Float64Array(1), { tolerance: 1e-9, maxIterations: 50 });
    expect(found.converged).toBe(false);
  });
});
