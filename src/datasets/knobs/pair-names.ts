import { knobValueText } from "./effect-knob.ts";

/** What the name of a target file says. */
export interface TargetName {
  /** Which pair, as written: `138`. */
  readonly index: string;
  /** Of the effect. */
  readonly effect: string;
  /** As written, in the order of the dataset's knobs. */
  readonly knobs: readonly string[];
}

/** The name of a pair's input file. Targets sort in the same order. */
export function inputName(index: number, { digits }: { readonly digits: number }): string {
  return `input_${paddedIndex(index, digits)}_.wav`;
}

/**
 * The name of a pair's target file, which holds the knobs.
 *
 * @param options.effect - Of any characters; those that file names should not have become hyphens.
 */
export function targetName(
  index: number,
  { digits, effect, knobs }: { readonly digits: number; readonly effect: string; readonly knobs: readonly number[] },
): string {
  const values = knobs.map((value) => `__${knobValueText(value)}`).join("");
  return `target_${paddedIndex(index, digits)}_${effectFileName(effect)}${values}.wav`;
}

/** An effect's name as it may stand in a file name: no spaces, no underscores, which separate. */
export function effectFileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return plain === "" ? "effect" : plain.slice(0, 60);
}

/** Digits that the indices of so many pairs need, 3 at least. */
export function indexDigits(pairs: number): number {
  return Math.max(3, String(Math.max(0, pairs - 1)).length);
}

const ending = String.raw`\.(?:wav|wave|flac|aiff?|aifc|w64|rf64|bwf)$`;
const inputPattern = new RegExp(`^input_([^_]+)_.*${ending}`, "i");
const targetPattern = new RegExp(`^target_([^_]+)_(.*)${ending}`, "i");

/** The index in the name of an input file; nothing if it is none. */
export function readInputName(name: string): string | undefined {
  return inputPattern.exec(name)?.[1];
}

/** What the name of a target file says; nothing if it is none. Names of effects may have single underscores. */
export function readTargetName(name: string): TargetName | undefined {
  const match = targetPattern.exec(name);
  if (match === null) return undefined;
  const [effect = "", ...knobs] = match[2]!.split("__");
  return { index: match[1]!, effect, knobs };
}

function paddedIndex(index: number, digits: number): string {
  return String(index).padStart(digits, "0");
}
