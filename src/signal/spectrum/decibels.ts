import { checkOptions, TonewrightError } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";

/** How numbers become decibels. */
export interface DecibelOptions {
  /** 0 dB: a number, or `max` for the largest one there is. Default 1. */
  readonly reference?: number | "max" | undefined;
  /** Numbers below count as this: 1e-10 for powers, 1e-5 for amplitudes. */
  readonly floor?: number | undefined;
  /**
   * Everything further below the largest value is raised to there; `null` for no limit. Default 80. The result then
   * depends on the loudest moment of the whole table, so it cannot be computed live.
   */
  readonly topDb?: number | null | undefined;
}

/**
 * Powers in decibels, `10 log10(power / reference)`.
 *
 * @param power - Any shape, `>= 0`.
 * @returns The same shape.
 * @throws TonewrightError `bad-option` for a floor that is not above 0 or a negative `topDb`.
 * @see librosa.power_to_db 0.11
 */
export function powerToDb(power: Float64Array, options: DecibelOptions = {}): Float64Array {
  checkSamples("powerToDb(power, options)", power);
  checkOptions("powerToDb(power, options)", options, { reference: false, floor: false, topDb: false });
  const { reference = 1, floor = 1e-10, topDb = 80 } = options;
  if (!(floor > 0)) {
    throw new TonewrightError("bad-option", `powerToDb: the floor is ${floor}`, "give a floor above 0");
  }
  if (topDb !== null && !(topDb >= 0)) {
    throw new TonewrightError("bad-option", `powerToDb: topDb is ${topDb}`, "give 0 or more, or null for no limit");
  }
  const zero = reference === "max" ? largest(power) : Math.abs(reference);
  const offset = 10 * Math.log10(Math.max(floor, zero));
  const db = new Float64Array(power.length);
  let peak = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < power.length; n++) {
    const value = 10 * Math.log10(Math.max(floor, power[n]!)) - offset;
    db[n] = value;
    if (value > peak) peak = value;
  }
  if (topDb !== null) {
    for (let n = 0; n < db.length; n++) if (db[n]! < peak - topDb) db[n] = peak - topDb;
  }
  return db;
}

/**
 * Amplitudes in decibels, `20 log10(amplitude / reference)`.
 *
 * @param amplitude - Any shape.
 * @returns The same shape.
 * @see librosa.amplitude_to_db 0.11
 */
export function amplitudeToDb(amplitude: Float64Array, options: DecibelOptions = {}): Float64Array {
  checkSamples("amplitudeToDb(amplitude, options)", amplitude);
  checkOptions("amplitudeToDb(amplitude, options)", options, { reference: false, floor: false, topDb: false });
  const { reference = 1, floor = 1e-5, topDb = 80 } = options;
  const power = amplitude.map((value) => value * value);
  return powerToDb(power, {
    reference: reference === "max" ? "max" : reference * reference,
    floor: floor * floor,
    topDb,
  });
}

/** `reference * 10^(db / 10)`: what `powerToDb` came from, above its floor. */
export function dbToPower(db: Float64Array, options: { readonly reference?: number } = {}): Float64Array {
  checkSamples("dbToPower(db, options)", db);
  checkOptions("dbToPower(db, options)", options, { reference: false });
  const { reference = 1 } = options;
  return db.map((value) => reference * 10 ** (value / 10));
}

/** `reference * 10^(db / 20)`: what `amplitudeToDb` came from, above its floor. */
export function dbToAmplitude(db: Float64Array, options: { readonly reference?: number } = {}): Float64Array {
  checkSamples("dbToAmplitude(db, options)", db);
  checkOptions("dbToAmplitude(db, options)", options, { reference: false });
  const { reference = 1 } = options;
  return db.map((value) => reference * 10 ** (value / 20));
}

function largest(values: Float64Array): number {
  let most = values.length === 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  return most;
}
