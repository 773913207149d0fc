import type { RecordingStream } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { pcmBlocks } from "./pcm-blocks.ts";
import { readOnce } from "./read-once.ts";
import { readWavLayout } from "./wav-layout.ts";

/**
 * A WAV file as a stream of blocks, every sample exactly `v / 2^(bits - 1)`.
 *
 * @param source - The whole file; its header is read at once, its samples as they are asked for.
 * @param options.name - File name for messages.
 * @throws TonewrightError `empty-file`, `not-a-wav`, `truncated-file`, `bad-header`, `unsupported-encoding`; while it is
 *   read also `non-finite-samples`.
 * @throws TonewrightError `unsupported-rate` below 1 kHz or above 768 kHz, `unsupported-channels` above 64.
 */
export async function openWav(source: ByteSource, { name }: { readonly name: string }): Promise<RecordingStream> {
  const layout = await readWavLayout(source, name);
  return {
    format: "wav",
    encoding: layout.encoding,
    sampleRate: layout.sampleRate,
    channelCount: layout.channels,
    samples: layout.frames,
    warnings: layout.warnings,
    blocks: readOnce(() => pcmBlocks(source, { name, ...layout })),
  };
}
