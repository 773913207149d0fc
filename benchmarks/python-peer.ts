import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { basename } from "node:path";
import type { Contender, Job, Round } from "./contender.ts";
import type { FoundPeer, MissingPeer, PeerName } from "./peer.ts";

const execute = promisify(execFile);

/** A peer whose program is a Python script in `peers/`. */
export interface PythonPeer {
  readonly id: PeerName;
  readonly name: string;
  /** File name of its program. */
  readonly script: string;
  /** What a Python must be able to import: the first of these that some Python has. */
  readonly needs: readonly (readonly string[])[];
  /** The Python to ask first. */
  readonly python?: string | undefined;
}

/** What a script says of itself when it has started. */
interface Hello {
  readonly name?: string;
  readonly version: string;
  readonly libraries: string;
}

/** Ends with 0 if the modules named by its arguments are installed; finding them is far quicker than importing them. */
const hasModules = "import sys; from importlib.util import find_spec; sys.exit(None in map(find_spec, sys.argv[1:]))";

/** The first Python on this machine that has what the peer needs, or why there is none. */
export async function findPythonPeer({
  id,
  name,
  script,
  needs,
  python,
}: PythonPeer): Promise<FoundPeer | MissingPeer> {
  const program = peerScript(script);
  if (program === undefined)
    return { id, name, missing: `benchmarks/peers/${script} is not part of this installation` };
  const pythons = [...(python === undefined ? [] : [python]), "python3", "/usr/bin/python3"];
  for (const modules of needs) {
    for (const candidate of pythons) {
      let hello: Hello;
      try {
        await execute(candidate, ["-c", hasModules, ...modules]);
        const peer = new PeerProcess(candidate, { program, threads: 1 });
        hello = (await peer.hello) as Hello;
        await peer.close();
      } catch {
        continue;
      }
      return {
        id,
        name: hello.name ?? name,
        version: hello.version,
        libraries: hello.libraries,
        python: basename(candidate),
        prepare: (job, { threads }) => prepare(new PeerProcess(candidate, { program, threads }), job),
      };
    }
  }
  const wanted = needs.map((modules) => modules.join(" and ")).join(", or ");
  return { id, name, missing: `${pythons.join(" and ")} cannot import ${wanted}` };
}

/** A workload in a process of its own; `undefined` if the peer cannot do it. */
async function prepare(peer: PeerProcess, job: Job): Promise<Contender | undefined> {
  await peer.hello;
  const answer = (await peer.ask({ do: "prepare", ...job })) as { ready: boolean; output?: string };
  if (!answer.ready) {
    await peer.close();
    return undefined;
  }
  return {
    ...(answer.output === undefined ? {} : { output: fromBase64(answer.output) }),
    round: async ({ seconds }) => (await peer.ask({ do: "round", seconds })) as Round,
    close: () => peer.close(),
  };
}

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

function fromBase64(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
}

/** The peer's program: beside this file, or in the repository when this is the built one. */
function peerScript(script: string): string | undefined {
  return [`./peers/${script}`, `../../benchmarks/peers/${script}`]
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

  constructor(python: string, { program, threads }: { program: string; threads: number }) {
    const count = String(threads);
    const limits = {
      OMP_NUM_THREADS: count,
      OPENBLAS_NUM_THREADS: count,
      MKL_NUM_THREADS: count,
      NUMBA_NUM_THREADS: count,
    };
    const env = { ...process.env, ...limits };
    this.#child = spawn(python, [program, count], { env, stdio: ["pipe", "pipe", "pipe"] });
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
    const text = JSON.stringify(request, (_, value) => (value instanceof Float32Array ? base64(value) : value));
    this.#child.stdin?.write(`${text}\n`);
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
