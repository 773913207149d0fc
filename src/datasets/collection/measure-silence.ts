/** Where a recording is silent. */
export interface SilenceFacts {
  /** Seconds before the first sound; all of it if there is none. */
  readonly leadingSilence: number;
  /** Seconds after the last sound; 0 if there is none. */
  readonly trailingSilence: number;
  /** Share of the time that is silent, 0 to 1. */
  readonly silentShare: number;
}

/** Measures a recording block by block; keeps 4 bytes for every 20 ms. */
export interface SilenceMeter {
  /** @param channels - Shape `[channels][samples]`, finite. */
  push(channels: readonly Float32Array[]): void;
  end(): SilenceFacts;
}

/**
 * A meter of silence: stretches of 20 ms whose peak is 60 dB below the loudest of the recording, or below -80 dBFS.
 *
 * @param options.sampleRate - Hz.
 */
export function createSilenceMeter({ sampleRate }: { readonly sampleRate: number }): SilenceMeter {
  const length = Math.max(1, Math.round(FRAME_SECONDS * sampleRate));
  let peaks = new Float32Array(1024);
  let [frames, peak, inFrame, samples] = [0, 0, 0, 0];

  function close(): void {
    if (frames === peaks.length) {
      const grown = new Float32Array(2 * frames);
      grown.set(peaks);
      peaks = grown;
    }
    peaks[frames++] = peak;
    [peak, inFrame] = [0, 0];
  }

  return {
    push(channels) {
      const count = channels[0]?.length ?? 0;
      samples += count;
      for (let start = 0; start < count; ) {
        const end = Math.min(count, start + length - inFrame);
        for (const channel of channels) {
          for (let n = start; n < end; n++) {
            const size = Math.abs(channel[n]!);
            if (size > peak) peak = size;
          }
        }
        inFrame += end - start;
        start = end;
        if (inFrame === length) close();
      }
    },
    end() {
      if (inFrame > 0) close();
      const heard = peaks.subarray(0, frames);
      const limit = Math.max(SILENT_PEAK, RELATIVE_PEAK * heard.reduce((most, value) => Math.max(most, value), 0));
      const first = heard.findIndex((value) => value >= limit);
      const seconds = samples / sampleRate;
      if (first < 0) return { leadingSilence: seconds, trailingSilence: 0, silentShare: 1 };
      const last = heard.findLastIndex((value) => value >= limit);
      let silent = 0;
      for (const [t, value] of heard.entries()) if (value < limit) silent += Math.min(length, samples - t * length);
      return {
        leadingSilence: (first * length) / sampleRate,
        trailingSilence: Math.max(0, seconds - ((last + 1) * length) / sampleRate),
        silentShare: silent / samples,
      };
    },
  };
}

const FRAME_SECONDS = 0.02;
/** -80 dBFS: below the last bit but two of 16. */
const SILENT_PEAK = 1e-4;
const RELATIVE_PEAK = 1e-3;
