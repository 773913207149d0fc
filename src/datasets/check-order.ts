import { dbFromAmplitude, type Span } from "../signal/index.ts";
import type { Check } from "./check.ts";

/**
 * The `order` check: whether dry and wet look as if they had been swapped.
 *
 * A distorting device flattens peaks, and a curve can tell what it does from its input but not its input from what it
 * did. If the file called dry is much flatter and follows from the other one much better than the other way round, the
 * files are probably swapped. Filters hide this, so it only ever warns, and passing proves nothing.
 *
 * @param dry - Shape `[samples]`, aligned with `wet`.
 */
export function checkOrder(
  dry: Float32Array,
  wet: Float32Array,
  { dryName, wetName, spans }: { readonly dryName: string; readonly wetName: string; readonly spans: readonly Span[] },
): Check {
  const [dryCrestDb, wetCrestDb] = [crestDb(dry, spans), crestDb(wet, spans)];
  const [forward, backward] = [unexplained(dry, wet, spans), unexplained(wet, dry, spans)];
  const crests = `crest factor ${dryCrestDb.toFixed(0)} dB in "${dryName}", ${wetCrestDb.toFixed(0)} dB in "${wetName}"`;
  if (dryCrestDb < wetCrestDb - FLATTER_DB && backward < CLEARER * forward) {
    return {
      id: "order",
      verdict: "warn",
      message: `"${dryName}" looks like the distorted one (${crests})`,
      hint: "check that the first file is what went into the device and the second what came out",
      value: dryCrestDb - wetCrestDb,
    };
  }
  return { id: "order", verdict: "pass", message: `nothing suggests that the files are swapped (${crests})` };
}

const FLATTER_DB = 4;
const CLEARER = 0.7;
const CURVE_BINS = 512;

function crestDb(x: Float32Array, spans: readonly Span[]): number {
  let [peak, energy, count] = [0, 0, 0];
  for (const { start, end } of spans) {
    for (let n = start; n < end; n++) {
      peak = Math.max(peak, Math.abs(x[n]!));
      energy += x[n]! * x[n]!;
    }
    count += end - start;
  }
  return dbFromAmplitude(peak) - dbFromAmplitude(Math.sqrt(energy / count));
}

/** Share of the variance of `y` that no curve over `x` explains, 0 to 1: the mean of `y` for each range of `x`. */
function unexplained(x: Float32Array, y: Float32Array, spans: readonly Span[]): number {
  let largest = 1e-9;
  for (const { start, end } of spans) for (let n = start; n < end; n++) largest = Math.max(largest, Math.abs(x[n]!));
  const counts = new Float64Array(CURVE_BINS);
  const sums = new Float64Array(CURVE_BINS);
  let [count, sum, energy] = [0, 0, 0];
  for (const { start, end } of spans) {
    for (let n = start; n < end; n++) {
      // Finer near 0, where quiet playing lies: the bins are even in the square root.
      const position = Math.sign(x[n]!) * Math.sqrt(Math.abs(x[n]!) / largest);
      const bin = Math.min(CURVE_BINS - 1, Math.floor((position + 1) * (CURVE_BINS / 2)));
      counts[bin]! += 1;
      sums[bin]! += y[n]!;
      count++;
      sum += y[n]!;
      energy += y[n]! * y[n]!;
    }
  }
  const variance = energy - (sum * sum) / count;
  let explained = -(sum * sum) / count;
  for (let bin = 0; bin < CURVE_BINS; bin++)
    if (counts[bin]! > 0) explained += (sums[bin]! * sums[bin]!) / counts[bin]!;
  return variance > 0 ? 1 - explained / variance : 1;
}
