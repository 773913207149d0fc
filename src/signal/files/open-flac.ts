import type { RecordingStream } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { corrupt, cutShort, noSamples } from "./file-refusal.ts";
import { createFlacDecoder, type FlacDecoder, type FlacFault, type FlacFrame, type FlacState } from "./flac-decoder.ts";
import { type FlacHeader, readFlacHeader } from "./flac-header.ts";
import { createFlacInput } from "./flac-input.ts";
import { createSampleQueue } from "./sample-queue.ts";
import { readOnce } from "./read-once.ts";

/**
 * A FLAC file as a stream of blocks, every sample exactly `v / 2^(bits - 1)`.
 *
 * Everything the file promises is checked: the checksum of each frame, the numbering of the frames, the number of
 * samples and the MD5 sum of the whole sound. A stream cut at a frame's end cannot be noticed if its header says neither
 * length nor sum, as encoders that write to a pipe leave it; that is a warning.
 *
 * @param source - The whole file; its header is read at once, its frames as they are asked for.
 * @param options.name - File name for messages.
 * @throws TonewrightError `truncated-file`, `bad-header`, `unsupported-encoding` (more than 24 bits); while it is read
 *   also `corrupt-file`, `empty-file`.
 * @throws TonewrightError `unsupported-rate` below 1 kHz or above 768 kHz, `unsupported-channels` above 64.
 * @see RFC 9639; libFLAC 1.3.4 decodes.
 */
export async function openFlac(source: ByteSource, { name }: { readonly name: string }): Promise<RecordingStream> {
  const header = await readFlacHeader(source, name);
  if (header.samples === 0 && header.audioStart === header.audioEnd) throw noSamples(name);
  const warnings: string[] = [];
  if (header.samples === 0) {
    const unchecked = header.hasChecksum ? "" : " and has no checksum; if its end is missing, nothing tells";
    warnings.push(`"${name}" does not say how long it is${unchecked}: everything to its end is read`);
  }
  return {
    format: "flac",
    encoding: `pcm${header.bits}`,
    sampleRate: header.sampleRate,
    channelCount: header.channels,
    samples: header.samples === 0 ? undefined : header.samples,
    warnings,
    blocks: readOnce(() => flacBlocks(source, { header, name, warnings })),
  };
}

interface FlacReading {
  readonly header: FlacHeader;
  readonly name: string;
  readonly warnings: string[];
}

async function* flacBlocks(source: ByteSource, reading: FlacReading): AsyncGenerator<Float32Array[]> {
  const { header } = reading;
  const input = createFlacInput(source, header, reading.name);
  const queue = createSampleQueue(header.channels);
  const progress: Progress = {
    samples: 0,
    firstSample: 0,
    bytesLeft: input.left,
    fault: undefined,
    problem: undefined,
  };
  const decoder = await createFlacDecoder({
    read: (target) => input.hand(target),
    fault(what) {
      progress.fault = what;
    },
    frame(frame) {
      if (progress.samples === 0) progress.firstSample = firstSampleOf(frame, reading);
      progress.problem ??= frameProblem(frame, reading, progress);
      if (progress.problem !== undefined) return;
      queue.push(frame.channels, 2 ** -(header.bits - 1));
      progress.samples += frame.samples;
      progress.bytesLeft = input.left;
    },
  });
  let state: FlacState = "more";
  while (state === "more" && progress.problem === undefined) {
    await input.prepare();
    state = stepSafely(decoder, reading, progress);
    for (let block = queue.take(); block !== undefined; block = queue.take()) yield block;
  }
  const rest = queue.rest();
  if (rest !== undefined) yield rest;
  progress.problem ??= endProblem(reading, progress, { bytesUnread: input.left });
  if (progress.problem !== undefined) throw progress.problem;
  if (!decoder.finish()) {
    throw corrupt(reading.name, "its samples do not have the checksum (MD5) that its header states");
  }
}

interface Progress {
  /** Samples per channel that came out. */
  samples: number;
  /** The number that the file gives its first sample. */
  firstSample: number;
  /** Bytes the decoder had not been given when the last frame came out. */
  bytesLeft: number;
  fault: FlacFault | undefined;
  problem: Error | undefined;
}

/** libFLAC has been fuzzed for years; should a file get it to fault all the same, the file is to blame. */
function stepSafely(decoder: FlacDecoder, { header, name }: FlacReading, progress: Progress): FlacState {
  try {
    return decoder.step();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    progress.problem ??= corrupt(name, `the frame ${timeOf(progress.samples, header)} cannot be decoded`);
    return "stopped";
  }
}

/** A stream that was cut out of a longer one, as of a radio programme, counts from the beginning of that. */
function firstSampleOf({ firstSample }: FlacFrame, { header, name, warnings }: FlacReading): number {
  if (firstSample === 0 || header.samples !== 0 || header.hasChecksum) return 0;
  warnings.push(`"${name}" was cut out of a longer stream: its first frame begins with sample ${firstSample}`);
  return firstSample;
}

/** Why a frame cannot be the next one of this file. */
function frameProblem(
  frame: FlacFrame,
  { header, name }: FlacReading,
  { samples, firstSample }: Progress,
): Error | undefined {
  const at = timeOf(samples, header);
  const { sampleRate, bits, channels } = frame;
  if (sampleRate !== header.sampleRate || bits !== header.bits || channels.length !== header.channels) {
    const found = `${channels.length} channels of ${bits} bits at ${sampleRate} Hz`;
    return corrupt(name, `it changes to ${found} ${at}; its header says otherwise`);
  }
  if (frame.firstSample !== firstSample + samples) {
    return corrupt(name, `the frame ${at} says that it begins with sample ${frame.firstSample}: frames are missing`);
  }
  if (header.samples !== 0 && samples + frame.samples > header.samples) {
    return corrupt(name, `it holds more than the ${header.samples} samples that its header declares`);
  }
  return undefined;
}

/** What is wrong with the place where the decoder stopped. */
function endProblem(
  { header, name, warnings }: FlacReading,
  { samples, bytesLeft, fault }: Progress,
  { bytesUnread }: { readonly bytesUnread: number },
): Error | undefined {
  const at = timeOf(samples, header);
  if (header.samples !== 0 && samples === header.samples) {
    if (bytesLeft > 0) warnings.push(`"${name}" has bytes behind its last frame that are no sound; they are left out`);
    return undefined;
  }
  if (fault !== undefined) return corrupt(name, `${fault} ${at}`);
  if (bytesUnread > 0) return corrupt(name, `a frame ${at} is larger than its header allows`);
  if (header.samples !== 0) {
    return cutShort(name, `its header declares ${header.samples} samples, it ends ${at}`);
  }
  if (bytesLeft > 0) return cutShort(name, `it ends inside the frame ${at}`);
  return samples === 0 ? noSamples(name) : undefined;
}

function timeOf(sample: number, { sampleRate }: FlacHeader): string {
  return `at ${(sample / sampleRate).toFixed(4)} s (sample ${sample})`;
}
