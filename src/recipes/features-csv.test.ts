import { describe, expect, it } from "vitest";
import { frontEndPreset } from "../signal/index.ts";
import { fileCsvLine, filesCsvHead, frameCsvLine, framesCsvHead } from "./features-csv.ts";
import { createStatisticsFit } from "./features-statistics.ts";

const document = frontEndPreset("librosa", ["rms", "zcr"]);

describe("features as CSV", () => {
  it("have a line per frame", () => {
    expect(framesCsvHead(document)).toBe("time,rms,zero_crossing_rate\n");
    const frame = Float64Array.of(0.1, 1 / 3);
    expect(frameCsvLine(frame, { seconds: 512 / 22050, precision: "float32" })).toBe(
      "0.02322,0.100000001,0.333333343\n",
    );
    expect(frameCsvLine(frame, { seconds: 0, precision: "float64" })).toBe("0,0.1,0.3333333333333333\n");
  });

  it("have a line per file, with paths that a reader takes for one field", () => {
    expect(filesCsvHead(document)).toBe("path,rms_mean,rms_std,zero_crossing_rate_mean,zero_crossing_rate_std\n");
    const fit = createStatisticsFit(2);
    fit.add(Float64Array.of(1, 2));
    fit.add(Float64Array.of(3, 2));
    const numbers = { statistics: fit.result(), precision: "float64" as const };
    expect(fileCsvLine("dogs/bark.wav", numbers)).toBe("dogs/bark.wav,2,1,2,0\n");
    expect(fileCsvLine('a "loud", one.wav', numbers)).toBe('"a ""loud"", one.wav",2,1,2,0\n');
  });
});
