/**
 * Where the numbers of a flattened circuit lie in memory, in bytes; read by both compilers.
 *
 * A circuit is a header, arrays that the header points to, and one record per device. All addresses are absolute. Records
 * begin with 32-bit addresses; their float64 fields follow at multiples of 8.
 */

// The header: 32-bit words.
/** Entries of the right sides. */
export const rightCount = 0;
/** Right sides, shape `[rightCount]`: what the elimination works on. */
export const right = 4;
/** Constant sources, shape `[rightCount]`. */
export const base = 8;
/** What flows out of linear charges in the next step apart from their present value, shape `[rightCount]`. */
export const history = 12;
export const inputCount = 16;
/** Per right side that the audio drives: its address, 4 bytes free, volts per volt. */
export const inputs = 20;
export const forwardCount = 24;
/** Per step `b[to] -= value * b[from]`: two addresses and the value. */
export const forward = 28;
export const knownCount = 32;
/** Unknowns that need no iteration, `x = inverse * b`: two addresses and the inverse. */
export const knowns = 36;
/** Unknowns that are iterated. */
export const blockSize = 40;
/** Their voltages, shape `[blockSize]`. */
export const block = 44;
/** Bytes from an unknown to its change in the last iteration. */
export const changeShift = 48;
/** Per unknown of the block its settled value and backward differences: `differenceBytes` each. */
export const differences = 52;
/** Constant part of the block's sparse matrix, `matrixBytes` long. */
export const constant = 56;
export const matrix = 60;
export const matrixBytes = 64;
/** Per row of the block: address of its right side, count, per term the unknown's address, 4 bytes free, value. */
export const residualRows = 68;
/** What each row lacks, shape `[blockSize]`. */
export const residuals = 72;
/** The steps of factoring the block; see `linear.as.ts`. */
export const factorSteps = 76;
export const backSteps = 80;
export const backwardCount = 84;
/** Per eliminated unknown that is needed: addresses of it and of its right side, count, 4 bytes free, inverse, terms as above. */
export const backward = 88;
export const chargeRowCount = 92;
/** Per row with linear charges: address of its history, count, charge before, terms as above. */
export const chargeRows = 96;
/** Addresses of the two unknowns whose difference is the output. */
export const plus = 100;
export const minus = 104;
export const diodeCount = 108;
export const diodes = 112;
export const bipolarCount = 116;
export const bipolars = 120;
export const junctionFetCount = 124;
export const junctionFets = 128;
export const mosfetCount = 132;
export const mosfets = 136;
export const tapeCount = 140;
export const tapes = 144;
/** Entries of the sparse matrix, and per entry its address and that in the dense matrix (for the way with row exchanges). */
export const entryCount = 148;
export const entries = 152;
export const dense = 156;
/** 1 for Gear's rule. */
export const gear = 160;
/** Written: index in the block of the unknown that moved most when a step failed. */
export const restless = 164;
// Its float64 words.
export const rate = 168;
export const gmin = 176;
export const relativeTolerance = 184;
export const absoluteTolerance = 192;
/** Input of the last settled step. */
export const lastInput = 200;
/** A step is refused in which an unknown of the block leaves the curve it was on by more than this. */
export const jumpVolts = 208;
/** And by this share of its largest value of late. */
export const jumpShare = 216;
export const headerBytes = 224;

/** Value, first to fourth difference, largest value of late. */
export const differenceBytes = 48;
export const differencePeak = 40;
/** An entry of inputs, forward steps, knowns and terms. */
export const termBytes = 16;

// A depletion capacitance: nine float64 words.
export const depletionZero = 0;
export const depletionInversePotential = 8;
/** A 32-bit address: the table of the power, see `power-table.as.ts`. */
export const depletionPower = 16;
export const depletionKnee = 24;
/** `zero * potential / (1 - grading)`. */
export const depletionScale = 32;
/** Above the knee: charge at 0 V, its slope and half its curvature. */
export const depletionStraight = 40;
export const depletionSlope = 48;
export const depletionCurve = 56;
export const depletionBytes = 64;

/** Of the table of one power: series, powers of 2, powers of the segments' middles. */
export const powerTableBytes = 64 + 8 * 32 + 16 * 65;

// A charge: five float64 words. Its slopes belong to the iteration's voltages.
export const chargeNow = 0;
export const chargeSlope = 8;
/** Along the device's other junction (base charge of transistors). */
export const chargeCrossSlope = 16;
export const chargeHistory = 24;
export const chargeBefore = 32;
export const chargeBytes = 40;

// A junction's characteristic, limits and state: eight float64 words.
export const junctionVolts = 0;
/** At the last settled step. */
export const junctionSettled = 8;
export const junctionThermal = 16;
export const junctionInverseThermal = 24;
export const junctionSaturation = 32;
/** Thermal voltage of the limit, which has no ideality factor in transistors. */
export const junctionLimit = 40;
export const junctionCritical = 48;
/** Volts that it may move in the last iteration. */
export const junctionTolerance = 56;
export const junctionBytes = 64;

/** Diode: addresses of anode and cathode as unknowns, of their residuals; matrix entries aa, ac, ca, cc. */
export const diodeJunction = 32;
export const diodeBreakdown = diodeJunction + junctionBytes;
export const diodeTransit = diodeBreakdown + 8;
export const diodeDepletion = diodeTransit + 8;
export const diodeCharge = diodeDepletion + depletionBytes;
export const diodeBytes = diodeCharge + chargeBytes;

