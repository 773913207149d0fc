import { isTonewrightError } from "../errors/index.ts";
import type { DecodedRecording } from "../signal/index.ts";
import { alignPair, refuseAlignment } from "./align-pair.ts";
import { type Alignment, correlationAt, estimateAlignment } from "./alignment.ts";
import type { Check, DatasetReport } from "./check.ts";
import { checkClipping } from "./check-clipping.ts";
import { checkDropouts, checkLevel } from "./check-level.ts";
import { checkNoiseFloor } from "./check-noise-floor.ts";
import { checkOrder } from "./check-order.ts";
import { type SegmentGrid, scoredSpans } from "./example.ts";
import { type ChannelChoice, toMono } from "./mono.ts";

/** What can be told to `inspectPair`. */
export interface InspectOptions {
  /** File names for messages. */
  readonly dryName: string;
  readonly wetName?: string | undefined;
  /** If the recording is made of segments: only their scored parts are looked at. */
  readonly segment?: SegmentGrid | undefined;
  readonly channel?: ChannelChoice | undefined;
  readonly maxDelaySeconds?: number | undefined;
  /** The delay, if it is known; then it is not searched. */
  readonly delaySamples?: number | undefined;
}

/**
 * What can be said about a dry recording, or about a dry and a wet one, before a model is trained on them.
 *
 * It never throws for bad recordings: every finding is a check that passes, warns or refuses, with the time in the file
 * where it is at one place. Use `assertUsable` to stop at a refusal, and `alignPair` with the report's alignment.
 *
 * @param dry - Device input.
 * @param wet - Device output, if there is one.
 * @throws TonewrightError for options that make no sense: `bad-segment`, `bad-delay`, `no-such-channel`.
 */
export function inspectPair(
  dry: DecodedRecording,
  wet: DecodedRecording | undefined,
  options: InspectOptions,
): DatasetReport {
  const { dryName, wetName = "wet", segment } = options;
  const { sampleRate } = dry;
  const x = oneChannel(dry, { about: "dry", name: dryName, options });
  const report = { sampleRate, seconds: x.samples.length / sampleRate };
  const own = [x.check, ...checkSound(dry, x.samples, { about: "dry", name: dryName, segment })];
  if (wet === undefined)
    return { ...report, checks: [...own, ...checkLength(x.samples, undefined, { sampleRate, options })] };

  const y = oneChannel(wet, { about: "wet", name: wetName, options });
  own.push(y.check, ...checkSound(wet, y.samples, { about: "wet", name: wetName, segment }));
  const rate = checkRate(dry, wet, options);
  const length = rate.verdict === "refuse" ? [] : checkLength(x.samples, y.samples, { sampleRate, options });
  const before = [rate, ...length, ...own];
  if (before.some(({ verdict }) => verdict === "refuse")) return { ...report, checks: before };

  const { alignment, checks } = checkAlignment(x.samples, y.samples, { sampleRate, options });
  if (alignment === undefined) return { ...report, checks: [...before, ...checks] };
  const pair = alignPair(x.samples, y.samples, { sampleRate, segment, delaySamples: alignment.delaySamples });
  const spans = scoredSpans(pair.dry.length, segment);
  const together = { name: wetName, sampleRate, spans };
  return {
    ...report,
    alignment,
    checks: [
      ...before,
      ...checks,
      ...checkDropouts(pair.dry, pair.wet, together),
      checkNoiseFloor(pair.dry, pair.wet, together),
      checkOrder(pair.dry, pair.wet, { dryName, wetName, spans }),
    ],
  };
}

/** Recordings shorter than this are refused, and shorter than that warned about. */
const SHORTEST_SECONDS = 1;
const SHORT_SECONDS = 20;
const UNEVEN_SECONDS = 0.5;
const EARLY_SAMPLES = 2;
const READING_HINT = "open the file in an audio editor, look at its end, and save it again";
const DRIFT_SAMPLES = 1;

interface Context {
  readonly sampleRate: number;
  readonly options: InspectOptions;
}

