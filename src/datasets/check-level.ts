import { dbFromAmplitude, type Span } from "../signal/index.ts";
import { type Check, decimal } from "./check.ts";

interface Subject {
  readonly about: "dry" | "wet";
  readonly name: string;
  readonly sampleRate: number;
  readonly spans: readonly Span[];
}

/** The `silence`, `level` and `dc` checks of one recording, over its scored parts. */
export function checkLevel(x: Float32Array, { about, name, spans }: Subject): Check[] {
  const { peak, rms, mean } = measure(x, spans);
  const peakDb = dbFromAmplitude(peak);
  if (peakDb < SILENT_DB) {
    return [
      {
        id: "silence",
        about,
        verdict: "refuse",
        code: "silent-recording",
        message: peak === 0 ? `"${name}" is all zeros` : `"${name}" holds no sound: its peak is ${db(peakDb)}`,
        hint: "check the cable, the input that was armed, and the channel; then record again",
        value: peakDb,
      },
    ];
  }
  const level = `"${name}" peaks at ${db(peakDb)}, rms ${db(dbFromAmplitude(rms))}`;
  if (peak > ABSURD_PEAK) {
    const hint = "open the file in an audio editor: it is damaged, or its numbers are not samples of full scale 1";
    return [{ id: "level", about, verdict: "refuse", code: "absurd-level", message: level, hint, value: peakDb }];
  }
  const quiet = peakDb < QUIET_DB;
  const loud = peakDb > LOUD_DB;
  const offset = Math.abs(mean) > OFFSET;
  return [
    { id: "silence", about, verdict: "pass", message: `"${name}" holds sound` },
    {
      id: "level",
      about,
      verdict: quiet || loud ? "warn" : "pass",
      message: quiet ? `${level}: very quiet` : loud ? `${level}: far above full scale` : level,
      ...(quiet ? { hint: "record with more gain, so that peaks reach about -6 dBFS" } : {}),
      ...(loud ? { hint: "check how the file was exported; lower it so that peaks reach about -6 dBFS" } : {}),
      value: peakDb,
    },
    {
      id: "dc",
      about,
      verdict: offset ? "warn" : "pass",
      message: `"${name}" has a mean of ${decimal(mean, 4)}`,
      ...(offset ? { hint: "judge by the DC-blocked error; an offset is not heard, but counts in the raw one" } : {}),
      value: mean,
    },
  ];
}

/** A `silence` warning for each recording of a pair that drops out while the dry plays, or none. */
export function checkDropouts(
  dry: Float32Array,
  wet: Float32Array,
  { name, sampleRate, spans }: Omit<Subject, "about">,
): Check[] {
  const frame = Math.round(DROPOUT_SECONDS * sampleRate);
  let first = -1;
  let frames = 0;
  for (const { start, end } of spans) {
    for (let n = start; n + frame <= end; n += frame) {
      if (wet.subarray(n, n + frame).some((value) => value !== 0)) continue;
      if (dbFromAmplitude(measure(dry, [{ start: n, end: n + frame }]).rms) < PLAYING_DB) continue;
      if (first < 0) first = n;
      frames++;
    }
  }
  if (frames === 0) return [];
  const seconds = first / sampleRate;
  return [
    {
      id: "silence",
      about: "wet",
      verdict: "warn",
      message: `"${name}" is exactly zero while the dry plays, ${(frames * DROPOUT_SECONDS).toFixed(2)} s in all, first at ${seconds.toFixed(2)} s`,
      hint: "if the device has no noise gate, samples were lost: record again with larger buffers",
      seconds,
      value: frames * DROPOUT_SECONDS,
    },
  ];
}

const SILENT_DB = -80;
const QUIET_DB = -40;
/** More than any headroom that a mix needs: here a scale is wrong. */
const LOUD_DB = 20;
const ABSURD_PEAK = 1e6;
const OFFSET = 0.005;
const DROPOUT_SECONDS = 0.02;
const PLAYING_DB = -45;

function measure(x: Float32Array, spans: readonly Span[]): { peak: number; rms: number; mean: number } {
  let [peak, sum, energy, count] = [0, 0, 0, 0];
  for (const { start, end } of spans) {
    for (let n = start; n < end; n++) {
      const value = x[n]!;
      if (Math.abs(value) > peak) peak = Math.abs(value);
      sum += value;
      energy += value * value;
    }
    count += end - start;
  }
  return count === 0 ? { peak: 0, rms: 0, mean: 0 } : { peak, rms: Math.sqrt(energy / count), mean: sum / count };
}

function db(levelDb: number): string {
  return `${decimal(levelDb, 1)} dBFS`;
}
