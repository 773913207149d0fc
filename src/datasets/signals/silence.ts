import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Nothing: where a device sounds by itself, its noise and its hum can be measured.
 *
 * @param request - Rate and length.
 * @returns Shape `[samples]`, zeros.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function silence(request: Omit<SoundRequest, "seed">): Float64Array {
  return new Float64Array(soundLength(request));
}
