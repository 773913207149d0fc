import type { EffectKnob, KnobMovement } from "../datasets/index.ts";
import { movementMoments } from "../datasets/index.ts";
import type { CircuitRenderer, PreparedSound } from "./simulate-circuit.node.ts";

/** What `renderMoving` does, for the dataset card. */
export const movingMethod =
  "settings no more than a 16th of a knob's range apart, each rendered from its past with the knobs at rest, cross-faded in straight lines";

/**
 * A sound through a circuit whose knobs move.
 *
 * The circuit is rendered at the settings along the way, and the results are cross-faded: what a capacitor remembers of
 * other settings is not heard. For knobs that turn as hands turn them that is little.
 *
 * @param movements - Of all knobs of the dataset; some may stand still.
 * @returns Shape `[samples]`; nothing if it was stopped.
 * @throws TonewrightError those of `simulateCircuit`.
 */
export async function renderMoving(
  movements: readonly KnobMovement[],
  {
    renderer,
    sound,
    sampleRate,
    warmUpSeconds,
    onProgress,
  }: {
    readonly renderer: Pick<CircuitRenderer, "stretch">;
    readonly sound: PreparedSound;
    readonly sampleRate: number;
    readonly warmUpSeconds: number;
    readonly onProgress: (samples: number) => void;
  },
): Promise<Float32Array | undefined> {
  const { samples } = sound;
  const moments = movementMoments(movements, { seconds: samples / sampleRate });
  const places = moments.map(({ seconds }) => Math.round(seconds * sampleRate));
  const sum = new Float64Array(samples);
  const settings = moments.map(({ values }) => namedValues(movements, values));
  const jobs = moments.map((_, m) => {
    const [from, to] = [places[Math.max(0, m - 1)]!, places[Math.min(places.length - 1, m + 1)]!];
    return { from, at: places[m]!, to, knobs: settings[m]! };
  });
  const addStretch = async ({ from, at, to, knobs }: (typeof jobs)[number]): Promise<boolean> => {
    if (to <= from) return true;
    const stretch = await renderer.stretch({ knobs, sound }, { from, to, warmUpSeconds });
    if (stretch === undefined) return false;
    for (let n = from; n < to; n++) {
      // Up to the moment and down again; before the first and after the last there is nothing.
      const weight = n < at ? (n - from) / (at - from) : (to - n) / (to - at);
      sum[n]! += weight * stretch[n - from]!;
    }
    onProgress((to - from) / 2);
    return true;
  };
  // All at once: the pool lets as many run as there are threads, the rest waits as a few numbers each.
  const finished: boolean[] = [];
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let m = lane; m < jobs.length; m += 8) finished.push(await addStretch(jobs[m]!));
  });
  await Promise.all(lanes);
  return finished.every((done) => done) ? Float32Array.from(sum) : undefined;
}

function namedValues(movements: readonly KnobMovement[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(movements.map(({ knob }, k) => [knob.name, clamped(values[k]!, knob)]));
}

/** Rounding must not carry a value beyond its range. */
function clamped(value: number, { min, max }: EffectKnob): number {
  return Math.min(max, Math.max(min, value));
}
