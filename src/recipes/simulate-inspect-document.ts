import type { KnobDataset, KnobDatasetReport, KnobPairFacts } from "../datasets/index.ts";

/** What `knobDatasetDocument` writes down. */
export interface KnobDatasetDocumentInput {
  /** As it was typed. */
  readonly folder: string;
  readonly dataset: KnobDataset;
  /** Whether simulate's card was there. */
  readonly card: object | undefined;
  readonly report: KnobDatasetReport;
  readonly facts: readonly (KnobPairFacts | null)[];
  readonly stopped: object | null;
  readonly seconds: number;
}

/**
 * The JSON document about a dataset with knobs: verdict, knobs, splits, coverage, every finding, and the facts about every pair.
 *
 * Its names are stable; `version` is raised when one changes its meaning. Only `work` differs from run to run.
 */
export function knobDatasetDocument({
  folder,
  dataset,
  card,
  report,
  facts,
  stopped,
  seconds,
}: KnobDatasetDocumentInput): object {
  const { verdict, splits, cells, coverage, findings } = report;
  const { name, knobs, knobsFrom, inverse, pairs } = dataset;
  return {
    kind: "knob-dataset",
    version: 1,
    ...{ folder, verdict, stopped, effect: name, inverse, knobs, knobsFrom, hasCard: card !== undefined },
    ...{ splits, cells, coverage, findings },
    work: { seconds },
    pairs: pairs.map(({ input, target, split, knobs: values }, k) => ({
      ...{ input, target, split, knobs: values },
      ...pairDocument(facts[k] ?? null),
    })),
  };
}

function pairDocument(facts: KnobPairFacts | null): object {
  if (facts === null) return { readable: false };
  const { lag, inputHash: _, targetHash: __, ...rest } = facts;
  return {
    readable: true,
    ...rest,
    lagSamples: lag?.samples ?? null,
    polarity: lag?.polarity ?? null,
    correlation: lag?.correlation ?? null,
    prominence: lag?.prominence ?? null,
  };
}
