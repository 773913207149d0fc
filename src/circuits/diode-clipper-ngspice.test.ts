import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { downsample, upsample } from "../signal/index.ts";
import { createDiodeClipperSolver } from "./diode-clipper-solver.ts";
import { simulateDiodeClipper } from "./index.ts";

const sampleRate = 44_100;
const fixtures = fileURLToPath(new URL("../../fixtures/circuits/", import.meta.url));
const generator = join(fixtures, "make-diode-clipper.mjs");
const ngspiceMissing = spawnSync("ngspice", ["--version"]).error !== undefined;

interface Golden {
  /** Source voltage at 44.1 kHz. */
  readonly source: Float32Array;
  /** What ngspice finds across the diodes, at 352.8 kHz. */
  readonly voltage: Float32Array;
}

function readGolden(folder: string): Golden {
  const read = (name: string): Float32Array => {
    const bytes = readFileSync(join(folder, name));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Float32Array.from({ length: bytes.byteLength / 4 }, (_, n) => view.getFloat32(n * 4, true));
  };
  return { source: read("diode-clipper-source.f32"), voltage: read("diode-clipper-voltage-8x.f32") };
}

function runNgspice(seconds: number, peakVolts: number): Golden {
  const folder = mkdtempSync(join(tmpdir(), "tonewright-clipper-"));
  try {
    execFileSync(process.execPath, [generator, folder, String(seconds), String(peakVolts)]);
    return readGolden(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function errorDb(actual: Float32Array, expected: Float32Array): number {
  let error = 0;
  let energy = 0;
  for (const [n, v] of expected.entries()) {
    error += ((actual[n] ?? Number.NaN) - v) ** 2;
    energy += v * v;
  }
  return 10 * Math.log10(error / energy);
}

/** The whole way against ngspice's voltage, which takes only the last step with us: the band limit. */
function errorOfSimulation({ source, voltage }: Golden, oversampling: number): number {
  const simulated = simulateDiodeClipper(source, { sampleRate, inputGainVolts: 1, oversampling });
  return errorDb(simulated, downsample(voltage, { factor: 8 }));
}

/** The solver alone at ngspice's instants, nothing filtered on the way out. */
function errorOfSolver({ source, voltage }: Golden): number {
  const solved = new Float32Array(voltage.length);
  const solve = createDiodeClipperSolver(
    { resistanceOhms: 2200, capacitanceFarads: 10e-9, saturationCurrentAmps: 2.52e-9, thermalVoltageVolts: 45.3e-3 },
    { stepSeconds: 1 / (8 * sampleRate), sourceScaleVolts: 1 },
  );
  solve(upsample(source, { factor: 8 }), solved);
  return errorDb(solved, voltage);
}

describe("the diode clipper against ngspice", () => {
  // At 8 times oversampling the trapezoidal rule is the whole difference: it measures -88.6 dB here, -101.5 dB at 16.
  it("agrees with the committed voltages to -85 dB, and to -98 dB at twice the oversampling", () => {
    const golden = readGolden(fixtures);
    expect(errorOfSimulation(golden, 8)).toBeLessThan(-85);
    expect(errorOfSimulation(golden, 16)).toBeLessThan(-98);
    expect(errorOfSolver(golden)).toBeLessThan(-85);
  });

  describe.skipIf(ngspiceMissing)(
    `run now${ngspiceMissing ? " (skipped: no ngspice; apt-get install ngspice)" : ""}`,
    () => {
      it("still computes the committed voltages", () => {
        // Another version or machine may choose other instants; its error is well below what the trapezoidal rule leaves.
        expect(errorDb(runNgspice(0.05, 4.5).voltage, readGolden(fixtures).voltage)).toBeLessThan(-100);
      });

      // Measured: -90.3, -88.1, -81.0 and -75.9 dB. The harder the clipping, the sharper the corner inside one step.
      it.each([
        { peakVolts: 0.05, boundDb: -86 },
        { peakVolts: 4.5, boundDb: -84 },
        { peakVolts: 20, boundDb: -77 },
        { peakVolts: 100, boundDb: -70 },
      ])("agrees at $peakVolts V of drive to $boundDb dB", ({ peakVolts, boundDb }) => {
        expect(errorOfSimulation(runNgspice(0.1, peakVolts), 8)).toBeLessThan(boundDb);
      });
    },
  );
});
