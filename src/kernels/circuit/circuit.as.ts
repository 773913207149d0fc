/** The transient of a flattened circuit, step by step; circuits/solver/plain-circuit-solver.ts is the definition. */
import { acceptBipolars, bipolarsSettled, loadBipolars, restoreBipolars } from "./bipolar.as";
import { acceptDiodes, diodesSettled, loadDiodes, restoreDiodes } from "./diode.as";
import { exponentialAnywhere, logarithm } from "./exponential.as";
import {
  acceptJunctionFets,
  acceptMosfets,
  junctionFetsSettled,
  loadJunctionFets,
  loadMosfets,
  mosfetsSettled,
  restoreJunctionFets,
  restoreMosfets,
} from "./fet.as";
import { word } from "./junction.as";
import {
  absoluteTolerance,
  bipolarCount,
  bipolars,
  block,
  blockSize,
  changeShift,
  differenceBytes,
  differencePeak,
  differences,
  diodeCount,
  diodes,
  gear,
  gmin,
  junctionFetCount,
  jumpShare,
  jumpVolts,
  junctionFets,
  lastInput,
  minus,
  mosfetCount,
  mosfets,
  plus,
  rate,
  relativeTolerance,
  restless,
  tapeCount,
  tapes,
} from "./layout";
import {
  acceptChargeRows,
  prepare,
  solveInOrder,
  solveWithExchanges,
  startIteration,
  substituteBack,
} from "./linear.as";
import { powerFromTable } from "./power-table.as";
import { loadTapes, tapesSettled } from "./tape.as";

export { writePowerTable } from "./power-table.as";

const settled: i32 = 0;
const notSettled: i32 = 1;
const singular: i32 = 2;

const iterationsPerAttempt: i32 = 60;
const inputParts: i32 = 32;
/** How much of the largest value is left after a step. */
const peakDecay: f64 = 0.9995;

/** First byte that the module does not use itself. */
export function heapBase(): usize {
  return __heap_base;
}

/** For the test of their accuracy. */
export function exponentialOf(x: f64): f64 {
  return exponentialAnywhere(x);
}

export function logarithmOf(x: f64): f64 {
  return logarithm(x);
}

export function powerOf(table: usize, x: f64): f64 {
  return powerFromTable(table, x);
}

/**
 * Steps through input samples.
 *
 * @param input - Byte address of float64 volts, shape `[samples]`; `output` likewise, overwritten.
 * @returns How many samples are done; where that is fewer than asked for, the next one is at fault: not settled or a jump, or
 *   with the highest bit set, singular. The state is that of the last sample that is done.
 */
export function runCircuit(h: usize, samples: i32, input: usize, output: usize): i32 {
  const p = word(h, plus);
  const m = word(h, minus);
  for (let n: i32 = 0; n < samples; n++) {
    const state = step(h, load<f64>(input + (<usize>n << 3)));
    if (state != settled) return state == singular ? n | i32.MIN_VALUE : n;
    store<f64>(output + (<usize>n << 3), load<f64>(p) - load<f64>(m));
  }
  return samples;
}

/** Charges of devices at the operating point. */
export function startCircuit(h: usize): void {
  startIteration(h);
  loadDevices(h, true);
}

function step(h: usize, inputVolts: f64): i32 {
  prepare(h, inputVolts);
  if (word(h, blockSize) > 0) {
    predict(h);
    let state = attempt(h, iterationsPerAttempt, Infinity, false);
    if (state != settled) state = attemptAgain(h);
    if (state == notSettled) state = attemptSlowly(h, inputVolts);
    if (state != settled) {
      findRestless(h);
      return state;
    }
    if (jumps(h)) return notSettled;
    advanceBlock(h);
  }
  store<f64>(h, inputVolts, lastInput);
  substituteBack(h);
  acceptChargeRows(h);
  acceptDevices(h);
  return settled;
}

/** Whether an unknown left the parabola through its last three values by more than it may. */
function jumps(h: usize): bool {
  const most = load<f64>(h, jumpVolts);
  const share = load<f64>(h, jumpShare);
  let d = word(h, differences);
  let x = word(h, block);
  const end = x + (word(h, blockSize) << 3);
  for (; x < end; x += 8, d += differenceBytes) {
    const value = load<f64>(x);
    const off = value - load<f64>(d) - load<f64>(d, 8) - load<f64>(d, 16);
    if (Math.abs(off) > most + share * load<f64>(d, differencePeak)) return true;
  }
  return false;
}

/** The attempts of the plain solver, from the state of the last settled step. */
function attemptAgain(h: usize): i32 {
  restoreDevices(h);
  predictStraight(h, 1.0);
  let state = attempt(h, iterationsPerAttempt, Infinity, true);
  if (state != notSettled) return state;
  predictStraight(h, 0);
  state = attempt(h, 2 * iterationsPerAttempt, 1.0, true);
  if (state != notSettled) return state;
  predictStraight(h, 0);
  return attempt(h, 20 * iterationsPerAttempt, 0.1, true);
}

/** What the plain solver has no need of, as it moves the voltages of sources in the iteration: the input is turned up by parts. */
function attemptSlowly(h: usize, inputVolts: f64): i32 {
  const before = load<f64>(h, lastInput);
  restoreDevices(h);
  predictStraight(h, 0);
  for (let part: i32 = 1; part <= inputParts; part++) {
    const rest = (inputVolts - before) * (<f64>(inputParts - part) / <f64>inputParts);
    prepare(h, inputVolts - rest);
    const state = attempt(h, 2 * iterationsPerAttempt, 1.0, true);
    if (state != settled) return state;
  }
  return settled;
}

