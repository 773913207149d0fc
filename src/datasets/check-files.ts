import type { DecodedRecording } from "../signal/index.ts";
import type { Check } from "./check.ts";
import type { InspectOptions } from "./inspect-options.ts";

/** The `rate` check of a pair. */
export function checkRate(
  dry: DecodedRecording,
  wet: DecodedRecording,
  { dryName, wetName = "wet" }: InspectOptions,
): Check {
  if (dry.sampleRate === wet.sampleRate) {
    return { id: "rate", verdict: "pass", message: `both are ${dry.sampleRate} Hz`, value: dry.sampleRate };
  }
  return {
    id: "rate",
    verdict: "refuse",
    code: "rate-mismatch",
    message: `"${wetName}" is ${wet.sampleRate} Hz, "${dryName}" is ${dry.sampleRate} Hz`,
    hint: "export both at one sample rate, or record both in one session",
    value: wet.sampleRate,
  };
}

/** The `length` check of one recording or of a pair. */
export function checkLength(
  dry: Float32Array,
  wet: Float32Array | undefined,
  options: InspectOptions & { readonly sampleRate: number },
): Check {
  const { dryName, wetName = "wet", segment, sampleRate } = options;
  const samples = Math.min(dry.length, wet?.length ?? dry.length);
  const seconds = samples / sampleRate;
  const [dryText, wetText] = [dry.length, wet?.length ?? 0].map((n) => `${(n / sampleRate).toFixed(2)} s`);
  const found =
    wet === undefined ? `"${dryName}" is ${dryText}` : `"${dryName}" is ${dryText}, "${wetName}" is ${wetText}`;
  const base = { id: "length", message: found, value: seconds } as const;
  const shorter = wet !== undefined && wet.length < dry.length ? wetName : dryName;
  if (segment !== undefined && samples < segment.length) {
    return {
      ...base,
      verdict: "refuse",
      code: "bad-segment",
      message: `"${shorter}" has ${samples} samples (${seconds.toFixed(2)} s), less than one segment of ${segment.length} samples`,
      hint: "give the length of one segment in samples, or record whole segments",
    };
  }
  const least = Math.ceil(SHORTEST_SECONDS * sampleRate);
  if (samples < least) {
    return {
      ...base,
      verdict: "refuse",
      code: "too-short",
      message: `${found}: "${shorter}" is too short, at least ${SHORTEST_SECONDS.toFixed(2)} s (${least} samples) are needed`,
      hint: "record at least a minute; three are better",
    };
  }
  if (wet !== undefined && Math.abs(dry.length - wet.length) > UNEVEN_SECONDS * sampleRate) {
    const hint = "check that both are the whole take; what the longer one has at its end is not used";
    return { ...base, verdict: "warn", hint, seconds };
  }
  if (seconds < SHORT_SECONDS) return { ...base, verdict: "warn", hint: "record at least a minute; three are better" };
  return { ...base, verdict: "pass" };
}

/** Recordings shorter than this are refused, and shorter than that warned about. */
const SHORTEST_SECONDS = 1;
const SHORT_SECONDS = 20;
const UNEVEN_SECONDS = 0.5;
