import { circuitLayout as at } from "../../kernels/index.ts";
import type { BehaviouralDevice } from "../devices/behavioural-device.ts";
import type { DeviceWriter } from "./fast-devices.ts";
import type { Argument, FoldedName, FoldedOperation } from "./fast-tape.ts";

const codes: Readonly<Record<FoldedName, number>> = {
  add: at.operationAdd,
  subtract: at.operationSubtract,
  multiply: at.operationMultiply,
  divide: at.operationDivide,
  power: at.operationPower,
  negate: at.operationNegate,
  not: at.operationNot,
  less: at.operationLess,
  "less-equal": at.operationLessEqual,
  greater: at.operationGreater,
  "greater-equal": at.operationGreaterEqual,
  equal: at.operationEqual,
  "not-equal": at.operationNotEqual,
  and: at.operationAnd,
  or: at.operationOr,
  abs: at.operationAbs,
  sqrt: at.operationSqrt,
  exp: at.operationExp,
  ln: at.operationLn,
  log10: at.operationLog10,
  sin: at.operationSin,
  cos: at.operationCos,
  tan: at.operationTan,
  atan: at.operationAtan,
  sinh: at.operationSinh,
  cosh: at.operationCosh,
  tanh: at.operationTanh,
  min: at.operationMin,
  max: at.operationMax,
  pwr: at.operationPwr,
  pwrs: at.operationPwrs,
  uramp: at.operationUramp,
  u: at.operationU,
  sgn: at.operationSgn,
  limit: at.operationLimit,
  if: at.operationIf,
};

/** Writes a behavioural source's record, its inputs, values and operations. */
export function writeTape(
  record: number,
  { device, operations }: { readonly device: BehaviouralDevice; readonly operations: readonly FoldedOperation[] },
  { memory, addresses }: DeviceWriter,
): void {
  const { inputPlaces, from, to } = device;
  const numbers = operations.flatMap(({ arguments: args }) =>
    args.flatMap((one) => (one.kind === "number" ? [one.value] : [])),
  );
  const constants = [...new Set(numbers)];
  const count = inputPlaces.length + constants.length + operations.length;
  const values = memory.allocate(8 * count);
  const slopes = memory.allocate(8 * count);
  constants.forEach((value, k) => {
    memory.number(values + 8 * (inputPlaces.length + k), value);
  });
  const results = values + 8 * (inputPlaces.length + constants.length);
  const addressOf = (one: Argument | undefined): number => {
    if (one === undefined) return values;
    if (one.kind === "input") return values + 8 * one.index;
    if (one.kind === "operation") return results + 8 * one.index;
    return values + 8 * (inputPlaces.length + constants.indexOf(one.value));
  };
  const inputs = memory.words(
    inputPlaces.flatMap(([p, q], k) => [
      addresses.unknown(p),
      addresses.unknown(q),
      addresses.entry(from, p),
      addresses.entry(from, q),
      addresses.entry(to, p),
      addresses.entry(to, q),
      values + 8 * k,
      0,
    ]),
  );
  const steps = memory.words(
    operations.flatMap(({ operation, arguments: [a, b, c] }, k) => [
      codes[operation],
      addressOf(a),
      addressOf(b),
      addressOf(c),
      results + 8 * k,
      b?.kind === "number" ? 1 : 0,
    ]),
  );
  const words: readonly (readonly [number, number])[] = [
    [at.tapeFrom, addresses.residual(from)],
    [at.tapeTo, addresses.residual(to)],
    [at.tapeInputs, inputs],
    [at.tapeInputCount, inputPlaces.length],
    [at.tapeOperations, steps],
    [at.tapeOperationCount, operations.length],
    [at.tapeResult, results + 8 * (operations.length - 1)],
    [at.tapeSlopeShift, slopes - values],
    [at.tapeValues, values],
    [at.tapeValueCount, count],
  ];
  for (const [offset, value] of words) memory.word(record + offset, value);
}
