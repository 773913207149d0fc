import { join } from "node:path";
import type { CollectionReport } from "../datasets/index.ts";
import { isTonewrightError } from "../errors/index.ts";
import { encodeFlac, openRecording } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";
import {
  classExamples,
  type PageSound,
  pageLimits,
  soundKey,
  type WantedSound,
  wantedSounds,
} from "./collection-page-sounds.ts";
import { dataUrl } from "./collection-page-text.ts";
import { drawSpectrogram } from "./figure-spectrogram.ts";

/** What a page about a folder shows and plays of its files. */
export interface CollectionExcerpts {
  /** By `soundKey`. */
  readonly sounds: ReadonlyMap<string, PageSound>;
  readonly pictures: readonly ClassPicture[];
}

/** A class as a picture. */
export interface ClassPicture {
  readonly label: string;
  readonly path: string;
  /** `data:image/png…`. */
  readonly url: string;
  readonly seconds: number;
  readonly lowHz: number;
  readonly highHz: number;
}

/**
 * Short pieces of the files that a page is about, and a picture for each class, within `pageLimits`.
 *
 * Files that have gone or changed since they were heard are left out.
 *
 * @param folder - Where the files are.
 */
export async function readExcerpts(folder: string, report: CollectionReport): Promise<CollectionExcerpts> {
  const sounds = new Map<string, PageSound>();
  let bytes = 0;
  for (const place of wantedSounds(report)) {
    const excerpt = await readExcerpt(folder, place, pageLimits.secondsPerPlayer);
    if (excerpt === undefined) continue;
    const sound = await pageSound(excerpt);
    bytes += sound.url.length;
    if (bytes > pageLimits.audioBytes) break;
    sounds.set(soundKey(place), sound);
  }
  const pictures: ClassPicture[] = [];
  for (const { label, path } of classExamples(report.files)) {
    const excerpt = await readExcerpt(folder, { path }, PICTURE_SECONDS);
    if (excerpt === undefined) continue;
    const { samples, sampleRate } = excerpt;
    const { png, lowHz, highHz } = drawSpectrogram(samples, { sampleRate });
    pictures.push({ label, path, url: dataUrl("image/png", png), seconds: samples.length / sampleRate, lowHz, highHz });
  }
  return { sounds, pictures };
}

const PICTURE_SECONDS = 5;
/** How far a file is searched for its loudest place. */
const SEARCHED_SECONDS = 60;

interface Excerpt {
  /** Mean of the channels, shape `[samples]`. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
  /** Seconds. */
  readonly start: number;
}

async function readExcerpt(folder: string, { path, at }: WantedSound, seconds: number): Promise<Excerpt | undefined> {
  try {
    const source = await openFileSource(join(folder, path));
    try {
      const recording = await openRecording(source, { name: path });
      const { sampleRate } = recording;
      const from = at === undefined ? 0 : Math.floor(at * sampleRate);
      const length = Math.max(1, Math.round(seconds * Math.min(sampleRate, HIGHEST_RATE)));
      const kept = at === undefined ? Math.max(length, SEARCHED_SECONDS * sampleRate) : length;
      const mono = await readMono(recording.blocks(), { from, length: kept });
      if (mono.length === 0) return undefined;
      const start = loudestStart(mono, length);
      return { samples: mono.slice(start, start + length), sampleRate, start: (from + start) / sampleRate };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (isTonewrightError(error) || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}

/** Above this rate a player gets fewer seconds instead of more bytes. Hz. */
const HIGHEST_RATE = 48_000;

async function readMono(
  blocks: AsyncIterable<Float32Array[]>,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<Float32Array> {
  const pieces: Float32Array[] = [];
  let [position, filled] = [0, 0];
  for await (const channels of blocks) {
    const count = channels[0]?.length ?? 0;
    const first = Math.max(0, from - position);
    const last = Math.min(count, first + length - filled);
    if (first < last) {
      const piece = new Float32Array(last - first);
      for (const channel of channels)
        for (let n = 0; n < piece.length; n++) piece[n]! += channel[first + n]! / channels.length;
      pieces.push(piece);
      filled += piece.length;
    }
    position += count;
    if (filled >= length) break;
  }
  const mono = new Float32Array(filled);
  let at = 0;
  for (const piece of pieces) {
    mono.set(piece, at);
    at += piece.length;
  }
  return mono;
}

function loudestStart(mono: Float32Array, length: number): number {
  const step = Math.max(1, length >> 3);
  const energies: number[] = [];
  for (let start = 0; start < mono.length; start += step) {
    energies.push(mono.subarray(start, start + step).reduce((sum, value) => sum + value * value, 0));
  }
  let [best, most] = [0, -1];
  for (let k = 0; k * step + length <= mono.length; k++) {
    const energy = energies.slice(k, k + 8).reduce((sum, value) => sum + value, 0);
    if (energy > most) [best, most] = [k, energy];
  }
  return best * step;
}

async function pageSound({ samples, sampleRate, start }: Excerpt): Promise<PageSound> {
  // Integers hold nothing beyond full scale.
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const channel = peak > 1 ? samples.map((value) => value / peak) : samples;
  const bytes = await encodeFlac({ channels: [channel], sampleRate }, { bits: 16 });
  return { url: dataUrl("audio/flac", bytes), seconds: samples.length / sampleRate, start };
}
