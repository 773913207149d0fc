import { checkOptions } from "../../errors/index.ts";
import { checkBytes } from "../check-sound.ts";
import type { DecodedRecording, RecordingStream } from "../recording.ts";
import { type ByteSource, bytesSource } from "./byte-source.ts";
import { sourcePart } from "./byte-window.ts";
import { collectRecording } from "./collect-recording.ts";
import { sniffFormat } from "./sniff-format.ts";

/**
 * A sound file as a stream of blocks: WAV, AIFF, FLAC, MP3, Ogg Vorbis or Ogg Opus, told apart by content.
 *
 * Only what is asked for is read, so the length of the file does not matter. Show `warnings` after the last block: they
 * may grow until then. Lossless samples are exactly `v / 2^(bits - 1)`, the same in Node and in a browser.
 *
 * @param source - The whole file: `bytesSource`, `openFileSource` (Node) or `blobSource` (browser).
 * @param options.name - File name for messages; its extension is not looked at.
 * @throws TonewrightError `empty-file`, `unknown-format`, `truncated-file`, `corrupt-file`, `bad-header`,
 *   `unsupported-encoding`; while it is read also `non-finite-samples`.
 * @throws TonewrightError `unsupported-rate` below 1 kHz or above 768 kHz, `unsupported-channels` above 64.
 */
export async function openRecording(source: ByteSource, options: { readonly name: string }): Promise<RecordingStream> {
  checkOptions("openRecording(source, options)", options, { name: true });
  const { name } = options;
  const { container, start } = await sniffFormat(source, name);
  const body = sourcePart(source, { start });
  switch (container) {
    case "wav":
      return (await import("./open-wav.ts")).openWav(body, { name });
    case "aiff":
      return (await import("./open-aiff.ts")).openAiff(body, { name });
    case "flac":
      return (await import("./open-flac.ts")).openFlac(body, { name });
    case "ogg":
      return (await import("./open-ogg.ts")).openOgg(body, { name });
    case "mp3": // gets its tags too: they belong to the format
      return (await import("./open-mp3.ts")).openMp3(source, { name });
    default:
      return container satisfies never;
  }
}

/**
 * The recording in a sound file of any format that `openRecording` reads.
 *
 * Lossless samples are exactly `v / 2^(bits - 1)`, the same in Node and in a browser. Warnings are not errors: show them.
 *
 * @param bytes - The whole file.
 * @param options.name - File name for messages; its extension is not looked at.
 * @returns The channels, the sample rate in Hz, the format, how the samples were stored, and warnings.
 * @throws TonewrightError as `openRecording`, and `file-too-large` (8 GiB of decoded samples and more).
 */
export async function decodeRecording(
  bytes: Uint8Array,
  options: { readonly name: string },
): Promise<DecodedRecording> {
  checkBytes("decodeRecording(bytes, options)", bytes);
  checkOptions("decodeRecording(bytes, options)", options, { name: true });
  const { name } = options;
  return collectRecording(await openRecording(bytesSource(bytes), { name }), { name });
}
