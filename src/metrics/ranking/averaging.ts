import { TonewrightError } from "../../errors/index.ts";
import { meanOver } from "../regression/sum.ts";
import type { BinaryScores } from "./binary-scores.ts";
import type { ScoreRows } from "./score-rows.ts";

/**
 * How the scores of several classes become one: "macro" their mean, "weighted" by the positives of each, "micro" all
 * cells as one large problem, "samples" each row as a problem of its own, "none" not at all.
 */
export type ScoreAverage = "macro" | "weighted" | "micro" | "samples" | "none";

/** One number, or with "none" one per class, shape `[classes]`. */
export type RankingScore<Average> = Average extends "none" ? Float64Array : number;

/** A number in the shape that was asked for: a list of one with "none". */
export function inShape<Average extends ScoreAverage>(
  average: Average | undefined,
  score: number,
): RankingScore<Average> {
  return (average === "none" ? Float64Array.of(score) : score) as RankingScore<Average>;
}

/**
 * A metric of two classes for rows of several labels, averaged as asked.
 *
 * @param score - The metric of one label (or of one row, or of all cells).
 * @throws TonewrightError `bad-option` for an unknown average.
 */
export function averageOverLabels<Average extends ScoreAverage>(
  metric: string,
  rows: ScoreRows,
  average: Average | undefined,
  score: (samples: BinaryScores) => number,
): RankingScore<Average> {
  const { samples, columns, weights } = rows;
  const problem = (positions: Int32Array, problemWeights: Float64Array | undefined): BinaryScores => ({
    hits: Uint8Array.from(positions, (k) => rows.truth[k]!),
    scores: Float64Array.from(positions, (k) => rows.scores[k]!),
    weights: problemWeights,
  });
  const column = (c: number) =>
    problem(
      Int32Array.from({ length: samples }, (_, n) => n * columns + c),
      weights,
    );
  const byColumn = () => Float64Array.from({ length: columns }, (_, c) => score(column(c)));
  const asked: ScoreAverage = average ?? "macro";
  switch (asked) {
    case "none":
      return byColumn() as RankingScore<Average>;
    case "macro": {
      const scores = byColumn();
      return meanOver(columns, (c) => scores[c]!) as RankingScore<Average>;
    }
    case "weighted":
      return weightedByPositives(rows, byColumn) as RankingScore<Average>;
    case "micro": {
      const cells = Int32Array.from({ length: samples * columns }, (_, k) => k);
      return score(
        problem(cells, weights && Float64Array.from(cells, (k) => weights[Math.floor(k / columns)]!)),
      ) as RankingScore<Average>;
    }
    case "samples": {
      const scores = Float64Array.from({ length: samples }, (_, n) =>
        weights?.[n] === 0
          ? 0
          : score(
              problem(
                Int32Array.from({ length: columns }, (_, c) => n * columns + c),
                undefined,
              ),
            ),
      );
      return meanOver(samples, (n) => scores[n]!, weights) as RankingScore<Average>;
    }
    default:
      asked satisfies never;
      throw new TonewrightError(
        "bad-option",
        `${metric}: there is no average ${JSON.stringify(asked)}`,
        'choose "macro", "weighted", "micro", "samples" or "none"',
      );
  }
}

/**
 * The mean weighted by the positives of each column; a column without any counts nothing, even where it is undefined.
 */
function weightedByPositives({ truth, samples, columns, weights }: ScoreRows, byColumn: () => Float64Array): number {
  const positives = new Float64Array(columns);
  for (let n = 0; n < samples; n++) {
    for (let c = 0; c < columns; c++) positives[c]! += (weights?.[n] ?? 1) * truth[n * columns + c]!;
  }
  if (positives.every((weight) => weight === 0)) return 0;
  const scores = byColumn();
  return meanOver(columns, (c) => (positives[c] === 0 ? 0 : scores[c]!), positives);
}
