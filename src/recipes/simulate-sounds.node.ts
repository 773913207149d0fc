import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type TrainingSignalBlocks, trainingSignalBlocks } from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { createResampler, openRecording, peak } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";
import { readFileBytes } from "./files.node.ts";
import { openRaw, type RawFile } from "./simulate-raw.node.ts";
import type { SimulatedSound } from "./simulate-request.ts";

/** Where sounds are kept while a dataset is made. */
export const soundFile = (folder: string, index: number): string => join(folder, `sound-${index}.f32`);

/**
 * A sound file as it enters a dataset: its hash, its rate and length, and the group that its folder or a pattern tells.
 *
 * @throws TonewrightError those of `openRecording`; `file-not-found`.
 */
export async function describeSoundFile(
  path: string,
  { groupPattern }: { readonly groupPattern?: RegExp | undefined },
): Promise<{
  readonly sound: SimulatedSound & { readonly kind: "file" };
  readonly sampleRate: number;
  readonly seconds: number | undefined;
}> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch {
    // Says what is wrong with it.
    await readFileBytes(path);
  }
  const source = await openFileSource(path);
  try {
    const { sampleRate, samples } = await openRecording(source, { name: path });
    const match = groupPattern?.exec(path);
    if (groupPattern !== undefined && match === null) {
      throw new TonewrightError(
        "no-group",
        `the group pattern finds nothing in "${path}"`,
        "give a pattern that finds the group in every path",
      );
    }
    const group = match === undefined || match === null ? basename(dirname(resolve(path))) : (match[1] ?? match[0]);
    const sound = { kind: "file", path: resolve(path), sha256: hash.digest("hex"), group } as const;
    return { sound, sampleRate, seconds: samples === undefined ? undefined : samples / sampleRate };
  } finally {
    await source.close();
  }
}

/**
 * Writes a dry sound to a raw file.
 *
 * A generated sound that will be cut in time has all that is meant for training first, then what is for validation, then what
 * is for the test.
 *
 * @returns The open file, its length, the hash of its samples, and warnings.
 * @throws TonewrightError those of `openRecording`, `empty-recording`, `disk-full`.
 */
export async function prepareSound(
  sound: SimulatedSound,
  {
    path,
    sampleRate,
    order,
  }: { readonly path: string; readonly sampleRate: number; readonly order: "played" | "roles" },
): Promise<{
  readonly raw: RawFile;
  readonly samples: number;
  readonly sha256: string;
  readonly warnings: readonly string[];
}> {
  const file = await openRaw(path);
  const hash = createHash("sha256");
  const raw: RawFile = {
    ...file,
    async write(block, at) {
      hash.update(new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
      await file.write(block, at);
    },
  };
  const warnings: string[] = [];
  let samples = 0;
  if (sound.kind === "generated") {
    const { seconds, seed, preset } = sound;
    const signal = trainingSignalBlocks({ sampleRate, seconds, seed, preset: presetNamed(preset) });
    warnings.push(...signal.warnings.filter((warning) => order === "roles" || !aboutOtherRoles.test(warning)));
    samples = await writeSignal(signal, { first: file, last: raw, order });
  } else {
    samples = await copySoundFile(sound.path, { raw, sampleRate, warnings });
    if (samples > 0 && samples < sampleRate) {
      const seconds = Number((samples / sampleRate).toPrecision(3));
      warnings.push(
        `"${basename(sound.path)}" is ${seconds} s long: little can be learnt from less than a few seconds`,
      );
    }
  }
  if (samples > 0) return { raw: file, samples, sha256: hash.digest("hex"), warnings: [...new Set(warnings)] };
  throw new TonewrightError(
    "empty-recording",
    sound.kind === "file" ? `"${sound.path}" holds no samples` : "the training signal has no samples",
    "give a longer sound",
  );
}

/** Parts one after the other; what they are to be multiplied with is known when all are there. */
async function writeSignal(
  { parts, part, scaleFor }: TrainingSignalBlocks,
  { first, last, order }: { readonly first: RawFile; readonly last: RawFile; readonly order: "played" | "roles" },
): Promise<number> {
  let [samples, largest] = [0, 0];
  for (const one of order === "played" ? parts : inOrderOfRoles(parts)) {
    const sound = part(one);
    largest = Math.max(largest, peak(sound));
    await first.write(sound, samples);
    samples += sound.length;
  }
  const scale = scaleFor(largest);
  for (let at = 0; at < samples; at += blockSamples) {
    const block = await first.read(at, Math.min(samples, at + blockSamples));
    for (let n = 0; n < block.length; n++) block[n] = block[n]! * scale;
    await last.write(block, at);
  }
  return samples;
}

const blockSamples = 1 << 18;

/** What does not matter to a signal that is not divided by the roles of its parts. */
const aboutOtherRoles = /^(validation|test): |no room for parts of their own/;

/**
 * Whether a generated sound can be made, told before there is a folder for it.
 *
 * @throws TonewrightError as `trainingSignal`.
 */
export function checkSound(sound: SimulatedSound, { sampleRate }: { readonly sampleRate: number }): void {
  if (sound.kind === "file") return;
  const { seconds, seed, preset } = sound;
  trainingSignalBlocks({ sampleRate, seconds, seed, preset: presetNamed(preset) });
}

type Preset = Parameters<typeof trainingSignalBlocks>[0]["preset"];

/** Parts of one role together; each begins and ends in silence, so that they can follow each other in any order. */
function inOrderOfRoles(parts: readonly SignalPart[]): SignalPart[] {
  return (["train", "validation", "test"] as const).flatMap((role) => parts.filter((part) => part.role === role));
}

type SignalPart = TrainingSignalBlocks["parts"][number];

/** `trainingSignalBlocks` itself refuses a name that it does not know. */
const presetNamed = (name: string): Preset => name as Preset;

/** The first channel of a file at the wanted rate, or the second if the first is silent. */
async function copySoundFile(
  path: string,
  { raw, sampleRate, warnings }: { readonly raw: RawFile; readonly sampleRate: number; readonly warnings: string[] },
): Promise<number> {
  for (const channel of [0, 1]) {
    const source = await openFileSource(path);
    try {
      const recording = await openRecording(source, { name: path });
      const rate = recording.sampleRate;
      const resampler = rate === sampleRate ? undefined : createResampler({ from: rate, to: sampleRate });
      let [at, sounds, differ] = [0, false, false];
      const append = async (block: Float32Array) => {
        await raw.write(block, at);
        at += block.length;
      };
      for await (const block of recording.blocks()) {
        const samples = block[channel]!;
        const other = block[1 - channel];
        if (!sounds) sounds = samples.some((value) => value !== 0);
        if (!differ && other !== undefined) differ = samples.some((value, n) => value !== other[n]);
        await append(resampler === undefined ? samples : resampler.push(samples));
      }
      if (resampler !== undefined) await append(resampler.flush());
      if (!sounds && recording.channelCount > 1 && channel === 0) continue;
      if (sounds && recording.channelCount > 1) {
        const same = differ ? "" : `${recording.channelCount === 2 ? "both" : "the first two"} the same: `;
        const which = channel === 0 ? `${same}the left one is used` : "the left one is silent: the right one is used";
        warnings.push(`"${basename(path)}" has ${recording.channelCount} channels; ${which}`);
      }
      if (!sounds) warnings.push(`"${basename(path)}" is silent`);
      if (rate !== sampleRate) warnings.push(`"${basename(path)}" was resampled from ${rate} to ${sampleRate} Hz`);
      warnings.push(...recording.warnings);
      return at;
    } finally {
      await source.close();
    }
  }
  throw new Error("bug: no channel was taken");
}
