import { amplitudeFromDb } from "../signal/index.ts";
import type { PlannedPair, SimulationRequest } from "./simulate-request.ts";

/** A target below counts as silent: -90 dBFS. */
const silence = amplitudeFromDb(-90);
/** A mean above this share of the peak counts as DC: -40 dB. */
const dcShare = amplitudeFromDb(-40);

/**
 * What the levels of a dataset's targets tell: that nothing is heard, or that a constant voltage is.
 *
 * @param input.peaks - Of targets, by path; the others are left out.
 * @param input.means - The same.
 */
export function levelWarnings({
  request,
  pairs,
  peaks,
  means,
}: {
  readonly request: Pick<SimulationRequest, "effect" | "settings" | "sampleRate">;
  readonly pairs: readonly PlannedPair[];
  readonly peaks: Readonly<Record<string, number>>;
  readonly means: Readonly<Record<string, number>>;
}): string[] {
  const { effect, settings, sampleRate } = request;
  const there = pairs.filter(({ target }) => peaks[target] !== undefined);
  const silent = there.filter(({ target }) => peaks[target]! < silence);
  const isCircuit = effect.kind === "circuit";
  const look = `look for a volume at 0, a silent dry sound${isCircuit ? " and the node that *.output names" : ""}`;
  const quiet = silent.length === there.length ? "all targets are" : `${silent.length} of ${there.length} targets are`;
  const loud = settings.flatMap((_, setting) => {
    const own = there.filter((pair) => pair.setting === setting);
    const samples = own.reduce((sum, { start, end }) => sum + end - start, 0);
    const mean = own.reduce((sum, { target, start, end }) => sum + (means[target] ?? 0) * (end - start), 0) / samples;
    const peak = own.reduce((largest, { target }) => Math.max(largest, peaks[target]!), 0);
    // A moment of a low note has a mean too.
    return samples >= sampleRate && peak >= silence && Math.abs(mean) > dcShare * peak ? [mean] : [];
  });
  const most = loud.reduce((largest, mean) => (Math.abs(mean) > Math.abs(largest) ? mean : largest), 0);
  const at = loud.length === settings.length ? "" : ` at ${loud.length} of ${settings.length} settings`;
  const mend = isCircuit
    ? "take it behind the coupling capacitor, or look for DC in the dry sound"
    : "look for DC in the dry sound";
  return [
    ...(silent.length === 0 ? [] : [`${quiet} silent (below -90 dBFS): ${look}`]),
    ...(loud.length === 0 ? [] : [`the output has DC${at}, up to ${most.toPrecision(2)} of full scale: ${mend}`]),
  ];
}
