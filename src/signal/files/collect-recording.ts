import { TonewrightError } from "../../errors/index.ts";
import type { DecodedRecording, RecordingStream } from "../recording.ts";

/**
 * The whole of a stream in memory.
 *
 * It grows with what is read and not with what the file promises, so a wrong header costs no memory.
 *
 * @param stream - Not read yet; it is read to its end.
 * @param options.name - File name for messages.
 * @throws TonewrightError what the stream throws, and `file-too-large` beyond 2^31 values (8 GiB).
 */
export async function collectRecording(
  stream: RecordingStream,
  { name }: { readonly name: string },
): Promise<DecodedRecording> {
  const blocks: Float32Array[][] = [];
  let samples = 0;
  for await (const block of stream.blocks()) {
    blocks.push(block);
    samples += block[0]?.length ?? 0;
    if (samples * stream.channelCount > MAX_VALUES) {
      throw new TonewrightError(
        "file-too-large",
        `"${name}" holds more than ${(samples / stream.sampleRate / 60).toFixed(0)} minutes of ` +
          `${stream.channelCount} channels, more than can be held in memory at once (8 GiB)`,
        "cut it into shorter files, or read it block by block (openRecording)",
      );
    }
  }
  const { sampleRate, format, encoding, warnings } = stream;
  const channels = Array.from({ length: stream.channelCount }, (_, c) => joinChannel(blocks, c, samples));
  return { channels, sampleRate, format, encoding, warnings };
}

const MAX_VALUES = 2 ** 31;

/** One channel of all blocks, whose memory it lets go on the way. */
function joinChannel(blocks: Float32Array[][], c: number, samples: number): Float32Array {
  if (blocks.length === 1) return blocks[0]?.[c] ?? new Float32Array(0);
  const channel = new Float32Array(samples);
  let position = 0;
  for (const block of blocks) {
    const part = block[c] ?? new Float32Array(0);
    channel.set(part, position);
    position += part.length;
    block[c] = new Float32Array(0);
  }
  return channel;
}
