import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { decodeNpy, decodeWav } from "../src/signal/index.ts";
import { distorted, drySignal, Workplace } from "./cli-harness.ts";

const place = new Workplace();
afterAll(() => place.remove());

const run = (name: string, ...args: string[]) => {
  const file = fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
  return spawnSync(process.execPath, [file, ...args], { cwd: place.folder, encoding: "utf8" });
};

describe("the examples", () => {
  it("capture a device and play a recording through the model", async () => {
    const dry = drySignal(6);
    await place.wav("dry.wav", dry);
    await place.wav("wet.wav", distorted(dry));
    const captured = run("capture.mjs", "dry.wav", "wet.wav", "model.tonewright");
    expect(captured.stderr).toBe("");
    expect(captured.status).toBe(0);
    const ratios = (label: string) => `error-to-signal ratio, ${label}: 0\\.\\d+, of a linear filter: 0\\.\\d+\n`;
    expect(captured.stdout).toMatch(/^error-to-signal ratio so far, DC blocked: 0\.\d+\n/);
    expect(captured.stdout).toMatch(new RegExp(`${ratios("plain")}${ratios("DC blocked")}$`));

    const rendered = run("render.mjs", "model.tonewright", "dry.wav", "out.wav");
    expect(rendered.stderr).toBe("");
    expect(rendered.status).toBe(0);
    const out = await decodeWav(new Uint8Array(readFileSync(place.path("out.wav"))), { name: "out.wav" });
    expect(out.channels[0]?.length).toBe(dry.length);
    expect(out.sampleRate).toBe(44_100);
  });

  it("play a recording through a circuit whose knob turns", async () => {
    const dry = drySignal(1);
    await place.wav("riff.wav", dry);
    const played = run("circuit.mjs", "riff.wav", "screamed.wav");
    expect(played.stderr).toBe("");
    expect(played.status).toBe(0);
    const { channels } = await decodeWav(new Uint8Array(readFileSync(place.path("screamed.wav"))), {
      name: "screamed.wav",
    });
    expect(channels[0]?.length).toBe(dry.length);
    const peak = channels[0]?.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(peak).toBeGreaterThan(0.1);
    expect(peak).toBeLessThan(1);
  });

  it("compute the features of a sound", async () => {
    const tone = Float32Array.from({ length: 44_100 }, (_, n) => 0.5 * Math.sin(0.05 * n));
    await place.wav("second.wav", tone, { sampleRate: 44_100 });
    const computed = run("features.mjs", "second.wav", "mfcc.npy");
    expect(computed.stderr).toBe("");
    // 22050 samples at 22050 Hz, a frame every 512.
    expect(computed.stdout).toBe("20 coefficients, 44 frames\n");
    const { shape, values } = decodeNpy(readFileSync(place.path("mfcc.npy")), { name: "mfcc.npy" });
    expect(shape).toEqual([20, 44]);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
