import fc from "fast-check";
import { expect, it } from "vitest";
import { shortestFloat32 } from "./float-text.ts";

it("spells a float32 as short as it can", () => {
  expect(String(shortestFloat32(Math.fround(0.1)))).toBe("0.1");
  expect(String(shortestFloat32(Math.fround(-0.02)))).toBe("-0.02");
  expect(String(shortestFloat32(Math.fround(1 / 3)))).toBe("0.33333334");
  expect(String(shortestFloat32(2 ** -149))).toBe("1.4013e-45"); // the smallest float32 of all
});

it("is read back as the same float32, whatever it is", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(JSON.parse(JSON.stringify(shortestFloat32(value))) as number)).toBe(value === 0 ? 0 : value);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
