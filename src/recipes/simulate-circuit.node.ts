import { isTonewrightError, TonewrightError } from "../errors/index.ts";
import { oversamplingReach } from "../signal/index.ts";
import type { CircuitEffect, KnobCourse } from "./simulate-effect.ts";
import { openRenderPool, type RenderPool } from "./simulate-pool.node.ts";
import type { RawFile } from "./simulate-raw.node.ts";
import { overlapSeconds, pieceBoundaries, seamHolds, warmUpsSeconds } from "./simulate-seams.ts";

/** A dry sound in a file, with its length. */
export interface PreparedSound {
  readonly raw: RawFile;
  readonly samples: number;
}

/** A sound at one setting. */
export interface SettingJob<Knobs extends KnobCourse = Readonly<Record<string, number>>> {
  readonly knobs: Knobs;
  readonly sound: PreparedSound;
  /** Overwritten; what is in it of an earlier run is kept and continued. */
  readonly output: RawFile;
  /** Told how many more samples are done. */
  readonly onProgress: (samples: number) => void;
}

/** Sends whole sounds through an effect. */
export interface SettingRenderer {
  /**
   * Fills the job's output.
   *
   * @returns False if it was stopped.
   * @throws TonewrightError if the effect cannot be rendered at that setting.
   */
  render(job: SettingJob): Promise<boolean>;
  close(): Promise<void>;
}

/** A renderer of circuits, whose knobs may move; it also plays stretches. */
export interface CircuitRenderer extends SettingRenderer {
  render(job: SettingJob<KnobCourse>): Promise<boolean>;
  /**
   * Finds out how much of the past a circuit has to be given: less and more of it must lead to the same.
   *
   * @param at - Sample index where it is tried.
   * @returns Seconds; null if even the longest is not enough.
   */
  findWarmUp(job: Pick<SettingJob, "knobs" | "sound">, at: number): Promise<number | null | undefined>;
  /** The stretch of a sound from one sample to another, with some of the past before it. */
  stretch(
    job: Pick<SettingJob<KnobCourse>, "knobs" | "sound"> & { readonly onProgress?: SettingJob["onProgress"] },
    span: { readonly from: number; readonly to: number; readonly warmUpSeconds: number },
  ): Promise<Float32Array | undefined>;
  /** From now on sounds are cut into pieces with so much of the past each; 0 for sounds in one piece. */
  setWarmUp(seconds: number): void;
}

/**
 * Renders circuits on several threads.
 *
 * A long sound is cut into pieces that are rendered side by side. Each starts from rest some time before its beginning; where
 * it does not agree with the end of the piece before it (to -90 dB), it is rendered again with four times as much of the past,
 * at most from the beginning of the sound. Cuts and lengths depend on the sound and the circuit only, so the result does not
 * depend on the number of threads.
 */
export function openCircuitRenderer(
  effect: CircuitEffect,
  { sampleRate, threads, stop }: { readonly sampleRate: number; readonly threads: number; readonly stop: AbortSignal },
): CircuitRenderer {
  const pool = openRenderPool({ effect, sampleRate }, { threads, stop });
  const work = {
    pool,
    sampleRate,
    ahead: effect.oversampling === 1 ? 0 : 2 * oversamplingReach({ factor: effect.oversampling }),
  };
  let warmUp = 0;
  const stretch: CircuitRenderer["stretch"] = (job, span) => renderStretch(job, { ...work, ...span });
  return {
    stretch,
    setWarmUp: (seconds) => {
      warmUp = seconds;
    },
    findWarmUp: (job, at) => findWarmUp((span) => stretch(job, span), { at, sampleRate, samples: job.sound.samples }),
    async render(job) {
      const { raw, samples } = job.sound;
      const boundaries =
        warmUp === 0 ? [0, samples] : await pieceBoundaries((from, to) => raw.read(from, to), { samples, sampleRate });
      return renderPieces(job, { stretch, boundaries, warmUp, sampleRate, window: threads + 1 });
    },
    close: () => pool.close(),
  };
}

interface StretchWork {
  readonly pool: RenderPool;
  readonly sampleRate: number;
  /** Samples that the oversampling filter looks ahead. */
  readonly ahead: number;
  readonly from: number;
  readonly to: number;
  readonly warmUpSeconds: number;
}

