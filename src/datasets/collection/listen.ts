import { createFingerprinter } from "./fingerprint.ts";
import { createColourMeter } from "./measure-colour.ts";
import { createLevelMeter } from "./measure-level.ts";
import { createSilenceMeter } from "./measure-silence.ts";
import { createSampleHash } from "./sample-hash.ts";
import type { SoundFacts, SoundFormat } from "./sound-facts.ts";

/** Hears one recording from beginning to end. */
export interface Listener {
  /** @param channels - Shape `[channels][samples]`, the next piece of each, of any length. */
  push(channels: readonly Float32Array[]): void;
  /** Only once. */
  end(warnings?: readonly string[]): { readonly facts: SoundFacts; readonly fingerprint: Uint32Array };
}

/**
 * A listener that keeps what `inspectCollection` needs to know, and none of the sound.
 *
 * Samples that are no numbers are counted, and count as silence in everything else.
 *
 * @param format - Of the file.
 * @param options.fingerprintWords - Most words of the fingerprint (`fingerprintWordsPerFile`).
 */
export function createListener(
  format: SoundFormat,
  { fingerprintWords }: { readonly fingerprintWords: number },
): Listener {
  const { sampleRate } = format;
  const level = createLevelMeter(format);
  const silence = createSilenceMeter(format);
  const colour = createColourMeter(format);
  const hash = createSampleHash(format);
  const fingerprinter = createFingerprinter({ sampleRate, words: fingerprintWords });
  let mono = new Float32Array(0);
  let samples = 0;

  return {
    push(channels) {
      level.push(channels);
      hash.push(channels);
      const clean = channels.map(withoutGaps);
      silence.push(clean);
      const length = clean[0]?.length ?? 0;
      if (mono.length < length) mono = new Float32Array(length);
      const mixed = mono.subarray(0, length);
      mix(clean, mixed);
      colour.push(mixed);
      fingerprinter.push(mixed);
      samples += length;
    },
    end(warnings = []) {
      const { format: kind, encoding, channels } = format;
      const facts: SoundFacts = {
        ...{ format: kind, encoding, sampleRate, channels },
        ...{ samples, seconds: samples / sampleRate, hash: hash.end(), warnings },
        ...level.end(),
        ...silence.end(),
        ...colour.end(),
      };
      return { facts, fingerprint: fingerprinter.end() };
    },
  };
}

/** The same block, or a copy in which what is no number is 0. */
function withoutGaps(block: Float32Array): Float32Array {
  // A difference of a number and itself is 0, of anything else NaN.
  let gaps = 0;
  for (let n = 0; n < block.length; n++) gaps += block[n]! - block[n]!;
  return gaps === 0 ? block : block.map((value) => (Number.isFinite(value) ? value : 0));
}

/** Overwrites `mono` with the mean of the channels. */
function mix(channels: readonly Float32Array[], mono: Float32Array): void {
  mono.set(channels[0] ?? []);
  if (channels.length < 2) return;
  for (const channel of channels.slice(1)) for (let n = 0; n < mono.length; n++) mono[n]! += channel[n]!;
  for (let n = 0; n < mono.length; n++) mono[n]! /= channels.length;
}
