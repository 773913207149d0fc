import { amplitudeFromDb } from "../../signal/index.ts";
import { counted } from "../collection/finding.ts";
import type { EffectKnob } from "./effect-knob.ts";
import { settingText } from "./knob-coverage.ts";
import {
  filesOf,
  groupBy,
  type KnobFinding,
  type KnobFindingItem,
  knobFinding,
  type MeasuredPair,
} from "./knob-finding.ts";
import type { KnobPairFacts } from "./measure-knob-pair.ts";
import type { KnobDatasetProblem } from "./read-knob-dataset.ts";

/** The finding about files that cannot be used. */
export function findUnusable(pairs: readonly MeasuredPair[], problems: readonly KnobDatasetProblem[]): KnobFinding {
  const told = new Set(problems.map(({ path }) => path));
  const silent = pairs.filter((pair) => pair.facts === null && !filesOf(pair).some((path) => told.has(path)));
  const items: KnobFindingItem[] = [
    ...problems.map(({ path, message }) => ({ files: [path], note: message })),
    ...silent.map((pair) => ({ files: filesOf(pair), note: "cannot be read" })),
  ];
  return knobFinding("unusable-files", items, {
    pass: `${counted(pairs.length, "pair")}, every file has its other half`,
    found: `${counted(items.length, "file cannot be used", "files cannot be used")}`,
    hint: "mend or remove them: training refuses the folder as it is",
    verdict: "refuse",
  });
}

/** What is below counts as silent: -90 dBFS. */
const silence = amplitudeFromDb(-90);
/** A mean above this share of the peak counts as DC: -40 dB. */
const dcShare = amplitudeFromDb(-40);

/** The finding about targets that are the same though the knobs stand elsewhere. */
export function findSameTargets(pairs: readonly MeasuredPair[], knobs: readonly EffectKnob[]): KnobFinding {
  const heard = pairs.filter(({ facts }) => facts !== null && facts.targetPeak >= silence);
  const groups = groupBy(heard, ({ facts }) => `${facts!.inputHash} ${facts!.targetHash}`);
  const items = groups.flatMap((group): KnobFindingItem[] => {
    const settings = new Map(group.map((pair) => [pair.knobs.join(), pair]));
    if (settings.size < 2) return [];
    const different = [...settings.values()];
    const texts = different.slice(0, 4).map((pair) => settingText(pair.knobs, knobs));
    const more = different.length > 4 ? ` and ${different.length - 4} more` : "";
    return [{ files: different.map(({ target }) => target), note: `${texts.join(" and ")}${more}` }];
  });
  return knobFinding("same-targets", items, {
    pass: "every setting sounds different",
    found: `${counted(items.length, "target is", "targets are")} the same at several settings, sample for sample`,
    hint: "a knob may move nothing: look at where its parameter is used in the netlist",
  });
}

