import { columnOf, dot } from "../table.ts";
import type { Objective } from "./minimise-convex.ts";

/** Training data of a logistic regression. */
export interface LogisticProblem {
  /** Shape `[features][samples]`. */
  readonly columns: readonly Float64Array[];
  /** Class of each row as a position, shape `[samples]`. */
  readonly codes: readonly number[];
  /** Rows of weights: 1 for two classes, else one for each class. */
  readonly outputs: number;
  /** Weight of half the squared weight of each column, shape `[features]`. */
  readonly penalties: Float64Array;
}

/**
 * Mean negative log likelihood plus the penalty, with its gradient.
 *
 * The point is `[outputs][features + 1]`, the intercept last and without penalty.
 */
export function logisticLoss({ columns, codes, outputs, penalties }: LogisticProblem): Objective {
  const samples = codes.length;
  const stride = columns.length + 1;
  const rows = codes.map((_, n) => columnOf(columns, n));
  const residuals = Array.from({ length: outputs }, () => new Float64Array(samples));
  const scores = new Float64Array(outputs);
  return (point, gradient) => {
    const weights = residuals.map((_, k) => point.subarray(k * stride, (k + 1) * stride - 1));
    let loss = 0;
    for (const [n, row] of rows.entries()) {
      for (let k = 0; k < outputs; k++) scores[k] = dot(weights[k]!, row) + point[(k + 1) * stride - 1]!;
      loss += outputs === 1 ? binaryResidual(scores, codes[n]!) : softmaxResidual(scores, codes[n]!);
      for (let k = 0; k < outputs; k++) residuals[k]![n] = scores[k]!;
    }
    loss /= samples;
    for (const [k, residual] of residuals.entries()) {
      for (const [j, column] of columns.entries()) {
        const weight = weights[k]![j]!;
        loss += 0.5 * penalties[j]! * weight * weight;
        gradient[k * stride + j] = dot(residual, column) / samples + penalties[j]! * weight;
      }
      gradient[(k + 1) * stride - 1] = residual.reduce((sum, value) => sum + value, 0) / samples;
    }
    return loss;
  };
}

/** Scores become the probability of each class. Overwritten. */
export function softmax(scores: Float64Array): Float64Array {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(scores[k]! - largest);
    sum += scores[k]!;
  }
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
  return scores;
}

/** Probability of the second of two classes. */
export function sigmoid(score: number): number {
  return score >= 0 ? 1 / (1 + Math.exp(-score)) : Math.exp(score) / (1 + Math.exp(score));
}

/** The loss of one row; its score is overwritten with the gradient by it. */
function binaryResidual(scores: Float64Array, code: number): number {
  const score = scores[0]!;
  scores[0] = sigmoid(score) - code;
  return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - code * score;
}

/** The loss of one row; its scores are overwritten with the gradient by them. */
function softmaxResidual(scores: Float64Array, code: number): number {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  const own = scores[code]!;
  const sum = scores.reduce((total, value) => total + Math.exp(value - largest), 0);
  softmax(scores);
  scores[code]! -= 1;
  return largest + Math.log(sum) - own;
}
