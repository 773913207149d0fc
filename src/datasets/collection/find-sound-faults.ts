import type { LabelledFile, UnreadableFile } from "./collection-input.ts";
import { counted, type Finding, type FindingItem, findingOf, levelText, shareText, verb } from "./finding.ts";
import type { SoundFacts } from "./sound-facts.ts";

/** Below this peak a recording counts as silent: -80 dBFS. */
export const SILENT_PEAK = 1e-4;

/**
 * Findings about the samples of single files, the worst files first.
 *
 * @param unreadable - Among these may be files that a reader refused for samples that are no numbers.
 */
export function findSoundFaults(files: readonly LabelledFile[], unreadable: readonly UnreadableFile[]): Finding[] {
  const pick = (fault: (facts: SoundFacts) => Fault | undefined): FindingItem[] =>
    files
      .flatMap(({ path, facts }) => {
        const found = fault(facts);
        return found === undefined ? [] : [{ path, ...found }];
      })
      .sort((p, q) => q.badness - p.badness)
      .map(({ path, note, value, at }) => ({ files: [path], note, value, ...(at === undefined ? {} : { at: [at] }) }));
  const of = ` of ${files.length}`;

  const refused = unreadable.filter(({ code }) => code === "non-finite-samples");
  const gaps = [
    ...refused.map(({ path, message }): FindingItem => ({ files: [path], note: message })),
    ...pick(nonFinite),
  ];
  const silent = pick(silence);
  const pauses = pick(silentParts);
  const clipped = pick(clipping);
  const levels = pick(level);
  const offsets = pick(offset);
  const dead = pick(deadChannels);
  return [
    findingOf("non-finite", gaps, {
      verdict: "refuse",
      pass: "every sample is a finite number",
      found: `${counted(gaps.length, "file")} ${verb(gaps.length, "holds", "hold")} samples that are no numbers`,
      hint: "export these files again; a plug-in in the chain has probably failed",
    }),
    findingOf("silence", silent, {
      pass: "no file is silent",
      found: `${counted(silent.length, "file")}${of} ${verb(silent.length, "holds", "hold")} no sound`,
      hint: "delete them, unless silence is one of the classes",
    }),
    findingOf("silent-parts", pauses, {
      pass: "no file is silent for more than half of its time",
      found: `${counted(pauses.length, "file")}${of} ${verb(pauses.length, "is", "are")} silent for more than half of the time`,
      hint: "trim the silence away, or be aware that a model may learn it instead of the sound",
    }),
    findingOf("clipping", clipped, {
      pass: "no file is clipped",
      found: `${counted(clipped.length, "file")}${of} ${verb(clipped.length, "is", "are")} flat at full scale for more than 0.01 % of the time`,
      hint: "take the worst ones out; record again with less gain where that is possible",
    }),
    findingOf("level", levels, {
      pass: "no file is very quiet or far above full scale",
      found: `${counted(levels.length, "file")}${of} ${verb(levels.length, "is", "are")} very quiet or far above full scale`,
      hint: "check how these files were made; normalise the level before training if it is not what is to be learnt",
    }),
    findingOf("offset", offsets, {
      pass: "no file has a DC offset",
      found: `${counted(offsets.length, "file")}${of} ${verb(offsets.length, "has", "have")} a DC offset of more than 0.005`,
      hint: "remove the mean of each file, or use features that do not hear it (no bin at 0 Hz)",
    }),
    findingOf("dead-channels", dead, {
      pass: "no channel of a file is silent beside another",
      found: `${counted(dead.length, "file")}${of} ${verb(dead.length, "has", "have")} a channel without any sound`,
      hint: "use the channel that has sound; a mean of all channels halves its level",
    }),
  ];
}

interface Fault {
  readonly note: string;
  readonly value: number;
  /** For the order. */
  readonly badness: number;
  /** Where to listen, seconds. */
  readonly at?: number;
}

function nonFinite({ nonFinite: count }: SoundFacts): Fault | undefined {
  if (count === 0) return undefined;
  return { note: `${counted(count, "sample")} are no numbers`, value: count, badness: count };
}

function silence({ peak }: SoundFacts): Fault | undefined {
  if (peak >= SILENT_PEAK) return undefined;
  return { note: peak === 0 ? "all zeros" : `its peak is ${levelText(peak)}`, value: peak, badness: -peak };
}

function silentParts({ peak, silentShare, leadingSilence, trailingSilence, seconds }: SoundFacts): Fault | undefined {
  if (peak < SILENT_PEAK || silentShare <= 0.5) return undefined;
  const ends = [
    leadingSilence > 0.1 * seconds ? `${leadingSilence.toFixed(2)} s at its beginning` : "",
    trailingSilence > 0.1 * seconds ? `${trailingSilence.toFixed(2)} s at its end` : "",
  ].filter((part) => part !== "");
  const where = ends.length === 0 ? "" : `: ${ends.join(", ")}`;
  return {
    note: `silent for ${shareText(silentShare)} of ${seconds.toFixed(2)} s${where}`,
    value: silentShare,
    badness: silentShare,
  };
}

function clipping({ clippedSamples, clippedRuns, clippedAt, samples, channels }: SoundFacts): Fault | undefined {
  const share = clippedSamples / Math.max(1, samples * channels);
  if (clippedAt === null || share <= CLIPPED_SHARE) return undefined;
  const note = `${shareText(share)} flat at full scale, in ${counted(clippedRuns, "place")}, first at ${clippedAt.toFixed(2)} s`;
  return { note, value: share, badness: share, at: clippedAt };
}

const CLIPPED_SHARE = 1e-4;

function level({ peak, rms }: SoundFacts): Fault | undefined {
  if (peak < SILENT_PEAK || (peak >= QUIET_PEAK && peak <= LOUD_PEAK)) return undefined;
  const note = `peak ${levelText(peak)}, rms ${levelText(rms)}`;
  return { note, value: 20 * Math.log10(peak), badness: Math.abs(Math.log(peak)) };
}

/** -40 dBFS: at 16 bits, less than 10 of them are left. */
const QUIET_PEAK = 0.01;
/** +3 dB: more than lossy compression adds to a file at full scale. */
const LOUD_PEAK = 1.42;

function offset({ offset: mean, peak }: SoundFacts): Fault | undefined {
  if (peak < SILENT_PEAK || Math.abs(mean) <= 0.005) return undefined;
  return { note: `mean ${mean.toFixed(4)}`, value: mean, badness: Math.abs(mean) };
}

function deadChannels({ deadChannels: dead, channels, peak }: SoundFacts): Fault | undefined {
  if (dead === 0 || peak < SILENT_PEAK) return undefined;
  return { note: `${dead} of ${channels} channels hold zeros only`, value: dead, badness: dead / channels };
}
