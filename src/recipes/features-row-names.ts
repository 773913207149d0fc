import { featureRows, type FrontEndDocument } from "../signal/index.ts";

const pitchRows = ["f0_hz", "voiced", "probability"];

/**
 * A name for each row of a front end's table, fit for the head of a column: `mfcc_0`, `zero_crossing_rate`, `mfcc_0_delta`.
 *
 * Rows are counted from 0 as in librosa; a kind that comes a second time is called `mfcc2_0`.
 */
export function featureRowNames(document: FrontEndDocument): string[] {
  const seen = new Map<string, number>();
  return featureRows(document).flatMap(({ feature: { kind }, order, rows }) => {
    const count = (seen.get(`${kind} ${order}`) ?? 0) + 1;
    seen.set(`${kind} ${order}`, count);
    const name = `${kind.replaceAll("-", "_")}${count === 1 ? "" : count}`;
    const ending = ["", "_delta", "_delta2"][order];
    return Array.from({ length: rows }, (_, k) => {
      const row = kind === "pyin" ? `_${pitchRows[k]}` : rows === 1 ? "" : `_${k}`;
      return `${name}${row}${ending}`;
    });
  });
}
