import { wrongCall } from "../../errors/index.ts";
import { evaluateFormula } from "./bind-expression.ts";
import { LineCursor } from "./line-cursor.ts";
import { newEvaluation, ParameterScope } from "./parameter-scope.ts";

/**
 * The value of an expression as netlists have them: `4k7`, `{2*R}`, `sqrt(a)`.
 *
 * `M` is a thousandth, `Meg` a million. `^` is a power, `log` the natural logarithm.
 *
 * @param parameters - What names mean, lower case.
 * @throws TonewrightError `netlist-expression`, `netlist-parameter`, `netlist-limit`, `wrong-call`
 */
export function evaluateConstant(text: string, parameters: Readonly<Record<string, number>> = {}): number {
  if (typeof text !== "string")
    throw wrongCall("evaluateConstant(text, parameters)", "the expression", text, 'give it as text: "4k7"');
  const cursor = new LineCursor({ text, file: "expression", parts: [{ at: 0, line: 1 }], directive: false });
  const formula = cursor.formula();
  if (!cursor.atEnd) {
    throw cursor.error("netlist-expression", "something stands behind the expression", "write one expression");
  }
  const scope = new ParameterScope({
    formulas: {},
    values: new Map(Object.entries(parameters)),
    functions: {},
    outer: undefined,
    evaluation: newEvaluation(),
    evaluate: evaluateFormula,
  });
  return evaluateFormula(formula, scope);
}