/** Transistor: addresses of collector, base, emitter as unknowns, of their residuals; matrix entries row after row. */
export const bipolarSign = 64;
export const bipolarForward = bipolarSign + 8;
export const bipolarReverse = bipolarForward + junctionBytes;
export const bipolarEmitterLeakSaturation = bipolarReverse + junctionBytes;
export const bipolarEmitterLeakThermal = bipolarEmitterLeakSaturation + 8;
export const bipolarCollectorLeakSaturation = bipolarEmitterLeakThermal + 8;
export const bipolarCollectorLeakThermal = bipolarCollectorLeakSaturation + 8;
export const bipolarInverseBetaForward = bipolarCollectorLeakThermal + 8;
export const bipolarInverseBetaReverse = bipolarInverseBetaForward + 8;
export const bipolarEarlyForward = bipolarInverseBetaReverse + 8;
export const bipolarEarlyReverse = bipolarEarlyForward + 8;
export const bipolarKneeForward = bipolarEarlyReverse + 8;
export const bipolarKneeReverse = bipolarKneeForward + 8;
export const bipolarTransitForward = bipolarKneeReverse + 8;
export const bipolarTransitReverse = bipolarTransitForward + 8;
export const bipolarEmitterDepletion = bipolarTransitReverse + 8;
export const bipolarCollectorDepletion = bipolarEmitterDepletion + depletionBytes;
export const bipolarEmitterCharge = bipolarCollectorDepletion + depletionBytes;
export const bipolarCollectorCharge = bipolarEmitterCharge + chargeBytes;
export const bipolarBytes = bipolarCollectorCharge + chargeBytes;

/** Junction FET: addresses of drain, gate, source as unknowns, of their residuals; matrix entries row after row. */
export const junctionFetSign = 64;
export const junctionFetThreshold = junctionFetSign + 8;
export const junctionFetBeta = junctionFetThreshold + 8;
export const junctionFetLambda = junctionFetBeta + 8;
export const junctionFetSource = junctionFetLambda + 8;
export const junctionFetDrain = junctionFetSource + junctionBytes;
export const junctionFetSourceDepletion = junctionFetDrain + junctionBytes;
export const junctionFetDrainDepletion = junctionFetSourceDepletion + depletionBytes;
export const junctionFetSourceCharge = junctionFetDrainDepletion + depletionBytes;
export const junctionFetDrainCharge = junctionFetSourceCharge + chargeBytes;
export const junctionFetBytes = junctionFetDrainCharge + chargeBytes;

/** MOSFET: addresses of drain, gate, source, bulk as unknowns, of their residuals; matrix entries row after row. */
export const mosfetSign = 96;
export const mosfetThreshold = mosfetSign + 8;
export const mosfetBeta = mosfetThreshold + 8;
export const mosfetGamma = mosfetBeta + 8;
export const mosfetPhi = mosfetGamma + 8;
export const mosfetRootPhi = mosfetPhi + 8;
export const mosfetLambda = mosfetRootPhi + 8;
/** Of gate to source, then of gate to drain: volts and settled volts. */
export const mosfetGate = mosfetLambda + 8;
export const mosfetGateTolerance = mosfetGate + 32;
export const mosfetSource = mosfetGateTolerance + 8;
export const mosfetDrain = mosfetSource + junctionBytes;
export const mosfetSourceDepletion = mosfetDrain + junctionBytes;
export const mosfetDrainDepletion = mosfetSourceDepletion + depletionBytes;
export const mosfetSourceCharge = mosfetDrainDepletion + depletionBytes;
export const mosfetDrainCharge = mosfetSourceCharge + chargeBytes;
export const mosfetBytes = mosfetDrainCharge + chargeBytes;

/**
 * Behavioural source: residuals from and to; inputs, their count; operations, their count; address of the result; bytes from
 * a value to its slope. Each input: unknowns p and q; matrix entries from p, from q, to p, to q; address of its value.
 * Each operation: code, addresses of a, b, c and of its value, 1 where b is a number. Values lie in one array, inputs first, then constants.
 */
export const tapeFrom = 0;
export const tapeTo = 4;
export const tapeInputs = 8;
export const tapeInputCount = 12;
export const tapeOperations = 16;
export const tapeOperationCount = 20;
export const tapeResult = 24;
export const tapeSlopeShift = 28;
export const tapeValues = 32;
export const tapeValueCount = 36;
export const tapeBytes = 40;
export const tapeInputBytes = 32;
export const tapeOperationBytes = 24;

// Codes of a tape's operations.
export const operationAdd = 0;
export const operationSubtract = 1;
export const operationMultiply = 2;
export const operationDivide = 3;
export const operationPower = 4;
export const operationNegate = 5;
export const operationNot = 6;
export const operationLess = 7;
export const operationLessEqual = 8;
export const operationGreater = 9;
export const operationGreaterEqual = 10;
export const operationEqual = 11;
export const operationNotEqual = 12;
export const operationAnd = 13;
export const operationOr = 14;
export const operationAbs = 15;
export const operationSqrt = 16;
export const operationExp = 17;
export const operationLn = 18;
export const operationLog10 = 19;
export const operationSin = 20;
export const operationCos = 21;
export const operationTan = 22;
export const operationAtan = 23;
export const operationSinh = 24;
export const operationCosh = 25;
export const operationTanh = 26;
export const operationMin = 27;
export const operationMax = 28;
export const operationPwr = 29;
export const operationPwrs = 30;
export const operationUramp = 31;
export const operationU = 32;
export const operationSgn = 33;
export const operationLimit = 34;
export const operationIf = 35;
