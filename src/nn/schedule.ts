/**
 * Learning rate at `progress` of the plan: a short linear rise, then half a cosine down to `final` of the peak.
 *
 * @param progress - Steps done over steps planned, in `[0, 1]`.
 * @param options - `peak`: largest rate; `final`: the last rate as a part of the peak; `rise`: part of the plan that rises.
 * @see Loshchilov & Hutter 2017, https://arxiv.org/abs/1608.03983
 */
export function cosineRate(progress: number, { peak, final = 0.005, rise = 0.01 }: CosineRate): number {
  if (progress < rise) return peak * (0.1 + (0.9 * progress) / rise);
  const fallen = Math.min(1, (progress - rise) / (1 - rise));
  return peak * (final + (1 - final) * 0.5 * (1 + Math.cos(Math.PI * fallen)));
}

/** The shape of a cosine schedule. */
export interface CosineRate {
  readonly peak: number;
  readonly final?: number;
  readonly rise?: number;
}
