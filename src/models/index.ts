/** models: one architecture per file: how its weights start and what it computes on a tape. */

export { createModel, type Gains, type Model } from "./model.ts";
