import { TonewrightError } from "../errors/index.ts";

/** @throws TonewrightError `bad-option` unless the value is a whole number of at least `least`. */
export function requireWhole(option: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new TonewrightError("bad-option", `${option} is ${value}`, `give a whole number of at least ${least}`);
}

/** @throws TonewrightError `bad-option` unless the value is a finite number above 0. */
export function requirePositive(option: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new TonewrightError("bad-option", `${option} is ${value}`, "give a finite number above 0");
}

/** @throws TonewrightError `bad-option` unless the value is a finite number of at least 0. */
export function requireNotNegative(option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new TonewrightError("bad-option", `${option} is ${value}`, "give a finite number of at least 0");
}
