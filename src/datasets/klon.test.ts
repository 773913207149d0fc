import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeWav } from "../signal/index.ts";
import { alignPair } from "./align-pair.ts";
import { assertUsable } from "./check.ts";
import { inspectPair } from "./inspect-pair.ts";
import { planSplits } from "./plan-splits.ts";

const folder = new URL("../../../shared/data/capture/klon/", import.meta.url);
const load = async (name: string) => decodeWav(new Uint8Array(readFileSync(new URL(name, folder))), { name });

/** A real capture: 425 segments of half a second, each with a clipped start-up transient, polarity inverted. */
describe.skipIf(!existsSync(folder))("the Klon recordings (skipped without ../shared/data)", () => {
  const segment = { length: 22050, skip: 11025 };
  const names = { dryName: "input.wav", wetName: "target-gain050.wav" };

  it("are usable as segments: in time, inverted, with an offset, and a few clipped peaks", async () => {
    const [dry, wet] = [await load(names.dryName), await load(names.wetName)];
    const report = inspectPair(dry, wet, { ...names, segment });
    assertUsable(report);
    expect(report).toMatchObject({ sampleRate: 44100, seconds: 212.5 });
    expect(report.alignment).toMatchObject({ delaySamples: 0, polarity: -1, driftSamples: 0 });
    expect(report.alignment?.correlation).toBeCloseTo(0.76, 2);
    const warnings = report.checks.filter(({ verdict }) => verdict === "warn");
    expect(warnings.map(({ id, about }) => `${id} ${about}`)).toEqual(["dc wet", "clipping wet"]);
    // SOURCE.txt: residual mean about -0.018.
    expect(warnings[0]?.value).toBeCloseTo(-0.018, 3);

    const [x, y] = [dry.channels[0]!, wet.channels[0]!];
    const pair = alignPair(x, y, { sampleRate: 44100, segment, alignment: report.alignment });
    expect(pair.dry).toHaveLength(425 * 22050);
    const plan = planSplits({ samples: pair.dry.length, sampleRate: 44100, contextSamples: 11025, segment });
    // 7 blocks with 20 segments between splits leave 405.
    expect([plan.train.length, plan.validation.length, plan.test.length]).toEqual([323, 41, 41]);
    expect(plan.warnings).toEqual([]);
  });

  it("are refused as one recording, because of the transients", async () => {
    const report = inspectPair(await load(names.dryName), await load(names.wetName), names);
    expect(() => assertUsable(report)).toThrow(expect.objectContaining({ code: "clipped" }));
  });

  it("show that they were swapped once the wet is late", async () => {
    const [dry, wet] = [await load(names.dryName), await load(names.wetName)];
    const late = new Float32Array(dry.channels[0]!.length);
    late.set(wet.channels[0]!.subarray(0, late.length - 100), 100);
    const swapped = inspectPair({ ...wet, channels: [late] }, dry, { ...names, segment });
    expect(() => assertUsable(swapped)).toThrow(expect.objectContaining({ code: "swapped" }));
  });
});
