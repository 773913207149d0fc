import type { Expression } from "../circuit.ts";
import type { ParsedExpression } from "./expression.ts";
import { holds, knownFunction, knownFunctionNames, power, refusedFunction } from "./expression-functions.ts";
import type { Formula, Place } from "./netlist.ts";
import { listed, netlistError, quoted, suggestion } from "./netlist-error.ts";
import type { Extent, ParameterScope } from "./parameter-scope.ts";

/** What an expression's names mean. */
export interface Binding {
  readonly scope: ParameterScope;
  /** Of the whole formula, for messages. */
  readonly formula: Formula;
  /** Volts, amps and time of the circuit; absent where a constant is asked for. */
  readonly circuit?: CircuitNames;
  /** Arguments of the function that is being expanded. */
  readonly locals?: ReadonlyMap<string, Expression>;
}

/** Looks up what `V(…)` and `I(…)` mean. */
export interface CircuitNames {
  readonly voltage: (nodes: readonly string[], place: Place) => Expression;
  readonly current: (element: string, place: Place) => Expression;
}

/** Frames of recursion, together; parts looked at, together; nodes and depth of one result. */
const recursionLimit = 500;
const workLimit = 2_000_000;
const sizeLimit = 5_000;
const depthLimit = 300;

const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  boltz: 1.380649e-23,
  echarge: 1.602176634e-19,
  kelvin: -273.15,
  true: 1,
  false: 0,
};

/** A formula as a number. @throws TonewrightError `netlist-expression`, `netlist-parameter`, `netlist-limit` */
export function evaluateFormula(formula: Formula, scope: ParameterScope): number {
  const bound = bindFormula(formula, { scope });
  if (bound.kind !== "number") throw new Error(`bug: ${formula.text} is not constant`);
  return bound.value;
}

/**
 * A formula with parameters put in, functions expanded and constant parts computed.
 *
 * @param options.circuit - Without it, voltages, currents and time are refused: the result is a number.
 */
export function bindFormula(
  formula: Formula,
  { scope, circuit }: { readonly scope: ParameterScope; readonly circuit?: CircuitNames },
): Expression {
  if (formula.expression === null) {
    throw netlistError(
      "netlist-expression",
      formula.place,
      `${quoted(formula.text)} is neither a number nor an expression`,
      "write a number such as 4.7k or 100n, or an expression in braces such as {2*R}",
    );
  }
  const bound = bind(formula.expression, circuit ? { scope, formula, circuit } : { scope, formula });
  requireFinite(bound, formula);
  return bound;
}

function bind(parsed: ParsedExpression, binding: Binding): Expression {
  const { scope, formula } = binding;
  const { evaluation } = scope;
  evaluation.depth++;
  evaluation.work++;
  if (evaluation.depth > recursionLimit || evaluation.work > workLimit) throw tooLarge(formula);
  const result = bindNode(parsed, binding);
  evaluation.depth--;
  const { size, depth } = measure(result, evaluation.extents);
  if (size > sizeLimit || depth > depthLimit) throw tooLarge(formula);
  return result;
}

function tooLarge(formula: Formula): Error {
  return netlistError(
    "netlist-limit",
    formula.place,
    `${quoted(formula.text)} becomes too large: parameters and functions are nested too deeply, or expanded too often`,
    "simplify .param and .func lines",
  );
}

/** Size and depth of a tree, most of whose branches have been measured. A branch may occur in it many times. */
function measure(expression: Expression, extents: WeakMap<Expression, Extent>): Extent {
  const known = extents.get(expression);
  if (known) return known;
  let size = 1;
  let depth = 1;
  for (const child of branches(expression)) {
    const extent = measure(child, extents);
    size += extent.size;
    depth = Math.max(depth, extent.depth + 1);
  }
  extents.set(expression, { size, depth });
  return { size, depth };
}

function branches(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "unary":
      return [expression.argument];
    case "binary":
      return [expression.left, expression.right];
    case "call":
      return expression.arguments;
    default:
      return [];
  }
}

function bindNode(parsed: ParsedExpression, binding: Binding): Expression {
  const { circuit, formula } = binding;
  switch (parsed.kind) {
    case "number":
      return parsed;
    case "name":
      return bindName(parsed.name, binding);
    case "voltage":
      return circuit
        ? circuit.voltage(parsed.nodes, formula.place)
        : refuseVariable(`V(${parsed.nodes.join(",")})`, formula);
    case "current":
      return circuit ? circuit.current(parsed.element, formula.place) : refuseVariable(`I(${parsed.element})`, formula);
    case "unary": {
      const argument = bind(parsed.argument, binding);
      if (argument.kind !== "number") return { kind: "unary", operation: parsed.operation, argument };
      return { kind: "number", value: parsed.operation === "negate" ? -argument.value : truth(!holds(argument.value)) };
    }
    case "binary": {
      const left = bind(parsed.left, binding);
      const right = bind(parsed.right, binding);
      if (left.kind !== "number" || right.kind !== "number") {
        return { kind: "binary", operation: parsed.operation, left, right };
      }
      return { kind: "number", value: compute(parsed.operation, left.value, right.value) };
    }
    case "call":
      return bindCall(parsed, binding);
    default:
      return parsed satisfies never;
  }
}

