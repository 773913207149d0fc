/** Scores of one validation. */
export interface ValidationScores {
  /** Error-to-signal ratio as it is, and with both signals DC-blocked (pole 0.995). */
  readonly esr: number;
  readonly esrDcBlocked: number;
}

/** What happens while a model trains, in order. */
export type TrainingEvent =
  | {
      readonly type: "start";
      readonly parameters: number;
      readonly batchesPerEpoch: number;
      readonly epochs: number;
      readonly totalSteps: number;
      readonly threads: number;
      readonly shards: number;
      readonly resumedAtStep: number;
    }
  | {
      readonly type: "progress";
      readonly step: number;
      readonly totalSteps: number;
      readonly epoch: number;
      readonly epochs: number;
      /** Mean loss since the last progress event. */
      readonly loss: number;
      readonly samplesPerSecond: number;
      readonly secondsElapsed: number;
      readonly secondsLeft: number;
      readonly validation?: ValidationScores;
    }
  | {
      readonly type: "validation";
      readonly step: number;
      readonly epoch: number;
      readonly scores: ValidationScores;
      readonly best: boolean;
    }
  | { readonly type: "checkpoint"; readonly step: number };

/** One point of the curves that a report draws. */
export interface HistoryPoint {
  readonly step: number;
  readonly seconds: number;
  readonly loss: number;
  readonly validation: ValidationScores;
}
