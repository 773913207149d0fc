import { TonewrightError } from "../../errors/index.ts";

/** Hz: no recorder of sound runs slower or faster. */
const RATE_RANGE = { min: 1000, max: 768_000 };
const MAX_CHANNELS = 64;

/** The error for a header that cannot be true. */
export function badHeader(name: string, found: string): TonewrightError {
  return new TonewrightError("bad-header", `"${name}" has a damaged header: ${found}`, "export the file again");
}

/** The error for a file that ends before it should. */
export function cutShort(name: string, found: string): TonewrightError {
  return new TonewrightError(
    "truncated-file",
    `"${name}" is cut short: ${found}`,
    "copy or export the file again; if it is complete as it is, open and save it in an audio editor",
  );
}

/** The error for damage inside the sound. */
export function corrupt(name: string, found: string): TonewrightError {
  return new TonewrightError("corrupt-file", `"${name}" is damaged: ${found}`, "copy or export the file again");
}

/** The error for a file without a single sample. */
export function noSamples(name: string): TonewrightError {
  return new TonewrightError("empty-file", `"${name}" holds no samples (0 s)`, "record or export the file again");
}

/** The error for a healthy file whose samples are stored in a way that is not read here. */
export function unsupportedEncoding(name: string, found: string): TonewrightError {
  return new TonewrightError(
    "unsupported-encoding",
    `"${name}" stores ${found}`,
    "export it as WAV with 8, 16, 24 or 32-bit integers, or 32 or 64-bit floats",
  );
}

/**
 * Refuses numbers of channels and rates that no recorder writes.
 *
 * @throws TonewrightError `bad-header` for none, `unsupported-channels`, `unsupported-rate`.
 */
export function checkChannelsAndRate(name: string, channels: number, sampleRate: number): void {
  if (!(channels >= 1)) throw badHeader(name, `it declares ${channels} channels`);
  if (channels > MAX_CHANNELS) {
    throw new TonewrightError(
      "unsupported-channels",
      `"${name}" declares ${channels} channels, and up to ${MAX_CHANNELS} can be read`,
      "export fewer channels; if it has fewer, its header is wrong: export the file again",
    );
  }
  if (!(sampleRate > 0)) throw badHeader(name, `it declares ${sampleRate} Hz`);
  if (sampleRate < RATE_RANGE.min || sampleRate > RATE_RANGE.max) {
    throw new TonewrightError(
      "unsupported-rate",
      `"${name}" declares a sample rate of ${sampleRate} Hz, and ${RATE_RANGE.min} to ${RATE_RANGE.max} Hz can be read`,
      "set the rate in its header to one in between, and count frequencies and times in proportion",
    );
  }
}
