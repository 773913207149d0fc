import type { Kernels } from "./kernels.ts";

/** Sizes drawn at random, odd ones included. */
export type Sizes = Record<string, number>;
type SizeRange = [least: number, most: number];

/** Hands out arrays in a heap: filled with noise, or with zeros. */
export interface Arrays {
  noise(n: number, scale?: number): number;
  zeros(n: number): number;
}

/** One kernel under test: runs it on arrays it lays out, returns the ranges to compare. */
export interface Case {
  readonly sizes: Record<string, SizeRange>;
  run(kernels: Kernels, arrays: Arrays, s: Sizes): { ranges: [offset: number, n: number][]; value?: number };
}

export const up4 = (n: number) => (n + 3) & ~3;
