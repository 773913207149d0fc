import { checkOptions } from "../../errors/index.ts";
import { checkBytes } from "../check-sound.ts";
import type { DecodedRecording } from "../recording.ts";
import { bytesSource } from "./byte-source.ts";
import { collectRecording } from "./collect-recording.ts";
import { openWav } from "./open-wav.ts";

/**
 * The recording in a WAV file: every sample exactly `v / 2^(bits - 1)`, the same in Node and in a browser.
 *
 * It reads WAV and nothing else; `decodeRecording` reads every format. A 32-bit integer or 64-bit float sample is
 * rounded once to the nearest float32. Warnings are not errors: show them.
 *
 * @param bytes - The whole file: 8, 16, 24, 32-bit integers (8-bit: `(v - 128) / 128`), 32 or 64-bit floats,
 *   any number of channels up to 64, plain or WAVE_FORMAT_EXTENSIBLE.
 * @param options.name - File name for messages.
 * @returns The channels, the sample rate in Hz, how the samples were stored, and warnings.
 * @throws TonewrightError `empty-file`, `not-a-wav`, `truncated-file`, `bad-header`, `unsupported-encoding`,
 *   `file-too-large` (8 GiB of decoded samples and more), `non-finite-samples`.
 * @throws TonewrightError `unsupported-rate` below 1 kHz or above 768 kHz, `unsupported-channels` above 64.
 */
export async function decodeWav(bytes: Uint8Array, options: { readonly name: string }): Promise<DecodedRecording> {
  checkBytes("decodeWav(bytes, options)", bytes);
  checkOptions("decodeWav(bytes, options)", options, { name: true });
  const { name } = options;
  return collectRecording(await openWav(bytesSource(bytes), { name }), { name });
}
