import { join } from "node:path";
import { TonewrightError } from "../errors/index.ts";
import type { FeatureReply, FeatureWork } from "./features-job.node.ts";
import { openFeatureWorkers } from "./features-pool.node.ts";

/** How far the work on many files is. */
export interface FeatureEvent {
  readonly done: number;
  readonly of: number;
  /** Once it can be told. */
  readonly secondsLeft?: number;
}

/** What to do with the files of a folder. */
export interface FolderWork {
  readonly work: FeatureWork;
  readonly paths: readonly string[];
  /** Where the features of a path go; absent where the work writes nothing. */
  readonly targetOf?: ((path: string) => string) | undefined;
  readonly threads: number;
  readonly stop: AbortSignal;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Hears of every file, in the order of the paths; the next is not given before this one was taken. */
  readonly onFile: (path: string, reply: Exclude<FeatureReply, { fatal: unknown }>) => void | Promise<void>;
}

/**
 * Computes the features of many files on several threads.
 *
 * Nothing is kept of a file but what `onFile` keeps. The order in which it hears does not depend on the threads; after a stop
 * there may be gaps.
 *
 * @param folder - What the paths are below.
 * @returns A generator of progress; its result is the number of files that were done.
 * @throws TonewrightError `disk-full`, `unwritable-folder`; what the front end's features refuse.
 */
export async function* computeFolder(folder: string, options: FolderWork): AsyncGenerator<FeatureEvent, number> {
  const { work, paths, targetOf, threads, stop, clock, onFile } = options;
  const workers = openFeatureWorkers(work, {
    threads: Math.min(threads, Math.ceil(paths.length / FILES_PER_THREAD)),
    stop,
  });
  // Replies wait here until all before them are in.
  const waiting = new Map<number, Exclude<FeatureReply, { fatal: unknown }>>();
  let [next, entered, done, failure]: [number, number, number, unknown] = [0, 0, 0, undefined];
  const started = clock();
  let wake = () => {};
  const loops = workers.map(async (worker) => {
    while (next < paths.length && !stop.aborted && failure === undefined) {
      // A file that takes long holds back those after it: not too many of them.
      if (next - entered > MOST_WAITING) await new Promise((resolve) => setTimeout(resolve, 20));
      else {
        const index = next++;
        const name = paths[index]!;
        const reply = await worker.run({ file: join(folder, name), name, target: targetOf?.(name) });
        if (reply === undefined) return;
        if ("fatal" in reply) throw new TonewrightError(reply.fatal.code, reply.fatal.message, reply.fatal.hint);
        waiting.set(index, reply);
        done++;
        wake();
      }
    }
  });
  let working = true;
  const finished = Promise.allSettled(
    loops.map((loop) =>
      loop.catch((error: unknown) => {
        failure ??= error ?? new Error("bug: a thread failed without a reason");
        wake();
      }),
    ),
  ).then(() => {
    working = false;
    wake();
  });
  try {
    while (working) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        // What came in meanwhile has called the old one.
        if (!working || waiting.has(entered)) resolve();
      });
      for (let reply = waiting.get(entered); reply !== undefined; reply = waiting.get(entered)) {
        waiting.delete(entered);
        await onFile(paths[entered]!, reply);
        entered++;
      }
      const secondsLeft = ((clock() - started) / 1000 / Math.max(1, done)) * (paths.length - done);
      yield { done, of: paths.length, ...(done < FEW_FOR_A_GUESS ? {} : { secondsLeft }) };
    }
    await finished;
    if (failure !== undefined) throw failure;
    for (const [index, reply] of [...waiting].sort(([p], [q]) => p - q)) await onFile(paths[index]!, reply);
    return done;
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
  }
}

/** A thread takes as long to start as a few files take. */
const FILES_PER_THREAD = 8;
const FEW_FOR_A_GUESS = 8;
const MOST_WAITING = 10_000;
