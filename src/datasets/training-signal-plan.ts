import { TonewrightError } from "../errors/index.ts";
import { createRandom, type Random } from "../signal/index.ts";
import { arrangeRounds, type Placed, type RoundPart } from "./training-signal-rounds.ts";
import { type PartLevel, requireLevels, type SignalLevels, spreadLevel } from "./training-signal-levels.ts";
import { planRoles, type RoleSpan, type SignalRole } from "./training-signal-roles.ts";
import { signalGenerators, type SignalPartName } from "./signals/generators.ts";
import { type SignalPresetName, type SignalShares, signalShares } from "./signals/presets.ts";
import { type SoundRequest, soundLength } from "./signals/sound-request.ts";

/** A training signal as it is asked for. */
export interface TrainingSignalOptions extends SoundRequest {
  /** `guitar` by default. */
  readonly preset?: SignalPresetName | undefined;
  /** Kinds of parts and their shares of the time, instead of a preset. */
  readonly parts?: SignalShares | undefined;
  /** The spread of the parts' peaks; -1 and -60 dBFS by default. */
  readonly levels?: Partial<SignalLevels> | undefined;
  /** One role for all of it, where another signal is for the others; by default it has stretches for all three. */
  readonly role?: SignalRole | undefined;
}

/** One stretch of a training signal. */
export interface SignalPart {
  /** The kind of sound. */
  readonly generator: SignalPartName;
  /** First sample. */
  readonly start: number;
  /** One past the last sample. */
  readonly end: number;
  /** What it is meant for; material of one role is in no other. */
  readonly role: SignalRole;
  /** Peak at its start and at its end; null for silence. */
  readonly level: PartLevel | null;
  /** Of the generator: with the rate and the length it makes this sound again. */
  readonly seed: number;
}

/** Which sound is where in a training signal. */
export interface SignalPlan {
  /** Without gaps or overlaps from the first sample to the last. */
  readonly parts: readonly SignalPart[];
  /** Sentences about what did not find room. */
  readonly warnings: readonly string[];
}

/** Silence at the end of a stretch with one role: models that remember less cannot hear across. */
const restSeconds = 0.25;

/**
 * Which sound is where in a training signal: what `trainingSignal` renders.
 *
 * Stretches for training, validation and test follow each other where `planSplits` looks for them; in each role every kind
 * of sound has its turn in rounds of changing order, with seeds of its own, loud and quiet.
 *
 * @param options - As for `trainingSignal`.
 * @throws TonewrightError As `trainingSignal`.
 */
export function planTrainingSignal(options: TrainingSignalOptions): SignalPlan {
  const { seed, sampleRate, seconds, levels = {}, role: onlyRole } = options;
  const kinds = signalShares(options).map(({ name, share }) => ({ name, share, ...signalGenerators[name] }));
  const range = requireLevels(levels);
  const length = soundLength(options);
  const sounding = kinds.filter(({ name }) => name !== "silence");
  const least = Math.min(...sounding.map(({ leastSeconds }) => leastSeconds));
  if (seconds < least) {
    throw new TonewrightError(
      "signal-length",
      `a signal of ${seconds} s is shorter than any of its parts`,
      `give ${least} s or more`,
    );
  }
  const random = createRandom(seed);
  const warnings: string[] = [];
  const split = onlyRole === undefined && seconds >= 10 * least;
  if (!split && onlyRole === undefined) {
    warnings.push(
      `${seconds} s have no room for parts of their own for validation and test; that takes ${Number((10 * least).toPrecision(3))} s`,
    );
  }
  const spans: readonly RoleSpan[] = split
    ? planRoles({ length, sampleRate })
    : [{ role: onlyRole ?? "train", start: 0, end: length }];
  const parts = (["train", "validation", "test"] as const).flatMap((role) => {
    const own = spans.filter((span) => span.role === role);
    if (own.length === 0) return [];
    const { placed, missing } = fillRole(own, kinds, { sampleRate, random });
    if (missing.length > 0) warnings.push(`${role}: no room for ${missing.join(", ")}; a longer signal has it`);
    const phase = random.uniform();
    return placed.map(({ kind: name, start, end, round }): SignalPart => {
      const { keepsLevels } = signalGenerators[name];
      const place = kinds.findIndex((kind) => kind.name === name);
      const level = name === "silence" ? null : spreadLevel({ range, keepsLevels, phase, place, round, random });
      return { generator: name, start, end, role, level, seed: random.integer(2 ** 32) };
    });
  });
  parts.sort((a, b) => a.start - b.start);
  return { parts, warnings };
}

interface Kind {
  readonly name: SignalPartName;
  readonly share: number;
  readonly leastSeconds: number;
}

/** The parts of all stretches of one role. */
function fillRole(
  spans: readonly RoleSpan[],
  kinds: readonly Kind[],
  { sampleRate, random }: { readonly sampleRate: number; readonly random: Random },
): { readonly placed: Placed<SignalPartName>[]; readonly missing: SignalPartName[] } {
  const silence = kinds.find(({ name }) => name === "silence");
  const others = kinds.filter((kind) => kind !== silence);
  const rests = spans.map(({ start, end }) => {
    if (silence === undefined) return 0;
    const wanted = Math.max(silence.share * Math.min(3 * sampleRate, end - start), restSeconds * sampleRate);
    return Math.round(Math.min(0.15 * (end - start), wanted));
  });
  const bodies = spans.map(({ start, end }, k) => ({ start, end: end - rests[k]! }));
  const total = bodies.reduce((sum, { start, end }) => sum + end - start, 0);
  const rest = rests.reduce((sum, samples) => sum + samples, 0);
  // What silence there should be besides the rests at the ends, as a share of the bodies.
  const left = silence === undefined ? 0 : Math.max(0, silence.share * (total + rest) - rest) / total;
  const used = [...others, ...(silence !== undefined && left > 0.01 ? [{ ...silence, share: left }] : [])];
  const { placed, missing } = arrangeRounds(
    used.map(({ name, share, leastSeconds }): RoundPart<SignalPartName> => {
      return { kind: name, share, least: leastSeconds * sampleRate };
    }),
    { spans: bodies, roundLength: roundSeconds(used.length, total / sampleRate) * sampleRate, random },
  );
  for (const [k, { end }] of spans.entries()) {
    if (rests[k]! > 0) placed.push({ kind: "silence", start: end - rests[k]!, end, round: 0 });
  }
  return { placed, missing: missing.filter((name) => name !== "silence") };
}

/**
 * The time in which every kind has its turn: long enough for music to be music, and so short that a role has several
 * rounds, in which each kind is loud once and quiet once.
 */
function roundSeconds(kinds: number, roleSeconds: number): number {
  return Math.min(Math.max(6, 1.1 * kinds), Math.max(0.45 * kinds, roleSeconds / 6));
}
