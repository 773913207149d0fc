/** An expression as written: names not yet looked up. All names are lower case. */
export type ParsedExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  /** `V(a)` or `V(a,b)`. */
  | { readonly kind: "voltage"; readonly nodes: readonly string[] }
  /** `I(v1)`. */
  | { readonly kind: "current"; readonly element: string }
  | { readonly kind: "unary"; readonly operation: UnaryOperation; readonly argument: ParsedExpression }
  | {
      readonly kind: "binary";
      readonly operation: BinaryOperation;
      readonly left: ParsedExpression;
      readonly right: ParsedExpression;
    }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly ParsedExpression[] };

export type UnaryOperation = "negate" | "not";

export type BinaryOperation =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "power"
  | "less"
  | "less-equal"
  | "greater"
  | "greater-equal"
  | "equal"
  | "not-equal"
  | "and"
  | "or";
