import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkRecording } from "../check-sound.ts";
import { AudioSample, AudioSampleSource, BufferTarget, Output, WavOutputFormat } from "mediabunny";
import type { Recording } from "../recording.ts";

/** What `encodeWav` can write. */
export type WavEncoding = "float32" | "pcm16" | "pcm24" | "pcm32";

/**
 * The bytes of a WAV file.
 *
 * Integers are rounded and clipped at full scale, without dither, so keep `float32` for anything that will be trained
 * on or judged. What was decoded from 16 or 24 bits comes back bit for bit in the same width.
 *
 * @param recording - At least one channel, at least one sample, all channels of one length.
 * @param options.encoding - How to store a sample.
 * @returns The whole file.
 * @throws TonewrightError `empty-recording`, `length-mismatch`, `non-finite-samples`.
 */
export async function encodeWav(
  recording: Recording,
  options: { readonly encoding?: WavEncoding } = {},
): Promise<Uint8Array> {
  checkRecording("encodeWav(recording, options)", recording);
  checkOptions("encodeWav(recording, options)", options, { encoding: false });
  const { encoding = "float32" } = options;
  if (!Number.isInteger(recording.sampleRate) || recording.sampleRate < 1) {
    throw new Error(`bug: a WAV file of ${recording.sampleRate} Hz`);
  }
  const planes = concatenateChannels(recording);
  const output = new Output({ format: new WavOutputFormat(), target: new BufferTarget() });
  const source = new AudioSampleSource({ codec: CODECS[encoding] });
  output.addAudioTrack(source);
  await output.start();
  const block = new AudioSample({
    data: planes,
    format: "f32-planar",
    numberOfChannels: recording.channels.length,
    sampleRate: recording.sampleRate,
    timestamp: 0,
  });
  await source.add(block);
  block.close();
  await output.finalize();
  const { buffer } = output.target;
  if (buffer === null) throw new Error("bug: the WAV library finished without a file");
  return new Uint8Array(buffer);
}

const CODECS = { float32: "pcm-f32", pcm16: "pcm-s16", pcm24: "pcm-s24", pcm32: "pcm-s32" } as const;

/** Channel after channel in one array, shape `[channels * samples]`, checked on the way. */
function concatenateChannels({ channels, sampleRate }: Recording): Float32Array {
  const samples = channels[0]?.length ?? 0;
  if (samples === 0) {
    throw new TonewrightError(
      "empty-recording",
      `there is nothing to write: ${channels.length} channels of ${samples} samples`,
      "give at least one channel with at least one sample",
    );
  }
  const planes = new Float32Array(channels.length * samples);
  for (const [c, channel] of channels.entries()) {
    if (channel.length !== samples) {
      throw new TonewrightError(
        "length-mismatch",
        `channel ${c + 1} has ${channel.length} samples, channel 1 has ${samples}`,
        "make all channels equally long",
      );
    }
    const n = channel.findIndex((value) => !Number.isFinite(value));
    if (n >= 0) {
      throw new TonewrightError(
        "non-finite-samples",
        `channel ${c + 1} holds ${channel[n]} at ${(n / sampleRate).toFixed(4)} s (sample ${n})`,
        "find out where the number comes from; a WAV file must not hold it",
      );
    }
    planes.set(channel, c * samples);
  }
  return planes;
}
