/** How long a run is; kept in its checkpoints, so that a resumed run follows the same schedule. */
export interface RunLength {
  readonly epochs: number;
  /** Updates in all, whole batches; the last epoch of a budget may be cut short. */
  readonly totalSteps: number;
  /** Epochs from one validation to the next. */
  readonly validateEvery: number;
  /** False while a budget's length rests on the first measurement only. */
  readonly settled: boolean;
}

/** Validations that a run aims at: enough to draw a curve and to catch the best weights. */
const validationsWanted = 40;

/** The length of a run of `epochs` epochs. */
export function lengthOfEpochs(epochs: number, stepsPerEpoch: number): RunLength {
  const validateEvery = Math.max(1, Math.round(epochs / validationsWanted));
  return { epochs, totalSteps: epochs * stepsPerEpoch, validateEvery, settled: true };
}

/** What a budget is turned into a length with. Times in seconds. */
export interface BudgetMeasurement {
  readonly secondsLeft: number;
  readonly secondsPerStep: number;
  readonly secondsPerValidation: number;
  readonly stepsPerEpoch: number;
  readonly stepsPerBatch: number;
  readonly stepsDone: number;
  readonly settled: boolean;
}

/** The longest run that fits into the seconds left, validations included; they get a tenth of the time at most. */
export function lengthOfBudget(measured: BudgetMeasurement): RunLength {
  const { secondsLeft, secondsPerStep, secondsPerValidation, stepsPerEpoch, stepsPerBatch, stepsDone, settled } =
    measured;
  const affordable = Math.floor((0.1 * secondsLeft) / secondsPerValidation);
  const validations = Math.max(1, Math.min(validationsWanted, affordable));
  const steps = (secondsLeft - validations * secondsPerValidation) / secondsPerStep;
  const totalSteps = stepsDone + Math.max(1, Math.floor(steps / stepsPerBatch)) * stepsPerBatch;
  const epochs = Math.ceil(totalSteps / stepsPerEpoch);
  return { epochs, totalSteps, validateEvery: Math.max(1, Math.ceil(epochs / validations)), settled };
}
