import type { RecordingStream } from "../recording.ts";
import { readAiffLayout, type SampleOrder } from "./aiff-layout.ts";
import type { ByteSource } from "./byte-source.ts";
import { bytesPerSample, pcmBlocks } from "./pcm-blocks.ts";
import { readOnce } from "./read-once.ts";

/**
 * An AIFF or AIFF-C file as a stream of blocks, every sample exactly `v / 2^(bits - 1)`: its bytes are put in the order
 * of a WAV file and take the same way from there.
 *
 * @param source - The whole file; its header is read at once, its samples as they are asked for.
 * @param options.name - File name for messages.
 * @throws TonewrightError `empty-file`, `truncated-file`, `bad-header`, `unsupported-encoding`; while it is read also
 *   `non-finite-samples`.
 * @throws TonewrightError `unsupported-rate` below 1 kHz or above 768 kHz, `unsupported-channels` above 64.
 */
export async function openAiff(source: ByteSource, { name }: { readonly name: string }): Promise<RecordingStream> {
  const layout = await readAiffLayout(source, name);
  const repack = repacking(layout.order, bytesPerSample(layout.encoding));
  return {
    format: "aiff",
    encoding: layout.encoding,
    sampleRate: layout.sampleRate,
    channelCount: layout.channels,
    samples: layout.frames,
    warnings: layout.warnings,
    blocks: readOnce(() => pcmBlocks(source, { name, ...layout, ...(repack && { repack }) })),
  };
}

function repacking(order: SampleOrder, width: number): ((stored: Uint8Array) => Uint8Array) | undefined {
  if (order === "little-endian") return undefined;
  if (order === "signed-byte") return (stored) => stored.map((byte) => byte ^ 0x80);
  return (stored) => {
    const turned = new Uint8Array(stored.length);
    for (let start = 0; start < stored.length; start += width) {
      for (let k = 0; k < width; k++) turned[start + k] = stored[start + width - 1 - k] ?? 0;
    }
    return turned;
  };
}
