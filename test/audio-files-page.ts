import { blobSource } from "../src/signal/index.browser.ts";
import { decodeRecording, encodeFlac, encodeWav, openRecording } from "../src/signal/index.ts";

/** What one platform made of a file; the same on all. */
export interface FileReport {
  readonly format: string;
  readonly encoding: string;
  readonly sampleRate: number;
  readonly samples: number;
  readonly warnings: string[];
  /** SHA-256 of the float32 bytes, channel after channel. */
  readonly hash: string;
}

/** Decodes bytes and hashes the samples. */
export async function reportOn(bytes: Uint8Array): Promise<FileReport> {
  const { channels, ...rest } = await decodeRecording(bytes, { name: "file" });
  return { ...rest, samples: channels[0]?.length ?? 0, hash: await hashOf(channels) };
}

/** SHA-256 of the FLAC and WAV files of a fixed sound. */
export async function hashesOfWritten(): Promise<string[]> {
  const channels = [0, 1].map((c) =>
    Float32Array.from({ length: 5000 }, (_, n) => (((n * (n + c)) % 65_536) - 32_768) / 32_768),
  );
  const sound = { channels, sampleRate: 44_100 };
  const files = [await encodeFlac(sound, { bits: 16 }), await encodeFlac(sound, { bits: 24 }), await encodeWav(sound)];
  return Promise.all(files.map((file) => hashOf([file])));
}

/** In the page: every file from a response and, block by block, from a `Blob`. */
export async function run(files: string[]) {
  const reports: Record<string, FileReport & { blobHash: string }> = {};
  for (const file of files) {
    const blob = await (await fetch(`/files/${file}`)).blob();
    const stream = await openRecording(blobSource(blob), { name: file });
    const blocks: Float32Array[][] = [];
    for await (const block of stream.blocks()) blocks.push(block);
    const parts = Array.from({ length: stream.channelCount }, (_, c) =>
      blocks.map((block) => block[c] ?? new Float32Array(0)),
    );
    reports[file] = {
      ...(await reportOn(new Uint8Array(await blob.arrayBuffer()))),
      blobHash: await hashOf(parts.flat()),
    };
  }
  return { reports, written: await hashesOfWritten() };
}

async function hashOf(arrays: readonly (Float32Array | Uint8Array)[]): Promise<string> {
  const bytes = await new Blob(arrays.map((array) => array.slice())).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
