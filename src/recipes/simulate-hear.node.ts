import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createKnobListener, type HeardKnobFile, type KnobDatasetProblem } from "../datasets/index.ts";
import { isTonewrightError } from "../errors/index.ts";
import { openRecording } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";

/** What was heard of a file, and the stretch that delays are measured on. */
export interface HeardExcerpt {
  readonly heard: HeardKnobFile;
  /** Shape `[samples]`. */
  readonly excerpt: Float32Array;
}

/** Hears the files of a dataset, block by block. Nothing comes back if it was stopped, a problem for an unreadable file. */
export interface KnobEars {
  /** The stretch is the loudest. */
  input(path: string): Promise<HeardExcerpt | KnobDatasetProblem | undefined>;
  /** @param span - Of the input: sample indices. */
  target(path: string, span: HeardKnobFile["loudest"]): Promise<HeardExcerpt | KnobDatasetProblem | undefined>;
}

/** Inputs that are kept: many settings have the same one, often as one file with several names. */
const keptInputs = 6;

/** Ears for the files below a folder. */
export function createKnobEars(folder: string, { stop }: { readonly stop: AbortSignal }): KnobEars {
  const kept = new Map<string, HeardExcerpt>();
  const attempt = async <T>(path: string, read: (full: string) => Promise<T>): Promise<T | KnobDatasetProblem> => {
    try {
      return await read(join(folder, path));
    } catch (error) {
      if (!isTonewrightError(error)) throw error;
      const { message, hint } = error;
      return { code: "unreadable-file", path, message: message.replaceAll(join(folder, path), path), hint };
    }
  };
  return {
    input: (path) =>
      attempt(path, async (full) => {
        const key = await identityOf(full);
        const known = key === undefined ? undefined : kept.get(key);
        if (known !== undefined) return known;
        const first = await hear(full, { stop, span: { start: 0, end: 0 } });
        if (first === undefined) return undefined;
        const again = await excerptOf(full, { stop, span: first.heard.loudest });
        if (again === undefined) return undefined;
        const made = { heard: first.heard, excerpt: again };
        if (key !== undefined) {
          const [oldest] = kept.keys();
          if (kept.size >= keptInputs && oldest !== undefined) kept.delete(oldest);
          kept.set(key, made);
        }
        return made;
      }),
    target: (path, span) => attempt(path, (full) => hear(full, { stop, span })),
  };
}

/** Tells one file under two names from two files. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || found.nlink < 2 ? undefined : `${found.dev} ${found.ino}`;
}

interface HearOptions {
  readonly stop: AbortSignal;
  readonly span: HeardKnobFile["loudest"];
}

async function hear(path: string, options: HearOptions): Promise<HeardExcerpt | undefined> {
  let listener: ReturnType<typeof createKnobListener> | undefined;
  const excerpt = await eachBlock(path, {
    ...options,
    onBlock: (block, sampleRate) => {
      listener ??= createKnobListener({ sampleRate });
      listener.push(block);
      return true;
    },
  });
  if (excerpt === undefined) return undefined;
  listener ??= createKnobListener({ sampleRate: excerpt.sampleRate });
  return { heard: listener.end(), excerpt: excerpt.samples };
}

async function excerptOf(path: string, options: HearOptions): Promise<Float32Array | undefined> {
  let at = 0;
  const found = await eachBlock(path, {
    ...options,
    onBlock: (block) => {
      at += block.length;
      return at < options.span.end;
    },
  });
  return found?.samples;
}

/** Reads the first channel; gives what lies in the span. Ends where `onBlock` says no. */
async function eachBlock(
  path: string,
  {
    stop,
    span: { start, end },
    onBlock,
  }: HearOptions & { readonly onBlock: (block: Float32Array, sampleRate: number) => boolean },
): Promise<{ readonly samples: Float32Array; readonly sampleRate: number } | undefined> {
  const source = await openFileSource(path);
  try {
    const recording = await openRecording(source, { name: path });
    const { sampleRate } = recording;
    const samples = new Float32Array(end - start);
    let [at, filled] = [0, 0];
    for await (const [block = new Float32Array(0)] of recording.blocks()) {
      if (stop.aborted) return undefined;
      const wanted = block.subarray(Math.max(0, start - at), Math.max(0, end - at));
      samples.set(wanted, filled);
      filled += wanted.length;
      at += block.length;
      if (!onBlock(block, sampleRate)) break;
    }
    return { samples: samples.subarray(0, filled), sampleRate };
  } finally {
    await source.close();
  }
}
