import type { Expression } from "../circuit.ts";
import type { Device, Place, Stamp } from "./device.ts";
import { type ExpressionInput, ExpressionTape } from "./expression-tape.ts";

/** Where an input of an expression is read: the difference of two places. */
export type InputPlaces = (input: ExpressionInput) => readonly [Place, Place];

/**
 * A current, or a voltage in its own equation, that an expression gives.
 *
 * As a voltage, its equation is `V(a) - V(b) - expression = 0`, whose linear part is written elsewhere.
 */
export class BehaviouralDevice implements Device {
  readonly name: string;
  readonly tape: ExpressionTape;
  /** Of the inputs of the tape. */
  readonly inputPlaces: readonly (readonly [Place, Place])[];
  readonly #inputs: Float64Array;
  readonly from: Place;
  readonly to: Place;

  /**
   * @param target - A current from the first to the second place; for a voltage the place of its equation and -1, with
   *   the expression counting negatively.
   */
  constructor(
    name: string,
    expression: Expression,
    {
      places,
      target,
      sign,
    }: { readonly places: InputPlaces; readonly target: readonly [Place, Place]; readonly sign: 1 | -1 },
  ) {
    this.name = name;
    this.tape = new ExpressionTape(
      sign === 1 ? expression : { kind: "unary", operation: "negate", argument: expression },
    );
    this.inputPlaces = this.tape.inputs.map(places);
    this.#inputs = new Float64Array(this.inputPlaces.length);
    [this.from, this.to] = target;
  }

  load(x: Float64Array, stamp: Stamp): boolean {
    const inputs = this.#inputs;
    for (let k = 0; k < inputs.length; k++) {
      const [p, q] = this.inputPlaces[k]!;
      inputs[k] = (p >= 0 ? x[p]! : 0) - (q >= 0 ? x[q]! : 0);
    }
    let constant = this.tape.evaluate(inputs);
    const { gradient } = this.tape;
    for (let k = 0; k < inputs.length; k++) {
      constant -= gradient[k]! * inputs[k]!;
      const [p, q] = this.inputPlaces[k]!;
      stamp.conductance(this.from, this.to, gradient[k]!, p, q);
    }
    stamp.current(this.from, this.to, constant);
    return false;
  }

  accept(): void {}

  start(): void {}

  takeState(): void {}

  changeRate(): void {}
}
