import { TonewrightError } from "../errors/index.ts";
import type { Alignment } from "./alignment.ts";

/** One thing that was looked at in a recording, and what came of it. */
export interface Check {
  /** Stable: `rate`, `length`, `channels`, `silence`, `clipping`, `level`, `dc`, `noise-floor`, `delay`, `polarity`, … */
  readonly id: string;
  /** `warn`: usable, but the result may suffer; `refuse`: not usable. */
  readonly verdict: "pass" | "warn" | "refuse";
  /** What was found, with values. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Which recording it is about; absent for what concerns both. */
  readonly about?: "dry" | "wet";
  /** Where in the file, if it is at one place. */
  readonly seconds?: number;
  /** The measured number, in the unit that the message names. */
  readonly value?: number;
  /** The code of the error that a refusal becomes. */
  readonly code?: string;
}

/** A number with some digits, never "-0.00". */
export function decimal(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** All checks of one recording or of a pair. */
export interface DatasetReport {
  readonly checks: Check[];
  /** Hz, of the dry recording. */
  readonly sampleRate: number;
  /** Length of the dry recording. */
  readonly seconds: number;
  /** How the wet lies against the dry, for `alignPair`; absent without a wet, or if it could not be looked for. */
  readonly alignment?: Alignment;
}

/**
 * Nothing, if no check of a report refuses the recordings.
 *
 * @param report - What `inspectPair` gave.
 * @throws TonewrightError with the code, message and hint of the first refusal: `rate-mismatch`, `too-short`,
 *   `bad-segment`, `silent-recording`, `absurd-level`, `clipped`, `swapped` or `unrelated-signals`.
 */
export function assertUsable(report: DatasetReport): void {
  const refusal = report.checks.find(({ verdict }) => verdict === "refuse");
  if (refusal === undefined) return;
  throw new TonewrightError(
    refusal.code ?? `refused-${refusal.id}`,
    refusal.message,
    refusal.hint ?? "record it again",
  );
}
