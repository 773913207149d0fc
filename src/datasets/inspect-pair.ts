import type { DecodedRecording } from "../signal/index.ts";
import { alignPair } from "./align-pair.ts";
import type { Check, DatasetReport } from "./check.ts";
import { checkAlignment } from "./check-alignment.ts";
import { checkClipping } from "./check-clipping.ts";
import { checkLength, checkRate } from "./check-files.ts";
import { checkDropouts, checkLevel } from "./check-level.ts";
import { checkNoiseFloor } from "./check-noise-floor.ts";
import { checkOrder } from "./check-order.ts";
import { type SegmentGrid, scoredSpans } from "./example.ts";
import type { InspectOptions } from "./inspect-options.ts";
import { toMono } from "./mono.ts";

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
  if (wet === undefined) {
    return { ...report, checks: [...own, checkLength(x.samples, undefined, { ...options, sampleRate })] };
  }

  const y = oneChannel(wet, { about: "wet", name: wetName, options });
  own.push(y.check, ...checkSound(wet, y.samples, { about: "wet", name: wetName, segment }));
  const rate = checkRate(dry, wet, options);
  const length = rate.verdict === "refuse" ? [] : [checkLength(x.samples, y.samples, { ...options, sampleRate })];
  const before = [rate, ...length, ...own];
  if (before.some(({ verdict }) => verdict === "refuse")) return { ...report, checks: before };

  const { alignment, checks } = checkAlignment(x.samples, y.samples, { ...options, sampleRate });
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

const READING_HINT = "open the file in an audio editor, look at its end, and save it again";

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
  // Without one whole segment nothing is scored; the length check says so.
  const scored = segment === undefined || samples.length >= segment.length;
  const subject = { about, name, sampleRate, encoding, spans: scoredSpans(samples.length, segment) };
  const reading = warnings.map(
    (message): Check => ({ id: "file", about, verdict: "warn", message, hint: READING_HINT }),
  );
  if (!scored) return reading;
  return [...reading, ...checkLevel(samples, subject), checkClipping(samples, subject)];
}
