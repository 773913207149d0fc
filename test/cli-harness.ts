import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { trainingSignal } from "../src/datasets/index.ts";
import { encodeWav, type WavEncoding } from "../src/signal/index.ts";

/** The built command line: `npm test` builds it, `node tools/build.mjs` does so by hand. */
export const mainFile = fileURLToPath(new URL("../dist/apps/cli/main.js", import.meta.url));

/** What a call of the command line ended with. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line in a folder. */
export function startCli(args: readonly string[], cwd: string): { child: ChildProcess; ended: Promise<CliResult> } {
  if (!existsSync(mainFile)) throw new Error(`${mainFile} is missing: run node tools/build.mjs`);
  const env = { ...process.env };
  delete env.npm_lifecycle_event;
  const child = spawn(process.execPath, [mainFile, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise<CliResult>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs the command line to its end. */
export function runCli(args: readonly string[], cwd: string): Promise<CliResult> {
  return startCli(args, cwd).ended;
}

/** The error document of a call with --json that must fail. */
export function errorOf(result: CliResult): { code: string; message: string; hint: string } {
  return (JSON.parse(result.stdout) as { error: { code: string; message: string; hint: string } }).error;
}

/** Waits until something holds; looks every 20 ms. */
export async function until(holds: () => boolean, { seconds, what }: { seconds: number; what: string }): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The lines of a run's log that contain `text`; 0 before there is one. */
export function eventCount(folder: string, text: string): number {
  const path = join(folder, "events.jsonl");
  return existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line.includes(text)).length
    : 0;
}

/** A temporary folder with recordings in it; remove it with `remove`. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "tonewright-cli-"));

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes a mono WAV file. */
  async wav(
    name: string,
    samples: Float32Array,
    { sampleRate = 44_100, encoding = "float32" }: { sampleRate?: number; encoding?: WavEncoding } = {},
  ): Promise<string> {
    writeFileSync(this.path(name), await encodeWav({ channels: [samples], sampleRate }, { encoding }));
    return name;
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return name;
  }

  makeFolder(name: string): string {
    mkdirSync(this.path(name));
    return name;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Guitar-like audio, 44.1 kHz. */
export function drySignal(seconds: number, { seed = 3 }: { seed?: number } = {}): Float32Array {
  return trainingSignal({ sampleRate: 44_100, seconds, seed }).samples;
}

/** A device with a soft limit and a slow filter before it: something a linear filter cannot do. */
export function distorted(dry: Float32Array): Float32Array {
  let low = 0;
  return dry.map((value) => {
    low += 0.2 * (value - low);
    return 0.7 * Math.tanh(4 * low + 1.5 * value);
  });
}
