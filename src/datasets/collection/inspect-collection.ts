import type { CollectionInput, LabelledFile, UnreadableFile } from "./collection-input.ts";
import { type CollectionSummary, summarise } from "./collection-summary.ts";
import { findDifferences } from "./find-differences.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { findFileFaults } from "./find-files.ts";
import { findLabelFaults } from "./find-labels.ts";
import { findGroupLeaks } from "./find-leaks.ts";
import { findOutliers } from "./find-outliers.ts";
import { findSoundFaults } from "./find-sound-faults.ts";
import { findTableFaults } from "./find-table-faults.ts";
import type { Finding } from "./finding.ts";
import { folderLabel, folderSplit, patternValue, readPaths } from "./labels.ts";
import type { MissingColumn } from "./missing-values.ts";
import { columnValues, type TableRoles } from "./sound-table.ts";

/** Everything that can be said about a folder of sounds. */
export interface CollectionReport {
  /** The worst of the findings. */
  readonly verdict: Finding["verdict"];
  readonly summary: CollectionSummary;
  /** Where labels, splits and groups come from. */
  readonly sources: CollectionSources;
  /** Refusals first, then warnings, then what passed. */
  readonly findings: readonly Finding[];
  /** Columns of the table that have gaps, with ways to fill them. */
  readonly missingValues: readonly MissingColumn[];
  /** Every file that could be heard, in the order of paths. */
  readonly files: readonly LabelledFile[];
  readonly unreadable: readonly UnreadableFile[];
}

/** Where labels, splits and groups come from; null for nowhere. */
export interface CollectionSources {
  readonly table: { readonly name: string; readonly columns: readonly string[]; readonly roles: TableRoles } | null;
  readonly label: "table" | "folders" | "pattern" | null;
  readonly split: "table" | "folders" | "pattern" | null;
  readonly group: "table" | "pattern" | null;
}

/**
 * What is known of a folder of sounds, judged: every fault as a finding, none as an error.
 *
 * A refusal does not stop anything. It says that a model, or its score, would be wrong because of it.
 *
 * @param input - What was found in the folder and heard in its files (`createListener`, `matchFingerprints`).
 */
export function inspectCollection(input: CollectionInput): CollectionReport {
  const { files, sources } = withLabels(input);
  const table = input.table === undefined ? undefined : findTableFaults(input.table);
  const findings = [
    ...findFileFaults(input),
    ...findDuplicates(files, input.pairs),
    ...findGroupLeaks(files),
    ...findLabelFaults(files),
    ...findSoundFaults(files, input.unreadable),
    ...findDifferences(files),
    ...findOutliers(files),
    ...(table?.findings ?? []),
  ];
  const order = ["refuse", "warn", "pass"] as const;
  const sorted = order.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict));
  return {
    verdict: sorted[0]?.verdict ?? "pass",
    summary: summarise(files, input),
    sources,
    findings: sorted,
    missingValues: table?.missingValues ?? [],
    files,
    unreadable: input.unreadable,
  };
}

/** The files with their labels: a pattern comes before the table, the table before the folders. */
function withLabels({ heard, table, labelPattern, splitPattern, groupPattern }: CollectionInput): {
  readonly files: readonly LabelledFile[];
  readonly sources: CollectionSources;
} {
  const reading = readPaths(heard.map(({ path }) => path));
  const roles = table?.roles;
  const [label, split, group] = [roles?.label, roles?.split, roles?.group].map((column) => {
    const values = new Map<string, string | undefined>();
    if (table === undefined || column === undefined) return values;
    const found = columnValues(table, column);
    for (const [row, file] of table.files.entries())
      if (file !== undefined && !values.has(file)) values.set(file, found[row]);
    return values;
  });
  // One folder with everything in it says nothing of the sounds.
  const folders = new Set(heard.map(({ path }) => folderLabel(path, reading)));
  const inFolders = roles?.label === undefined && folders.size > 1;
  const files = heard.map((file): LabelledFile => {
    const { path } = file;
    return {
      ...file,
      label: labelPattern
        ? patternValue(path, labelPattern)
        : inFolders
          ? folderLabel(path, reading)
          : label?.get(path),
      split: splitPattern
        ? patternValue(path, splitPattern)
        : roles?.split === undefined
          ? folderSplit(path, reading)
          : split?.get(path),
      group: groupPattern ? patternValue(path, groupPattern) : group?.get(path),
    };
  });
  return {
    files,
    sources: {
      table: table === undefined ? null : { name: table.name, columns: table.columns, roles: table.roles },
      label: labelPattern ? "pattern" : inFolders ? "folders" : roles?.label === undefined ? null : "table",
      split: splitPattern ? "pattern" : roles?.split !== undefined ? "table" : reading.splitFolders ? "folders" : null,
      group: groupPattern ? "pattern" : roles?.group === undefined ? null : "table",
    },
  };
}
