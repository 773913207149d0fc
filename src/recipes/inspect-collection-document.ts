import type { CollectionReport, LabelledFile } from "../datasets/index.ts";

/** What `collectionDocument` writes down. */
export interface CollectionDocumentInput {
  /** As it was typed. */
  readonly folder: string;
  readonly report: CollectionReport;
  readonly stopped: object | null;
  readonly fingerprint: object;
  readonly seconds: number;
}

/**
 * The JSON document about a folder: verdict, summary, every finding, and the facts about every file.
 *
 * Its names are stable; `version` is raised when one changes its meaning. Only `work` differs from run to run.
 */
export function collectionDocument({ folder, report, stopped, fingerprint, seconds }: CollectionDocumentInput): object {
  const { verdict, summary, sources, findings, missingValues, files, unreadable } = report;
  return {
    kind: "collection",
    version: 1,
    ...{ folder, verdict, stopped, summary, sources, findings, missingValues, fingerprint },
    work: { seconds },
    files: files.slice(0, MOST_FILES).map(fileDocument),
    filesLeftOut: Math.max(0, files.length - MOST_FILES),
    unreadable,
  };
}

/** A longer list would not fit into one string. */
const MOST_FILES = 400_000;

function fileDocument({ path, bytes, label, split, group, facts }: LabelledFile): object {
  const { colour: _, ...rest } = facts;
  return { path, bytes, label: label ?? null, split: split ?? null, group: group ?? null, ...rest };
}
