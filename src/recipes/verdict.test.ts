import { describe, expect, it } from "vitest";
import { percent, verdict } from "./verdict.ts";

const scores = (esr: number, esrDcBlocked = esr) => ({ esr, esrDcBlocked, mae: 0.1, mrstft: 1 });

describe("verdict", () => {
  it("grades by the DC-blocked ratio and compares with the linear filter", () => {
    const found = verdict({ scores: scores(0.001), fir: scores(0.1) });
    expect(found.grade).toBe("excellent");
    expect(found.sentence).toContain("0.1 % of the signal's energy is error");
    expect(found.sentence).toContain("leaves 10 %, 100 times as much");
    expect(verdict({ scores: scores(0.02), fir: scores(0.1) }).grade).toBe("good");
    expect(verdict({ scores: scores(0.05), fir: scores(0.1) }).grade).toBe("fair");
    expect(verdict({ scores: scores(0.2), fir: scores(0.9) }).grade).toBe("poor");
  });

  it("does not praise a model that a linear filter matches", () => {
    expect(verdict({ scores: scores(0.008), fir: scores(0.01) }).sentence).toContain("hardly more");
    expect(verdict({ scores: scores(0.008), fir: scores(0.001) }).sentence).toContain("needs no neural network");
    expect(verdict({ scores: scores(0.6), fir: scores(0.2) }).sentence).toContain("belong together");
  });

  it("explains a plain ratio that is much higher", () => {
    // A Klon's recording: the filter misses 2.2 % in the offset, the model 1.44 %.
    const recorded = verdict({ scores: scores(0.015, 0.0006), fir: scores(0.112, 0.09) }).sentence;
    expect(recorded).toContain("the recording carries a slow offset");
    const own = verdict({ scores: scores(0.015, 0.0006), fir: scores(0.092, 0.09) }).sentence;
    expect(own).toContain("the model adds a slow offset of its own; train longer");
    expect(verdict({ scores: scores(0.002, 0.0015), fir: scores(0.09) }).sentence).not.toContain("slow offset");
  });
});

describe("percent", () => {
  it("keeps three significant digits", () => {
    expect([0, 0.000_512_34, 0.123_456, 1.5].map(percent)).toEqual(["0 %", "0.0512 %", "12.3 %", "150 %"]);
  });
});
