import { counted, type Finding, type FindingItem, findingOf, shareText, verb } from "./finding.ts";
import { countBy, groupBy } from "./group-by.ts";
import { findMissingValues, type ImputationWay, type MissingColumn } from "./missing-values.ts";
import { columnValues, type SoundTable } from "./sound-table.ts";

/** Findings about a table as a table: odd rows, files named twice, contradicting labels, gaps. */
export function findTableFaults(table: SoundTable): { findings: Finding[]; missingValues: MissingColumn[] } {
  const missingValues = findMissingValues(table);
  const rowsOf = groupBy(table.files.keys(), (row) => table.files[row]);
  const twice = [...rowsOf].filter(([, rows]) => rows.length > 1);
  const labels = table.roles.label === undefined ? undefined : columnValues(table, table.roles.label);
  const namesOf = (rows: readonly number[]) => countBy(rows, (row) => labels?.[row]);
  const contradicting = twice.filter(([, rows]) => namesOf(rows).size > 1);
  const repeated = twice.filter(([, rows]) => namesOf(rows).size <= 1);
  return { findings: [oddRows(table), duplicateRows(), conflicts(), gaps(table, missingValues)], missingValues };

  function duplicateRows(): Finding {
    const items = repeated.map(([file, rows]): FindingItem => ({ files: [file], note: `${rows.length} rows` }));
    return findingOf("duplicate-rows", items, {
      pass: `no file is named twice in "${table.name}"`,
      found: `${counted(items.length, "file")} ${verb(items.length, "is", "are")} named in more than one row of "${table.name}"`,
      hint: "delete the repeated rows: the first one counts",
    });
  }

  function conflicts(): Finding {
    const items = contradicting.map(([file, rows]): FindingItem => {
      const names = [...namesOf(rows).keys()].map((name) => `"${name}"`).join(" and ");
      return { files: [file], note: `is called ${names}` };
    });
    return findingOf("label-conflicts", items, {
      verdict: "refuse",
      pass: `no file has two labels in "${table.name}"`,
      found: `${counted(items.length, "file")} ${verb(items.length, "has", "have")} two labels in "${table.name}"`,
      hint: "keep the row with the right label: the first one counts",
    });
  }
}

function oddRows({ name, oddLines, columns }: SoundTable): Finding {
  const items = oddLines.map((line): FindingItem => ({ files: [], note: `line ${line}`, value: line }));
  return findingOf("table-rows", items, {
    pass: `every row of "${name}" has ${columns.length} fields`,
    found: `${counted(items.length, "row")} of "${name}" ${verb(items.length, "has", "have")} more or fewer than ${columns.length} fields`,
    hint: "put fields that hold the separator into double quotes",
  });
}

function gaps({ name }: SoundTable, columns: readonly MissingColumn[]): Finding {
  const items = columns.map(({ column, missing, rows, ways }): FindingItem => {
    const share = shareText(missing / rows);
    return {
      files: [],
      note: `"${column}": ${missing} of ${rows} (${share}); ${ways.map(wayText).join(", ")}`,
      value: missing,
    };
  });
  return findingOf("missing-values", items, {
    pass: `no column of "${name}" has gaps`,
    found: `${counted(items.length, "column")} of "${name}" ${verb(items.length, "has", "have")} gaps`,
    hint: "fill them the way that errs least, fitted on the training rows alone, or leave the column out",
  });
}

const METHODS = {
  mean: "mean",
  median: "median",
  "most-frequent": "most frequent",
  neighbours: "5 nearest rows",
} as const;

function wayText({ method, fills, error }: ImputationWay): string {
  const text = (value: number | string) =>
    typeof value === "string" ? `"${value}"` : String(Number(value.toPrecision(4)));
  const shown = fills.slice(0, 3).map(text).join(" ");
  const more = fills.length > 3 ? " …" : "";
  const off = typeof fills[0] === "string" ? `wrong for ${shareText(error)}` : `off by ${Number(error.toPrecision(2))}`;
  return `${METHODS[method]} ${shown}${more}${Number.isNaN(error) ? "" : ` (${off})`}`;
}
