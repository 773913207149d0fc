import type { EffectKnob } from "./effect-knob.ts";

/** Which part of a dataset a pair is for. */
export type KnobSplit = "train" | "validation" | "test";

/** The folder of each split, as SignalTrain names them. */
export const splitFolders = { train: "Train", validation: "Val", test: "Test" } as const;

/** A dry file and the same through the effect at one setting. */
export interface KnobPair {
  /** Paths below the dataset's folder, with slashes. */
  readonly input: string;
  readonly target: string;
  /** Values, in the order of the dataset's knobs. */
  readonly knobs: readonly number[];
  /** Null if the folder that it is in says nothing. */
  readonly split: KnobSplit | null;
  /** Length of the target; absent if nobody told. */
  readonly seconds?: number | undefined;
}

/** Recordings of an effect at several settings of its knobs. */
export interface KnobDataset {
  /** Of the effect. */
  readonly name: string;
  /** With their ranges as told; where nothing is told: the range of the values, and names `k1`, `k2`, … */
  readonly knobs: readonly EffectKnob[];
  /** Where names and ranges of the knobs come from. */
  readonly knobsFrom: "card" | "effect-info" | "file-names";
  /** The target is what goes into the effect: it is to be undone. */
  readonly inverse: boolean;
  /** In the order of paths. */
  readonly pairs: readonly KnobPair[];
}