function bindName(name: string, { scope, formula, circuit, locals }: Binding): Expression {
  const local = locals?.get(name);
  if (local) return local;
  const value = scope.lookUp(name, formula.place);
  if (value !== undefined) return { kind: "number", value };
  if (name === "time") return circuit ? { kind: "time" } : refuseVariable("time", formula);
  if (Object.hasOwn(constants, name)) return { kind: "number", value: constants[name] ?? Number.NaN };
  throw netlistError(
    "netlist-parameter",
    formula.place,
    `no parameter "${name.slice(0, 60)}" for ${quoted(formula.text)}`,
    `${suggestion(name, scope.names)}add ".param ${name.slice(0, 60)}=…"; there are: ${listed(scope.names)}`,
  );
}

function bindCall(parsed: Extract<ParsedExpression, { kind: "call" }>, binding: Binding): Expression {
  const { scope, formula } = binding;
  const { name } = parsed;
  const own = scope.functionOf(name);
  if (!own && name === "if") {
    // Only the chosen branch of a constant condition is looked at: positions of a switch may name models' parameters.
    const condition = parsed.arguments[0] ? bind(parsed.arguments[0], binding) : undefined;
    const chosen = parsed.arguments[condition?.kind === "number" && !holds(condition.value) ? 2 : 1];
    if (condition?.kind === "number" && parsed.arguments.length === 3 && chosen) return bind(chosen, binding);
  }
  const known = own ? undefined : knownFunction(name);
  if (!own && !known) {
    const instead = refusedFunction(name);
    const probe = /^i[a-z]$/.test(name) ? "measure a current with a 0 V source in series: I(Vname)" : undefined;
    throw netlistError(
      "netlist-expression",
      formula.place,
      `${instead === undefined ? "no function" : "no simulation of"} "${name.slice(0, 60)}" in ${quoted(formula.text)}`,
      instead ?? probe ?? `${suggestion(name, knownFunctionNames)}known are ${knownFunctionNames.join(", ")}`,
    );
  }
  const [fewest, most] = own ? [own.parameters.length, own.parameters.length] : (known?.arity ?? [0, 0]);
  const count = parsed.arguments.length;
  if (count < fewest || count > most) {
    throw netlistError(
      "netlist-expression",
      formula.place,
      `${name.slice(0, 60)}() has ${count} arguments in ${quoted(formula.text)}`,
      `give it ${fewest === most ? fewest : `${fewest} to ${most}`}`,
    );
  }
  const values = parsed.arguments.map((argument) => bind(argument, binding));
  if (own) {
    const { calls } = scope.evaluation;
    if (calls.includes(name)) {
      const cycle = listed([...calls.slice(calls.indexOf(name)), name]).replaceAll(", ", " -> ");
      throw netlistError(
        "netlist-expression",
        own.body.place,
        `function "${name}" calls itself: ${cycle}`,
        "rewrite it",
      );
    }
    const locals = new Map(
      own.parameters.map((parameter, k) => [parameter, values[k] ?? { kind: "number", value: 0 }]),
    );
    if (own.body.expression === null) return bindFormula(own.body, binding);
    calls.push(name);
    const result = bind(own.body.expression, { ...binding, locals: locals as ReadonlyMap<string, Expression> });
    calls.pop();
    return result;
  }
  const numbers = values.map((value) => (value.kind === "number" ? value.value : undefined));
  if (numbers.every((value) => value !== undefined)) {
    return { kind: "number", value: known?.evaluate(...numbers) ?? Number.NaN };
  }
  if (known?.expand) return known.expand(...values);
  throw netlistError(
    "netlist-expression",
    formula.place,
    `${name}() of a voltage or current in ${quoted(formula.text)}: it is for constants only`,
    "use it with parameters only, or build it from abs, exp, ln, atan, if and their kin",
  );
}

function compute(operation: Extract<Expression, { kind: "binary" }>["operation"], a: number, b: number): number {
  switch (operation) {
    case "add":
      return a + b;
    case "subtract":
      return a - b;
    case "multiply":
      return a * b;
    case "divide":
      return a / b;
    case "power":
      return power(a, b);
    case "less":
      return truth(a < b);
    case "less-equal":
      return truth(a <= b);
    case "greater":
      return truth(a > b);
    case "greater-equal":
      return truth(a >= b);
    case "equal":
      return truth(a === b);
    case "not-equal":
      return truth(a !== b);
    case "and":
      return truth(holds(a) && holds(b));
    case "or":
      return truth(holds(a) || holds(b));
    default:
      return operation satisfies never;
  }
}

function truth(value: boolean): number {
  return value ? 1 : 0;
}

function refuseVariable(what: string, formula: Formula): never {
  throw netlistError(
    "netlist-expression",
    formula.place,
    `${what.slice(0, 60)} in ${quoted(formula.text)}, which must be a constant`,
    "only B sources, E, F, G and H with VALUE=, and R= may depend on voltages, currents or time",
  );
}

/** A bad number shows up here, with the formula that made it, and not later as a solver that does not converge. */
function requireFinite(expression: Expression, formula: Formula): void {
  for (const branch of branches(expression)) requireFinite(branch, formula);
  if (expression.kind !== "number" || Number.isFinite(expression.value)) return;
  throw netlistError(
    "netlist-expression",
    formula.place,
    `${quoted(formula.text)} is ${expression.value}`,
    "look for a division by 0, the root or logarithm of a negative number, or a number that is too large",
  );
}