/** Newton's iteration. @param exchanges - Whether every block is solved with row exchanges. */
function attempt(h: usize, iterations: i32, largestStep: f64, exchanges: bool): i32 {
  for (let i: i32 = 0; i < iterations; i++) {
    startIteration(h);
    const limited = loadDevices(h, false);
    if (exchanges || !solveInOrder(h)) {
      if (!exchanges) {
        startIteration(h);
        loadDevices(h, true);
      }
      if (!solveWithExchanges(h)) return singular;
    }
    move(h, largestStep);
    if (!limited && devicesSettled(h)) return settled;
  }
  return notSettled;
}

/** Extrapolates each unknown, by as many differences as became smaller from order to order. */
function predict(h: usize): void {
  let d = word(h, differences);
  let x = word(h, block);
  const end = x + (word(h, blockSize) << 3);
  for (; x < end; x += 8, d += differenceBytes) {
    const second = load<f64>(d, 16);
    const third = load<f64>(d, 24);
    const fourth = load<f64>(d, 32);
    const steady = Math.abs(third) < Math.abs(second);
    let curve: f64 = steady ? second : 0;
    curve += steady && Math.abs(fourth) < Math.abs(third) ? third : 0;
    store<f64>(x, load<f64>(d) + load<f64>(d, 8) + curve);
  }
}

/** The last settled values and `share` of their last change. */
function predictStraight(h: usize, share: f64): void {
  let d = word(h, differences);
  let x = word(h, block);
  const end = x + (word(h, blockSize) << 3);
  for (; x < end; x += 8, d += differenceBytes) store<f64>(x, load<f64>(d) + share * load<f64>(d, 8));
}

function advanceBlock(h: usize): void {
  let d = word(h, differences);
  let x = word(h, block);
  const end = x + (word(h, blockSize) << 3);
  for (; x < end; x += 8, d += differenceBytes) {
    const value = load<f64>(x);
    const first = value - load<f64>(d);
    const second = first - load<f64>(d, 8);
    const third = second - load<f64>(d, 16);
    const fourth = third - load<f64>(d, 24);
    store<f64>(d, value);
    store<f64>(d, first, 8);
    store<f64>(d, second, 16);
    store<f64>(d, third, 24);
    store<f64>(d, fourth, 32);
    store<f64>(d, Math.max(Math.abs(value), peakDecay * load<f64>(d, differencePeak)), differencePeak);
  }
}

/** Unknowns move by their changes, or as far as they may. */
function move(h: usize, largestStep: f64): void {
  const shift = word(h, changeShift);
  let x = word(h, block);
  const end = x + (word(h, blockSize) << 3);
  for (; x < end; x += 8) {
    const change = load<f64>(x + shift);
    const size = Math.abs(change);
    store<f64>(x, load<f64>(x) + (size > largestStep ? (change < 0 ? -largestStep : largestStep) : change));
  }
}

function findRestless(h: usize): void {
  const changes = word(h, block) + word(h, changeShift);
  let most: f64 = 0;
  for (let k: usize = 0; k < word(h, blockSize); k++) {
    const size = Math.abs(load<f64>(changes + (k << 3)));
    if (size <= most) continue;
    most = size;
    store<i32>(h + restless, <i32>k);
  }
}

function loadDevices(h: usize, keep: bool): bool {
  const r = load<f64>(h, rate);
  const g = load<f64>(h, gmin);
  let limited = false;
  let count = <i32>word(h, diodeCount);
  if (count > 0 && loadDiodes(word(h, diodes), count, r, g, keep)) limited = true;
  count = <i32>word(h, bipolarCount);
  if (count > 0 && loadBipolars(word(h, bipolars), count, r, g, keep)) limited = true;
  count = <i32>word(h, junctionFetCount);
  if (count > 0 && loadJunctionFets(word(h, junctionFets), count, r, g, keep)) limited = true;
  count = <i32>word(h, mosfetCount);
  if (count > 0 && loadMosfets(word(h, mosfets), count, r, g, keep)) limited = true;
  count = <i32>word(h, tapeCount);
  if (count > 0) loadTapes(word(h, tapes), count);
  return limited;
}

function devicesSettled(h: usize): bool {
  const shift = word(h, changeShift);
  const r = load<f64>(h, relativeTolerance);
  if (!diodesSettled(word(h, diodes), <i32>word(h, diodeCount), shift, r)) return false;
  if (!bipolarsSettled(word(h, bipolars), <i32>word(h, bipolarCount), shift, r)) return false;
  if (!junctionFetsSettled(word(h, junctionFets), <i32>word(h, junctionFetCount), shift, r)) return false;
  if (!mosfetsSettled(word(h, mosfets), <i32>word(h, mosfetCount), shift, r)) return false;
  return tapesSettled(word(h, tapes), <i32>word(h, tapeCount), shift, r, load<f64>(h, absoluteTolerance));
}

function acceptDevices(h: usize): void {
  const shift = word(h, changeShift);
  const r = load<f64>(h, rate);
  const g = load<i32>(h + gear) != 0;
  acceptDiodes(word(h, diodes), <i32>word(h, diodeCount), shift, r, g);
  acceptBipolars(word(h, bipolars), <i32>word(h, bipolarCount), shift, r, g);
  acceptJunctionFets(word(h, junctionFets), <i32>word(h, junctionFetCount), shift, r, g);
  acceptMosfets(word(h, mosfets), <i32>word(h, mosfetCount), shift, r, g);
}

function restoreDevices(h: usize): void {
  restoreDiodes(word(h, diodes), <i32>word(h, diodeCount));
  restoreBipolars(word(h, bipolars), <i32>word(h, bipolarCount));
  restoreJunctionFets(word(h, junctionFets), <i32>word(h, junctionFetCount));
  restoreMosfets(word(h, mosfets), <i32>word(h, mosfetCount));
}
