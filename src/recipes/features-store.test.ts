import { describe, expect, it } from "vitest";
import { createFrameStore } from "./features-store.ts";

describe("a frame store", () => {
  it("gives back rows of the frames that came in, across its blocks", () => {
    for (const precision of ["float32", "float64"] as const) {
      const store = createFrameStore(20_000, { precision });
      const frame = new Float64Array(20_000);
      for (let t = 0; t < 5; t++) store.add(frame.map((_, k) => k + t / 8));
      expect(store.frames).toBe(5);
      expect(Array.from(store.row(19_999))).toEqual([19_999, 19_999.125, 19_999.25, 19_999.375, 19_999.5]);
      expect(store.row(0)).toBeInstanceOf(precision === "float32" ? Float32Array : Float64Array);
    }
  });
});
