import { execFile, type ExecFileException } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childrenSeconds } from "./machine.ts";

/** One run of the program, from its start to its end. */
export interface NgspiceRun {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** What ngspice says of its version, or why it cannot be asked. */
export function askNgspice(program: string): Promise<{ readonly version: string } | { readonly missing: string }> {
  return new Promise((resolve) => {
    execFile(program, ["--version"], (error, stdout) => {
      const version = /ngspice-(\S+)/.exec(stdout)?.[1];
      if (version !== undefined) resolve({ version });
      else if (error?.code === "ENOENT")
        resolve({ missing: `there is no ${program} on the PATH (apt-get install ngspice)` });
      else resolve({ missing: `${program} --version does not say a version` });
    });
  });
}

/** Runs a deck of a folder on one core; the results are in `<deck>.raw`. */
export function runNgspice(program: string, { folder, deck }: { folder: string; deck: string }): Promise<NgspiceRun> {
  return new Promise((resolve, reject) => {
    const [began, used] = [performance.now(), childrenSeconds()];
    const ended = (error: ExecFileException | null, stdout: string, stderr: string) => {
      const seconds = (performance.now() - began) / 1000;
      if (error !== null) {
        reject(new Error(`${program} -b ${deck}.cir: ${(stderr + stdout).slice(-2000)}`));
        return;
      }
      const now = childrenSeconds();
      // A single thread that never waits: where processor time is not known it is about the time that passed.
      resolve({ seconds, processorSeconds: now === undefined || used === undefined ? seconds : now - used });
    };
    const env = { ...process.env, OMP_NUM_THREADS: "1" };
    execFile(program, ["-b", "-r", `${deck}.raw`, `${deck}.cir`], { cwd: folder, env, maxBuffer: 2 ** 28 }, ended);
  });
}

/** The times and voltages of a run: `[points]` each, at instants that ngspice chose. */
export function readRaw(folder: string, deck: string): { readonly times: Float64Array; readonly volts: Float64Array } {
  const raw = readFileSync(join(folder, `${deck}.raw`));
  const marker = raw.indexOf("Binary:\n");
  const header = raw.toString("latin1", 0, Math.max(0, marker));
  const points = Number(/No\. Points:\s*(\d+)/.exec(header)?.[1]);
  const variables = Number(/No\. Variables:\s*(\d+)/.exec(header)?.[1]);
  if (!(points > 3) || variables !== 2) throw new Error(`ngspice wrote ${points} points of ${variables} variables`);
  const values = new Float64Array(Uint8Array.from(raw.subarray(marker + 8, marker + 8 + points * 16)).buffer);
  const times = new Float64Array(points);
  const volts = new Float64Array(points);
  for (let n = 0; n < points; n++) {
    times[n] = values[2 * n] as number;
    volts[n] = values[2 * n + 1] as number;
  }
  return { times, volts };
}

/** Voltages at equally spaced instants `first, first + step, …`: a cubic through the four nearest points. */
export function atInstants(
  { times, volts }: { readonly times: Float64Array; readonly volts: Float64Array },
  { first, step, count }: { readonly first: number; readonly step: number; readonly count: number },
): Float64Array {
  const result = new Float64Array(count);
  let row = 1;
  for (let n = 0; n < count; n++) {
    const t = first + n * step;
    while (row < times.length - 3 && (times[row + 1] as number) < t) row++;
    let sum = 0;
    for (let i = row - 1; i <= row + 2; i++) {
      let weight = volts[i] as number;
      for (let j = row - 1; j <= row + 2; j++) {
        if (j !== i) weight *= (t - (times[j] as number)) / ((times[i] as number) - (times[j] as number));
      }
      sum += weight;
    }
    result[n] = sum;
  }
  return result;
}
