import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Contender, Round } from "./contender.ts";
import type { StreamingMaterial } from "./streaming-contender.ts";
import { learningRate, type TrainingMaterial } from "./training-contender.ts";
import type { StreamingWorkload, TrainingWorkload, Workload } from "./workloads.ts";

/** A Python that can import torch, and what its torch says of itself. */
export interface FoundPyTorch {
  readonly python: string;
  readonly version: string;
  readonly libraries: string;
}

const execute = promisify(execFile);

/** The first Python on this machine that imports torch, or why there is none. */
export async function findPyTorch(): Promise<FoundPyTorch | { readonly missing: string }> {
  const script = peerScript();
  if (script === undefined) return { missing: "benchmarks/peers/pytorch.py is not part of this installation" };
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      await execute(python, ["-c", "import torch"]);
    } catch {
      continue;
    }
    const peer = new PeerProcess(python, { threads: 1 });
    const { version, libraries } = (await peer.hello) as FoundPyTorch;
    await peer.close();
    return { python, version, libraries };
  }
  return { missing: "neither python3 nor /usr/bin/python3 can import torch" };
}

/** PyTorch on a workload, in a process of its own, from the same weights and data. */
export async function preparePyTorch(
  { python }: FoundPyTorch,
  workload: Workload,
  material: TrainingMaterial | StreamingMaterial,
): Promise<Contender> {
  const peer = new PeerProcess(python, { threads: workload.threads });
  await peer.hello;
  await peer.ask({ do: "prepare", ...jobOf(workload, material) });
  return {
    round: async ({ seconds }) => (await peer.ask({ do: "round", seconds })) as Round,
    close: () => peer.close(),
  };
}

function jobOf(workload: Workload, material: TrainingMaterial | StreamingMaterial): object {
  if (workload.kind === "train") return trainingJob(workload, material as TrainingMaterial);
  return streamingJob(workload, material as StreamingMaterial);
}

function trainingJob(
  { kind, architecture, chunkLength, chunks }: TrainingWorkload,
  material: TrainingMaterial,
): object {
  const { dry, wet, weights, starts, lookBack, lossScale } = material;
  const arrays = { dry: base64(dry), wet: base64(wet), weights: base64(weights) };
  return { kind, architecture, chunkLength, chunks, starts, lookBack, lossScale, learningRate, ...arrays };
}

function streamingJob({ kind, architecture, blockSamples }: StreamingWorkload, material: StreamingMaterial): object {
  const { input, weights } = material;
  return { kind, architecture, blockSamples, input: base64(input), weights: base64(weights) };
}

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/** The peer's program: beside this file, or in the repository when this is the built one. */
function peerScript(): string | undefined {
  return ["./peers/pytorch.py", "../../benchmarks/peers/pytorch.py"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
}

/** A Python process that answers one JSON line with another. */
class PeerProcess {
  /** What it says of itself when it has started. */
  readonly hello: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  #complaint = "";

  constructor(python: string, { threads }: { threads: number }) {
    const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
    this.#child = spawn(python, [peerScript() ?? "", String(threads)], { env, stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stderr?.on("data", (text: Buffer) => {
      this.#complaint = (this.#complaint + text.toString()).slice(-2000);
    });
    this.#child.once("error", (error) => this.#end(error));
    this.#child.once("close", (code) => this.#end(new Error(`${python} ended with code ${code}: ${this.#complaint}`)));
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      this.#waiting.shift()?.resolve(JSON.parse(line));
    });
    this.hello = this.#answer();
  }

  async ask(request: object): Promise<unknown> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.#answer();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const closed = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.stdin?.end();
    await closed;
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #end(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
