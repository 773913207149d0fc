import { isTonewrightError } from "../errors/index.ts";
import { refuseAlignment } from "./align-pair.ts";
import { type Alignment, correlationAt, estimateAlignment } from "./alignment.ts";
import { type Check, decimal } from "./check.ts";
import type { InspectOptions } from "./inspect-options.ts";

/** The `delay`, `polarity` and `correlation` checks, and the alignment if nothing speaks against using it. */
export function checkAlignment(
  dry: Float32Array,
  wet: Float32Array,
  options: InspectOptions & { readonly sampleRate: number },
): { readonly alignment?: Alignment; readonly checks: Check[] } {
  const { dryName, wetName = "wet", sampleRate } = options;
  if (options.delaySamples !== undefined)
    return givenDelay(dry, wet, { ...options, delaySamples: options.delaySamples });
  let alignment: Alignment;
  try {
    const { maxDelaySeconds = 0.25, segment } = options;
    alignment = estimateAlignment(dry, wet, { sampleRate, maxDelaySeconds, segment });
  } catch (error) {
    if (!isTonewrightError(error)) throw error;
    return { checks: [{ id: "delay", verdict: "refuse", code: error.code, message: error.message, hint: error.hint }] };
  }
  const refusal = refuseAlignment(alignment, { sampleRate, dryName, wetName });
  if (refusal !== undefined) {
    const { code, message, hint } = refusal;
    const id = code === "swapped" ? "delay" : "correlation";
    return { checks: [{ id, verdict: "refuse", code, message, hint, value: alignment.delaySamples }] };
  }
  return { alignment, checks: [delayCheck(alignment, options), ...describe(alignment, wetName)] };
}

function givenDelay(
  dry: Float32Array,
  wet: Float32Array,
  options: KnownRate & { readonly delaySamples: number },
): { readonly alignment: Alignment; readonly checks: Check[] } {
  const { delaySamples, segment, wetName = "wet" } = options;
  const coefficient = correlationAt(dry, wet, { delaySamples, segment });
  const polarity: 1 | -1 = coefficient < 0 ? -1 : 1;
  const correlation = Math.abs(coefficient);
  const alignment = { delaySamples, polarity, correlation, prominence: null, driftSamples: null };
  const message = `"${wetName}" is taken to be ${delaySamples} samples late, as given`;
  const base = { id: "delay", message, value: delaySamples } as const;
  const better = correlation < LOW_CORRELATION ? clearlyBetter(dry, wet, { ...options, correlation }) : undefined;
  const delay: Check =
    better === undefined
      ? { ...base, verdict: "pass" }
      : {
          ...base,
          verdict: "warn",
          message:
            `${message}, where the correlation is ${decimal(correlation, 2)}; ` +
            `at ${better.delaySamples} samples it is ${decimal(better.correlation, 2)}`,
          hint: "leave the delay out to have it measured, unless you know that it is right",
        };
  return { alignment, checks: [delay, ...describe(alignment, wetName)] };
}

/** What a search finds, if it fits far better than a given delay. */
function clearlyBetter(
  dry: Float32Array,
  wet: Float32Array,
  { sampleRate, maxDelaySeconds = 0.25, segment, correlation }: KnownRate & { readonly correlation: number },
): { readonly delaySamples: number; readonly correlation: number } | undefined {
  try {
    const found = estimateAlignment(dry, wet, { sampleRate, maxDelaySeconds, segment });
    const better = Math.abs(found.correlation);
    if (better < LOW_CORRELATION || better < 2 * correlation) return undefined;
    return { delaySamples: found.delaySamples, correlation: better };
  } catch (error) {
    if (isTonewrightError(error)) return undefined;
    throw error;
  }
}

function delayCheck(
  { delaySamples, driftSamples }: Alignment,
  options: InspectOptions & { readonly sampleRate: number },
): Check {
  const { wetName = "wet", sampleRate } = options;
  const milliseconds = ((Math.abs(delaySamples) / sampleRate) * 1000).toFixed(2);
  const side = delaySamples < 0 ? "early" : "late";
  const message =
    delaySamples === 0
      ? `"${wetName}" is in time`
      : `"${wetName}" is ${Math.abs(delaySamples)} samples (${milliseconds} ms) ${side}; it is moved`;
  const base = { id: "delay", message, value: delaySamples } as const;
  if (driftSamples !== null && Math.abs(driftSamples) > DRIFT_SAMPLES) {
    return {
      ...base,
      verdict: "warn",
      message: `${message}, but its second half is ${Math.abs(driftSamples)} samples ${driftSamples < 0 ? "earlier" : "later"} than its first`,
      hint: "record both with one interface in one session: two clocks drift apart, and lost buffers shift the rest",
    };
  }
  if (delaySamples < -EARLY_SAMPLES) {
    return {
      ...base,
      verdict: "warn",
      hint: "check that dry and wet are not swapped, and that no delay was taken off twice",
    };
  }
  return { ...base, verdict: "pass" };
}

function describe({ polarity, correlation, prominence }: Alignment, wetName: string): Check[] {
  const found =
    polarity < 0
      ? `"${wetName}" is inverted; that is kept, so the model inverts too`
      : `"${wetName}" has the polarity of the dry`;
  const clear = prominence === null ? "" : `, stands out ${prominence.toFixed(0)} times`;
  return [
    { id: "polarity", verdict: "pass", message: found, value: polarity },
    {
      id: "correlation",
      verdict: "pass",
      message: `correlation ${decimal(correlation, 2)}${clear}`,
      value: correlation,
    },
  ];
}

type KnownRate = InspectOptions & { readonly sampleRate: number };

/** Below this a given delay is doubted, if another one is above it and at least twice as good. */
const LOW_CORRELATION = 0.3;
const EARLY_SAMPLES = 2;
const DRIFT_SAMPLES = 1;
