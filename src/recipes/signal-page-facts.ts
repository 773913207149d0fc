import {
  signalGenerators,
  type SignalPartName,
  signalPartNames,
  type SignalRole,
  type TrainingSignal,
} from "../datasets/index.ts";
import { dbFromAmplitude, integratedLoudness, peak, powerSpectrum, rms, truePeak } from "../signal/index.ts";

/** Power in a band of the spectrum. */
export interface SpectrumBand {
  /** Middle of the band. */
  readonly frequencyHz: number;
  /** Of the power of the whole signal, dB. */
  readonly levelDb: number;
}

/** How much of the time a signal spends at some levels. */
export interface LevelBin {
  /** RMS in 20 ms, dBFS. */
  readonly fromDb: number;
  readonly toDb: number;
  /** 0 to 1. */
  readonly share: number;
}

/** One kind of part in a signal. */
export interface PartSummary {
  readonly generator: SignalPartName;
  readonly summary: string;
  readonly parts: number;
  readonly seconds: number;
  /** Seconds per role. */
  readonly roles: Readonly<Record<SignalRole, number>>;
}

/** What can be measured of a training signal. */
export interface SignalFacts {
  readonly seconds: number;
  readonly sampleRate: number;
  /** dBFS. */
  readonly rmsDb: number;
  readonly peakDb: number;
  /** Also between the samples, dBTP. */
  readonly truePeakDb: number;
  /** Peak over RMS. */
  readonly crestDb: number;
  /** LUFS; null for less than 0.4 s, or silence. */
  readonly loudness: number | null;
  /** Mean over RMS, dB; null where there is none. */
  readonly constantDb: number | null;
  /** Share of the time that is exactly zero. */
  readonly silentShare: number;
  /** Levels from 0 dBFS down in steps of 6 dB; what lies below the last counts in it. */
  readonly levels: readonly LevelBin[];
  /** Octaves from 31 Hz up, as far as the rate allows. */
  readonly octaves: readonly SpectrumBand[];
  readonly kinds: readonly PartSummary[];
  readonly roles: Readonly<Record<SignalRole, number>>;
}

/** The roles in the order in which they come. */
export const signalRoles = ["train", "validation", "test"] as const satisfies readonly SignalRole[];

/**
 * Level, loudness, spectrum and parts of a training signal.
 *
 * @param signal - At least one sample.
 */
export function measureSignal(signal: TrainingSignal): SignalFacts {
  const { samples, sampleRate, parts } = signal;
  const [level, largest] = [rms(samples), peak(samples)];
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const loudness = samples.length >= 0.4 * sampleRate ? integratedLoudness([samples], { sampleRate }) : null;
  const inRole = (role: SignalRole, generator?: string) =>
    parts
      .filter((part) => part.role === role && (generator === undefined || part.generator === generator))
      .reduce((sum, { start, end }) => sum + (end - start) / sampleRate, 0);
  const perRole = (generator?: string) => ({
    train: inRole("train", generator),
    validation: inRole("validation", generator),
    test: inRole("test", generator),
  });
  const used = signalPartNames.filter((name) => parts.some(({ generator }) => generator === name));
  return {
    ...{ seconds: samples.length / sampleRate, sampleRate },
    ...{ rmsDb: dbFromAmplitude(level), peakDb: dbFromAmplitude(largest), crestDb: dbFromAmplitude(largest / level) },
    truePeakDb: dbFromAmplitude(truePeak(samples, { sampleRate })),
    loudness: loudness === null || !Number.isFinite(loudness) ? null : loudness,
    constantDb: mean === 0 || level === 0 ? null : dbFromAmplitude(mean / level),
    silentShare: samples.reduce((count, value) => count + (value === 0 ? 1 : 0), 0) / samples.length,
    levels: levelHistogram(samples, { sampleRate, stepDb: 6 }),
    octaves: spectrumBands(samples, { sampleRate, bandsPerOctave: 1 }),
    kinds: used.map((generator) => ({
      generator,
      summary: signalGenerators[generator].summary,
      parts: parts.filter((part) => part.generator === generator).length,
      seconds: signalRoles.reduce((sum, role) => sum + inRole(role, generator), 0),
      roles: perRole(generator),
    })),
    roles: perRole(),
  };
}

const frameSeconds = 0.02;
const quietestDb = -90;

/** How much of the time lies at which level, loudest first. */
export function levelHistogram(
  samples: Float32Array,
  { sampleRate, stepDb }: { readonly sampleRate: number; readonly stepDb: number },
): LevelBin[] {
  const frame = Math.max(1, Math.min(samples.length, Math.round(frameSeconds * sampleRate)));
  const counts = new Float64Array(Math.ceil(-quietestDb / stepDb));
  let frames = 0;
  for (let start = 0; start + frame <= samples.length; start += frame, frames++) {
    const levelDb = dbFromAmplitude(rms(samples.subarray(start, start + frame)));
    const bin = Math.max(0, Math.floor(-levelDb / stepDb));
    counts[Math.min(counts.length - 1, bin)]! += 1;
  }
  return Array.from(counts, (count, k) => ({
    fromDb: -(k + 1) * stepDb,
    toDb: -k * stepDb || 0,
    share: count / frames,
  }));
}

/** Power in bands of one width in octaves, from 31.25 Hz up to half the rate, in dB of the whole. */
export function spectrumBands(
  samples: Float32Array,
  { sampleRate, bandsPerOctave }: { readonly sampleRate: number; readonly bandsPerOctave: number },
): SpectrumBand[] {
  // So fine that the lowest bands have a bin.
  const fftSize = 2 ** Math.ceil(Math.log2((sampleRate / 31.25) * 2 * bandsPerOctave));
  const { frequencyHz, powerPerHz } = powerSpectrum(samples, { sampleRate, fftSize });
  const total = powerPerHz.reduce((sum, power) => sum + power, 0);
  const half = 2 ** (0.5 / bandsPerOctave);
  const bands: SpectrumBand[] = [];
  for (let k = 0; ; k++) {
    const center = 31.25 * 2 ** (k / bandsPerOctave);
    if (center * half > sampleRate / 2 && bands.length > 0) return bands;
    let power = 0;
    for (const [bin, hertz] of frequencyHz.entries()) {
      if (hertz >= center / half && hertz < center * half) power += powerPerHz[bin]!;
    }
    bands.push({ frequencyHz: center, levelDb: 10 * Math.log10(Math.max(1e-15, power / total)) });
  }
}

/** All samples of one role, end to end. */
export function samplesOfRole({ samples, parts }: TrainingSignal, role: SignalRole): Float32Array {
  const own = parts.filter((part) => part.role === role);
  const joined = new Float32Array(own.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of own) {
    joined.set(samples.subarray(start, end), at);
    at += end - start;
  }
  return joined;
}
