import { TonewrightError } from "../errors/index.ts";
import {
  createFrontEndCollector,
  createLiveFrontEnd,
  createResampler,
  featureRows,
  type FrontEndDocument,
  meanOfChannels,
  openRecording,
  reasonsNotLive,
  type RecordingStream,
} from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";

/** Which channel of a recording the features are of; `mix` is the mean of all. */
export type FeatureChannel = "mix" | "left" | "right";

/** What hears of a sound and of its features while they are computed. */
export interface FeatureListener {
  /** The sound at the front end's rate, one channel, in blocks. Comes before the frames of these samples. */
  samples?(block: Float32Array): void;
  /** Shape `[rows]`, overwritten by the next one. */
  frame?(features: Float64Array, t: number): void;
  /** Called now and then, so that what was heard can be written away. */
  drain?(): Promise<void>;
}

/** What a file holds and what became of it. */
export interface FeatureFacts {
  readonly format: string;
  readonly encoding: string;
  /** Hz, of the file. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly seconds: number;
  readonly rows: number;
  readonly frames: number;
  /** Sentences for the user. */
  readonly warnings: readonly string[];
}

/** How a file is read. */
export interface ReadOptions {
  /** What to call it in messages. */
  readonly name: string;
  /** Asked after each block; the file is left then and nothing returned. */
  readonly isStopped?: (() => boolean) | undefined;
  /** Seconds that were read, and of the whole if the file says so. */
  readonly onProgress?: ((seconds: number, of: number | undefined) => void) | undefined;
}

/** Computes one front end of many files. */
export interface FeatureReader {
  readonly rows: number;
  /** Nothing if it was stopped. */
  read(file: string, options: ReadOptions, listeners: readonly FeatureListener[]): Promise<FeatureFacts | undefined>;
}

/**
 * A reader of features: opens sound files, takes one channel, resamples it (best quality) and computes a front end.
 *
 * A front end that can run live never holds the sound; another one holds what every frame gave, or the sound where a feature
 * is of all of it. The numbers are those of `computeFrontEnd` either way.
 *
 * @param options.sameRate - Files must have the front end's rate; they are refused otherwise.
 * @throws TonewrightError what the front end's features refuse.
 */
export function createFeatureReader(
  document: FrontEndDocument,
  { channel = "mix", sameRate = false }: { readonly channel?: FeatureChannel; readonly sameRate?: boolean } = {},
): FeatureReader {
  const rows = featureRows(document).reduce((sum, place) => sum + place.rows, 0);
  const engine = createEngine(document, rows);
  return {
    rows,
    async read(file, { name, isStopped = () => false, onProgress }, listeners) {
      const source = await openSource(file, name);
      try {
        const recording = await openRecording(source, { name });
        const { sampleRate, channelCount } = recording;
        if (sameRate && sampleRate !== document.sampleRate) refuseRate(name, sampleRate, document.sampleRate);
        const rate = { from: sampleRate, to: document.sampleRate };
        const resampler = rate.from === rate.to ? undefined : createResampler(rate);
        let [samples, frames] = [0, 0];
        const onFrame = (features: Float64Array, t: number) => {
          for (const listener of listeners) listener.frame?.(features, t);
          frames = t + 1;
        };
        const push = (block: Float32Array) => {
          if (block.length === 0) return;
          for (const listener of listeners) listener.samples?.(block);
          engine.push(block, onFrame);
        };
        engine.reset();
        for await (const block of recording.blocks()) {
          const mono = oneChannel(block, { name, channel });
          samples += mono.length;
          push(resampler === undefined ? mono : resampler.push(mono));
          for (const listener of listeners) await listener.drain?.();
          onProgress?.(samples / sampleRate, secondsOf(recording));
          // Signals such as Ctrl-C, and messages, are delivered between events only.
          await new Promise((resolve) => setImmediate(resolve));
          if (isStopped()) return undefined;
        }
        if (samples === 0) refuseEmpty(name);
        if (resampler !== undefined) push(resampler.flush());
        await engine.finish(onFrame, async () => {
          for (const listener of listeners) await listener.drain?.();
        });
        const { format, encoding, warnings } = recording;
        const facts = { format, encoding, sampleRate, channels: channelCount, seconds: samples / sampleRate };
        return { ...facts, rows, frames, warnings: [...warnings] };
      } finally {
        engine.reset();
        await source.close();
      }
    },
  };
}

type OnFrame = (features: Float64Array, t: number) => void;

interface Engine {
  push(block: Float32Array, onFrame: OnFrame): void;
  finish(onFrame: OnFrame, drain: () => Promise<void>): Promise<void>;
  reset(): void;
}

const framesBetweenDrains = 4096;

function createEngine(document: FrontEndDocument, rows: number): Engine {
  if (reasonsNotLive(document).length === 0) {
    const live = createLiveFrontEnd(document);
    return {
      push: (block, onFrame) => live.push(block, onFrame),
      finish: async (onFrame) => live.flush(onFrame),
      reset: () => live.reset(),
    };
  }
  const collector = createFrontEndCollector(document);
  const column = new Float64Array(rows);
  return {
    push: (block) => collector.push(block),
    async finish(onFrame, drain) {
      const table = collector.finish();
      if (table.rows !== rows) throw new Error(`bug: ${table.rows} rows where ${rows} were expected`);
      for (let t = 0; t < table.frames; t++) {
        for (let k = 0; k < rows; k++) column[k] = table.values[k * table.frames + t]!;
        onFrame(column, t);
        if ((t + 1) % framesBetweenDrains === 0) await drain();
      }
    },
    reset: () => collector.reset(),
  };
}

function oneChannel(
  block: readonly Float32Array[],
  { name, channel }: { readonly name: string; readonly channel: FeatureChannel },
): Float32Array {
  const [left, right] = block;
  if (left === undefined) throw new Error("bug: a recording without channels");
  if (channel === "right" && right === undefined) {
    throw new TonewrightError("no-such-channel", `"${name}" has one channel`, "choose the left channel, or mix");
  }
  if (channel === "right" && right !== undefined) return right;
  return channel === "left" || right === undefined ? left : meanOfChannels(block);
}

function secondsOf({ samples, sampleRate }: RecordingStream): number | undefined {
  return samples === undefined ? undefined : samples / sampleRate;
}

async function openSource(file: string, name: string) {
  try {
    return await openFileSource(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message =
      code === "ENOENT" ? `there is no file "${name}"` : `"${name}" cannot be read: the system says ${code}`;
    const kind = code === "ENOENT" ? "file-not-found" : "unreadable-file";
    throw new TonewrightError(kind, message, "give a file that is there and that you may read", { cause: error });
  }
}

function refuseRate(name: string, found: number, wanted: number): never {
  throw new TonewrightError(
    "wrong-sample-rate",
    `"${name}" has ${found} Hz, and nothing is resampled to the ${wanted} Hz of the others`,
    "give --sample-rate a number to resample all files",
  );
}

function refuseEmpty(name: string): never {
  throw new TonewrightError("empty-file", `"${name}" holds no samples`, "export or record the file again");
}