function oneChannel(
  recording: DecodedRecording,
  { about, name, options }: { readonly about: "dry" | "wet"; readonly name: string; readonly options: InspectOptions },
): { readonly samples: Float32Array; readonly check: Check } {
  const { samples, warning } = toMono(recording, { name, channel: options.channel ?? "auto" });
  const count = recording.channels.length;
  const found = warning ?? `"${name}" has ${count === 1 ? "one channel" : `${count} channels`}`;
  const base = { id: "channels", about, message: found, value: count } as const;
  if (warning === undefined) return { samples, check: { ...base, verdict: "pass" } };
  return {
    samples,
    check: { ...base, verdict: "warn", hint: "choose the channel yourself if this is not the right one" },
  };
}

/** What can be told about one recording alone, over its scored parts. */
function checkSound(
  { encoding, sampleRate, warnings }: DecodedRecording,
  samples: Float32Array,
  {
    about,
    name,
    segment,
  }: { readonly about: "dry" | "wet"; readonly name: string; readonly segment: SegmentGrid | undefined },
): Check[] {
  const subject = { about, name, sampleRate, encoding, spans: scoredSpans(samples.length, segment) };
  const reading = warnings.map(
    (message): Check => ({ id: "file", about, verdict: "warn", message, hint: READING_HINT }),
  );
  return [...reading, ...checkLevel(samples, subject), checkClipping(samples, subject)];
}

function checkRate(dry: DecodedRecording, wet: DecodedRecording, { dryName, wetName = "wet" }: InspectOptions): Check {
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

function checkLength(dry: Float32Array, wet: Float32Array | undefined, { sampleRate, options }: Context): Check[] {
  const { dryName, wetName = "wet", segment } = options;
  const samples = Math.min(dry.length, wet?.length ?? dry.length);
  const seconds = samples / sampleRate;
  const [dryText, wetText] = [dry.length, wet?.length ?? 0].map((n) => `${(n / sampleRate).toFixed(2)} s`);
  const found =
    wet === undefined ? `"${dryName}" is ${dryText}` : `"${dryName}" is ${dryText}, "${wetName}" is ${wetText}`;
  const base = { id: "length", message: found, value: seconds } as const;
  if (samples < Math.max(SHORTEST_SECONDS * sampleRate, segment?.length ?? 0)) {
    const hint = segment === undefined ? "record at least a minute; three are better" : "record whole segments";
    return [{ ...base, verdict: "refuse", code: "too-short", hint }];
  }
  if (wet !== undefined && Math.abs(dry.length - wet.length) > UNEVEN_SECONDS * sampleRate) {
    const hint = "check that both are the whole take; what the longer one has at its end is not used";
    return [{ ...base, verdict: "warn", hint, seconds }];
  }
  if (seconds < SHORT_SECONDS)
    return [{ ...base, verdict: "warn", hint: "record at least a minute; three are better" }];
  return [{ ...base, verdict: "pass" }];
}

function checkAlignment(
  dry: Float32Array,
  wet: Float32Array,
  { sampleRate, options }: Context,
): { readonly alignment?: Alignment; readonly checks: Check[] } {
  const { dryName, wetName = "wet" } = options;
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
  return { alignment, checks: [delayCheck(alignment, { sampleRate, options }), ...describe(alignment, wetName)] };
}

function givenDelay(
  dry: Float32Array,
  wet: Float32Array,
  { delaySamples, segment, wetName = "wet" }: InspectOptions & { readonly delaySamples: number },
): { readonly alignment: Alignment; readonly checks: Check[] } {
  const coefficient = correlationAt(dry, wet, { delaySamples, segment });
  const polarity: 1 | -1 = coefficient < 0 ? -1 : 1;
  const correlation = Math.abs(coefficient);
  const alignment = { delaySamples, polarity, correlation, prominence: Number.POSITIVE_INFINITY, driftSamples: null };
  const message = `"${wetName}" is taken to be ${delaySamples} samples late, as given`;
  return {
    alignment,
    checks: [{ id: "delay", verdict: "pass", message, value: delaySamples }, ...describe(alignment, wetName)],
  };
}

function delayCheck({ delaySamples, driftSamples }: Alignment, { sampleRate, options }: Context): Check {
  const { wetName = "wet" } = options;
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
  const clear = prominence === Number.POSITIVE_INFINITY ? "" : `, stands out ${prominence.toFixed(0)} times`;
  return [
    { id: "polarity", verdict: "pass", message: found, value: polarity },
    {
      id: "correlation",
      verdict: "pass",
      message: `correlation ${correlation.toFixed(2)}${clear}`,
      value: correlation,
    },
  ];
}
