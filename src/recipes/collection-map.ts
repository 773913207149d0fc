import { fitPca, fitStandardScaler, scaleColumns, transformPca } from "../estimators/index.ts";
import type { LabelledFile } from "../datasets/index.ts";

/** Files as points on a plane on which those that sound alike lie near each other. */
export interface CollectionMap {
  readonly files: readonly LabelledFile[];
  /** Shape `[files][2]`. */
  readonly points: readonly ArrayLike<number>[];
  /** Share of all differences between the files that the plane shows, 0 to 1. */
  readonly share: number;
}

const MOST_POINTS = 2000;

/**
 * A map of sounds by their colour: the two directions in which the files differ most (principal components of the band
 * levels and of how much the level moves, each scaled to its own deviation).
 *
 * @param files - Silent ones are left out; of more than 2000, 2000 evenly spread ones are shown.
 * @returns Nothing for fewer than 3 files, which make no map.
 */
export function mapCollection(files: readonly LabelledFile[]): CollectionMap | undefined {
  const heard = files.filter(({ facts }) => facts.centroidHz !== null);
  const step = Math.max(1, heard.length / MOST_POINTS);
  const shown = Array.from({ length: Math.min(heard.length, MOST_POINTS) }, (_, k) => heard[Math.floor(k * step)]!);
  if (shown.length < 3) return undefined;
  const table = shown.map(({ facts }) => facts.colour);
  const scaled = scaleColumns(fitStandardScaler(table), table);
  const pca = fitPca(scaled, { components: 2 });
  const share = pca.explainedVarianceRatio.reduce((sum, value) => sum + value, 0);
  return { files: shown, points: transformPca(pca, scaled), share };
}
