import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createWavWriter, openRecording } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";
import { explainWriteError } from "./files.node.ts";

/** Samples of one channel in a file without a header (float32, little endian), read and written anywhere. */
export interface RawFile {
  readonly path: string;
  /** Samples that are there. */
  length(): Promise<number>;
  /** Zeros where there is nothing. */
  read(from: number, to: number): Promise<Float32Array>;
  /** @throws TonewrightError `disk-full`, `unwritable-folder`. */
  write(samples: Float32Array, at: number): Promise<void>;
  /**
   * Waits until what was written is on the disk: a power cut leaves the length right and zeros in it otherwise.
   *
   * @throws TonewrightError `disk-full`, `unwritable-folder`.
   */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A raw file, made if it is not there.
 *
 * @throws TonewrightError `disk-full`, `unwritable-folder`.
 */
export async function openRaw(path: string): Promise<RawFile> {
  let file: FileHandle;
  try {
    file = await open(path, "r+").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return open(path, "w+");
      throw error;
    });
  } catch (error) {
    throw explainWriteError(error, path);
  }
  return {
    path,
    length: async () => Math.floor((await file.stat()).size / 4),
    async read(from, to) {
      const samples = new Float32Array(Math.max(0, to - from));
      const skip = Math.max(0, -from);
      const bytes = new Uint8Array(samples.buffer);
      let filled = 4 * skip;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, 4 * from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return samples;
    },
    async write(samples, at) {
      const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
      try {
        let done = 0;
        while (done < bytes.length) {
          done += (await file.write(bytes, done, bytes.length - done, 4 * at + done)).bytesWritten;
        }
      } catch (error) {
        throw explainWriteError(error, path);
      }
    },
    async sync() {
      try {
        await file.sync();
      } catch (error) {
        throw explainWriteError(error, path);
      }
    },
    close: () => file.close(),
  };
}

const blockSamples = 1 << 18;

/**
 * Writes a stretch of a raw file as a WAV file (mono, float32), under a temporary name that then becomes its own.
 *
 * @throws TonewrightError `disk-full`, `unwritable-folder`.
 */
export async function saveStretch(
  raw: RawFile,
  {
    path,
    start,
    end,
    sampleRate,
  }: { readonly path: string; readonly start: number; readonly end: number; readonly sampleRate: number },
): Promise<SavedLevel> {
  async function* blocks() {
    for (let at = start; at < end; at += blockSamples) yield raw.read(at, Math.min(end, at + blockSamples));
  }
  return saveWav(path, { sampleRate, blocks: blocks() });
}

/** The largest absolute sample of a mono sound file. */
export async function peakOfFile(path: string): Promise<number> {
  const source = await openFileSource(path);
  try {
    let largest = 0;
    for await (const [block] of (await openRecording(source, { name: path })).blocks()) {
      largest = Math.max(largest, peakOf(block!));
    }
    return largest;
  } finally {
    await source.close();
  }
}

/** Multiplies the samples of a mono WAV file, which is replaced as a whole. */
export async function scaleWav(path: string, gain: number): Promise<void> {
  const source = await openFileSource(path);
  try {
    const recording = await openRecording(source, { name: path });
    async function* blocks() {
      for await (const [block] of recording.blocks()) yield block!.map((value) => gain * value);
    }
    await saveWav(path, { sampleRate: recording.sampleRate, blocks: blocks() });
  } finally {
    await source.close();
  }
}

/** What was heard while a file was written. */
export interface SavedLevel {
  /** Largest absolute sample. */
  readonly peak: number;
  readonly mean: number;
}

/** Writes blocks of one channel as a WAV file. */
export async function saveWav(
  path: string,
  { sampleRate, blocks }: { readonly sampleRate: number; readonly blocks: AsyncIterable<Float32Array> },
): Promise<SavedLevel> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const writer = createWavWriter({ sampleRate, channelCount: 1 });
  let [peak, sum, samples] = [0, 0, 0];
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(writer.header);
      for await (const block of blocks) {
        peak = Math.max(peak, peakOf(block));
        sum = block.reduce((total, value) => total + value, sum);
        samples += block.length;
        await file.writeFile(await writer.encode([block]));
      }
      const { tail, header } = writer.finish();
      if (tail.length > 0) await file.writeFile(tail);
      await file.write(header, 0, header.length, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw explainWriteError(error, path);
  }
  return { peak, mean: samples === 0 ? 0 : sum / samples };
}

function peakOf(x: Float32Array): number {
  let largest = 0;
  for (let n = 0; n < x.length; n++) largest = Math.max(largest, Math.abs(x[n]!));
  return largest;
}
