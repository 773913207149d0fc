import type { LossTerm } from "../nn/index.ts";

/** Losses by name: what training makes small. */
const lossPresets = {
  /** The error-to-signal ratio after a DC blocker, and a tenth of the error's mean: what trained best here. */
  esr: [
    { measure: "squared", filter: "dc-block", weight: 1 },
    { measure: "dc", filter: "none", weight: 0.1 },
  ],
  mse: [{ measure: "squared", filter: "none", weight: 1 }],
  mae: [{ measure: "absolute", filter: "none", weight: 1 }],
  /** Wright & Välimäki 2020: treble counts more, and a quarter is the offset. */
  "esr-pre-emphasis": [
    { measure: "squared", filter: "pre-emphasis", weight: 0.75 },
    { measure: "dc", filter: "none", weight: 0.25 },
  ],
} as const satisfies Record<string, readonly LossTerm[]>;

/** The name of a loss. */
export type LossPresetName = keyof typeof lossPresets;

/** The names of all losses, the default first. */
export const lossPresetNames = Object.keys(lossPresets) as LossPresetName[];

/**
 * The terms of a loss, ready for `fit`.
 *
 * @see Wright & Välimäki 2020, https://arxiv.org/abs/1911.08922, for `esr-pre-emphasis`; docs/decisions/0003 for `esr`.
 */
export function lossTerms(name: LossPresetName): readonly LossTerm[] {
  return lossPresets[name];
}
