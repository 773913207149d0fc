import { z } from "zod";
import { TonewrightError } from "../errors/index.ts";

const failureSchema = z.strictObject({
  knobs: z.record(z.string(), z.number()),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});

const stateSchema = z.strictObject({
  format: z.literal("tonewright-simulation"),
  version: z.literal(1),
  /** Of `request`: what has another one is another dataset. */
  hash: z.string(),
  request: z.record(z.string(), z.unknown()),
  status: z.enum(["running", "stopped", "finished"]),
  createdAt: z.string(),
  toolVersion: z.string(),
  /** What was typed, for people. */
  commandLine: z.string(),
  /** How much of the past a piece of a sound is given; null before it was found out, 0 if sounds are not cut. */
  warmUpSeconds: z.number().nullable(),
  /** SHA-256 of the samples of each dry sound, once they are made. */
  sounds: z.array(z.string()),
  /** Peaks of the targets that were written, by path, before the gain. */
  peaks: z.record(z.string(), z.number()),
  /** Means of the same, before the gain; earlier versions did not tell them. */
  means: z.record(z.string(), z.number()).default({}),
  /** By index of setting. */
  failed: z.record(z.string(), failureSchema),
  /** Once all is rendered: what the targets are multiplied with. */
  gain: z.number().nullable(),
});

/** How far the making of a dataset is: the file `simulation.json` in its folder. */
export type SimulationState = z.infer<typeof stateSchema>;

/** A setting that could not be rendered. */
export type SimulationFailure = z.infer<typeof failureSchema>;

/** The text of `simulation.json`. */
export function encodeSimulationState(state: SimulationState): string {
  // Threads end in any order; the file should not tell.
  const sorted = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(values).sort(([p], [q]) => (p < q ? -1 : 1)));
  const [peaks, means] = [sorted(state.peaks), sorted(state.means)];
  return `${JSON.stringify(stateSchema.parse({ ...state, peaks, means }), null, 1)}\n`;
}

/**
 * The state in a `simulation.json`.
 *
 * @throws TonewrightError `corrupt-run` for anything but a whole document of a version known here.
 */
export function decodeSimulationState(text: string, { name }: { readonly name: string }): SimulationState {
  const corrupt = (what: string, cause: unknown) =>
    new TonewrightError(
      "corrupt-run",
      `"${name}" does not describe a simulation: ${what}`,
      "remove the folder, or choose another one with --out",
      { cause },
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt("it is not JSON", error);
  }
  const result = stateSchema.safeParse(json);
  if (!result.success) throw corrupt(z.prettifyError(result.error).split("\n").join(" "), result.error);
  return result.data;
}
