import { AudioSampleSink, BufferSource, Input, WAVE } from "mediabunny";
import { TonewrightError } from "../../errors/index.ts";
import type { DecodedRecording } from "../recording.ts";
import { readWavLayout, type WavLayout } from "./wav-layout.ts";

/**
 * The recording in a WAV file: every sample exactly `v / 2^(bits - 1)`, the same in Node and in a browser.
 *
 * A 32-bit integer or 64-bit float sample is rounded once to the nearest float32. Warnings are not errors: show them.
 *
 * @param bytes - The whole file: 8, 16, 24, 32-bit integers (8-bit: `(v - 128) / 128`), 32 or 64-bit floats,
 *   any number of channels up to 64, plain or WAVE_FORMAT_EXTENSIBLE.
 * @param options.name - File name for messages.
 * @returns The channels, the sample rate in Hz, how the samples were stored, and warnings.
 * @throws TonewrightError `empty-file`, `not-a-wav`, `truncated-file`, `bad-header`, `unsupported-encoding`,
 *   `file-too-large` (4 GiB of samples and more), `non-finite-samples`.
 */
export async function decodeWav(bytes: Uint8Array, { name }: { readonly name: string }): Promise<DecodedRecording> {
  const layout = readWavLayout(bytes, name);
  const channels = await decodeSamples(plainFile(bytes, layout, name), layout);
  if (layout.encoding.startsWith("float")) refuseNonFinite(channels, layout, name);
  return { channels, sampleRate: layout.sampleRate, encoding: layout.encoding, warnings: layout.warnings };
}

const HEADER_BYTES = 44;

/**
 * The same samples behind the plainest header there is. The library reads headers leniently (it takes a data size of 0
 * for the end, clamps a truncated file without a word, trips over damaged tags), so it only sees headers written here.
 */
function plainFile(bytes: Uint8Array, layout: WavLayout, name: string): Uint8Array {
  const frameBytes = layout.channels * layout.bytesPerSample;
  const dataBytes = layout.frames * frameBytes;
  if (HEADER_BYTES + dataBytes > 0xffffffff) {
    throw new TonewrightError(
      "file-too-large",
      `"${name}" holds ${dataBytes} bytes of samples, at most 4 GiB can be read at once`,
      "cut it into shorter files, or save it with 24 bits and one channel",
    );
  }
  const file = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(file.buffer);
  const writeAscii = (at: number, text: string) => {
    for (let k = 0; k < text.length; k++) view.setUint8(at + k, text.charCodeAt(k));
  };
  writeAscii(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  writeAscii(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, layout.encoding.startsWith("float") ? 3 : 1, true);
  view.setUint16(22, layout.channels, true);
  view.setUint32(24, layout.sampleRate, true);
  view.setUint32(28, layout.sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * layout.bytesPerSample, true);
  writeAscii(36, "data");
  view.setUint32(40, dataBytes, true);
  file.set(bytes.subarray(layout.dataStart, layout.dataStart + dataBytes), HEADER_BYTES);
  return file;
}

async function decodeSamples(file: Uint8Array, layout: WavLayout): Promise<Float32Array[]> {
  const channels = Array.from({ length: layout.channels }, () => new Float32Array(layout.frames));
  const input = new Input({ source: new BufferSource(file), formats: [WAVE] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw new Error("bug: the WAV library found no audio track behind a header of ours");
  let position = 0;
  for await (const block of new AudioSampleSink(track).samples()) {
    const end = position + block.numberOfFrames;
    if (end > layout.frames) throw new Error(`bug: decoded more than the ${layout.frames} samples of the file`);
    for (const [c, channel] of channels.entries()) {
      block.copyTo(channel.subarray(position, end), { planeIndex: c, format: "f32-planar" });
    }
    block.close();
    position = end;
  }
  input.dispose();
  if (position !== layout.frames) throw new Error(`bug: decoded ${position} of ${layout.frames} samples`);
  return channels;
}

function refuseNonFinite(channels: readonly Float32Array[], layout: WavLayout, name: string): void {
  for (const [c, channel] of channels.entries()) {
    const n = channel.findIndex((value) => !Number.isFinite(value));
    if (n < 0) continue;
    const where = `channel ${c + 1} at ${(n / layout.sampleRate).toFixed(4)} s (sample ${n})`;
    throw new TonewrightError(
      "non-finite-samples",
      `"${name}" holds ${channel[n]} in ${where}`,
      "export the file again; a plug-in in the chain has probably failed at that moment",
    );
  }
}
