import { findCoverageFaults, findDoubled } from "./find-coverage-faults.ts";
import { findFileFaults, findLags, findSameTargets, findUnusable } from "./find-pair-faults.ts";
import {
  cellCounts,
  findAudioLeaks,
  findLeaks,
  type KnobCellCount,
  type SplitSum,
  splitSums,
} from "./find-split-faults.ts";
import { type KnobCoverage, knobCoverage } from "./knob-coverage.ts";
import type { KnobDataset, KnobSplit } from "./knob-dataset.ts";
import type { KnobFinding, MeasuredPair } from "./knob-finding.ts";
import type { KnobPairFacts } from "./measure-knob-pair.ts";
import type { KnobDatasetProblem } from "./read-knob-dataset.ts";
import type { KnobSplitMode } from "./split-knob-data.ts";

/** Everything that can be said about a dataset with knobs. */
export interface KnobDatasetReport {
  /** The worst of the findings. */
  readonly verdict: KnobFinding["verdict"];
  readonly coverage: KnobCoverage;
  readonly splits: Readonly<Record<KnobSplit | "unassigned", SplitSum>>;
  /** Of the test pairs. */
  readonly cells: readonly KnobCellCount[];
  /** Refusals first, then warnings, then what passed. */
  readonly findings: readonly KnobFinding[];
}

/** What `inspectKnobDataset` looks at. */
export interface KnobDatasetInput {
  readonly dataset: KnobDataset;
  /** From `listKnobDataset`. */
  readonly problems?: readonly KnobDatasetProblem[] | undefined;
  /** From `measureKnobPair`, one for each pair; null where a file could not be read. */
  readonly facts: readonly (KnobPairFacts | null)[];
  /** How the splits were made, where a card tells. */
  readonly splitBy?: KnobSplitMode | undefined;
}

/**
 * What is known of a dataset with knobs, judged: how its settings cover the knobs' ranges, what is missing or there twice,
 * how every target lies against its input, and what training and test have in common.
 *
 * Audio counts as seen if the same input, sample for sample, is a training input; `inspectCollection` finds more.
 */
export function inspectKnobDataset({ dataset, problems = [], facts, splitBy }: KnobDatasetInput): KnobDatasetReport {
  const { knobs } = dataset;
  const pairs = dataset.pairs.map((pair, k): MeasuredPair => ({ ...pair, facts: facts[k] ?? null }));
  const coverage = knobCoverage(
    pairs.map((pair) => pair.knobs),
    knobs,
  );
  const cells = cellCounts(pairs);
  const findings = [
    findUnusable(pairs, problems),
    ...findCoverageFaults(pairs, coverage, knobs),
    findDoubled(pairs, knobs),
    findSameTargets(pairs, knobs),
    ...findFileFaults(pairs),
    ...findLags(pairs),
    ...findLeaks(pairs, cells, knobs),
    findAudioLeaks(pairs, { by: splitBy }),
  ];
  const order = ["refuse", "warn", "pass"] as const;
  const sorted = order.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict));
  return { verdict: sorted[0]?.verdict ?? "pass", coverage, splits: splitSums(pairs), cells, findings: sorted };
}
