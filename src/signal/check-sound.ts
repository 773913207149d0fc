import { wrongCall } from "../errors/index.ts";
import type { ComplexMatrix, FeatureMatrix, Samples } from "./matrix.ts";
import type { Recording } from "./recording.ts";

/**
 * Refuses what holds no samples; values are not looked at.
 *
 * @param call - How the function is called: `mfcc(x, options)`.
 * @throws TonewrightError `wrong-call`.
 */
export function checkSamples(call: string, x: Samples): void {
  if (isSamples(x)) return;
  throw wrongCall(call, "the sound", x, `write ${call}, with a Float32Array or Float64Array of one channel`);
}

/** The same for a table of features. @throws TonewrightError `wrong-call`. */
export function checkMatrix(call: string, features: FeatureMatrix): void {
  if (isSamples(features?.values) && features.rows >= 0 && features.frames >= 0) return;
  throw wrongCall(
    call,
    "the table",
    features,
    `write ${call}, with { rows, frames, values } as the features here return`,
  );
}

/** The same for a complex spectrum. @throws TonewrightError `wrong-call`. */
export function checkSpectrum(call: string, spectrum: ComplexMatrix): void {
  if (isSamples(spectrum?.re) && isSamples(spectrum.im)) return;
  throw wrongCall(call, "the spectrum", spectrum, `write ${call}, with { rows, frames, re, im } as stft returns`);
}

/** The same for a list of channels. @throws TonewrightError `wrong-call`. */
export function checkChannels(call: string, channels: readonly Samples[]): void {
  if (Array.isArray(channels) && channels.every(isSamples)) return;
  const hint = `write ${call}, with a list of channels: [left, right], or [x] for one`;
  throw wrongCall(call, "the list of channels", channels, hint);
}

/** The same for a recording. @throws TonewrightError `wrong-call`. */
export function checkRecording(call: string, recording: Recording): void {
  if (Array.isArray(recording?.channels) && recording.channels.every(isSamples) && recording.sampleRate !== undefined)
    return;
  const hint = `write ${call}, with { channels: [x], sampleRate: 44100 } as decodeRecording returns`;
  throw wrongCall(call, "the recording", recording, hint);
}

/** The same for the bytes of a file. @throws TonewrightError `wrong-call`. */
export function checkBytes(call: string, bytes: Uint8Array): void {
  if (ArrayBuffer.isView(bytes) && bytes.BYTES_PER_ELEMENT === 1) return;
  throw wrongCall(
    call,
    "the file",
    bytes,
    `write ${call}, with a Uint8Array: new Uint8Array(await file.arrayBuffer())`,
  );
}

/** By name, since arrays of another window or worker are of other classes. */
function isSamples(x: unknown): x is Samples {
  if (!ArrayBuffer.isView(x)) return false;
  const name = (x as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag];
  return name === "Float32Array" || name === "Float64Array";
}
