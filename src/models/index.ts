/** models: one architecture per file: how its weights start and what it computes on a tape. */

export { createModel } from "./create-model.ts";
export type { Gains, Model } from "./model.ts";