/** The findings about rates, lengths and levels. */
export function findFileFaults(pairs: readonly MeasuredPair[]): KnobFinding[] {
  const measured = pairs.flatMap((pair) => (pair.facts === null ? [] : [{ pair, facts: pair.facts }]));
  const rates = new Map<number, number>();
  for (const { facts } of measured) rates.set(facts.sampleRate, (rates.get(facts.sampleRate) ?? 0) + 1);
  const [usual = 0] = [...rates].sort((p, q) => q[1] - p[1])[0] ?? [];
  const items = (note: (facts: KnobPairFacts) => string | undefined): KnobFindingItem[] =>
    measured.flatMap(({ pair, facts }) => {
      const text = note(facts);
      return text === undefined ? [] : [{ files: filesOf(pair), note: text }];
    });
  const wrongRates = items(({ sampleRate, targetRate }) =>
    sampleRate === usual && targetRate === usual
      ? undefined
      : `input ${sampleRate} Hz, target ${targetRate} Hz; most are ${usual} Hz`,
  );
  const lengths = items(({ inputSamples, targetSamples }) =>
    inputSamples === targetSamples
      ? undefined
      : `the target is ${Math.abs(targetSamples - inputSamples)} samples ${targetSamples < inputSamples ? "shorter" : "longer"}`,
  );
  const silent = items(({ inputPeak, targetPeak }) =>
    inputPeak < silence ? "the input is silent" : targetPeak < silence ? "the target is silent" : undefined,
  );
  const constant = items(({ inputPeak, inputMean, targetPeak, targetMean, targetSamples, targetRate }) => {
    // A moment of a low note has a mean too; and what the input has is no wonder.
    const isLong = targetSamples >= targetRate;
    const share = Math.abs(targetMean) / targetPeak;
    const isNew = share > dcShare && share > 3 * (Math.abs(inputMean) / inputPeak);
    return isLong && inputPeak >= silence && targetPeak >= silence && isNew
      ? `its mean is ${targetMean.toPrecision(2)}, its peak ${targetPeak.toPrecision(2)}`
      : undefined;
  });
  const clipped = items(({ clippedShare }) =>
    clippedShare > 0 ? `flat at full scale for ${(100 * clippedShare).toPrecision(2)} % of its samples` : undefined,
  );
  return [
    knobFinding("rates", wrongRates, {
      pass: `all files are ${usual} Hz`,
      found: `${counted(wrongRates.length, "pair has", "pairs have")} another sample rate`,
      hint: "resample them to one rate",
      verdict: "refuse",
    }),
    knobFinding("lengths", lengths, {
      pass: "every target is as long as its input",
      found: `${counted(lengths.length, "target is", "targets are")} not as long as the input`,
      hint: "cut both to the same length if they begin together; the rest is left out in training",
    }),
    knobFinding("silence", silent, {
      pass: "no file is silent",
      found: `${counted(silent.length, "pair is", "pairs are")} silent`,
      hint: "look at the setting: a volume at zero teaches nothing else",
    }),
    knobFinding("clipping", clipped, {
      pass: "no target is clipped",
      found: `${counted(clipped.length, "target is", "targets are")} flat at full scale`,
      hint: "render or record with less level: a model learns the converter's clipping too",
    }),
    knobFinding("dc", constant, {
      pass: "no target has DC",
      found: `${counted(constant.length, "target has", "targets have")} DC that the input has not`,
      hint: "take the output behind the coupling capacitor: a constant voltage is not heard, and a model spends effort on it",
    }),
  ];
}

/** Unrelated sounds reach 13; see `Alignment.prominence`. */
const leastProminence = 14;
/** Delays that differ by less are the effect's filters. */
const lagTolerance = 4;

/** The findings about delay and polarity. */
export function findLags(pairs: readonly MeasuredPair[]): KnobFinding[] {
  const measured = pairs.flatMap((pair) =>
    pair.facts === null || pair.facts.lag === null ? [] : [{ pair, lag: pair.facts.lag }],
  );
  const related = measured.filter(({ lag }) => lag.prominence >= leastProminence);
  const strange = measured
    .filter(({ lag }) => lag.prominence < leastProminence)
    .map(({ pair, lag }) => ({ files: filesOf(pair), note: `correlation ${lag.correlation.toFixed(2)} at best` }));
  const lags = related.map(({ lag }) => lag.samples).sort((a, b) => a - b);
  const usual = lags[Math.floor(lags.length / 2)] ?? 0;
  const late = related
    .filter(({ lag }) => Math.abs(lag.samples - usual) > lagTolerance)
    .sort((p, q) => Math.abs(q.lag.samples - usual) - Math.abs(p.lag.samples - usual))
    .map(({ pair, lag }) => ({
      files: filesOf(pair),
      note: `${lag.samples} samples, others ${usual}`,
      value: lag.samples,
    }));
  const inverted = related.filter(({ lag }) => lag.polarity < 0);
  const rest = related.filter(({ lag }) => lag.polarity > 0);
  const odd = (inverted.length <= rest.length ? inverted : rest).map(({ pair, lag }) => ({
    files: filesOf(pair),
    note: lag.polarity < 0 ? "inverted, unlike most" : "not inverted, unlike most",
    value: lag.polarity,
  }));
  return [
    knobFinding("unrelated-pairs", strange, {
      pass: "every target follows from its input",
      found: `${counted(strange.length, "target does", "targets do")} not seem to follow from the input`,
      hint: "listen to both: they may belong to other numbers, or the effect hides the input altogether",
    }),
    knobFinding("lag", late, {
      pass: usual === 0 ? "every target is in time" : `every target is ${usual} samples late`,
      found: `${counted(late.length, "target lies", "targets lie")} at another delay than the ${usual} samples of most`,
      hint: "move them: a model cannot learn a delay that changes from file to file",
    }),
    knobFinding("polarity", odd, {
      pass: inverted.length === 0 ? "no target is inverted" : "every target is inverted",
      found: `${counted(odd.length, "target has", "targets have")} another polarity than most`,
      hint: "look at how they were recorded; if the knobs do that, it is right",
    }),
  ];
}
