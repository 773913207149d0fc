import { type Verdict, verdict } from "../../../../src/recipes/index.ts";

type Json = Readonly<Record<string, unknown>>;
type Scores = Parameters<typeof verdict>[0]["scores"];

/** One line of the table of scores. */
export interface ScoreLine {
  readonly name: string;
  readonly scores: Scores;
}

/**
 * The scores in a model's metadata, the model itself first, then the baselines it has to beat. Empty if it has none.
 *
 * Metadata is free JSON: `{test: {esr, …}, baselines: {gain: {…}, fir: {…}}}` is what a capture stores.
 */
export function readScores(stored: Json | undefined): ScoreLine[] {
  const baselines = member(stored, "baselines");
  const lines = [
    { name: "This model", scores: scoresIn(member(stored, "test")) },
    { name: "Best gain alone", scores: scoresIn(member(baselines, "gain")) },
    { name: "Linear filter", scores: scoresIn(member(baselines, "fir")) },
  ];
  return lines.filter((line): line is ScoreLine => line.scores !== undefined);
}

/** What the stored scores mean, in words; undefined without the model's own and the linear filter's. */
export function readVerdict(stored: Json | undefined): Verdict | undefined {
  const scores = scoresIn(member(stored, "test"));
  const fir = scoresIn(member(member(stored, "baselines"), "fir"));
  return scores === undefined || fir === undefined ? undefined : verdict({ scores, fir });
}

function scoresIn(values: Json | undefined): Scores | undefined {
  const { esr, esrDcBlocked, mae, mrstft } = values ?? {};
  return isNumber(esr) && isNumber(esrDcBlocked) && isNumber(mae) && isNumber(mrstft)
    ? { esr, esrDcBlocked, mae, mrstft }
    : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function member(parent: Json | undefined, key: string): Json | undefined {
  const value = parent?.[key];
  return typeof value === "object" && value !== null ? (value as Json) : undefined;
}
