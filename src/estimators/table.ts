import { TonewrightError } from "../errors/index.ts";

/** Rows of numbers, shape `[samples][features]`; a row may be a plain or a typed array. */
export type Table = readonly ArrayLike<number>[];

interface TableDemands {
  /** Columns the table must have; 0 for any number. */
  readonly columns?: number;
  /** Rows it must have at least. */
  readonly minimumRows?: number;
  /** Whether NaN may stand for a missing value. */
  readonly gaps?: "refuse" | "allow";
}

/**
 * A copy of a table in float64, checked, shape `[samples][features]`.
 *
 * @throws TonewrightError `empty-table`, `ragged-table`, `non-finite-values`, `column-mismatch`, `too-few-rows`.
 */
export function readTable(
  caller: string,
  table: Table,
  { columns = 0, minimumRows = 1, gaps = "refuse" }: TableDemands = {},
): Float64Array[] {
  const width = table[0]?.length ?? 0;
  if (table.length === 0 || width === 0) {
    throw new TonewrightError(
      "empty-table",
      `${caller}: the table has ${table.length} rows and ${width} columns`,
      "give at least one row with at least one number",
    );
  }
  if (columns !== 0 && width !== columns) {
    throw new TonewrightError(
      "column-mismatch",
      `${caller}: the table has ${width} columns, ${columns} were fitted`,
      "give the same columns in the same order as when fitting",
    );
  }
  if (table.length < minimumRows) {
    throw new TonewrightError(
      "too-few-rows",
      `${caller}: ${table.length} rows, at least ${minimumRows} are needed`,
      "give more rows, or ask for fewer neighbours, clusters or components",
    );
  }
  return table.map((row, r) => readRow(caller, row, { r, width, gaps }));
}

function readRow(
  caller: string,
  row: ArrayLike<number>,
  { r, width, gaps }: { readonly r: number; readonly width: number; readonly gaps: "refuse" | "allow" },
): Float64Array {
  if (row.length !== width) {
    throw new TonewrightError(
      "ragged-table",
      `${caller}: row ${r} has ${row.length} columns, row 0 has ${width}`,
      "give every row the same columns; mark a missing value with NaN and impute it",
    );
  }
  const copy = Float64Array.from(row);
  for (let j = 0; j < width; j++) {
    if (Number.isFinite(copy[j]!) || (gaps === "allow" && Number.isNaN(copy[j]!))) continue;
    throw new TonewrightError(
      "non-finite-values",
      `${caller}: row ${r}, column ${j} is ${copy[j]}`,
      gaps === "allow" ? "mark a missing value with NaN" : "impute missing values first (fitColumnImputer)",
    );
  }
  return copy;
}

/** One column of a table, shape `[samples]`. */
export function columnOf(rows: readonly ArrayLike<number>[], j: number): Float64Array {
  return Float64Array.from(rows, (row) => row[j]!);
}

/** Mean of every column, shape `[features]`. */
export function columnMeans(rows: readonly Float64Array[]): Float64Array {
  const means = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let j = 0; j < means.length; j++) means[j]! += row[j]!;
  return means.map((sum) => sum / rows.length);
}

/** The rows less a vector, shape `[samples][features]`. */
export function subtractFromRows(rows: readonly Float64Array[], vector: ArrayLike<number>): Float64Array[] {
  return rows.map((row) => row.map((value, j) => value - vector[j]!));
}

/** Squared Euclidean distance of two rows. */
export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    const difference = a[j]! - b[j]!;
    sum += difference * difference;
  }
  return sum;
}

/** Sum of the products of two vectors of one length; four sums side by side, as one addition would wait for the other. */
export function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < a.length; j += 4) {
    s0 += a[j]! * b[j]!;
    s1 += a[j + 1]! * b[j + 1]!;
    s2 += a[j + 2]! * b[j + 2]!;
    s3 += a[j + 3]! * b[j + 3]!;
  }
  for (; j < a.length; j++) s0 += a[j]! * b[j]!;
  return s0 + s1 + (s2 + s3);
}

/** Rows of numbers that came as plain lists, ready for the two functions above. */
export function typedRows(rows: readonly (readonly number[])[]): Float64Array[] {
  return rows.map((row) => Float64Array.from(row));
}
