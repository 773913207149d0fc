/** nn: layers, losses, initial weights, schedules. */

export { uniformWeights } from "./initialise.ts";
export { type LossFilter, type LossMeasure, type LossTerm, lossFilters, sequenceLoss } from "./losses.ts";
export {
  initialRecurrentWeight,
  type RecurrentSizes,
  recurrentHead,
  recurrentStack,
  statesPerLayer,
} from "./recurrent-stack.ts";
export { type CosineRate, cosineRate } from "./schedule.ts";
