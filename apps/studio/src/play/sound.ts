import { riff } from "../../../../src/datasets/index.ts";
import { isTonewrightError, TonewrightError } from "../../../../src/errors/index.ts";
import { toAudioBuffer } from "../../../../src/realtime/index.browser.ts";
import {
  type DecodedRecording,
  decodeRecording,
  type Recording,
  resampleRecording,
} from "../../../../src/signal/index.ts";

/** A sound ready to play: one or two channels at the model's rate. */
export interface Sound {
  readonly name: string;
  readonly channels: readonly Float32Array[];
  readonly buffer: AudioBuffer;
  /** Sentences about what was changed or noticed while reading. */
  readonly notes: readonly string[];
}

/** Twice its four bars, so that it loops. */
export const riffSeconds = 16;

/** The built-in guitar part. */
export function builtInRiff(sampleRate: number): Sound {
  return toSound("riff", { channels: [riff({ sampleRate, seconds: riffSeconds, seed: 1 })], sampleRate }, []);
}

/** A sound file: WAV, AIFF, FLAC, MP3 and Ogg are read as everywhere in Tonewright, other formats by the browser. */
export async function readSoundFile(file: File, sampleRate: number): Promise<Sound> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const recording = await readKnownFormat(bytes, file.name);
  if (recording === undefined) {
    const decoded = await decodeWithBrowser(bytes, { name: file.name, sampleRate });
    return toSound(file.name, decoded, [`"${file.name}" was read by the browser, at ${inKilohertz(sampleRate)}.`]);
  }
  if (recording.sampleRate === sampleRate) return toSound(file.name, recording, recording.warnings);
  const note = `"${file.name}" is at ${inKilohertz(recording.sampleRate)} and the model at ${inKilohertz(sampleRate)}, so it was resampled.`;
  return toSound(file.name, resampleRecording(recording, sampleRate), [...recording.warnings, note]);
}

/** A rate as musicians write it, such as `44.1 kHz`. */
export function inKilohertz(sampleRate: number): string {
  return `${sampleRate / 1000} kHz`;
}

async function readKnownFormat(bytes: Uint8Array, name: string): Promise<DecodedRecording | undefined> {
  try {
    return await decodeRecording(bytes, { name });
  } catch (error) {
    if (isTonewrightError(error) && error.code === "unknown-format") return undefined;
    throw error;
  }
}

async function decodeWithBrowser(
  bytes: Uint8Array,
  { name, sampleRate }: { name: string; sampleRate: number },
): Promise<Recording> {
  const context = new OfflineAudioContext({ length: 1, sampleRate });
  try {
    const buffer = await context.decodeAudioData(new Uint8Array(bytes).buffer);
    return {
      channels: Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c)),
      sampleRate,
    };
  } catch (cause) {
    throw new TonewrightError(
      "unreadable-sound",
      `"${name}" is not a sound that this browser can read`,
      "choose a WAV, FLAC, MP3, Ogg or M4A file",
      { cause },
    );
  }
}

function toSound(name: string, { channels, sampleRate }: Recording, notes: readonly string[]): Sound {
  const used = channels.slice(0, 2);
  const dropped = channels.length > 2 ? [`"${name}" has ${channels.length} channels; the first two are played.`] : [];
  return { name, channels: used, buffer: toAudioBuffer(used, sampleRate), notes: [...notes, ...dropped] };
}