async function renderStretch(
  {
    knobs,
    sound,
    onProgress = () => {},
  }: Pick<SettingJob<KnobCourse>, "knobs" | "sound"> & Partial<SettingJob<KnobCourse>>,
  { pool, sampleRate, ahead, from, to, warmUpSeconds }: StretchWork,
): Promise<Float32Array | undefined> {
  const begin = Math.max(0, from - Math.round(warmUpSeconds * sampleRate));
  const end = Math.min(sound.samples, to + ahead);
  const share = (to - from) / (end - begin);
  let told = 0;
  try {
    return await pool.render(
      async () => {
        const input = await sound.raw.read(begin, end);
        return { knobs, startSeconds: begin / sampleRate, input, from: from - begin, to: to - begin };
      },
      (samples) => {
        onProgress(samples * share - told);
        told = samples * share;
      },
    );
  } catch (error) {
    if (!isTonewrightError(error) || begin === 0) throw error;
    const place = ` (in the stretch that begins at ${(begin / sampleRate).toFixed(3)} s)`;
    throw new TonewrightError(error.code, `${error.message}${place}`, error.hint);
  }
}

type PlayStretch = (span: {
  readonly from: number;
  readonly to: number;
  readonly warmUpSeconds: number;
}) => Promise<Float32Array | undefined>;

async function findWarmUp(
  play: PlayStretch,
  { at, sampleRate, samples }: { readonly at: number; readonly sampleRate: number; readonly samples: number },
): Promise<number | null | undefined> {
  const to = Math.min(samples, at + Math.round(overlapSeconds * sampleRate));
  let before: { readonly seconds: number; readonly head: Float32Array } | undefined;
  for (const seconds of warmUpsSeconds) {
    const head = await play({ from: at, to, warmUpSeconds: seconds });
    if (head === undefined) return undefined;
    if (before !== undefined && seamHolds(before.head, head)) return before.seconds;
    // That was all of the past: more there is not.
    if (seconds * sampleRate >= at) return seconds;
    before = { seconds, head };
  }
  return null;
}

async function renderPieces(
  { knobs, sound, output, onProgress }: SettingJob<KnobCourse>,
  {
    stretch,
    boundaries,
    warmUp,
    sampleRate,
    window,
  }: {
    readonly stretch: CircuitRenderer["stretch"];
    readonly boundaries: readonly number[];
    readonly warmUp: number;
    readonly sampleRate: number;
    /** Pieces that may be on the way at once. */
    readonly window: number;
  },
): Promise<boolean> {
  const { samples } = sound;
  const overlap = Math.round(overlapSeconds * sampleRate);
  const pieces = boundaries.length - 1;
  const endOf = (k: number) => Math.min(samples, boundaries[k + 1]! + overlap);
  const play = (k: number, warmUpSeconds: number) =>
    stretch({ knobs, sound, onProgress }, { from: boundaries[k]!, to: endOf(k), warmUpSeconds });

  // What an earlier run has written whole.
  const there = await output.length();
  let done = 0;
  while (done < pieces && endOf(done) <= there) done++;
  // The last of them may not have reached the disk before the power went.
  done = Math.max(0, done - 1);
  const underWay = new Map<number, ReturnType<typeof play>>();
  let next = done;
  for (let k = done; k < pieces; k++) {
    for (; next < Math.min(pieces, k + window); next++) {
      const piece = play(next, warmUp);
      // It may fail before anybody waits for it.
      piece.catch(() => {});
      underWay.set(next, piece);
    }
    let rendered = await underWay.get(k);
    underWay.delete(k);
    const begin = boundaries[k]!;
    const tail = k === 0 ? undefined : await output.read(begin, endOf(k - 1));
    for (let seconds = warmUp; tail !== undefined && rendered !== undefined; ) {
      if (seamHolds(tail, rendered.subarray(0, tail.length)) || seconds * sampleRate >= begin) break;
      seconds *= 4;
      rendered = await stretch({ knobs, sound }, { from: begin, to: endOf(k), warmUpSeconds: seconds });
    }
    if (rendered === undefined) return false;
    // The end of the piece before stays, so that this one can be compared with it again by a later run.
    const overlapped = tail?.length ?? 0;
    await output.write(rendered.subarray(overlapped), begin + overlapped);
    await output.sync();
  }
  return true;
}
