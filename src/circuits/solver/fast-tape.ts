import { compute, type Step } from "../devices/expression-tape.ts";

/** An expression after all is computed that numbers alone decide. */
export type FoldedTape = AffineTape | { readonly kind: "operations"; readonly operations: readonly FoldedOperation[] };

/** A number plus multiples of inputs. */
interface AffineTape {
  readonly kind: "affine";
  readonly constant: number;
  /** By index of the input. */
  readonly slopes: ReadonlyMap<number, number>;
}

/** One operation; the last one's result is the tape's. */
export interface FoldedOperation {
  readonly operation: FoldedName;
  /** As many as the operation takes. */
  readonly arguments: readonly Argument[];
}

/** Operations that are left. */
export type FoldedName = Exclude<Step["operation"], "constant" | "input">;

/** A number, an input, or the result of an earlier operation. */
export type Argument =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "operation"; readonly index: number };

type Value = AffineTape | { readonly kind: "operation"; readonly index: number };

const binary = new Set<FoldedName>([
  "add",
  "subtract",
  "multiply",
  "divide",
  "power",
  "less",
  "less-equal",
  "greater",
  "greater-equal",
  "equal",
  "not-equal",
  "and",
  "or",
  "min",
  "max",
  "pwr",
  "pwrs",
]);
const ternary = new Set<FoldedName>(["limit", "if"]);

/** Puts together what numbers alone decide, and sums and multiples of inputs; equal operations become one. */
export function foldTape(steps: readonly Step[]): FoldedTape {
  const operations: FoldedOperation[] = [];
  const known = new Map<string, number>();
  const emit = (operation: FoldedName, args: readonly Argument[]): Value & { readonly kind: "operation" } => {
    const key = JSON.stringify([operation, args]);
    const index = known.get(key) ?? operations.push({ operation, arguments: args }) - 1;
    known.set(key, index);
    return { kind: "operation", index };
  };
  /** A value as an argument; sums are written out where they are used. */
  const argument = (value: Value): Argument => {
    if (value.kind === "operation") return value;
    let sum: Argument | undefined;
    for (const [index, slope] of value.slopes) {
      const input: Argument = { kind: "input", index };
      const scaled =
        Math.abs(slope) === 1 ? input : emit("multiply", [input, { kind: "number", value: Math.abs(slope) }]);
      if (sum === undefined) sum = slope > 0 ? scaled : emit("negate", [scaled]);
      else sum = emit(slope > 0 ? "add" : "subtract", [sum, scaled]);
    }
    const constant: Argument = { kind: "number", value: value.constant };
    if (sum === undefined) return constant;
    return value.constant === 0 ? sum : emit("add", [sum, constant]);
  };
  const values: Value[] = [];
  for (const { operation, a, b, c, constant } of steps) {
    if (operation === "constant") values.push(number(constant));
    else if (operation === "input") values.push({ kind: "affine", constant: 0, slopes: new Map([[constant, 1]]) });
    else {
      const args = [a, b, c].slice(0, arity(operation)).map((step) => values[step]!);
      values.push(combined(operation, args) ?? emit(operation, args.map(argument)));
    }
  }
  const result = values.at(-1)!;
  return result.kind === "affine" ? result : { kind: "operations", operations: reachable(operations, result.index) };
}

function number(constant: number): AffineTape {
  return { kind: "affine", constant, slopes: new Map() };
}

function arity(operation: FoldedName): number {
  return ternary.has(operation) ? 3 : binary.has(operation) ? 2 : 1;
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === "affine" && value.slopes.size === 0 ? value.constant : undefined;
}

/** The result where it is a number, a sum, or one of the arguments. */
function combined(operation: FoldedName, args: readonly Value[]): Value | undefined {
  const [a, b, c] = args;
  const numbers = args.map(numberOf);
  const [x, y = 0, z = 0] = numbers;
  if (numbers.every((value) => value !== undefined)) return number(compute(operation, x!, y, z));
  if (operation === "if" && x !== undefined) return x > 0.5 ? b : c;
  if (a?.kind !== "affine" || (b !== undefined && b.kind !== "affine")) return undefined;
  if (operation === "negate") return multiple(a, -1);
  if (b === undefined || c !== undefined) return undefined;
  switch (operation) {
    case "add":
      return sum(a, b, 1);
    case "subtract":
      return sum(a, b, -1);
    case "multiply":
      if (x !== undefined) return multiple(b, x);
      return numbers[1] === undefined ? undefined : multiple(a, numbers[1]);
    case "divide":
      return numbers[1] === undefined || Math.abs(numbers[1]) < 1e-30 ? undefined : multiple(a, 1 / numbers[1]);
    default:
      return undefined;
  }
}

function multiple({ constant, slopes }: AffineTape, factor: number): AffineTape {
  if (factor === 0) return number(0);
  return {
    kind: "affine",
    constant: factor * constant,
    slopes: new Map(Array.from(slopes, ([input, slope]) => [input, factor * slope])),
  };
}

function sum(a: AffineTape, b: AffineTape, sign: 1 | -1): AffineTape {
  const slopes = new Map(a.slopes);
  for (const [input, slope] of b.slopes) {
    const total = (slopes.get(input) ?? 0) + sign * slope;
    if (total === 0) slopes.delete(input);
    else slopes.set(input, total);
  }
  return { kind: "affine", constant: a.constant + sign * b.constant, slopes };
}

/** The operations that a result depends on, in their order, renumbered. */
function reachable(operations: readonly FoldedOperation[], result: number): FoldedOperation[] {
  const needed = new Set([result]);
  for (let k = result; k >= 0; k--) {
    if (!needed.has(k)) continue;
    for (const one of operations[k]!.arguments) if (one.kind === "operation") needed.add(one.index);
  }
  const kept = [...needed].sort((a, b) => a - b);
  return kept.map((index) => {
    const { operation, arguments: args } = operations[index]!;
    return {
      operation,
      arguments: args.map((one) => (one.kind === "operation" ? { ...one, index: kept.indexOf(one.index) } : one)),
    };
  });
}
