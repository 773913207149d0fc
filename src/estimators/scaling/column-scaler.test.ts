import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden, refusal, worstError } from "../../../fixtures/estimators/golden.ts";
import {
  type ColumnScaler,
  fitMaxAbsScaler,
  fitMinMaxScaler,
  fitRobustScaler,
  fitStandardScaler,
  scaleColumns,
  type Table,
  unscaleColumns,
} from "../index.ts";

const { scaling } = golden as { scaling: Record<string, number[][]> & { table: number[][] } };

const scalers: [string, (table: Table) => ColumnScaler][] = [
  ["standard", fitStandardScaler],
  ["min-max", fitMinMaxScaler],
  ["min-max -2 to 3", (table) => fitMinMaxScaler(table, { low: -2, high: 3 })],
  ["robust", fitRobustScaler],
  ["robust 10 to 90", (table) => fitRobustScaler(table, { lowPercentile: 10, highPercentile: 90 })],
  ["max-abs", fitMaxAbsScaler],
];

describe.each(scalers)("%s", (name, learn) => {
  it("agrees with scikit-learn, on constant columns and large offsets too", () => {
    const found = scaleColumns(learn(scaling.table), scaling.table);
    // The third column varies by 1e-3 around 1e6, which costs 9 of 16 digits of any result.
    const rest = (table: Table) => table.map((row) => Array.from(row).filter((_, j) => j !== 2));
    expect(worstError(rest(found), rest(scaling[name]!))).toBeLessThan(1e-12);
    expect(worstError(found, scaling[name]!)).toBeLessThan(2e-6);
  });

  it("is undone by unscaleColumns", () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
      );
    fc.assert(
      fc.property(tables, (table) => {
        const scaler = learn(table);
        // Errors are roundings of numbers up to 1e3 plus the scaler's own offset.
        expect(worstError(unscaleColumns(scaler, scaleColumns(scaler, table)), table)).toBeLessThan(1e-11);
      }),
      { numRuns: 50 },
    );
  });
});

describe("scalers by hand", () => {
  const table = [[1], [2], [3], [6]];
  const flat = (scaler: ColumnScaler) => scaleColumns(scaler, table).map((row) => row[0]);

  it("standard: mean 3, variance (4 + 1 + 0 + 9) / 4", () => {
    expect(fitStandardScaler(table)).toEqual({ kind: "standard", centre: [3], scale: [Math.sqrt(3.5)] });
  });

  it("min-max: the range 1 to 6 becomes 0 to 1", () => {
    expect(flat(fitMinMaxScaler(table))).toEqual([0, 0.2, 0.4, 1]);
  });

  it("robust: median 2.5, quartiles 1.75 and 3.75", () => {
    expect(flat(fitRobustScaler(table))).toEqual([-0.75, -0.25, 0.25, 1.75]);
  });

  it("max-abs: the largest magnitude is 6", () => {
    expect(flat(fitMaxAbsScaler(table))).toEqual([1 / 6, 2 / 6, 0.5, 1]);
  });
});

describe("options of scalers", () => {
  it("are refused out of order", () => {
    expect(refusal(() => fitMinMaxScaler([[1]], { low: 1, high: 1 }))).toBe("bad-option");
    expect(refusal(() => fitMinMaxScaler([[1]], { high: Number.NaN }))).toBe("bad-option");
    expect(refusal(() => fitRobustScaler([[1]], { lowPercentile: 80 }))).toBe("bad-option");
    expect(refusal(() => fitRobustScaler([[1]], { highPercentile: 101 }))).toBe("bad-option");
  });
});
